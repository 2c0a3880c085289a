"""A trainee is registered on a placement, and the convention is there: drawn, kept and mailed."""
import concurrent.futures
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, sentence, says, words  # noqa: E402
from schools import (Schools, csrf, days, deposit, french, history, original, state,  # noqa: E402
                     today)
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")

TOO_LONG = {"last_name": 100, "first_name": 100, "class_name": 50, "guardian_name": 150,
            "guardian_address": 300}
REQUIRED = ("last_name", "first_name", "birth_day", "class_name", "guardian_name",
            "guardian_email", "guardian_phone")
MISTAKES = [
    ("birth_day", "31-02-2012", "form-not-day", "a birth date that does not exist"),
    ("birth_day", "hier", "form-not-day", "a birth date in words"),
    ("birth_day", "03-02-1912", "trainee-age", "the birth date of somebody too old"),
    ("birth_day", french(today()), "trainee-age", "the birth date of a newborn"),
    ("guardian_email", "parent@nulle-part", "form-not-email", "an e-mail without a domain"),
    ("guardian_email", "a" * 300 + "@ecole.example", "form-not-email", "an e-mail too long"),
    ("guardian_phone", "06 01 02 03", "form-not-phone", "a telephone number too short"),
    ("guardian_phone", "zéro six", "form-not-phone", "a telephone number in words"),
]


def counted(table, where):
    return int(site.sql(f"SELECT COUNT(*) FROM {table} WHERE {where}")[0][0])


def conventions_of(placement):
    return [int(row[0]) for row in site.sql(
        "SELECT c.id FROM convention c JOIN registration r ON r.id = c.registration_id "
        f"WHERE r.placement_id = {placement} ORDER BY c.id")]


def refused_field(placement, field, typed, wanted, title):
    """One field is wrong: 422, told at the field and at the top, all that was typed is kept."""
    fields = schools.trainee(**{field: typed})
    page = schools.try_to_register(origin.member, placement, fields)
    form = page.form(f"/stages/{placement}/inscription")
    kept = {name: form.fields[name] for name in fields}
    tap.ok(page.status == 422 and errors(page) == {field: wanted} and f"#{field}" in links(page),
           f"{title} is refused at its field", page.status, errors(page))
    tap.same(kept, fields, f"{title}: everything typed is kept")


def validation():
    placement = schools.placement(host)
    for field in REQUIRED:
        refused_field(placement, field, "", sentence("form-required"), f"{field} left empty")
    for field, most in TOO_LONG.items():
        refused_field(placement, field, "é" * (most + 1),
                      sentence("form-too-long").replace("{most}", str(most)),
                      f"{field} of {most + 1} characters")
    for field, typed, key, title in MISTAKES:
        refused_field(placement, field, typed, sentence(key), title)
    everything = schools.try_to_register(origin.member, placement,
                                         {field: "" for field in REQUIRED})
    tap.same(sorted(errors(everything)), sorted(REQUIRED), "all that is missing is told at once")
    tap.same(counted("trainee", f"origin_id = {origin.number}"), 0,
             "what was refused leaves no trainee")
    tap.same(schools.try_to_register(origin.member, 999999999, schools.trainee()).status, 404,
             "a placement that does not exist is 404")


def longest():
    placement = schools.placement(host)
    fields = schools.trainee(guardian_name="Ł" * 150, class_name="ş" * 50,
                             guardian_address="’" * 300)
    fields["last_name"] = (fields["last_name"] + " " + "Œ" * 100)[:100]
    fields["first_name"] = "Ÿ" * 100
    page = schools.try_to_register(origin.member, placement, fields)
    tap.ok(page.status == 200 and says(page, "notice-registered") and "Œ" * 80 in page.text,
           "fields as long as they may be are taken, and the convention is drawn", words(page)[:300])
    tap.ok(original(origin.member, conventions_of(placement)[0]).startswith(b"%PDF-"),
           "and its original is a PDF")


def what_is_made():
    placement = schools.placement(host, title="Découverte")
    fields = schools.trainee(first_name="Anne-Éléonore", guardian_phone="0033601020304")
    page = schools.try_to_register(origin.member, placement, fields)
    tap.ok(page.status == 200 and says(page, "notice-registered"),
           "a registration leads to its convention, and says that it is mailed", words(page)[:300])
    convention = conventions_of(placement)[0]
    name = f"{fields['last_name']} Anne-Éléonore"
    tap.ok(name in words(page) and "Non retournée" in words(page) and host.name in words(page) and
           "Convention générée" in words(page), "the convention's page says whose it is, and where")
    tap.same((state(site, convention), history(site, convention)), ("not_returned", ["generate"]),
             "the convention is not returned, its history has one row")
    tap.same(site.sql(f"SELECT guardian_phone FROM trainee WHERE origin_id = {origin.number} AND "
                      f"last_name = '{fields['last_name']}'"), [["06 01 02 03 04"]],
             "a telephone number is kept as it is written in France")
    pdf = original(origin.member, convention)
    tap.ok(pdf.startswith(b"%PDF-") and pdf == original(host.member, convention),
           "host and origin download the same original")
    mail = site.wait_for_mail(lambda found: fields["last_name"] in found["Subject"])
    tap.ok(mail, "the e-mail arrives")
    tap.same(mail["Subject"], f"Convention de Anne-Éléonore {fields['last_name']} à signer – "
             f"stage du {french(days(20))}", "its subject says who, what and when")
    tap.ok(origin.email in mail["To"], "it goes to the school of origin", mail["To"])
    attached = [part for part in mail.iter_attachments()]
    tap.same([(part.get_content_type(), part.get_filename()) for part in attached],
             [("application/pdf", f"Convention {name} {french(days(20))}.pdf")],
             "it carries one PDF, named after the trainee")
    tap.ok(attached and attached[0].get_content() == pdf,
           "the PDF attached is byte for byte the original")
    body = mail.get_body(("plain",)).get_content()
    tap.ok(f"{site.url}/conventions/{convention}" in body, "its text has the convention's address",
           body)


def refusals():
    placement = schools.placement(host, capacity=1)
    fields = schools.trainee()
    schools.try_to_register(origin.member, placement, fields)
    page = schools.try_to_register(origin.member, placement, schools.trainee(class_name="5e Z"))
    tap.ok(page.status == 409 and says(page, "placement-full"), "over capacity is refused", page.status)
    tap.same(page.form("/stages").fields["class_name"], "5e Z", "what was typed is kept")
    sheet = origin.member.get(f"/stages/{placement}")
    tap.ok("Ce stage est complet" in words(sheet) and "0 sur 1" in words(sheet) and
           f"/stages/{placement}/inscription" not in links(sheet),
           "a full placement says so and offers no registration")

    wide = schools.placement(host)
    schools.try_to_register(origin.member, wide, fields)
    again = {**fields, "last_name": fields["last_name"].lower(),
             "first_name": fields["first_name"].replace("é", "e").upper()}
    page = schools.try_to_register(origin.member, wide, again)
    tap.ok(page.status == 409 and says(page, "trainee-already-registered"),
           "the same trainee twice is refused, however the name is written", page.status)
    tap.same(len(conventions_of(wide)), 1, "and has one convention still")
    page = schools.try_to_register(other.member, wide, fields)
    tap.same(page.status, 200, "another school's pupil of that name is another pupil")

    past = schools.placement(host)
    page = origin.member.get(f"/stages/{past}/inscription")
    site.sql(f"UPDATE placement SET closes_on = CURRENT_DATE - INTERVAL 2 DAY WHERE id = {past}")
    page = origin.member.submit(page.form(f"/stages/{past}/inscription"), schools.trainee())
    tap.ok(page.status == 409 and says(page, "placement-past-closing"),
           "past the closing date it is refused", page.status)
    tap.ok("Les inscriptions sont closes depuis le" in words(origin.member.get(f"/stages/{past}")),
           "and the placement's sheet says since when")


def closed():
    for word in ("closed", "cancelled"):
        placement = schools.placement(host)
        convention = schools.register(origin.member, placement)
        form = origin.member.get(f"/stages/{placement}/inscription").form("/stages")
        site.sql(f"UPDATE placement SET state = '{word}' WHERE id = {placement}")
        page = origin.member.submit(form, schools.trainee(class_name="4e C"))
        tap.ok(page.status == 409 and says(page, "placement-closed"),
               f"a {word} placement takes no registration, and says so", page.status)
        tap.ok(page.status == 409 and page.form("/stages").fields["class_name"] == "4e C",
               f"a {word} placement: what was typed is kept")
        tap.same(len(conventions_of(placement)), 1, f"a {word} placement has no more conventions")
        sheet = origin.member.get(f"/conventions/{convention}")
        tap.same(origin.member.get(f"/stages/{placement}").status, 200,
                 f"who has a trainee on a {word} placement still opens its sheet")
        tap.ok(f"/stages/{placement}" in links(sheet), f"from the convention ({word})")
        tap.same(other.member.get(f"/stages/{placement}").status, 404,
                 f"for the others a {word} placement is gone")


def crowd():
    placement = schools.placement(host, title="Trois places", capacity=3)
    clients = [origin.member, origin.admin, other.member, other.admin]
    for client in clients:
        csrf(client)
    trainees = [schools.trainee() for _ in range(12)]
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        pages = list(pool.map(lambda at: schools.try_to_register(
            clients[at % 4], placement, trainees[at], follow=False), range(12)))
    statuses = sorted(page.status for page in pages)
    tap.same(statuses, [303] * 3 + [409] * 9, "of 12 at once for 3 places exactly 3 get one")
    tap.ok(all(says(page, "placement-full") for page in pages if page.status == 409),
           "the others are told that it is full")
    made = conventions_of(placement)
    ids = ", ".join(map(str, made)) or "0"
    tap.same(len(made), 3, "there are exactly 3 conventions")
    tap.same(counted("convention_original", f"convention_id IN ({ids})"), 3, "3 originals")
    tap.same(counted("history", f"convention_id IN ({ids}) AND event = 'generate'"), 3,
             "3 rows of history")
    tap.same(counted("message", f"convention_id IN ({ids})"), 3, "3 e-mails in the outbox")
    names = ", ".join(f"'{fields['last_name']}'" for fields in trainees)
    tap.same(counted("trainee", f"last_name IN ({names})"), 3,
             "and nothing is kept of the 9 others")

    fields = schools.trainee()
    twins = schools.placement(host, title="Jumeaux")
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda at: schools.try_to_register(
            clients[at % 2], twins, fields, follow=False), range(4)))
    tap.same(sorted(page.status for page in pages), [303, 409, 409, 409],
             "the same trainee four times at once is registered once")


def all_or_nothing():
    placement = schools.placement(host)
    site.sql(f"CREATE TRIGGER fails_{schools.mark} BEFORE INSERT ON message FOR EACH ROW "
             f"SET NEW.subject = IF(NEW.to_address = '{other.email}', NULL, NEW.subject)")
    try:
        fields = schools.trainee()
        page = schools.try_to_register(other.member, placement, fields)
    finally:
        site.sql(f"DROP TRIGGER fails_{schools.mark}")
    tap.ok(page.status == 500 and (says(page, "http-internal") or says(page, "db-fault")),
           "where the e-mail cannot be written down, the registration fails in words", page.status)
    name = fields["last_name"]
    tap.same((counted("registration", f"placement_id = {placement}"),
              counted("trainee", f"last_name = '{name}'"),
              counted("convention", f"folded_search LIKE '%{name.lower()}%'"),
              counted("message", f"subject LIKE '%{name}%'")), (0, 0, 0, 0),
             "and leaves no registration, trainee, convention or e-mail behind")
    tap.same(schools.try_to_register(other.member, placement, fields, follow=False).status, 303,
             "the next try succeeds")


def token_of(pdf):
    return re.search(rb"PARAPHE1:([\w-]{43})", pdf)[1]


def correct(client, trainee, changes, follow=True):
    form = client.get(f"/stagiaires/{trainee}/modifier").form(f"/stagiaires/{trainee}/modifier")
    return client.submit(form, changes, follow=follow)


def corrections(signers):
    fields = schools.trainee()
    returned, waiting = schools.placement(host, title="Revenue"), schools.placement(host)
    first = schools.register(origin.member, returned, **fields)
    second = schools.register(origin.member, waiting, **fields)
    before = {number: original(origin.member, number) for number in (first, second)}
    signed = {number: signers.sign(pdf, "signature_origin") for number, pdf in before.items()}
    deposit(origin.member, signed[first])
    tap.same(state(site, first), "pending", "one of two conventions is returned")
    trainee = site.sql("SELECT trainee_id FROM registration r JOIN convention c ON "
                       f"c.registration_id = r.id WHERE c.id = {first}")[0][0]

    name = f"CORRIGE {schools.mark}"
    stale = origin.admin.get(f"/stagiaires/{trainee}/modifier").form("/stagiaires")
    page = correct(origin.member, trainee, {"last_name": name})
    tap.ok(page.status == 200 and says(page, "notice-corrected-reissued") and name in words(page),
           "a correction says that a new convention replaces the open one", words(page)[:400])
    after = original(origin.member, second)
    tap.ok(token_of(after) != token_of(before[second]),
           "the open convention is a new paper with a new identification")
    tap.same((state(site, second), history(site, second)), ("not_returned", ["generate", "reissue"]),
             "its history tells it")
    tap.ok(origin.member.get(f"/conventions/{second}/versions/1").body == before[second],
           "and still has the first paper")
    tap.ok(original(origin.member, first) == before[first],
           "the returned one stays as it was signed")
    tap.same((state(site, first), history(site, first)), ("pending", ["generate", "deposit", "keep"]),
             "and keeps its state, which its history says")
    mail = site.wait_for_mail(lambda found: name in found["Subject"])
    tap.ok(mail and mail["Subject"].startswith("Nouvelle convention de") and
           origin.email in mail["To"], "an e-mail announces the new paper to the origin")
    tap.ok(mail and next(mail.iter_attachments()).get_content() == after,
           "and carries it, byte for byte")
    page = deposit(origin.member, signed[second])
    tap.ok(page.status == 409 and says(page, "deposit-replaced"),
           "a deposit of the earlier paper is answered that it was replaced", words(page)[:400])
    tap.same(state(site, second), "not_returned", "and changes nothing")
    page = deposit(origin.member, signers.sign(after, "signature_origin"))
    tap.same(state(site, second), "pending", "a deposit of the new paper is taken")

    page = origin.admin.submit(stale, {"class_name": "2de 4"})
    tap.ok(page.status == 409 and says(page, "trainee-out-of-date") and
           page.form("/stagiaires").fields["class_name"] == "2de 4",
           "who corrects data that were corrected meanwhile is told so, and keeps what was typed",
           page.status)
    page = correct(origin.member, trainee, {"class_name": "2de 5"})
    tap.ok(says(page, "notice-corrected") and not says(page, "notice-corrected-reissued"),
           "where nothing is open, a correction promises no new convention")
    page = correct(origin.member, trainee, {"class_name": ""})
    tap.ok(page.status == 422 and errors(page) == {"class_name": sentence("form-required")},
           "a correction is checked as a registration is")


def corrections_of_identity():
    placement = schools.placement(host)
    one, two = schools.trainee(), schools.trainee()
    convention = schools.register(origin.member, placement, **one)
    schools.register(origin.member, placement, **two)
    trainee = site.sql(f"SELECT id FROM trainee WHERE last_name = '{one['last_name']}'")[0][0]
    page = correct(origin.member, trainee,
                   {name: two[name] for name in ("last_name", "first_name", "birth_day")})
    tap.ok(page.status == 409 and says(page, "trainee-same-as-another"),
           "a trainee cannot be corrected into another one", page.status)
    tap.same(history(site, convention), ["generate"], "and no paper is made for it")
    tap.same(site.sql(f"SELECT last_name FROM trainee WHERE id = {trainee}"), [[one["last_name"]]],
             "and the data stay")
    schools.register(origin.member, schools.placement(host), **{**one, "class_name": "Tle 9"})
    tap.same(history(site, convention), ["generate", "reissue"],
             "a registration with newer data of the same trainee renews the open paper")


def main():
    signers = papers.Signers()
    try:
        validation()
        longest()
        what_is_made()
        refusals()
        closed()
        crowd()
        all_or_nothing()
        corrections_of_identity()
        corrections(signers)
    finally:
        signers.close()
    tap.end()


main()
