"""Several conventions at once: those ticked are validated, reminded of and downloaded, each for itself,
and a page says what came of each; the list's filters, and that its state is kept."""
import hashlib
import io
import os
import re
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import (Schools, act, csrf, days, deposit, french, history, original,  # noqa: E402
                     state, version)
from tap import Tap  # noqa: E402

tap = Tap()
signers = papers.Signers()
site = site_of_tests()
schools = Schools(site)
host, near, far, other = (schools.add(name) for name in ("Lycee", "Proche", "Lointain", "Autre"))
ALL = "/conventions/ensemble/"


class Convention:
    def __init__(self, origin, day=20, returned=None, **fields):
        self.origin = origin
        placement = schools.placement(host, day=days(day), closes=days(min(day, 10)))
        self.fields = schools.trainee(**fields)
        self.number = schools.register(origin.member, placement, **self.fields)
        self.file = original(origin.member, self.number)
        if returned:
            self.file = returned(self.file)
            page = deposit(origin.member, self.file, str(self.number))
            if state(site, self.number) != "pending":
                raise RuntimeError(f"not deposited ({page.status}): {words(page)[-300:]}")
        self.choice = f"{self.number}-{version(site, self.number)}"

    @property
    def name(self):
        return f"{self.fields['last_name']} {self.fields['first_name']}"


def choose(action, choices, client=None, **more):
    """Ticks these and asks for it; urlencode takes lists of pairs for what is sent often."""
    client = client or host.member
    fields = [("csrf", csrf(client)), *more.items(), *(("choix", choice) for choice in choices)]
    return client.post(ALL + action, fields)


def results(page):
    """Each row of the answer: the trainee and what came of it."""
    return {cells[0]: cells[-1] for cells in table(page)[1]}


def validating():
    good, stale, gone = (Convention(near, returned=papers.ink) for _ in range(3))
    unreturned, theirs = Convention(near), schools.register(
        near.member, schools.placement(other))
    act(host.member, stale.number, "invalider", "Il manque une page.")
    act(host.admin, gone.number, "valider")
    answer = choose("valider", [good.choice, stale.choice, gone.choice, unreturned.choice,
                                f"{theirs}-1", good.choice, "rien", "0-1", "12", "99999999999999999999-1"],
                    liste="/conventions?onglet=en-attente&taille=10")
    told = results(answer)
    tap.same(answer.status, 200, "some can be validated, some not: that is no error")
    tap.ok("1 convention est validée" in words(answer) and "4 conventions ne sont pas validées" in
           words(answer), "how many are counted", words(answer)[:400])
    tap.same([state(site, one.number) for one in (good, stale, gone, unreturned)],
             ["validated", "pending incomplete", "validated", "not_returned"],
             "each has the state that was right for it")
    tap.same(told[good.name], "Validée", "who was validated is said")
    tap.ok(sentence("convention-meanwhile") in told[stale.name] and host.admin is not None and
           "Conformité invalidée" in told[stale.name],
           "of one that changed meanwhile who did what is said", told[stale.name])
    tap.ok("Non validée" in told[gone.name] and "Conformité validée" in told[gone.name],
           "and of one that somebody validated already", told[gone.name])
    tap.ok(sentence("convention-not-pending") in told[unreturned.name],
           "one that has not come back is not validated", told[unreturned.name])
    tap.ok(sentence("several-not-found") in told[sentence("several-unknown")],
           "another school's convention does not exist")
    tap.same(history(site, good.number).count("validate"), 1, "a convention ticked twice counts once")
    tap.ok("/conventions?onglet=en-attente&taille=10" in links(answer), "the way back is the list as it was")
    mail = site.wait_for_mail(lambda mail: "validée" in mail["Subject"] and near.email in mail["To"]
                              and good.fields["last_name"] in mail["Subject"])
    tap.ok(mail is not None, "the origin of each has its mail")
    again = choose("valider", [good.choice])
    tap.ok("0 convention" not in words(again) and "Non validée" in results(again)[good.name],
           "sent again nothing is done twice", words(again)[:300])
    page = choose("valider", [Convention(near, returned=papers.ink).choice], near.member)
    tap.ok(sentence("convention-not-yours-to-move") in plain(page.text), "the origin validates nothing",
           words(page)[:300])


def reminding():
    one, two, back = Convention(near), Convention(far), Convention(near, returned=papers.ink)
    page = choose("relancer", [one.choice, two.choice, back.choice])
    told = results(page)
    tap.ok("2 rappels partent" in words(page) and told[one.name] == "Rappel envoyé" and
           sentence("reminder-pointless") in told[back.name], "what makes sense is reminded of", told)
    page = choose("relancer", [one.choice, two.choice])
    tap.ok("2 rappels ne partent pas" in words(page) and
           sentence("reminder-too-soon") in results(page)[two.name], "not twice a day", words(page)[:300])
    tap.same([history(site, each.number).count("remind") for each in (one, two, back)], [1, 1, 0],
             "the histories say so")


def unzip(page):
    with zipfile.ZipFile(io.BytesIO(page.body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipping():
    day = french(days(20))
    first = Convention(near, last_name="Ægir d’Œuvre", first_name="Zoë")
    namesake = Convention(far, last_name="Ægir d’Œuvre", first_name="Zoë")
    pending = Convention(near, returned=papers.ink)
    valid = Convention(near, returned=papers.ink)
    act(host.member, valid.number, "valider")
    page = choose("zip", [one.choice for one in (first, namesake, pending, valid)])
    tap.ok(page.headers.get_content_type() == "application/zip" and
           re.search(r"Conventions \d\d-\d\d-\d{4}\.zip", page.headers["Content-Disposition"]),
           "a ZIP comes, with a name", page.headers)
    files = unzip(page)
    tap.same(set(files), {f"Ægir d’Œuvre Zoë {day}.pdf", f"Ægir d’Œuvre Zoë {day} (2).pdf",
                          f"{pending.name} {day}.pdf", f"{valid.name} {day}.pdf"},
             "each file has its trainee's name and day")
    tap.same([files[f"Ægir d’Œuvre Zoë {day}.pdf"], files[f"Ægir d’Œuvre Zoë {day} (2).pdf"]],
             [first.file, namesake.file], "namesakes do not hide each other")
    tap.same((files[f"{valid.name} {day}.pdf"], files[f"{pending.name} {day}.pdf"][:5]),
             (valid.file, b"%PDF-"), "once validated the returned file is in it")
    tap.ok(files[f"{pending.name} {day}.pdf"] == original(near.member, pending.number),
           "before that the original, as « Conv. » everywhere")
    mine = unzip(choose("zip", [first.choice, namesake.choice], near.member))
    tap.same(list(mine), [f"Ægir d’Œuvre Zoë {day}.pdf"], "each school has its own alone")
    for action in ("valider", "relancer", "zip", "pdf"):
        page = choose(action, [], liste="https://mal.example/")
        tap.ok(page.status == 422 and says(page, "several-none") and "mal.example" not in page.text,
               f"{action}: nothing ticked is told, and the way back leads to no other site", page.status)


def page_pictures(pdf):
    """Its pages as printed, in grey."""
    with tempfile.TemporaryDirectory() as directory:
        papers.write(os.path.join(directory, "in.pdf"), pdf)
        papers.run("pdftoppm", "-r", "40", "-gray", os.path.join(directory, "in.pdf"),
                   os.path.join(directory, "page"))
        return [papers.read(os.path.join(directory, name)) for name in sorted(os.listdir(directory))
                if name.startswith("page")]


def damage_stored(convention, content):
    """As if that had been taken for the convention's returned file."""
    document = site.sql("SELECT d.document_id FROM convention c JOIN deposit d ON d.id = c.deposit_id "
                        f"WHERE c.id = {convention}")[0][0]
    site.sql(f"UPDATE document_part SET bytes = X'{content.hex()}' WHERE document_id = {document}")
    site.sql(f"UPDATE document SET size = {len(content)}, sha256 = "
             f"X'{hashlib.sha256(content).hexdigest()}' WHERE id = {document}")


def printing():
    kinds = {"ink": papers.ink, "signed": lambda pdf: signers.sign(pdf, "signature_origin"),
             "scanned": papers.scan, "rewritten": lambda pdf: papers.rewrite(papers.ink(pdf)),
             "without an appearance": lambda pdf: papers.ink(pdf).replace(b"/AP", b"/XX")}
    returned = {name: Convention(near, returned=how) for name, how in kinds.items()}
    for convention in returned.values():
        act(host.member, convention.number, "valider")
    plain_one = Convention(near)
    everything = [*returned.values(), plain_one]
    page = choose("pdf", [one.choice for one in everything])
    tap.ok(page.headers.get_content_type() == "application/pdf" and page.body.startswith(b"%PDF-"),
           "several become one PDF", page.status, words(page)[-1500:])
    wanted = [picture for one in everything for picture in page_pictures(one.file)]
    got = page_pictures(page.body)
    tap.same(len(got), len(wanted), "with the pages of all of them, in their order")
    apart = [number for number, (one, other) in enumerate(zip(got, wanted))
             if difference(one, other) > 0.4]
    tap.same(apart, [], "and they look as they did: what was signed or drawn stands on them")
    tap.ok(b"/AcroForm" not in page.body and b"/JavaScript" not in page.body and
           b"/Annots" not in page.body, "fields and annotations are part of the pages, nothing else")
    bad, locked = Convention(near, returned=papers.ink), Convention(near, returned=papers.ink)
    for convention in (bad, locked):
        act(host.member, convention.number, "valider")
    damage_stored(bad.number, b"%PDF-1.7\n" + b"nothing of a PDF\n" * 40)
    damage_stored(locked.number, papers.encrypt(original(near.member, locked.number)))
    page = choose("pdf", [bad.choice, plain_one.choice, locked.choice])
    told = results(page)
    tap.ok(page.status == 200 and sentence("inspect-encrypted") in told[locked.name] and
           "À part" in told[bad.name] and told[plain_one.name] == "Dans le PDF" and
           "2 fichiers ne peuvent pas" in words(page), "a file that cannot be merged is named", told)
    form = next(form for form in page.forms if "choix" in form.fields)
    page = choose("pdf", [form.fields["choix"]])
    tap.ok(page.headers.get_content_type() == "application/pdf" and
           len(page_pictures(page.body)) == len(page_pictures(plain_one.file)),
           "and the others can be had without it")
    page = choose("pdf", [bad.choice])
    tap.ok("pdf" not in page.headers.get_content_type() and "À part" in results(page)[bad.name] and
           "Télécharger le PDF des autres" not in words(page), "where none is left no PDF is offered")


def difference(one, other):
    """How much two pictures differ, in shades of 255 over all pixels; 255 where in size."""
    if one[:15] != other[:15] or len(one) != len(other):
        return 255
    return sum(abs(a - b) for a, b in zip(one, other)) / len(one)


def shown_names(address, client=None):
    page = (client or host.member).get(address)
    return {cells[0].replace(" Incomplète", "") for cells in table(page)[1]} if table(page) else set()


def filtering():
    tap.same(host.member.get("/conventions?origine=abc&du=hier&retour=rien").status, 200,
             "nonsense in the filters is told, not an error")
    page = host.member.get("/conventions?du=31-02-2027")
    tap.ok(errors(page) == {"du": sentence("form-not-day")} and table(page),
           "a day that is none is told at its field, and filters nothing", errors(page))
    early, late = Convention(far, day=40), Convention(far, day=50)
    names = shown_names(f"/conventions?taille=100&du={french(days(40))}&au={days(45)}")
    tap.same(names, {early.fields["last_name"]}, "by the days between which the placement begins")
    names = shown_names(f"/conventions?taille=100&origine={far.number}&du={french(days(40))}")
    tap.same(names, {one.fields["last_name"] for one in (early, late)}, "by origin and day together")
    tap.same(shown_names(f"/conventions?taille=100&origine={near.number}&du={french(days(40))}"), set(),
             "another origin has none of them")
    signed = Convention(near, returned=lambda pdf: signers.sign(pdf, "signature_origin"))
    inked, scanned = (Convention(near, returned=how) for how in (papers.ink, papers.scan))
    act(host.member, inked.number, "invalider", "Il manque une page.")
    for wanted, found in (("signee", signed), ("ecran", inked), ("scan", scanned)):
        names = shown_names(f"/conventions?onglet=en-attente&taille=100&retour={wanted}")
        tap.ok(found.fields["last_name"] in names and
               not {one.fields["last_name"] for one in (signed, inked, scanned) if one is not found}
               & names, f"retour={wanted} shows those alone", names)
    names = shown_names("/conventions?onglet=en-attente&taille=100&incompletes=oui")
    tap.ok(inked.fields["last_name"] in names and signed.fields["last_name"] not in names,
           "incompletes=oui shows the incomplete ones", names)
    page = host.member.get(f"/conventions?onglet=en-attente&taille=10&tri=-date&origine={near.number}"
                           "&retour=ecran")
    kept = [link for link in links(page) if "tri=" in link and link.startswith("/conventions?")]
    tap.ok(kept and all("onglet=en-attente" in link and f"origine={near.number}" in link and
                        "retour=ecran" in link and "taille=10" in link for link in kept),
           "sorting keeps tab, filters and size", kept)
    form = page.form("/conventions")
    tap.ok(form.fields["retour"] == "ecran" and form.fields["origine"] == str(near.number) and
           form.fields["tri"] == "-date" and form.fields["onglet"] == "en-attente",
           "so does the form of size and search", form.fields)
    tap.ok("/conventions?onglet=en-attente" in links(page), "all filters are taken away by one link")
    form = page.form("/conventions")
    page = host.member.submit(form, {"au": french(days(1))})
    tap.ok("Aucune convention de cet onglet ne répond à ces filtres" in words(page) and
           page.form("/conventions").fields["au"] == french(days(1)), "an empty list says why")
    page = near.member.get("/conventions")
    tap.ok('name="origine"' not in page.text, "who sees one origin alone is not asked which")
    tap.ok("Relancer" not in words(page) and "Télécharger (ZIP)" in words(page),
           "an origin is offered what it may do")


validating()
reminding()
zipping()
printing()
filtering()
tap.end()
