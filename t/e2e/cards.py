"""vCards in and out: as telephones, Outlook and others write them; a preview first; never twice."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, says, sentence, table, words  # noqa: E402
from schools import Schools, csrf  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")
MARK = schools.mark

IPHONE = f"""BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//iPhone OS 17.5//EN\r
N:L’Hôte;Zoé;;;\r
FN:Zoé L’Hôte\r
ORG:Mairie de Bron {MARK};\r
TITLE:Secrétaire\r
item1.EMAIL;type=INTERNET;type=pref:zoe.{MARK}@bron.example\r
item1.X-ABLabel:_$!<Work>!$_\r
TEL;type=CELL;type=VOICE;type=pref:+33 6 01 02 03 04\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAgAAgES\r
 AAMAAAABAAEAAIdpAAQAAAABAAAAJgAAAAAAAqACAAQAAAABAAAAQKADAAQAAAABAAAAQAAAAAD/\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
N:;;;;\r
FN:Mairie de Bron {MARK}\r
ORG:Mairie de Bron {MARK};\r
X-ABShowAs:COMPANY\r
ADR;type=WORK;type=pref:;;Place de Weingarten;Bron;;69500;France\r
TEL;type=WORK;type=pref:04 72 36 13 13\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
FN:Sans Société\r
N:Société;Sans;;;\r
END:VCARD\r
""".encode()
OUTLOOK = (f"BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=fr:".encode() + "Léger;Éléonore\r\n".encode("cp1252") +
           f"FN:".encode() + "Éléonore Léger\r\n".encode("cp1252") + f"ORG:Atelier Monge {MARK};Bureau\r\n"
           "TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:G=E9rante de l=92=\r\natelier\r\n"
           f"TEL;WORK;VOICE:04 78 00 00 01\r\nTEL;WORK;FAX:04 78 00 00 02\r\n"
           f"EMAIL;PREF;INTERNET:pas une adresse\r\nEND:VCARD\r\n".encode())
CARDS = OUTLOOK + IPHONE


def preview(client, content, name="contacts.vcf"):
    return client.post("/contacts/import", {"csrf": csrf(client)}, {"fichier": (name, content, "text/vcard")})


def rows(page):
    """Establishment, person, what would happen, and its notes."""
    fates = ("Créée", "Modifiée", "Déjà là", "Laissée de côté")
    return [(row[1], row[2], fate, row[3].removeprefix(fate).strip())
            for row in table(page)[1] for fate in fates if row[3].startswith(fate)]


def counts(school):
    return tuple(int(site.sql(statement + str(school.number))[0][0]) for statement in (
        "SELECT COUNT(*) FROM contact WHERE owner_id = ",
        "SELECT COUNT(*) FROM contact_person p JOIN contact c ON c.id = p.contact_id WHERE c.owner_id = "))


def imported():
    page = preview(host.member, CARDS)
    seen = rows(page)
    tap.ok(page.status == 200 and [row[2] for row in seen] ==
           ["Créée", "Créée", "Créée", "Laissée de côté"], "the preview tells what becomes of each card", seen)
    tap.ok(seen[0][:2] == (f"Atelier Monge {MARK} nouveau", "Éléonore Léger") and
           sentence("card-not-email") in seen[0][3] and
           seen[2][:2] == (f"Mairie de Bron {MARK}", "") and
           sentence("card-without-establishment") in seen[3][3], "with its problems", seen)
    tap.same(counts(host), (0, 0), "and writes nothing")
    form = page.form("/contacts/import/confirmer")
    page = host.member.submit(form)
    tap.ok(says(page, "notice-cards-taken") and counts(host) == (2, 2), "then the cards are taken", words(page)[:300])
    tap.same(site.sql("SELECT p.name, p.job, p.email, p.phone, c.name FROM contact_person p JOIN contact c "
                      f"ON c.id = p.contact_id WHERE c.owner_id = {host.number} ORDER BY p.name"),
             [["Éléonore Léger", "Gérante de l’atelier", "", "04 78 00 00 01", f"Atelier Monge {MARK}"],
              ["Zoé L’Hôte", "Secrétaire", f"zoe.{MARK}@bron.example", "06 01 02 03 04",
               f"Mairie de Bron {MARK}"]], "with all they say, whatever their encoding")
    tap.same(site.sql("SELECT address, postal_code, city, phone FROM contact WHERE owner_id = "
                      f"{host.number} AND name LIKE 'Mairie%'"),
             [["Place de Weingarten", "69500", "Bron", "04 72 36 13 13"]], "and the establishment's address")
    page = host.admin.submit(form, {"csrf": csrf(host.admin)})
    tap.ok(page.status == 409 and says(page, "cards-out-of-date") and counts(host) == (2, 2),
           "sent a second time the preview is no more true, and says so", page.status)
    page = preview(host.admin, CARDS)
    tap.ok([row[2] for row in rows(page)] == ["Déjà là", "Déjà là", "Déjà là", "Laissée de côté"] and
           "Aucune fiche de ce fichier ne changerait" in words(page), "the same file again changes nothing",
           rows(page))


def changed():
    card = (f"BEGIN:VCARD\nVERSION:4.0\nFN:ZOE L'HÔTE\nORG:mairie de bron {MARK}\nTITLE:Directrice\n"
            "END:VCARD\n").encode()
    page = preview(host.member, card)
    tap.same([row[2] for row in rows(page)], ["Modifiée"], "a card that says more is a change")
    form = page.form("/contacts/import/confirmer")
    site.sql(f"UPDATE contact_person SET folded_name = CONCAT(folded_name, ' x'), name = CONCAT(name, ' x') "
             f"WHERE name = 'Zoé L’Hôte' AND email = 'zoe.{MARK}@bron.example'")
    page = host.member.submit(form)
    tap.ok(page.status == 409 and [row[2] for row in rows(page)] == ["Créée"],
           "where contacts changed since, what would happen now is shown", page.status, rows(page))
    site.sql("UPDATE contact_person SET folded_name = 'zoe l hote', name = 'Zoé L’Hôte' "
             f"WHERE email = 'zoe.{MARK}@bron.example'")
    page = host.member.submit(form)
    tap.ok(says(page, "notice-cards-taken") and counts(host) == (2, 2) and
           site.sql(f"SELECT job, phone FROM contact_person WHERE email = 'zoe.{MARK}@bron.example'") ==
           [["Directrice", "06 01 02 03 04"]], "and what it does not say stays", counts(host))


def refused():
    for content, key, title in ((b"", "form-file-empty", "an empty file"),
                                (b"nom;prenom\n", "cards-none", "a table"),
                                (b"\x89PNG\r\n\x1a\n" + bytes(1000), "cards-none", "a picture"),
                                (b"BEGIN:VCARD\nFN:X\nEND:VCARD\n" * 501, "cards-too-many", "501 cards"),
                                (b"BEGIN:VCARD\nNOTE:" + b"x" * (5 * 1024 * 1024), "cards-file-too-large",
                                 "a file over 5 MiB")):
        page = preview(host.member, content)
        tap.ok(page.status == 422 and errors(page) == {"fichier": sentence(key)} and "#fichier" in links(page),
               f"{title} is refused at its field", page.status, errors(page))
    page = host.member.post("/contacts/import", {"csrf": csrf(host.member)})
    tap.ok(page.status == 422 and errors(page) == {"fichier": sentence("form-file-required")}, "no file, too")
    before = counts(host)
    for fields in ({}, {"cards": "x", "plan": "A" * 43}, {"cards": CARDS.decode("latin-1"), "plan": "x"}):
        page = host.member.post("/contacts/import/confirmer", {"csrf": csrf(host.member), **fields})
        tap.ok(page.status in (400, 422), f"a forged confirmation is refused: {list(fields)}", page.status)
    page = preview(host.member, b"BEGIN:VCARD\nFN:Anne\nORG:Coupe\n")
    tap.ok(sentence("card-cut") in rows(page)[0][3], "a file that is cut says so")
    long = f"BEGIN:VCARD\nFN:{'é' * 151}\nORG:X\nEND:VCARD\nBEGIN:VCARD\nFN:{'é' * 201}\nKIND:org\nEND:VCARD\n"
    tap.same([row[3] for row in rows(preview(host.member, long.encode()))],
             [sentence("card-name-too-long")] * 2, "names too long are left out")
    tap.same(counts(host), before, "nothing of that was written")


def of_the_platform():
    card = f"BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Autre nom\nX-PARAPHE-UAI:{other.uai}\nEND:VCARD\n" \
           f"BEGIN:VCARD\nFN:Une Personne\nORG:{other.name}\nEND:VCARD\n" \
           f"BEGIN:VCARD\nFN:Nous\nKIND:org\nX-PARAPHE-UAI:{origin.uai}\nEND:VCARD\n"
    page = preview(origin.member, card.encode())
    tap.same([row[2] for row in rows(page)], ["Créée", "Créée", "Laissée de côté"], "a UAI is recognised")
    page = origin.member.submit(page.form("/contacts/import/confirmer"))
    listed = words(origin.member.get("/contacts"))
    tap.ok(other.name in listed and "Autre nom" not in listed and counts(origin) == (1, 1),
           "and is the platform's establishment, with its people", listed)
    tap.ok(sentence("card-of-platform") in rows(preview(origin.member, card.encode()))[0][3],
           "whose data the card does not change")


def exported():
    page = host.member.get("/contacts/vcard?tous=1")
    text = page.body.decode()
    tap.ok(page.status == 200 and page.headers["Content-Type"].startswith("text/vcard") and
           "attachment" in page.headers["Content-Disposition"] and text.count("BEGIN:VCARD") == 4,
           "all contacts are exported, each with its people", page.headers)
    tap.ok(all(len(line.encode()) <= 75 for line in text.split("\r\n")) and "\n" not in text.replace("\r\n", ""),
           "in lines of at most 75 bytes")
    for version in ("4.0", "3.0"):
        text = host.member.get(f"/contacts/vcard?tous=1&version={version}").body
        tap.ok(text.count(f"VERSION:{version}\r\n".encode()) == 4, f"as vCard {version}")
        seen = rows(preview(host.member, text))
        tap.ok([row[2] for row in seen] == ["Déjà là"] * 4, "which come back as the same", seen)
        taken = preview(other.member, text)
        tap.same([row[2] for row in rows(taken)], ["Créée"] * 4, "and are new to another establishment")
    other.member.submit(taken.form("/contacts/import/confirmer"))
    tap.same(counts(other), (2, 2), "that takes them")
    one = site.sql(f"SELECT id FROM contact WHERE owner_id = {host.number} AND name LIKE 'Atelier%'")[0][0]
    text = host.member.get(f"/contacts/vcard?contact={one}&contact={one}").body.decode()
    tap.ok(text.count("BEGIN:VCARD") == 2 and "Mairie" not in text, "one contact, or some, are exported alone")
    tap.ok(f"/contacts/vcard?contact={one}" in links(host.member.get(f"/contacts/{one}")), "from the sheet")
    text = host.member.get("/contacts/vcard?tous=1&q=atelier").body.decode()
    tap.ok(text.count("BEGIN:VCARD") == 2, "or those of a search")
    tap.same(other.member.get(f"/contacts/vcard?contact={one}").status, 404, "another's are not there")
    tap.same(host.member.get("/contacts/vcard?contact=x").status, 404, "nor what is no number")
    page = host.member.get("/contacts/vcard")
    tap.ok(page.status == 422 and says(page, "letter-no-contact"), "none chosen is told", page.status)


imported()
changed()
refused()
of_the_platform()
exported()
tap.end()
