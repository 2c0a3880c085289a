"""Importing trainees: every shape of file, a preview of every row, all or nothing, again and again."""
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import SOURCE, errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import Schools, csrf, history, original  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin = schools.add("Lycee"), schools.add("College")
TITLES = "Nom;Prénom;Né(e) le;Classe;Responsable;Tél.;Courriel;Adresse"


def send(client, content, name="élèves 3e B.csv", **fields):
    """The preview of a file, or why it was refused."""
    if isinstance(content, str):
        content = content.encode()
    return client.post("/stagiaires/import", {"csrf": csrf(client), "class_name": "", **fields},
                       {"fichier": (name, content, "text/csv")})


def rows(*lines, titles=TITLES):
    return "\n".join((titles, *lines)) + "\n"


def confirm(client, page, **changes):
    return client.submit(page.form(page.path.split("?")[0]), changes)


def trainees(school):
    return site.sql("SELECT last_name, first_name, birth_day, class_name, guardian_name, "
                    "guardian_phone, guardian_email, guardian_address FROM trainee WHERE "
                    f"origin_id = {school.number} ORDER BY id")


def kept(school):
    return int(site.sql("SELECT COUNT(*) FROM trainee_import WHERE establishment_id = "
                        f"{school.number}")[0][0])


def documents():
    return int(site.sql("SELECT COUNT(*) FROM document WHERE media_type = 'text/csv'")[0][0])


def totals(page):
    return plain(" ".join(words(page).split("En bref")[1].split("Confirmer")[0].split("Corrigez")[0]
                          .split()))


def shapes():
    folder = os.path.join(SOURCE, "t", "unit", "tables")
    for name in sorted(os.listdir(folder)):
        school = schools.add("Forme")
        with open(os.path.join(folder, name), "rb") as file:
            content = file.read()
        page = send(school.member, content, name)
        tap.ok(page.status == 200 and "3 stagiaires à créer" in words(page) and
               not trainees(school), f"{name} is previewed, and nothing is written",
               page.status, words(page)[:400])
        page = confirm(school.member, page)
        tap.ok(page.status == 200 and says(page, "notice-imported"), f"{name} is imported")
        got = trainees(school)
        tap.same([row[:2] for row in got],
                 [["DUPONT-MÜLLER", "Élodie"], ["LE GOFF", "Noël"], ["ÇELIK", "Zoë"]],
                 f"{name}: the names have their accents")
        tap.ok([row[2] for row in got] == ["2012-02-03", "2011-07-14", "2012-02-29"] and
               [row[5] for row in got] == ["06 12 34 56 78", "04 78 00 11 22", "06 98 76 54 32"],
               f"{name}: days and telephones are read", got)
        page = send(school.admin, content, name)
        tap.ok("3 stagiaires déjà à jour" in words(page) and "Tout est déjà à jour" in words(page),
               f"{name}: a second time changes nothing", words(page)[:300])


def refused(content, key, title, status=422):
    before = documents()
    page = send(origin.member, content)
    tap.ok(page.status == status and errors(page).get("fichier", "").startswith(sentence(key)) and
           "#fichier" in links(page), f"{title} is refused at the field", page.status, errors(page))
    tap.same(documents(), before, f"{title}: nothing is kept")
    return errors(page).get("fichier", "")


def refusals():
    page = origin.member.get("/stagiaires/import")
    page = origin.member.submit(page.form("/stagiaires/import"), {"class_name": "é" * 51})
    tap.ok(page.status == 422 and
           errors(page) == {"fichier": sentence("form-file-required"),
                            "class_name": sentence("form-too-long").replace("{most}", "50")},
           "no file, and a class too long, are told at their fields", errors(page))
    refused("", "form-file-empty", "an empty file")
    refused(" \n;;\n", "table-empty", "a file of blank rows")
    refused(b"PK\x03\x04" + bytes(100), "table-workbook", "an .xlsx")
    refused(b"Nom;\x00Pr\x00nom", "table-not-text", "a file with NULs")
    refused(b"\xef\xbb\xbfNom;Pr\xe9nom", "table-encoding", "a file that is not what its mark says")
    refused(TITLES, "import-no-rows", "a row of titles alone")
    said = refused(rows("A;B;03/02/2012;3e", titles="Nom;x;y;Classe"), "import-columns",
                   "a file without some columns")
    tap.ok("Prénom, Date de naissance." in said, "which are named", said)
    said = refused(rows("A;B;03/02/2012;3e", 'C;"D;03/02/2012;3e'), "table-quote", "an open quote")
    tap.ok("(ligne 3)" in said, "with its row", said)
    refused("a;b\n" * 600000, "table-too-large", "a file of more than 2 MB", 413)
    refused(rows(*["A;B;03/02/2012;3e"] * 5001), "table-too-many-rows", "more than 5,000 rows", 413)
    refused("x;" * 201 + "y\n", "table-too-many-columns", "more than 200 columns", 413)
    tap.same(trainees(origin), [], "of all that nothing is written")


FAULTY = rows("DUPONT;;31/02/2012;3e B;Rachel;zéro six;rachel@nulle-part;",
              "SANSCLASSE;Elif;08/08/2012;;;;;", "UNBON;Élodie;01/02/2012;3e B;;;;",
              "VIEUX;Tom;05/06/1912;3e B;;;;", f"{'é' * 101};Long;01/02/2012;3e;;;;")


def faults():
    page = send(origin.member, FAULTY)
    got = [(row[0], row[2], row[4]) for row in table(page)[1]]
    wanted = [("2", "Prénom", "form-required"), ("2", "Date de naissance", "import-not-day"),
              ("2", "Téléphone", "form-not-phone"), ("2", "Courriel", "form-not-email"),
              ("3", "Classe", "import-no-class"), ("5", "Date de naissance", "trainee-age"),
              ("6", "Nom", "import-too-long")]
    tap.same(got, [(f"Ligne {row}", column, sentence(key)) for row, column, key in wanted],
             "every fault is told with its row, its column and what to do")
    tap.ok("4 lignes à corriger" in words(page) and "1 stagiaire à créer" in words(page),
           "and counted", totals(page))
    tap.ok("« zéro six »" in words(page), "what stands there is shown")
    number = page.path.rsplit("/", 1)[1]
    tap.ok(f'action="/stagiaires/import/{number}"' not in page.text,
           "as long as a row is wrong nothing can be confirmed")
    page = origin.member.post(f"/stagiaires/import/{number}",
                              {"csrf": csrf(origin.member), "digest": "x"})
    tap.ok(page.status == 409 and says(page, "import-faults") and not trainees(origin),
           "not by a forged form either", page.status)
    tap.same(kept(origin), 1, "the file waits")
    page = send(origin.member, FAULTY, class_name="3e C")
    tap.ok("3 lignes à corriger" in words(page) and kept(origin) == 1 and
           page.form("/stagiaires/import").fields["class_name"] == "3e C",
           "a class given beside the file serves for rows without one; one file waits at a time",
           totals(page))
    tap.same(origin.member.get(f"/stagiaires/import/{number}").status, 404,
             "the earlier one is gone")
    before = documents()
    page = origin.member.submit(page.form("/stagiaires/import/"))
    tap.ok(says(page, "notice-import-abandoned") and kept(origin) == 0 and
           documents() == before - 1, "given up, the file is gone too", page.status)


def changes():
    school = schools.add("Change")
    page = send(school.member, rows(
        "DUPONT;Élodie;03/02/2012;3e A;Mère;06 01 02 03 04;m@courriel.example;1 rue X",
        "PETIT;Tom;04/02/2012;3e A;;;;", "PETIT;Tom;04/02/2012;3e A;Père;;;"))
    tap.ok("2 stagiaires à créer" in words(page) and "1 ligne en double" in words(page) and
           "pas encore de responsable complet" in words(page),
           "the same trainee twice is one, and who lacks what is told", totals(page))
    stale = page.form("/stagiaires/import/")
    page = confirm(school.member, page)
    tap.same([row[:2] for row in trainees(school)], [["DUPONT", "Élodie"], ["PETIT", "Tom"]],
             "each is written once")
    page = school.member.submit(stale)
    tap.ok(page.status == 404 and says(page, "import-gone"), "a form sent twice does nothing more",
           page.status)
    fields = schools.trainee(last_name="DUPONT", first_name="Élodie", birth_day="03-02-2012",
                             class_name="3e A", guardian_name="Mère",
                             guardian_phone="06 01 02 03 04", guardian_email="m@courriel.example",
                             guardian_address="1 rue X")
    convention = schools.register(school.member, schools.placement(host), **fields)
    before = original(school.member, convention)
    again = rows("dupont;élodie;03-02-2012;3e B;;612345678;;", "petit;tom;2012-02-04;;Père;;;",
                 "NEUF;Léo;05/02/2012;3e B;;;;")
    page = send(school.member, again)
    changed = {row[1]: row[2:] for row in table(page)[1]}
    tap.same(changed, {"DUPONT Élodie": ["Classe : 3e A 3e B "
                                        "Téléphone : 06 01 02 03 04 06 12 34 56 78", "1"],
                       "PETIT Tom": ["Responsable légal : Père", "Aucune"]},
             "what changes is shown, old and new; capitals are no change, nor are empty cells")
    tap.ok("1 stagiaire à créer" in words(page) and "1 convention" in words(page), "and counted")
    page = confirm(school.member, page, papers="garder")
    tap.same((history(site, convention), original(school.member, convention)),
             (["generate", "keep"], before), "open conventions may be kept, which the history says")
    tap.same([row[3] for row in trainees(school)], ["3e B", "3e A", "3e B"], "the data are written")
    page = send(school.member, rows("DUPONT;Elodie;03/02/2012;4e;;;;"))
    page = confirm(school.member, page)
    tap.ok(history(site, convention) == ["generate", "keep", "reissue"] and
           original(school.member, convention) != before, "or are replaced, which the history says")
    mail = site.wait_for_mail(lambda found: school.email in found["To"] and
                              found["Subject"].startswith("Nouvelle convention"))
    tap.ok(mail is not None, "and a mail")


def out_of_date():
    school = schools.add("Peremption")
    page = send(school.member, rows("A;B;03/02/2012;3e A;;;;", "C;D;03/02/2012;3e A;;;;"))
    fields = schools.trainee(last_name="A", first_name="B", birth_day="03-02-2012")
    school.admin.submit(school.admin.get("/stagiaires/nouveau").form("/stagiaires/nouveau"), fields)
    page = confirm(school.member, page)
    tap.ok(page.status == 409 and says(page, "import-changed") and len(trainees(school)) == 1 and
           "1 stagiaire à modifier" in words(page), "where a trainee came meanwhile nothing is "
           "written, and the preview says what it would do now", page.status, words(page)[:400])
    page = confirm(school.member, page)
    tap.ok(page.status == 200 and len(trainees(school)) == 2, "confirmed again, it is written")
    page = send(school.member, rows("E;F;03/02/2012;3e A;;;;"))
    number = page.path.rsplit("/", 1)[1]
    for who, client in (("a colleague", school.admin), ("another school", origin.member)):
        answer = client.post(f"/stagiaires/import/{number}",
                             {"csrf": csrf(client), "digest": "x"})
        tap.same((answer.status, len(trainees(school))), (404, 2), f"{who} cannot confirm it")
    site.sql(f"UPDATE trainee_import SET created_at = created_at - INTERVAL 25 HOUR WHERE id = {number}")
    before = documents()
    site.paraphe("purge")
    tap.ok(kept(school) == 0 and documents() <= before - 1, "after a day the file is purged")


def at_once():
    school = schools.add("Ensemble")
    content = rows(*[f"N{n:03};P;03/02/2012;3e A;;;;" for n in range(100)])
    clients = [school.client("member") for _ in range(4)]
    forms = [send(client, content).form("/stagiaires/import/") for client in clients]
    answers = []
    threads = [threading.Thread(target=lambda client=client, form=form: answers.append(
        client.submit(form))) for client, form in zip(clients, forms)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(page.status for page in answers)
    tap.ok(len(trainees(school)) == 100 and statuses[0] == 200 and
           set(statuses) <= {200, 409, 503}, "four who import the same at once make it once",
           statuses, len(trainees(school)))


def many():
    school = schools.add("Grand")
    content = rows(*[f"NOM{n:04};Prénom;03/02/2012;3e A;Mère {n};06 01 02 03 04;"
                     f"m{n}@courriel.example;{n} rue de l'Église, 69100 Villeurbanne"
                     for n in range(5000)])
    began = time.monotonic()
    page = send(school.member, content.encode("cp1252"))
    previewed = time.monotonic() - began
    tap.ok("5000 stagiaires à créer" in words(page) and "4800 autres" in words(page),
           "5,000 rows are previewed", f"{previewed:.1f} s")
    began = time.monotonic()
    page = confirm(school.member, page)
    tap.ok(page.status == 200 and len(trainees(school)) == 5000, "and imported",
           f"{time.monotonic() - began:.1f} s")
    print(f"# 5,000 rows: preview {previewed:.1f} s, import {time.monotonic() - began:.1f} s")
    exported = school.member.get("/stagiaires/export").body
    page = send(school.member, exported)
    tap.ok("5000 stagiaires déjà à jour" in words(page), "the export of them is taken as the same",
           words(page)[:300])
    wrong = rows(*["A;B;x;3e;;x;x;"] * 5000)
    page = send(school.member, wrong)
    tap.ok(page.status == 200 and "5000 lignes à corriger" in words(page) and
           len(table(page)[1]) == 15000, "faults in every row are all told", page.status)


shapes()
refusals()
faults()
changes()
out_of_date()
at_once()
many()
tap.end()
