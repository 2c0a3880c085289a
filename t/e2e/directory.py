"""Importing establishments: the operator sees what each row of a table would do, writes all of it or
nothing, and may import the same table again."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import LETTERS, PASSWORD, Schools, csrf, new_uai, signed_in  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
operator = schools.operator
MARK = schools.mark
TITLES = ["Code UAI", "Nom de l'établissement", "Adresse", "Code postal", "Commune", "Mail",
          "Téléphone", "Secteur"]


class Row:
    """An establishment as a table has it."""

    def __init__(self, name, uai=None, **changes):
        self.uai = uai or new_uai()
        self.cells = {"Code UAI": self.uai, "Nom de l'établissement": f"{name} {MARK}",
                      "Adresse": "1 rue de l'Œuvre", "Code postal": "69001", "Commune": "Lyon",
                      "Mail": f"ce.{self.uai.lower()}@ecole.example", "Téléphone": "0472001020",
                      "Secteur": "Public", **changes}

    def kept(self):
        """What the database has of it: name, address, postal code, town, mail, telephone."""
        found = site.sql("SELECT name, address, postal_code, city, email, phone FROM establishment "
                         f"WHERE uai = '{self.uai}'")
        return found[0] if found else None


def text(rows, titles=None, delimiter=";"):
    titles = titles or TITLES
    lines = [titles] + [[row.cells[title] for title in TITLES] for row in rows]
    return "".join(delimiter.join(cells) + "\r\n" for cells in lines)


def send(content, name="établissements.csv", client=None):
    client = client or operator
    if isinstance(content, str):
        content = content.encode("cp1252")
    return client.post("/etablissements/import", {"csrf": csrf(client)},
                       {"fichier": (name, content, "text/csv")})


def confirm(page):
    return operator.submit(page.form("/etablissements/import/"))


def count():
    return int(site.sql(f"SELECT COUNT(*) FROM establishment WHERE name LIKE '%{MARK}'")[0][0])


def refused_files():
    tap.ok("/etablissements/import" in links(operator.get("/etablissements")),
           "the list leads to the import")
    form = operator.get("/etablissements/import").form("/etablissements/import")
    page = operator.submit(form)
    tap.ok(page.status == 422 and errors(page) == {"fichier": sentence("form-file-required")},
           "no file is told at its field", errors(page))
    for content, key, status in (
            (b"", "form-file-empty", 422), (b"\r\n\r\n", "table-empty", 422),
            (b"PK\x03\x04" + bytes(100), "table-workbook", 422),
            (b"Nom;Mail\r\nA;b@c.fr\r\n", "directory-columns", 422),
            (b"bonjour\r\n", "directory-columns", 422),
            (b"UAI;Nom;Mail\r\n", "directory-no-rows", 422),
            (b'UAI;Nom\r\n"0691234S;x\r\n', "table-quote", 422),
            (b"UAI;Nom\r\n" + b"0691234S;x\r\n" * 5001, "table-too-many-rows", 413),
            (b"UAI;Nom\r\n" + b"x" * (2 * 1024 * 1024 + 1), "table-too-large", 413)):
        page = send(content)
        tap.ok(page.status == status and errors(page).get("fichier", "").startswith(sentence(key)),
               f"a file is refused at its field: {key}", page.status, errors(page))


def shapes():
    """The same table in the encodings and delimiters that programs write."""
    for title, encode in (
            ("Windows-1252, semicolons", lambda rows: text(rows).encode("cp1252")),
            ("UTF-8 with its mark", lambda rows: text(rows).encode("utf-8-sig")),
            ("UTF-8, commas", lambda rows: text(rows, delimiter=",").encode()),
            ("Unicode text of Excel", lambda rows: text(rows, delimiter="\t").encode("utf-16")),
            ("other titles", lambda rows: text(rows, ["RNE", "Dénomination", "Rue", "CP", "Ville",
                                                      "Adresse électronique", "Tél.", "X"]
                                               ).encode("cp1252"))):
        row = Row("Été")
        page = send(encode([row]))
        tap.ok(page.status == 200 and "1 établissement à créer" in words(page), title,
               page.status, words(page)[:400])
        page = confirm(page)
        tap.same(row.kept(), [f"Été {MARK}", "1 rue de l'Œuvre", "69001", "Lyon",
                              row.cells["Mail"], "04 72 00 10 20"], f"{title}: every letter is kept")


def problems():
    good = Row("Bon")
    wrong = new_uai()
    wrong = wrong[:7] + LETTERS[(LETTERS.index(wrong[7]) + 1) % 23]
    twice = Row("Double")
    rows = [good, Row("Lettre", wrong), Row("Sans", " ", Mail="ce@ecole.example"), Row("Mail", Mail="nulle part"),
            Row("Code", **{"Code postal": "123456"}), Row("Tel", **{"Téléphone": "douze"}),
            Row("Vide", Mail=""), Row("Long", Commune="é" * 101), twice,
            Row("Autre nom", twice.uai)]
    rows[6].cells["Nom de l'établissement"] = ""
    before = count()
    page = send(text(rows))
    faults = table(page)[1]
    tap.ok(page.status == 200 and "10 lignes" not in words(page) and
           "8 lignes à corriger" in words(page), "every row with a problem is counted",
           words(page)[:300])
    told = [(re.search(r"\d+$", row[0])[0], row[2], row[4]) for row in faults]
    letter = LETTERS[int(wrong[:7]) % 23]
    tap.same(told, [
        ("3", "UAI", f"{sentence('uai-letter')} {letter}."),
        ("4", "UAI", sentence("form-required")),
        ("5", "Adresse électronique", sentence("email-invalid")),
        ("6", "Code postal", sentence("postal-code-invalid")),
        ("7", "Téléphone", sentence("form-not-phone")),
        ("8", "Nom", sentence("form-required")),
        ("8", "Adresse électronique", sentence("form-required")),
        ("9", "Commune", sentence("directory-too-long")),
        ("11", "UAI", f"{sentence('directory-twice')} (ligne 10)")],
        "each problem is told with its line and column")
    tap.ok("nulle part" in words(page) and "douze" in words(page), "and with what stands there")
    tap.ok(not [form for form in page.forms if "digest" in form.fields],
           "as long as there is one, nothing can be written")
    tap.ok("Colonnes du fichier qui ne servent pas ici : Secteur" in words(page),
           "columns that are of no use are named")
    forged = operator.post(page.path, {"csrf": csrf(operator), "digest": "0" * 64})
    tap.ok(forged.status == 409 and says(forged, "directory-faults"), "nor by a forged form",
           forged.status)
    tap.ok(count() == before and good.kept() is None, "nothing of it is written")


def again():
    rows = [Row("Un"), Row("Deux"), Row("Trois")]
    page = send(text([*rows, rows[0]]))
    tap.ok("3 établissements à créer" in words(page) and "1 ligne en double" in words(page),
           "a row that stands there twice counts once", words(page)[:300])
    before = count()
    tap.same(count(), before, "the preview writes nothing")
    form = page.form("/etablissements/import/")
    page = operator.submit(form)
    tap.ok(says(page, "notice-directory-imported") and count() == before + 3,
           "confirmed, all of it is written")
    page = operator.submit(form)
    tap.ok(page.status == 404 and says(page, "directory-gone") and count() == before + 3,
           "sent twice it is written once", page.status)
    page = send(text(rows))
    tap.ok("Tout est déjà à jour" in words(page) and "3 établissements déjà à jour" in words(page),
           "imported again, there is nothing to do", words(page)[:300])
    rows[0].cells["Commune"] = "Villeurbanne"
    rows[1].cells.update({"Adresse": "", "Commune": "", "Téléphone": "", "Mail": ""})
    page = send(text(rows))
    cells = table(page)[1]
    tap.ok(len(cells) == 1 and f"Un {MARK}" in cells[0][2] and "Lyon Villeurbanne" in cells[0][3],
           "what is different is shown, from what to what", cells)
    confirm(page)
    tap.same((rows[0].kept()[3], rows[1].kept()[1], count()),
             ("Villeurbanne", "1 rue de l'Œuvre", before + 3),
             "it is changed; what a table leaves empty stays")
    return rows


def meanwhile(rows):
    rows[2].cells["Commune"] = "Bron"
    page = send(text(rows))
    site.sql(f"UPDATE establishment SET version = version + 1 WHERE uai = '{rows[2].uai}'")
    late = confirm(page)
    tap.ok(late.status == 409 and says(late, "directory-changed") and rows[2].kept()[3] == "Lyon",
           "where an establishment changed meanwhile nothing is written", late.status)
    tap.ok(says(confirm(late), "notice-directory-imported") and rows[2].kept()[3] == "Bron",
           "the new plan is shown, and can be confirmed")
    fresh = Row("Neuf")
    page = send(text([fresh]))
    site.paraphe("establishment", "add", "--uai", fresh.uai, "--name", "Avant", "--email",
                 "avant@ecole.example")
    late = confirm(page)
    tap.ok(late.status == 409 and fresh.kept()[0] == "Avant", "so where one was created meanwhile",
           late.status)
    page = operator.submit(next(form for form in late.forms if form.action.endswith("abandonner")) if
                           [form for form in late.forms if form.action.endswith("abandonner")]
                           else late.form("/etablissements/import/"))
    tap.ok(page.status == 200, "one may go on or give it up", page.status)


def hands():
    """A file is its sender's."""
    first = send(text([Row("A")]))
    second = send(text([Row("B")]))
    tap.same(operator.get(first.path).status, 404, "a second file takes the first one's place")
    address = f"autre.{MARK}@ecole.example"
    site.paraphe("account", "add", "--email", address, "--name", "Autre", "--role", "operator",
                 given=PASSWORD + "\n")
    other = signed_in(site, address, "operator")
    tap.same(other.get(second.path).status, 404, "another operator does not see it")
    page = operator.post(second.path + "/abandonner", {"csrf": csrf(operator)})
    tap.ok(says(page, "notice-directory-abandoned") and operator.get(second.path).status == 404,
           "given up it is forgotten")
    tap.same(site.sql("SELECT COUNT(*) FROM directory_import i JOIN account a ON a.id = "
                      f"i.account_id WHERE a.email = '{operator.address}'"), [["0"]], "wholly")
    tap.same([operator.get("/etablissements/import/999999999").status,
              operator.post("/etablissements/import/999999999", {"csrf": csrf(operator)}).status],
             [404, 404], "one that never was is unknown")
    admin = schools.add("Ecole").admin
    tap.same(send(text([Row("C")]), client=admin).status, 403, "schools cannot import")


def many():
    rows = [Row(f"Masse {number}") for number in range(1000)]
    page = send(text(rows))
    tap.ok("1000 établissements à créer" in plain(words(page)) and "et 800 autres" in words(page),
           "a thousand rows are previewed", words(page)[:200])
    page = confirm(page)
    tap.ok(page.status == 200 and rows[999].kept(), "and written")


refused_files()
shapes()
problems()
meanwhile(again())
hands()
many()
tap.end()
