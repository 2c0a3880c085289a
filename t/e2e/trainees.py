"""« Stagiaires »: a school's list of trainees, a sheet, adding, correcting, removing, the export."""
import csv
import io
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, says, sentence, table, words  # noqa: E402
from schools import (Schools, act, csrf, deposit, history, original, signed_in,  # noqa: E402
                     state)
import papers  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")

LENGTHS = {"last_name": 100, "first_name": 100, "class_name": 50, "guardian_name": 150,
           "guardian_address": 300}
GUARDIAN = ("guardian_name", "guardian_phone", "guardian_email")


def add(client, **changes):
    return client.submit(client.get("/stagiaires/nouveau").form("/stagiaires/nouveau"),
                         schools.trainee(**changes))


def added(client, **changes):
    """The number of a new trainee."""
    page = add(client, **changes)
    return int(page.path.split("?")[0].rsplit("/", 1)[1])


def trainee_of(convention):
    return int(site.sql("SELECT r.trainee_id FROM registration r JOIN convention c ON "
                        f"c.registration_id = r.id WHERE c.id = {convention}")[0][0])


def names(page):
    return [row[0] for row in table(page)[1]]


def counted(school=origin):
    return int(site.sql(f"SELECT COUNT(*) FROM trainee WHERE origin_id = {school.number}")[0][0])


def revision(school):
    return int(site.sql("SELECT number FROM establishment_revision WHERE "
                        f"establishment_id = {school.number}")[0][0])


def empty_list():
    page = other.member.get("/stagiaires")
    tap.ok("pas encore de stagiaire" in words(page) and "Aucun élément" in words(page) and
           "/stagiaires/nouveau" in links(page) and "/stagiaires/export" not in links(page),
           "a list of nobody says how to begin", words(page)[:400])


def adding():
    form = origin.member.get("/stagiaires/nouveau").form("/stagiaires/nouveau")
    good = schools.trainee()
    before = counted()
    page = origin.member.submit(form, {name: "" for name in good})
    tap.same((page.status, errors(page)),
             (422, {name: sentence("form-required")
                    for name in ("last_name", "first_name", "birth_day", "class_name")}),
             "what is missing is told at each field; the guardian may wait")
    for name, most in LENGTHS.items():
        page = origin.member.submit(form, {**good, name: "é" * (most + 1)})
        tap.ok(page.status == 422 and list(errors(page)) == [name] and
               page.form("/stagiaires/nouveau").fields["birth_day"] == good["birth_day"],
               f"{name} of {most + 1} characters is refused, and the rest is kept", errors(page))
    for name, typed, key in (("birth_day", "31-02-2012", "form-not-day"),
                             ("birth_day", "03-02-1912", "trainee-age"),
                             ("guardian_email", "famille@nulle-part", "form-not-email"),
                             ("guardian_phone", "zéro six", "form-not-phone")):
        page = origin.member.submit(form, {**good, name: typed})
        tap.ok(page.status == 422 and errors(page) == {name: sentence(key)} and
               page.form("/stagiaires/nouveau").fields[name] == typed,
               f"{name} {typed} is refused at its field", errors(page))
    tap.same(counted(), before, "what was refused is not written")
    old = revision(origin)
    page = origin.member.submit(form, good)
    tap.ok(page.status == 200 and says(page, "notice-trainee-added") and
           "encore inscrit à aucun stage" in words(page), "a trainee is added, and has a sheet",
           words(page)[:400])
    tap.ok(revision(origin) > old, "the pages that workers keep are made anew")
    page = origin.member.submit(form, {**good, "last_name": good["last_name"].lower()})
    tap.ok(page.status == 409 and says(page, "trainee-same-as-another") and
           page.form("/stagiaires/nouveau").fields["first_name"] == good["first_name"],
           "the same names and birth date are the same trainee", page.status)
    tap.same(other.member.submit(other.member.get("/stagiaires/nouveau").form("/stagiaires/n"),
                                 good).status, 200, "but another school may have one of that name")
    tap.same(add(origin.member, **{name: "é" * most for name, most in LENGTHS.items()}).status, 200,
             "fields as long as they may be are taken")


def guardian_later():
    number = added(origin.member, **{name: "" for name in GUARDIAN})
    sheet = origin.member.get(f"/stagiaires/{number}")
    tap.ok("sont nécessaires pour inscrire" in words(sheet) and
           "Compléter les données" in words(sheet), "the sheet says what is still missing")
    edit = origin.member.get(f"/stagiaires/{number}/modifier").form(f"/stagiaires/{number}/mod")
    tap.ok("papers" not in edit.fields, "where no convention is open, nothing is offered")
    page = origin.member.submit(edit, {"class_name": "4e C"})
    tap.same(page.status, 200, "such a trainee may be corrected otherwise")
    page = origin.member.get("/stagiaires?etat=a-completer&taille=100")
    tap.ok(f"/stagiaires/{number}" in links(page) and "À compléter" in words(page),
           "the list of what is to be completed has it")
    fields = schools.trainee(**{name: "" for name in GUARDIAN})
    page = schools.try_to_register(origin.member, schools.placement(host), fields)
    tap.same((page.status, sorted(errors(page))), (422, sorted(GUARDIAN)),
             "a registration needs to know the guardian")


def the_list():
    school = schools.add("Liste")
    client = school.member
    here = [schools.placement(host) for _ in range(2)]
    alone = added(client, last_name="ABEILLE", first_name="Zoé", class_name="3e A")
    open_one = schools.register(client, here[0], last_name="BÉGONIA", class_name="3e B")
    done = schools.register(client, here[0], last_name="CHÊNE", class_name="3e A")
    deposit(client, papers.ink(original(client, done)))
    waiting = schools.register(client, here[1], last_name="DAHLIA", first_name="Éloi",
                               class_name="3e B", guardian_name="Mme Œillet")
    deposit(client, papers.ink(original(client, waiting)))
    act(host.member, done, "valider")
    page = client.get("/stagiaires")
    tap.same([name.split()[0] for name in names(page)], ["ABEILLE", "BÉGONIA", "CHÊNE", "DAHLIA"],
             "the list is sorted by name")
    tap.same([row[5] for row in table(page)[1]],
             ["Aucune", "1 non retournée", "1 validée", "1 en attente"],
             "and shows where the conventions are")
    for query, wanted in (("etat=sans-convention", "A"), ("etat=en-cours", "BD"),
                          ("etat=validees", "C"), ("etat=a-completer", ""), ("etat=autre", "ABCD"),
                          ("classe=3e+A", "AC"), ("classe=3e+B&etat=en-cours", "BD"),
                          ("classe=6e", ""), ("tri=-nom", "DCBA"), ("tri=classe", "ACBD"),
                          ("tri=-classe", "BDAC"), ("q=begonia", "B"), ("q=%C3%A9loi+dahlia", "D"),
                          ("q=dahlia+eloi", "D"), ("q=mme", "D"),
                          ("q=3e+b", "BD"), ("q=%25", ""), ("q=inconnu", "")):
        got = "".join(name[0] for name in names(client.get(f"/stagiaires?{query}")))
        tap.same(got, wanted, f"?{query} shows what it says")
    page = client.get("/stagiaires?classe=3e+B&etat=en-cours&tri=-nom&taille=10&q=a")
    sorting = [link for link in links(page) if "tri=" in link or "tri" not in link and "q=a" in link]
    tap.ok(sorting and all("classe=3e%20B" in link and "etat=en-cours" in link
                           for link in sorting if link.startswith("/stagiaires?")),
           "the headings keep the filters", sorting)
    form = page.form("/stagiaires")
    tap.same((form.fields["classe"], form.fields["etat"], form.fields["tri"], form.fields["q"]),
             ("3e B", "en-cours", "-nom", "a"), "and so does the form")
    page = client.get("/stagiaires?q=inconnu")
    tap.ok("Aucun stagiaire ne correspond" in words(page), "a search without result says so")
    for who, they in (("another school's member", other.member), ("the host's admin", host.admin)):
        page = they.get("/stagiaires?taille=100")
        tap.ok("BÉGONIA" not in page.text and f"/stagiaires/{alone}" not in page.text,
               f"{who} sees none of them")
    tap.same(schools.operator.get("/stagiaires").status, 403, "an operator has no trainees")
    tap.same(state(site, open_one), "not_returned", "looking changes nothing")
    the_export(client)


def the_export(client):
    page = client.get("/stagiaires/export?classe=3e+B")
    tap.ok(page.headers["Content-Type"] == "text/csv; charset=utf-8" and
           page.headers["Content-Disposition"].startswith("attachment"), "the export is a file")
    tap.ok(page.body.startswith(b"\xef\xbb\xbf") and b"\r\n" in page.body,
           "with a mark and lines as Excel wants them")
    rows = list(csv.reader(io.StringIO(page.body.decode("utf-8-sig")), delimiter=";"))
    tap.same([row[0] for row in rows], ["Nom", "BÉGONIA", "DAHLIA"], "of what the list shows")
    tap.same(rows[2][2:5], ["03/02/2012", "3e B", "Mme Œillet"], "days as Excel takes them")
    added(client, last_name="=1+1", first_name="@SUM(A1)", class_name="+3e", guardian_name="-2",
          guardian_phone="+32 2 123 45 67")
    rows = client.get("/stagiaires/export?classe=%2B3e").body.decode("utf-8-sig").split("\r\n")
    cells = rows[1].split(";")
    tap.same([cells[0], cells[1], cells[3], cells[4], cells[5]],
             ["'=1+1", "'@SUM(A1)", "'+3e", "'-2", "'+3221234567"],
             "nothing in it is a formula")


def correcting():
    fields = schools.trainee()
    first = schools.register(origin.member, schools.placement(host, title="Un"), **fields)
    second = schools.register(origin.member, schools.placement(host, title="Deux"), **fields)
    number = trainee_of(first)
    papers_before = [original(origin.member, convention) for convention in (first, second)]
    page = origin.member.get(f"/stagiaires/{number}/modifier")
    tap.ok("Les 2 conventions qui ne sont pas encore revenues" in words(page) and
           page.form("/stagiaires/").fields["papers"] == "remplacer",
           "a correction offers to replace the open conventions, and names them", words(page)[-800:])
    for name in GUARDIAN:
        page = origin.member.submit(page.form("/stagiaires/"), {**fields, name: ""})
        tap.same((page.status, errors(page)), (422, {name: sentence("form-required")}),
                 f"{name} of who is registered may not be emptied")
    form = origin.member.get(f"/stagiaires/{number}/modifier").form("/stagiaires/")
    page = origin.member.submit(form, {"papers": "jeter"})
    tap.ok(page.status == 422 and "papers" in str(links(page)), "there is no third choice",
           page.status)
    page = origin.member.submit(form, {"class_name": "4e Z", "papers": "garder"})
    tap.ok(says(page, "notice-corrected") and "4e Z" in words(page), "they may be kept")
    tap.same([original(origin.member, convention) for convention in (first, second)],
             papers_before, "then they stay as they were drawn")
    tap.same([history(site, convention) for convention in (first, second)],
             [["generate", "keep"]] * 2, "which their history says")
    for client, who in ((origin.member, "the origin"), (host.member, "the host")):
        tap.ok("Données corrigées, convention conservée" in
               words(client.get(f"/conventions/{first}")), f"and {who} reads there")
    name = f"RENOMMEE {schools.mark}"
    form = origin.member.get(f"/stagiaires/{number}/modifier").form("/stagiaires/")
    origin.member.submit(form, {"last_name": name, "papers": "garder"})
    found = origin.member.get(f"/conventions?q={name.replace(' ', '+')}")
    tap.ok(words(found).count(name) >= 2 and
           [original(origin.member, convention) for convention in (first, second)] ==
           papers_before, "kept conventions are found under the new name", words(found)[:300])
    form = origin.member.get(f"/stagiaires/{number}/modifier").form("/stagiaires/")
    page = origin.member.submit(form)
    tap.same([history(site, convention) for convention in (first, second)],
             [["generate", "keep", "keep"]] * 2, "a correction of nothing replaces nothing")
    page = origin.member.submit(form, {"class_name": "4e Y"})
    tap.ok(says(page, "notice-corrected-reissued"), "or are replaced")
    tap.same([history(site, convention) for convention in (first, second)],
             [["generate", "keep", "keep", "reissue"]] * 2, "which their history says")
    tap.ok(all(original(origin.member, convention) != before
               for convention, before in zip((first, second), papers_before)), "by new papers")
    page = origin.member.submit(form, {"class_name": "5e"})
    tap.ok(page.status == 409 and says(page, "trainee-out-of-date") and
           page.form("/stagiaires/").fields["class_name"] == "5e",
           "out of date, what was typed is kept, and nothing is written", page.status)


def correcting_returned():
    fields = schools.trainee()
    convention = schools.register(origin.member, schools.placement(host), **fields)
    cancelled = schools.register(origin.member, schools.placement(host), **fields)
    act(origin.member, cancelled, "annuler", "")
    deposit(origin.member, papers.ink(original(origin.member, convention)))
    act(host.member, convention, "valider")
    seen = words(host.member.get("/conventions?onglet=validees"))
    name = f"REVENUE {schools.mark}"
    form = origin.member.get(f"/stagiaires/{trainee_of(convention)}/modifier").form("/stagiaires/")
    origin.member.submit(form, {"last_name": name})
    tap.same((history(site, convention), history(site, cancelled)),
             (["generate", "deposit", "validate", "keep"], ["generate", "cancel"]),
             "a convention that came back is kept, which its history says; one cancelled is over")
    page = host.member.get("/conventions?onglet=validees")
    tap.ok(name not in seen and name in words(page), "the host's list has the new name at once",
           words(page)[:400])


def removing():
    number = added(origin.member)
    before = counted()
    stale = origin.member.get(f"/stagiaires/{number}/supprimer").form(f"/stagiaires/{number}/sup")
    tap.ok(f"/stagiaires/{number}/supprimer?version=1" in
           links(origin.member.get(f"/stagiaires/{number}")), "the sheet leads to the removal")
    form = origin.member.get(f"/stagiaires/{number}/modifier").form("/stagiaires/")
    origin.member.submit(form, {"class_name": "6e"})
    page = origin.member.submit(stale)
    tap.ok(page.status == 409 and says(page, "trainee-out-of-date") and counted() == before,
           "who was changed meanwhile is not removed")
    for who, client in (("another school", other.admin), ("a host", host.admin)):
        page = client.post(f"/stagiaires/{number}/supprimer?version=2", {"csrf": csrf(client)})
        tap.same((page.status, counted()), (404, before), f"{who} cannot remove it")
    form = origin.member.get(f"/stagiaires/{number}/supprimer").form("/stagiaires/")
    page = origin.member.submit(form)
    tap.ok(page.status == 200 and says(page, "notice-trainee-removed") and counted() == before - 1,
           "a trainee who was never registered is removed", words(page)[:300])
    tap.same(origin.member.submit(form).status, 404, "twice is one too many")
    convention = schools.register(origin.member, schools.placement(host))
    act(origin.member, convention, "annuler", "")
    number = trainee_of(convention)
    sheet = origin.member.get(f"/stagiaires/{number}")
    tap.ok("supprimer" not in str(links(sheet)) and "Annulée" in words(sheet),
           "who was registered once cannot be removed, since the history is kept")
    page = origin.member.post(f"/stagiaires/{number}/supprimer?version=1",
                              {"csrf": csrf(origin.member)})
    tap.ok(page.status == 409 and says(page, "trainee-has-registrations"), "also by no forged form",
           page.status)


def waiting():
    placement = schools.placement(host, title="Complet", capacity=1)
    schools.register(origin.member, placement)
    number = added(origin.member)
    site.sql("INSERT INTO waiting (placement_id, trainee_id, account_id, created_at) SELECT "
             f"{placement}, {number}, MIN(id), NOW() FROM account WHERE establishment_id = "
             f"{origin.number}")
    site.sql("UPDATE establishment_revision SET number = number + 1")
    sheet = origin.member.get(f"/stagiaires/{number}")
    tap.ok("En liste d’attente" in words(sheet) and "Complet" in words(sheet) and
           "supprimer" not in str(links(sheet)), "who waits for a place is not removed, and the "
           "sheet says for which", words(sheet)[:500])


def by_an_admin():
    tap.same(add(origin.admin).status, 200, "an admin may add trainees too")
    client = signed_in(site, origin.account("member"), "member")
    tap.ok("/stagiaires" in links(client.get("/stages")), "the menu leads to the list")


empty_list()
adding()
guardian_later()
the_list()
correcting()
correcting_returned()
removing()
waiting()
by_an_admin()
tap.end()
