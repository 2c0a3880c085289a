"""« Contacts »: partner establishments that appear by themselves or are added, their people and notes;
lists, sorting, filters; what several change at once; nothing of it for anybody else."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, says, sentence, table, words  # noqa: E402
from schools import Schools, act, csrf, new_uai  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")
FREE = {"name": f"Mairie {schools.mark}", "address": "1 place de l’Œuvre", "postal_code": "69100",
        "city": f"Ville {schools.mark}", "phone": "04 76 00 30 41",
        "email": f"accueil.{schools.mark}@ville.example"}
PERSON = {"name": f"Zoé L’Hôte {schools.mark}", "job": "secrétaire", "phone": "06 01 02 03 04",
          "email": f"zoe.{schools.mark}@ville.example"}


def rows(page):
    """The names, the counts of conventions and of those in progress."""
    return [(cells[0], cells[4], cells[5]) for cells in table(page)[1] if len(cells) == 6]


def names(page):
    return [re.split(r" \d{7}[A-Z]", row[0])[0] for row in rows(page)]


def contact_of(client, name):
    """The number of the contact of that name."""
    page = client.get(f"/contacts?taille=100&q={schools.mark}")
    found = re.search(rf'href="/contacts/(\d+)">{re.escape(name.replace("’", "’"))}<', page.text)
    return int(found[1]) if found else 0


def add(client, fields, follow=False):
    return client.post("/contacts/nouveau", {"csrf": csrf(client), **fields}, follow=follow)


def number(page):
    return int(re.match(r"/contacts/(\d+)", page.headers["Location"])[1])


def post(client, path, fields, follow=False):
    return client.post(path, {"csrf": csrf(client), **fields}, follow=follow)


def counted(table_name, where):
    return int(site.sql(f"SELECT COUNT(*) FROM {table_name} WHERE {where}")[0][0])


def empty():
    page = other.member.get("/contacts")
    tap.ok("Vous n’avez pas encore de contact" in words(page) and "/contacts/nouveau" in links(page),
           "who has no contact reads how the first one comes")
    page = other.member.get("/contacts?avec=accueil")
    tap.ok("Aucun contact n’est dans ce cas" in words(page), "and so under a filter")
    page = other.member.get("/contacts?q=introuvable")
    tap.ok("Aucun contact ne correspond à « introuvable »" in words(page), "and in a search")


def by_themselves():
    placement = schools.placement(host, title="Bois")
    convention = schools.register(origin.member, placement)
    schools.register(origin.member, placement)
    page = host.member.get("/contacts")
    tap.same(rows(page), [(f"{origin.name} {origin.uai} Origine", "2 conventions avec " + origin.name, "2")],
             "an origin is among the host's contacts with its first convention")
    page = origin.member.get("/contacts")
    tap.same(rows(page), [(f"{host.name} {host.uai} Accueil", "2 conventions avec " + host.name, "2")],
             "and the host among the origin's")
    act(host.member, convention, "annuler")
    page = host.member.get("/contacts")
    tap.same(rows(page)[0][2], "1", "a cancelled convention is in progress no more, as the list shows at once")
    sheet = host.member.get(f"/contacts/{contact_of(host.member, origin.name)}")
    tap.ok(all(word in words(sheet) for word in (origin.uai, origin.email, "1 conventions non retournées",
                                                 "1 conventions annulées", "1 stages en commun")),
           "its sheet has the platform's data and what is shared", words(sheet))
    tap.ok(not [link for link in links(sheet) if "supprimer" in link or link.endswith("/modifier")],
           "and offers neither to change nor to delete it")
    shared_lists(host, origin, placement)
    site.sql(f"UPDATE establishment SET city = 'Nouvelleville {schools.mark}' WHERE id = {origin.number}")
    tap.ok("Nouvelleville" in words(host.admin.get(f"/contacts/{contact_of(host.admin, origin.name)}")),
           "what the platform knows anew, the sheet shows")


def shared_lists(owner, partner, placement):
    at = f"/contacts/{contact_of(owner.member, partner.name)}"
    page = owner.member.get(f"{at}/conventions")
    tap.same((page.status, len(table(page)[1])), (200, 2), "the conventions shared are listed")
    page = owner.member.get(f"{at}/conventions?etat=annulees&tri=-date")
    tap.same([row[4] for row in table(page)[1]], ["Annulée"], "by state")
    page = owner.member.get(f"{at}/conventions?etat=validees")
    tap.ok("Aucune convention n’est dans cet état" in words(page), "a state with none says so")
    page = owner.member.get(f"{at}/conventions?q=introuvable&etat=annulees")
    tap.ok("Aucune convention ne correspond" in words(page), "a search too")
    page = owner.member.get(f"{at}/stages?tri=-stage")
    tap.ok(f"/stages/{placement}" in links(page) and table(page)[1][0][3] == "2",
           "the placements shared are listed")
    tap.ok("Aucun stage ne correspond" in words(owner.member.get(f"{at}/stages?q=introuvable")),
           "a search for none says so")


def added():
    page = add(host.member, FREE)
    tap.same(page.status, 303, "a contact that is not of the platform is added")
    free = number(page)
    page = host.member.follow(page)
    tap.ok(says(page, "notice-contact-added") and
           all(text in words(page) for text in FREE.values()), "and shown", words(page))
    page = add(host.member, FREE)
    tap.ok(page.status == 422 and errors(page) == {"name": sentence("contact-exists")},
           "the same again is refused, so that a form sent twice adds one", page.status, errors(page))
    page = add(host.member, {**FREE, "city": "Ailleurs"})
    tap.same(page.status, 303, "one of the same name elsewhere is another")
    page = add(host.admin, {"uai": other.uai.lower(), "name": "sans effet"})
    tap.same(page.status, 303, "one of the platform is added by its UAI")
    sheet = host.admin.follow(page)
    tap.ok(other.name in words(sheet) and "sans effet" not in words(sheet), "with its own data")
    page = add(host.admin, {"uai": other.uai})
    tap.ok(page.status == 422 and errors(page) == {"uai": sentence("contact-exists")}, "once")
    return free


def refused():
    before = counted("contact", f"owner_id = {host.number}")
    unknown = new_uai()
    wrong = unknown[:7] + ("A" if unknown[7] != "A" else "B")
    for fields, wanted, title in (
            ({}, {"name": "form-required"}, "nothing"),
            ({"uai": wrong}, {"uai": "uai-letter"}, "a UAI with a wrong letter"),
            ({"uai": "x" * 21}, {"uai": "form-too-long"}, "a UAI too long"),
            ({"uai": unknown}, {"name": "contact-nameless"}, "a UAI that is not of the platform, alone"),
            ({"uai": host.uai}, {"uai": "contact-itself"}, "one's own UAI"),
            ({"name": "é" * 201}, {"name": "form-too-long"}, "a name too long"),
            ({**FREE, "name": "!?"}, {"name": "contact-nameless"}, "a name without letters"),
            ({**FREE, "name": "N", "email": "x@"}, {"email": "form-not-email"}, "no e-mail address"),
            ({**FREE, "name": "N", "phone": "douze"}, {"phone": "form-not-phone"}, "no telephone")):
        page = add(host.member, fields)
        found = {name: re.sub(r"\d+ caractères", "{most} caractères", text).removesuffix(
            f" {unknown[7]}.") for name, text in errors(page).items()}
        tap.ok(page.status == 422 and found == {name: sentence(key) for name, key in wanted.items()},
               f"{title} is refused at its field", page.status, errors(page))
        kept = page.form("/contacts/nouveau").fields
        tap.ok(all(kept[name].lower() == typed.lower() for name, typed in fields.items()),
               f"{title}: what was typed is kept")
    tap.same(counted("contact", f"owner_id = {host.number}"), before, "and nothing is written")


def changed(free):
    path = f"/contacts/{free}/modifier"
    form = host.member.get(path).form(path)
    page = host.admin.submit(host.admin.get(path).form(path), {"city": "Bron"})
    tap.ok(says(page, "notice-contact-changed") and "Bron" in words(page), "a contact is changed")
    page = host.member.submit(form, {"city": "Lyon"})
    tap.ok(page.status == 409 and says(page, "contact-out-of-date") and
           page.form(path).fields["city"] == "Lyon", "from a page out of date it is not, and says so")
    tap.same(site.sql(f"SELECT city FROM contact WHERE id = {free}")[0][0], "Bron", "the other's stands")
    page = post(host.member, f"/contacts/{free}/supprimer?version=1", {})
    tap.ok(page.status == 409, "nor is it deleted from one")
    partner = contact_of(host.member, origin.name)
    page = post(host.member, f"/contacts/{partner}/modifier?version=1", FREE)
    tap.ok(page.status == 409 and says(page, "contact-of-platform"), "the platform's data are not changed")
    page = post(host.member, f"/contacts/{partner}/supprimer?version=1", {})
    tap.ok(page.status == 409 and says(page, "contact-shares"), "who shares conventions is not deleted")


def people(free):
    new = f"/contacts/{free}/personnes/nouvelle"
    page = post(host.member, new, PERSON, follow=True)
    tap.ok(says(page, "notice-person-added") and all(text in words(page) for text in PERSON.values()),
           "a person is added to the sheet", words(page))
    page = post(host.member, new, PERSON)
    tap.ok(page.status == 422 and errors(page) == {"name": sentence("person-exists")}, "once")
    for fields, wanted in (({}, {"name": "form-required"}), ({**PERSON, "email": "x"}, {"email": "form-not-email"}),
                           ({**PERSON, "name": "…"}, {"name": "form-required"})):
        page = post(host.member, new, fields)
        tap.ok(page.status == 422 and errors(page) == {name: sentence(key) for name, key in wanted.items()},
               f"a wrong person is refused: {wanted}", errors(page))
    post(host.member, new, {"name": f"Autre {schools.mark}"})
    person = site.sql(f"SELECT id FROM contact_person WHERE contact_id = {free} ORDER BY id")[0][0]
    path = f"/contacts/{free}/personnes/{person}"
    form, old = host.member.get(path).form(path + "?"), host.admin.get(path).form(path + "?")
    page = host.member.submit(form, {"job": "directrice"})
    tap.ok(says(page, "notice-person-changed") and "directrice" in words(page), "a person is changed")
    page = host.admin.submit(old, {"job": "rien"})
    tap.ok(page.status == 409 and says(page, "person-out-of-date") and
           page.form(path + "?").fields["job"] == "rien", "not from a page that is out of date")
    page = host.member.submit(host.member.get(path).form(path + "?"), {"name": f"AUTRE {schools.mark}"})
    tap.ok(page.status == 422 and errors(page) == {"name": sentence("person-exists")},
           "nor into somebody who is there")
    tap.same(names(host.member.get(f"/contacts?q=hote+{schools.mark}"))[0], FREE["name"],
             "a search finds the establishment of a person")
    page = host.member.submit(host.member.get(path + "/supprimer").form(path + "/supprimer?"))
    tap.ok(says(page, "notice-person-removed") and "directrice" not in words(page), "a person is removed")
    tap.same(host.member.get(path).status, 404, "and is no more")


def notes(free):
    path = f"/contacts/{free}/notes"
    page = post(host.member, path, {"text": "Préfère **le matin** <script>"}, follow=True)
    tap.ok(says(page, "notice-note-added") and "<strong>le matin</strong>" in page.text and
           "<script>" not in page.text.split("contact-notes")[1], "a note is shown as Markdown, its HTML not taken")
    author = site.sql("SELECT a.name FROM contact_note n JOIN account a ON a.id = n.account_id "
                      f"WHERE n.contact_id = {free}")[0][0]
    tap.ok(re.search(rf"{author}, le \d\d-\d\d-\d{{4}} à \d\d h \d\d", words(page)), "with author and date")
    post(host.member, path, {"text": "Préfère **le matin** <script>"})
    tap.same(counted("contact_note", f"contact_id = {free}"), 1, "sent twice it is there once")
    for text, key in (("", "form-required"), ("é" * 5001, "form-too-long")):
        page = post(host.member, path, {"text": text})
        tap.ok(page.status == 422 and "text" in errors(page) and page.form(path).fields["text"].strip() == text,
               f"a note is refused: {key}", page.status, errors(page))
    note = site.sql(f"SELECT id FROM contact_note WHERE contact_id = {free}")[0][0]
    page = host.admin.submit(host.admin.get(f"{path}/{note}/supprimer").form(f"{path}/{note}/supprimer"))
    tap.ok(says(page, "notice-note-removed") and counted("contact_note", f"contact_id = {free}") == 0,
           "a note is deleted after a question")


def lists():
    first = host.member.get(f"/contacts?q={schools.mark}")
    tap.ok(len(rows(first)) == 4, "the list has them all", rows(first))
    by_city = [cells[1] for cells in table(host.member.get("/contacts?tri=-commune"))[1]]
    tap.same(by_city, sorted(by_city, key=str.casefold, reverse=True), "sorted by town, falling")
    tap.same(names(host.member.get("/contacts?tri=-conventions"))[0], origin.name, "by conventions")
    tap.same(names(host.member.get("/contacts?tri=-en-cours"))[0], origin.name, "by those in progress")
    for which, wanted in (("origine", [origin.name]), ("accueil", []), ("en-cours", [origin.name])):
        tap.same(names(host.member.get(f"/contacts?avec={which}")), wanted, f"the filter {which}")
    tap.same(names(host.member.get(f"/contacts?q={origin.uai}")), [origin.name], "a search by UAI")
    page = host.member.get(f"/contacts?avec=origine&tri=-nom&q={schools.mark}")
    tap.ok(page.form("/contacts").fields.get("avec") == "origine" and
           page.form("/contacts").fields.get("tri") == "-nom", "filter and order are carried on")
    site.sql("INSERT INTO contact (owner_id, name, folded_name, identity, created_at) SELECT "
             f"{other.number}, CONCAT('Nom ', seq), CONCAT('nom ', seq), CONCAT('nom ', seq, '/'), NOW() "
             "FROM seq_1_to_120")
    site.sql(f"UPDATE establishment_revision SET number = number + 1 WHERE establishment_id = {other.number}")
    page = other.member.get("/contacts?taille=100&page=2&avec=tous")
    tap.same(len(rows(page)), 20, "a long list has pages")


def adopted():
    uai = new_uai()
    page = add(origin.member, {"uai": uai, "name": f"Futur {schools.mark}"})
    contact = number(page)
    post(origin.member, f"/contacts/{contact}/personnes/nouvelle", PERSON)
    later = schools.add("Nouveau")
    site.sql(f"UPDATE establishment SET uai = '{uai}' WHERE id = {later.number}")
    later.uai = uai
    schools.register(origin.member, schools.placement(later))
    page = origin.member.get(f"/contacts/{contact}")
    tap.ok(later.name in words(page) and PERSON["name"] in words(page) and
           counted("contact", f"owner_id = {origin.number} AND uai = '{uai}'") == 1,
           "a contact typed before its establishment came keeps its people and becomes that one", words(page))


def strangers(free):
    for path in ("", "/modifier", "/supprimer", "/conventions", "/stages", "/personnes/nouvelle"):
        tap.same(other.admin.get(f"/contacts/{free}{path}").status, 404, f"{path or 'the sheet'} is not there for others")
    mine = contact_of(origin.member, host.name)
    person = site.sql(f"SELECT id FROM contact_person WHERE contact_id = {free}")[0][0]
    tap.same(origin.member.get(f"/contacts/{mine}/personnes/{person}").status, 404,
             "another's person is not there under one's own contact")
    page = post(origin.member, f"/contacts/{mine}/personnes/{person}?version=1", PERSON)
    tap.same(page.status, 404, "nor is it changed")
    page = post(origin.member, f"/contacts/{free}/notes", {"text": "intrus"})
    tap.same((page.status, counted("contact_note", f"contact_id = {free}")), (404, 0), "nor gets it a note")
    tap.ok(FREE["name"] not in words(origin.member.get(f"/contacts?q={schools.mark}")),
           "a search finds nothing of others")


def deleted(free):
    page = host.member.get(f"/contacts/{free}/supprimer")
    tap.ok(FREE["name"] in words(page) and counted("contact", f"id = {free}") == 1, "deleting asks first")
    page = host.member.submit(page.form(f"/contacts/{free}/supprimer?"))
    tap.ok(says(page, "notice-contact-removed") and counted("contact", f"id = {free}") == 0 and
           counted("contact_person", f"contact_id = {free}") == 0, "and then takes all of it away")
    tap.same(host.member.get(f"/contacts/{free}").status, 404, "it is no more")


empty()
by_themselves()
contact = added()
refused()
changed(contact)
people(contact)
notes(contact)
lists()
adopted()
strangers(contact)
deleted(contact)
tap.end()
