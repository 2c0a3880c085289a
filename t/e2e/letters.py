"""Writing to contacts: recipients, preview, one message to each through the outbox, and how they fare."""
import os
import re
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
TEXT = "Bonjour,\n\nLa **journée** du 3 mars :\n\n- accueil\n- <b>ateliers</b>\n\n[Le site](https://lycee.example)"
SUBJECT = f"Portes ouvertes « été » {schools.mark}"


def address(name):
    return f"{name}.{schools.mark}@partenaire.example"


def add(client, name, email, *people):
    """A contact with people, each of a name and an address; its number."""
    token = {"csrf": csrf(client)}
    page = client.post("/contacts/nouveau", {**token, "name": f"{name} {schools.mark}", "email": email},
                       follow=False)
    number = int(re.match(r"/contacts/(\d+)", page.headers["Location"])[1])
    for person, mail in people:
        client.post(f"/contacts/{number}/personnes/nouvelle", {**token, "name": person, "email": mail})
    return number


def form_for(client, *contacts):
    page = client.get("/contacts/ecrire?" + "&".join(f"contact={number}" for number in contacts))
    return page.form("/contacts/ecrire")


def send(client, form, to, step="envoyer", follow=False, **changes):
    """The form's answer, with those recipients."""
    fields = {**form.fields, "subject": SUBJECT, "text": TEXT, "etape": step, **changes}
    fields.pop("destinataire", None)
    return client.post("/contacts/ecrire", [*fields.items(), *(("destinataire", one) for one in to)],
                       follow=follow)


def letters(school):
    return int(site.sql(f"SELECT COUNT(*) FROM letter WHERE owner_id = {school.number}")[0][0])


def mails_of(subject):
    return [mail for mail in site.mails() if mail["Subject"] == subject]


def choosing():
    page = host.member.get("/contacts")
    tap.ok("/contacts/ecrire?tous=1" in links(page) and
           len(page.form("/contacts/ecrire").choices["contact"]) == 3,
           "the list has a box for each contact, and a way to write to all of them")
    page = host.member.get("/contacts/ecrire")
    tap.ok(page.status == 422 and says(page, "letter-no-contact"), "nobody checked is told", page.status)
    form = form_for(host.member, town, club)
    tap.same(form.choices["destinataire"], [f"{town}-0", f"{town}-{person}", f"{club}-{lone}"],
             "what has an address can be chosen")
    checked = re.findall(r'value="([\d-]+)"[^>]* checked',
                         host.member.get(f"/contacts/ecrire?contact={town}&contact={club}").text)
    tap.same(checked, [f"{town}-0", f"{club}-{lone}"],
             "the establishment's address is chosen, or its people's where it has none")
    page = host.member.get(f"/contacts/ecrire?tous=1&q=commune+{schools.mark}")
    tap.same(page.form("/contacts/ecrire").fields["contacts"], str(town), "all of a search are those of it")
    page = host.member.get("/contacts/ecrire?tous=1&avec=origine")
    tap.ok(origin.email in words(page) and address("mairie") not in words(page), "and of a filter")


def previewed():
    form = form_for(host.member, town, club)
    page = send(host.member, form, [f"{town}-0", f"{club}-{lone}"], "apercu")
    said = words(page)
    tap.ok(page.status == 200 and "2 destinataires" in said and address("mairie") in said and
           address("seule") in said and address("maire") not in said, "the preview says to whom", said)
    tap.ok("<strong>journée</strong>" in page.text and "– accueil" in said and host.email in said and
           SUBJECT in said and "<b>ateliers</b>" not in page.text, "and shows the mail as HTML and as text")
    tap.same(letters(host), 0, "and nothing is sent yet")
    back = host.member.post("/contacts/ecrire", [
        *((name, value) for name, value in page.form("/contacts/ecrire").fields.items()
          if name != "destinataire"), ("destinataire", f"{club}-{lone}"), ("etape", "modifier")])
    form = back.form("/contacts/ecrire")
    tap.ok(form.fields["text"].strip() == TEXT and form.fields["subject"] == SUBJECT and
           re.findall(r'value="([\d-]+)"[^>]* checked', back.text) == [f"{club}-{lone}"],
           "one can go back, with all that was written and chosen", form.fields)


def sent():
    form = form_for(host.member, town, club)
    to = [f"{town}-0", f"{town}-{person}", f"{club}-{lone}"]
    page = send(host.member, form, to)
    tap.ok(page.status == 303 and page.headers["Location"].startswith("/contacts/messages/"),
           "the letter is sent", page.status, page.text)
    again = send(host.member, form, to)
    tap.ok(again.headers["Location"] == page.headers["Location"] and letters(host) == 1,
           "sent twice it is one letter")
    for name in ("mairie", "maire", "seule"):
        mail = site.wait_for_mail(lambda mail, name=name: mail["X-RcptTo"] == address(name) and
                                  mail["Subject"] == SUBJECT)
        if not tap.ok(mail, f"{name} gets it"):
            continue
        whole = mail.as_string()
        others = [other_name for other_name in ("mairie", "maire", "seule")
                  if other_name != name and address(other_name) in whole]
        tap.ok(not others and not mail["Cc"] and not mail["Bcc"], f"{name} sees nobody else's address", others)
        tap.ok(mail["Reply-To"].addresses[0].addr_spec == host.email and
               mail["From"].addresses[0].display_name == f"{host.name} via Paraphe" and
               not mail["Auto-Submitted"], "and answers the establishment", mail["Reply-To"], mail["From"])
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        tap.ok("– accueil" in text and "<strong>journée</strong>" in html and "<b>ateliers" not in html,
               "as text and HTML", text)
    tap.same(len(mails_of(SUBJECT)), 3, "one message to each")
    number = re.match(r"/contacts/messages/(\d+)", page.headers["Location"])[1]
    tap.same(other.member.get(f"/contacts/messages/{number}").status, 404, "which others do not see")
    page = host.member.get(page.headers["Location"])
    tap.same(sorted((row[1], row[2]) for row in table(page)[1]),
             sorted((address(name), "Envoyé") for name in ("mairie", "maire", "seule")),
             "the letter's page says that they went")
    sheet = host.admin.get(f"/contacts/{town}")
    tap.ok(SUBJECT in words(sheet) and address("maire") in words(sheet) and address("seule") not in words(sheet),
           "the contact's sheet lists what was sent there")


def failed():
    site.sql(f"UPDATE message SET state = 'failed', error_key = 'mail-address-invalid' "
             f"WHERE to_address = '{address('maire')}'")
    sheet = host.member.get(f"/contacts/{town}")
    tap.ok("Non remis" in words(sheet) and says(sheet, "mail-address-invalid"),
           "what did not arrive is told with its reason", words(sheet))
    site.sql(f"DELETE FROM message WHERE to_address = '{address('seule')}'")
    tap.ok("Archivé" in words(host.member.get(f"/contacts/{club}")), "what was purged is told")


def twice_the_same_address():
    one = add(host.member, "Double", address("double"), ("Zoé", address("Double")))
    people = site.sql(f"SELECT id FROM contact_person WHERE contact_id = {one}")[0][0]
    page = send(host.member, form_for(host.member, one), [f"{one}-0", f"{one}-{people}"], follow=True)
    tap.same(len(table(page)[1]), 1, "an address that comes twice gets one message")


def refused():
    form = form_for(host.member, town)
    before = letters(host)
    for changes, to, field, key in (
            ({"subject": ""}, [f"{town}-0"], "subject", "form-required"),
            ({"subject": "é" * 151}, [f"{town}-0"], "subject", "form-too-long"),
            ({"text": ""}, [f"{town}-0"], "text", "form-required"),
            ({"text": "é" * 10001}, [f"{town}-0"], "text", "form-too-long"),
            ({}, [], "destinataires", "letter-nobody"),
            ({}, [f"{town}-999999999"], "destinataires", "letter-recipient-gone"),
            ({}, ["n’importe"], "destinataires", "letter-recipient-gone"),
            ({}, [f"{town}-0", f"{club}-{lone}"], "destinataires", "letter-recipient-gone")):
        page = send(host.member, form, to, **changes)
        found = re.sub(r"\d+ caractères", "{most} caractères", errors(page).get(field, ""))
        tap.ok(page.status == 422 and found == sentence(key) and f"#{field}" in links(page),
               f"{field}: {key} is told at the field", page.status, errors(page))
        kept = page.form("/contacts/ecrire").fields
        tap.ok(kept["subject"] == changes.get("subject", SUBJECT) and
               kept["text"].strip() == changes.get("text", TEXT), f"{key}: what was written is kept")
    for changes in ({"contacts": ""}, {"token": "court"}, {"token": "!" * 22}, {"contacts": "x"}, {"contacts": "1,,2"}):
        page = send(host.member, form, [f"{town}-0"], **changes)
        tap.ok(page.status in (400, 404, 422), f"a forged form is refused: {changes}", page.status)
    foreign = add(other.member, "Secret", address("secret"))
    page = send(host.member, form, [f"{foreign}-0"], contacts=f"{town},{foreign}")
    tap.ok(page.status == 404 and address("secret") not in page.text, "another's contact is not there", page.status)
    tap.same(host.member.get(f"/contacts/ecrire?contact={foreign}").status, 404, "nor to be chosen")
    tap.same(letters(host), before, "and nothing was sent")
    gone = add(host.member, "Parti", address("parti"))
    form = form_for(host.member, gone)
    site.sql(f"UPDATE contact SET email = '' WHERE id = {gone}")
    page = send(host.member, form, [f"{gone}-0"])
    tap.ok(page.status == 422 and errors(page).get("destinataires") == sentence("letter-recipient-gone"),
           "a recipient who lost the address meanwhile is told", page.status)


def bounded():
    form = form_for(host.member, town)
    number = site.sql(f"SELECT id FROM letter WHERE owner_id = {host.number} LIMIT 1")[0][0]
    site.sql("INSERT INTO letter_recipient (letter_id, number, name, address) "
             f"SELECT {number}, 1000 + seq, 'x', 'x@x.example' FROM seq_1_to_500")
    page = send(host.member, form, [f"{town}-0"])
    tap.ok(page.status == 429 and errors(page).get("destinataires") == sentence("letter-day-full") and
           page.form("/contacts/ecrire").fields["text"].strip() == TEXT,
           "more than a day's messages are refused, and nothing is lost", page.status)
    tap.ok("peut encore envoyer 0 messages" in words(page), "the form says how many are left")
    site.sql(f"UPDATE letter SET created_at = created_at - INTERVAL 25 HOUR WHERE owner_id = {host.number}")
    tap.same(send(host.member, form, [f"{town}-0"]).status, 303, "a day later it goes")
    site.sql("INSERT INTO contact (owner_id, name, folded_name, identity, email, created_at) SELECT "
             f"{other.number}, CONCAT('Nom ', seq), CONCAT('nom ', seq), CONCAT('nom ', seq, '/'), "
             "CONCAT('n', seq, '@x.example'), NOW() FROM seq_1_to_210")
    page = other.member.get("/contacts/ecrire?tous=1")
    tap.ok(page.status == 400 and says(page, "letter-too-many"), "too many contacts are told", page.status)
    page = other.member.get("/contacts/ecrire?tous=1&q=nom+1")
    form = page.form("/contacts/ecrire")
    tap.same(len(form.choices["destinataire"]), 111, "a hundred and eleven are not")
    page = send(other.member, form, form.choices["destinataire"], "apercu")
    tap.ok(page.status == 200 and "111 destinataires" in words(page), "and can be written to")


town = add(host.member, "Commune", address("mairie"), ("Anne Maire", address("maire")), ("Sans Adresse", ""))
club = add(host.member, "Club", "", ("Léa Seule", address("seule")))
person = site.sql(f"SELECT id FROM contact_person WHERE contact_id = {town} AND email <> ''")[0][0]
lone = site.sql(f"SELECT id FROM contact_person WHERE contact_id = {club}")[0][0]
schools.register(origin.member, schools.placement(host))
choosing()
previewed()
sent()
failed()
twice_the_same_address()
refused()
bounded()
tap.end()
