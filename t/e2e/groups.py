"""Registering a group: the trainees of a class on a placement, all of them or none."""
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import links, says, sentence, table, words  # noqa: E402
from schools import Schools, csrf, history, original  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")


def trainees(school, count, class_name, guardian=True):
    """New trainees' numbers, put into the database as an import would."""
    site.sql("INSERT INTO trainee (origin_id, last_name, first_name, folded_name, birth_day, "
             "class_name, guardian_name, guardian_email, guardian_phone, created_at) VALUES " +
             ", ".join(f"({school.number}, 'ELEVE{n:03} {class_name}', 'Zoé', "
                       f"'eleve{n:03} {class_name.lower()}/zoe', '2012-02-03', '{class_name}', "
                       f"'{'Parent' if guardian else ''}', 'parent{n}@courriel.example', "
                       "'06 01 02 03 04', NOW())" for n in range(count)))
    return [int(row[0]) for row in site.sql(
        f"SELECT id FROM trainee WHERE origin_id = {school.number} AND class_name = "
        f"'{class_name}' ORDER BY id")]


def register(client, placement, numbers, class_name=""):
    """What answers to the form with these ticked."""
    query = f"?classe={class_name.replace(' ', '+')}" if class_name else ""
    return client.post(f"/stages/{placement}/groupe{query}",
                       {"csrf": csrf(client), **{f"stagiaire-{n}": "on" for n in numbers}})


def registered(placement):
    return [int(row[0]) for row in site.sql(
        "SELECT trainee_id FROM registration WHERE active = 1 AND placement_id = "
        f"{placement} ORDER BY trainee_id")]


def conventions(placement):
    return [int(row[0]) for row in site.sql(
        "SELECT c.id FROM convention c JOIN registration r ON r.id = c.registration_id WHERE "
        f"r.placement_id = {placement} ORDER BY c.id")]


def mails(numbers):
    return int(site.sql("SELECT COUNT(*) FROM message WHERE convention_id IN "
                        f"({', '.join(map(str, numbers)) or 0})")[0][0])


def a_class():
    placement = schools.placement(host, capacity=30)
    numbers = trainees(origin, 4, "3e B")
    lacking = trainees(origin, 1, "3e Z", guardian=False)
    tap.ok(f"/stages/{placement}/groupe" in links(origin.member.get(f"/stages/{placement}")),
           "a placement's sheet leads to the group")
    page = origin.member.get(f"/stages/{placement}/groupe")
    tap.ok("Choisissez la classe" in words(page) and "3e B (4)" in page.text and
           "30 places restantes sur 30" in words(page), "one chooses a class first",
           words(page)[:400])
    page = origin.member.submit(page.form(f"/stages/{placement}/groupe"), {"classe": "3e B"})
    form = page.form(f"/stages/{placement}/groupe?classe=")
    tap.ok(len(table(page)[1]) == 4 and not [name for name in form.fields if "stagiaire" in name],
           "its trainees are listed, nobody is chosen", form.fields)
    page = origin.member.submit(form)
    tap.ok(page.status == 422 and says(page, "group-nobody") and registered(placement) == [],
           "to choose nobody is told", page.status)
    page = origin.member.get(f"/stages/{placement}/groupe?classe=3e+B&cocher=tous")
    form = page.form(f"/stages/{placement}/groupe?classe=")
    tap.same(sorted(name for name in form.fields if "stagiaire" in name),
             sorted(f"stagiaire-{n}" for n in numbers), "all may be chosen by one link")
    page = origin.member.submit(form, {f"stagiaire-{numbers[0]}": None})
    tap.ok(page.status == 200 and says(page, "notice-group-registered") and
           registered(placement) == numbers[1:], "those chosen are registered",
           words(page)[:300], registered(placement))
    made = conventions(placement)
    tap.ok(all(history(site, number) == ["generate"] and
               original(origin.member, number).startswith(b"%PDF") for number in made),
           "each has a convention of its own")
    tap.same(mails(made), 3, "and a mail")
    mail = site.wait_for_mail(lambda found: "ELEVE002" in found["Subject"] and
                              origin.email in found["To"])
    tap.ok(mail and len(list(mail.iter_attachments())) == 1, "which carries it")
    page = origin.member.get(f"/stages/{placement}/groupe?classe=3e+B&cocher=tous")
    form = page.form(f"/stages/{placement}/groupe?classe=")
    tap.ok(words(page).count("Déjà inscrit") == 3 and
           [name for name in form.fields if "stagiaire" in name] == [f"stagiaire-{numbers[0]}"],
           "who is registered already cannot be chosen again")
    page = origin.member.get(f"/stages/{placement}/groupe?classe=3e+Z")
    tap.ok("Responsable à compléter" in words(page) and f"/stagiaires/{lacking[0]}" in links(page),
           "who lacks what a registration needs leads to the sheet")
    refusals(placement, numbers, lacking)


def refusals(placement, numbers, lacking):
    foreign = trainees(other, 1, "3e B")
    before = registered(placement)
    page = register(origin.member, placement, numbers, "3e B")
    tap.ok(page.status == 409 and says(page, "group-refused") and
           words(page).count(sentence("trainee-already-registered")) == 3 and
           registered(placement) == before,
           "where some are registered already nobody is, and each reason stands at its trainee",
           page.status)
    tap.ok(page.form(f"/stages/{placement}/groupe?").fields.get(f"stagiaire-{numbers[0]}") == "on",
           "what was chosen is kept")
    page = register(origin.member, placement, [numbers[0], *lacking], "3e Z")
    tap.ok(page.status == 409 and says(page, "group-trainee-lacking") and
           registered(placement) == before, "nor where one lacks a guardian", page.status)
    for title, number in (("another school's trainee", foreign[0]), ("nobody's", 999999999)):
        page = register(origin.member, placement, [numbers[0], number], "3e B")
        tap.ok(page.status == 409 and says(page, "group-refused") and
               registered(placement) == before, f"{title} is not registered, nor the others",
               page.status)
    page = origin.member.post(f"/stages/{placement}/groupe",
                              {"csrf": csrf(origin.member), "stagiaire-x": "on", "stagiaire-": "1",
                               "stagiaire-99999999999999999999": "on"})
    tap.ok(page.status == 422 and says(page, "group-nobody"), "what is no number is nobody",
           page.status)
    page = register(origin.member, placement, range(1, 102))
    tap.same((page.status, says(page, "group-too-large")), (413, True), "101 at once are too many")
    site.sql(f"UPDATE placement SET state = 'closed' WHERE id = {placement}")
    page = register(origin.member, placement, [numbers[0]], "3e B")
    tap.ok(page.status == 409 and says(page, "placement-closed") and
           registered(placement) == before, "a closed placement takes no group", page.status)
    tap.same(origin.member.get("/stages/999999999/groupe").status, 404,
             "there is no such placement")
    tap.same(schools.operator.get(f"/stages/{placement}/groupe").status, 403,
             "an operator registers nobody")


def capacity():
    placement = schools.placement(host, capacity=3)
    numbers = trainees(origin, 4, "4e A")
    page = register(origin.member, placement, numbers, "4e A")
    tap.ok(page.status == 409 and says(page, "group-no-places") and registered(placement) == [] and
           "3 places restantes" in words(page), "four do not go on three places", page.status)
    tap.same(register(origin.member, placement, numbers[:3], "4e A").status, 200, "three do")


def at_once():
    placement = schools.placement(host, capacity=10)
    classes = [trainees(origin, 4, f"5e {letter}") for letter in "ABCD"]
    clients = [origin.client("member") for _ in classes]
    answers = []
    threads = [threading.Thread(target=lambda client=client, numbers=numbers: answers.append(
        register(client, placement, numbers).status)) for client, numbers in zip(clients, classes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = registered(placement)
    whole = [numbers for numbers in classes if set(numbers) <= set(there)]
    tap.ok(len(there) == 4 * len(whole) and len(whole) == answers.count(200) == 2,
           "of four groups of four that want ten places at once, two get theirs, whole",
           answers, there)
    same = trainees(origin, 6, "6e A")
    wide = schools.placement(host, capacity=100)
    answers.clear()
    threads = [threading.Thread(target=lambda client=client: answers.append(
        register(client, wide, same).status)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tap.ok(sorted(answers)[0] == 200 and answers.count(200) == 1 and registered(wide) == same and
           len(conventions(wide)) == 6, "the same group four times at once is registered once",
           answers)


def a_hundred():
    placement = schools.placement(host, capacity=200)
    numbers = trainees(origin, 100, "1re G")
    began = time.monotonic()
    page = register(origin.member, placement, numbers, "1re G")
    print(f"# a hundred: {time.monotonic() - began:.1f} s")
    tap.ok(page.status == 200 and len(conventions(placement)) == 100,
           "a hundred are registered in one go", page.status, words(page)[:200])
    content = "Nom;Prénom;Né le;Classe\n" + "".join(
        f"ELEVE{n:03} 1re G;Zoé;03/02/2012;1re H\n" for n in range(100))
    page = origin.member.post("/stagiaires/import", {"csrf": csrf(origin.member)},
                              {"fichier": ("classe.csv", content.encode(), "text/csv")})
    began = time.monotonic()
    page = origin.member.submit(page.form(page.path))
    print(f"# a hundred replaced: {time.monotonic() - began:.1f} s")
    tap.ok(page.status == 200 and says(page, "notice-imported") and
           all(history(site, number) == ["generate", "reissue"]
               for number in conventions(placement)[::20]),
           "and an import that moves them to another class replaces their conventions",
           page.status, words(page)[:300])


a_class()
capacity()
at_once()
a_hundred()
tap.end()
