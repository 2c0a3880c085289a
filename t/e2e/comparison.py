"""A returned convention beside its original: which boxes are signed, what was added and changed, as
the depositor is told before sending and the host reads afterwards."""
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import says, words  # noqa: E402
from schools import Schools, deposit, history, original, state  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, stranger = schools.add("Lycee"), schools.add("College"), schools.add("Voisin")
placement = schools.placement(host, capacity=500)
signers = papers.Signers()
BOXES = ("signature_origin", "signature_guardian", "signature_trainee")


class Convention:
    def __init__(self):
        self.fields = schools.trainee()
        self.number = schools.register(origin.member, placement, **self.fields)
        self.pdf = original(origin.member, self.number)

    @property
    def name(self):
        return f"{self.fields['first_name']} {self.fields['last_name']}"

    def untouched(self):
        return (state(site, self.number), history(site, self.number)) == ("not_returned",
                                                                          ["generate"])

    def boxes(self):
        """A letter for each box of the deposit in force: host, origin, guardian, trainee."""
        return site.sql(f"SELECT boxes FROM convention WHERE id = {self.number}")[0][0]

    def finding(self):
        return [tuple(row) for row in site.sql("SELECT finding, by_hand FROM deposit WHERE "
                                               f"convention_id = {self.number} ORDER BY id")]

    def differences(self):
        return [tuple(row) for row in site.sql(
            "SELECT d.kind, d.place, d.page FROM deposit_difference d JOIN convention c ON "
            f"c.deposit_id = d.deposit_id WHERE c.id = {self.number} ORDER BY d.number")]

    def compared(self, client):
        return client.get(f"/conventions/{self.number}/comparaison")


def inked(pdf, *fields):
    for field in fields:
        pdf = papers.ink(pdf, field)
    return pdf


def anyway(page):
    """The form with « Déposer quand même »."""
    return next(form for form in page.forms if form.fields.get("malgre") == "oui")


def told_before_sending():
    convention = Convention()
    page = deposit(origin.member, signers.sign(convention.pdf, "signature_origin"), anyway="")
    seen = words(page)
    tap.ok("Il semble manquer une signature" in seen and convention.name in seen and
           "Signé : établissement d’origine" in seen and
           "Manque : responsable légal, élève stagiaire" in seen,
           "who deposits a convention signed by one alone is told whose boxes seem empty",
           seen[-900:])
    tap.ok(convention.untouched(), "and nothing is deposited before the depositor's word")
    again = origin.member.get(page.path)
    tap.ok("Il semble manquer une signature" in words(again), "read again, it says so again")
    tap.same(origin.admin.get(page.path).status, 404, "nobody else is shown the file that waits")
    sent = origin.member.submit(anyway(page))
    tap.ok(f"Convention de {convention.name} déposée" in words(sent) and
           convention.finding() == [("signed", "0")],
           "« Déposer quand même » deposits it, nothing being sent anew", convention.finding())
    tap.same(convention.boxes(), "esee", "and what each box showed is kept")
    gone = origin.member.submit(anyway(page))
    tap.ok(gone.status == 404 and says(gone, "upload-gone"), "pressed twice, it is deposited once",
           gone.status)


def nothing_to_tell():
    convention = Convention()
    pdf = convention.pdf
    for box in BOXES:
        pdf = signers.sign(pdf, box)
    page = deposit(origin.member, pdf, anyway="")
    tap.ok(f"Convention de {convention.name} déposée" in words(page) and
           convention.boxes() == "esss",
           "signed with certificates by all that must, it is taken at once", convention.boxes())
    convention = Convention()
    page = deposit(origin.member, inked(convention.pdf, *BOXES), anyway="")
    tap.ok(f"Convention de {convention.name} déposée" in words(page) and
           convention.boxes() == "ewww",
           "and so it is with ink in each box", convention.boxes())
    tap.same(sorted(convention.differences()),
             [("added", "guardian", "2"), ("added", "origin", "2"), ("added", "trainee", "2")],
             "each stroke of ink is known by its box")


def scans():
    convention = Convention()
    page = deposit(origin.member, papers.scan(inked(convention.pdf, "signature_guardian")),
                   anyway="")
    seen = words(page)
    tap.ok(f"Est-ce la convention de {convention.name} ?" in seen and
           "Signé : responsable légal" in seen and
           "Manque : établissement d’origine, élève stagiaire" in seen,
           "with a scan, trainee and boxes are told together", seen[-900:])
    sent = origin.member.submit(anyway(page))
    tap.ok(f"Convention de {convention.name} déposée" in words(sent) and
           convention.boxes() == "eewe" and convention.finding() == [("scan", "1")],
           "and one word is enough for both", convention.boxes(), convention.finding())
    listed = words(host.member.get("/conventions?onglet=en-attente&q=" +
                                   urllib.parse.quote(convention.fields["last_name"])))
    tap.ok("Manque : origine, élève" in listed and
           "d’après l’image, à vérifier" in listed,
           "the host's list of those that wait says who is missing", listed[-900:])
    seen = words(host.member.get(f"/conventions/{convention.number}"))
    tap.ok("Signé : responsable légal" in seen and "Comparer avec l’original" in seen,
           "and so does the convention's page, with a way to compare", seen[:900])


def chosen_by_hand():
    convention = Convention()
    page = deposit(origin.member, papers.scan(convention.pdf), str(convention.number), anyway="")
    tap.ok("Il semble manquer une signature" in words(page) and convention.untouched(),
           "a scan for a trainee who was chosen is told of as well", words(page)[-600:])
    origin.member.submit(anyway(page))
    tap.same(convention.finding(), [("scan", "1")], "and goes to that trainee")
    convention = Convention()
    page = deposit(origin.member, papers.plain("Une lettre"), str(convention.number), anyway="")
    tap.ok(f"Convention de {convention.name} déposée" in words(page) and
           convention.boxes() == "uuuu",
           "of pages that are not found nothing is said, and nothing asked", convention.boxes())
    seen = words(convention.compared(host.member))
    tap.ok("n’a pas été retrouvée dans la convention rendue" in seen and
           "Page non retrouvée" in seen, "the comparison says so", seen[:1500])


def side_by_side():
    convention = Convention()
    file = papers.scan(papers.overwrite(inked(convention.pdf, *BOXES)))
    deposit(origin.member, file, str(convention.number))
    tap.ok(("changed", "text", "1") in convention.differences(),
           "print that was written over is found on a scan", convention.differences())
    for who, client in (("host", host.member), ("origin", origin.member)):
        page = convention.compared(client)
        seen = words(page)
        tap.ok(page.status == 200 and "Changement" in seen and "l’original dit" in seen and
               "dans la case « Responsable légal »" in seen,
               f"the {who} reads what was added and what was changed", seen[:1500])
        tap.ok("<polygon" in page.text and "<ellipse" in page.text and
               page.text.count('class="page-picture"') == 4,
               f"and the {who} sees it on the pages, original and returned",
               page.text.count('class="page-picture"'))
    tap.same(convention.compared(stranger.member).status, 404, "another school sees nothing of it")
    site.sql("DELETE p FROM deposit_page p JOIN convention c USING (deposit_id) WHERE c.id = "
             f"{convention.number}; DELETE p FROM deposit_difference p JOIN convention c USING "
             f"(deposit_id) WHERE c.id = {convention.number}; DELETE p FROM deposit_comparison p "
             f"JOIN convention c USING (deposit_id) WHERE c.id = {convention.number}")
    page = convention.compared(host.member)
    tap.ok("n’a pas comparé ce fichier" in words(page) and
           page.text.count('class="page-picture"') == 4,
           "a deposit from before shows its pages side by side all the same", page.status)


def not_returned():
    convention = Convention()
    tap.same(convention.compared(host.member).status, 404,
             "there is nothing to compare before the convention has come back")


told_before_sending()
nothing_to_tell()
scans()
chosen_by_hand()
side_by_side()
not_returned()
signers.close()
tap.end()
