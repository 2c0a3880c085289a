"""« Établissements »: the operator finds, creates and corrects establishments, and adds licences."""
import datetime
import os
import re
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, read, says, sentence, table, words  # noqa: E402
from schools import (LETTERS, PASSWORD, Schools, csrf, days, french, new_uai,  # noqa: E402
                     signed_in)
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
operator = schools.operator
school = schools.add("Annuaire")
MISTAKES = [  # field, what is typed, the key of the sentence
    ("uai", "12", "uai-invalid"), ("uai", "ABCDEFGH", "uai-invalid"), ("name", "é" * 201, None),
    ("email", "nulle part", "form-not-email"), ("email", "a@b", "form-not-email"),
    ("postal_code", "6910", "postal-code-invalid"), ("phone", "douze", "form-not-phone"),
    ("board_day", "31-02-2026", "form-not-day"),
    ("board_day", french(days(2)), "board-day-future"), ("city", "é" * 101, None),
    ("head_name", "é" * 151, None), ("head_title", "é" * 151, None), ("address", "é" * 301, None)]


def typed(**changes):
    return {"uai": new_uai(), "name": f"Collège Neuf {schools.mark}",
            "email": f"ce.neuf.{schools.mark}@ecole.example", **changes}


def known(uai):
    return site.sql(f"SELECT name, email, city, version FROM establishment WHERE uai = '{uai}'")


def sheet_of(uai):
    number = site.sql(f"SELECT id FROM establishment WHERE uai = '{uai}'")[0][0]
    return f"/etablissements/{number}"


def rows(address):
    """What the list shows: (name, UAI, town, licence) by row."""
    page = operator.get(address)
    return [(row[0], row[1], row[2], row[5]) for row in table(page)[1]]


def creating():
    page = operator.get("/etablissements")
    tap.ok("/etablissements/nouveau" in links(page), "the list leads to the form")
    form = operator.get("/etablissements/nouveau").form("/etablissements/nouveau")
    page = operator.submit(form, {})
    tap.ok(page.status == 422 and errors(page) == dict.fromkeys(("uai", "name", "email"),
                                                                sentence("form-required")),
           "what must be given is told at its field", errors(page))
    for field, value, key in MISTAKES:
        page = operator.submit(form, typed(**{field: value}))
        wanted = sentence(key) if key else sentence("form-too-long").split("{")[0]
        tap.ok(page.status == 422 and list(errors(page)) == [field] and
               errors(page)[field].startswith(plain(wanted)) and
               page.form("/etablissements/nouveau").fields[field] == value,
               f"{field} {value[:12]} is refused at its field and kept", page.status, errors(page))
    good = typed()
    wrong = good["uai"][:7] + LETTERS[(LETTERS.index(good["uai"][7]) + 1) % 23]
    page = operator.submit(form, {**good, "uai": wrong})
    tap.ok(page.status == 422 and errors(page)["uai"] ==
           f"{sentence('uai-letter')} {good['uai'][7]}.",
           "a wrong letter is told with the one its digits ask for", errors(page))
    tap.same(site.sql("SELECT COUNT(*) FROM establishment WHERE name = "
                      f"'{good['name']}'")[0][0], "0", "what was refused makes nothing")
    written = f" {good['uai'][:4]} {good['uai'][4:].lower()} "
    page = operator.submit(form, {**good, "uai": written})
    tap.ok(page.status == 200 and says(page, "notice-establishment-created") and
           page.path.startswith(sheet_of(good["uai"])) and "Sans licence" in words(page),
           "a good one leads to its sheet; spaces and small letters in the UAI are no mistake",
           page.path)
    page = operator.submit(form, {**good, "name": "Un autre"})
    tap.ok(page.status == 409 and errors(page) == {"uai": sentence("uai-taken")} and
           known(good["uai"])[0][0] == good["name"], "the same UAI twice is told at its field",
           page.status, errors(page))
    return good["uai"]


def correcting(uai):
    at = sheet_of(uai)
    form = operator.get(f"{at}/modifier").form(f"{at}/modifier")
    tap.same(form.fields["uai"], uai, "the form shows the data as they are")
    for field, value, _ in MISTAKES:
        page = operator.submit(form, {field: value})
        tap.ok(page.status == 422 and list(errors(page)) == [field],
               f"correcting, {field} {value[:12]} is refused at its field", page.status)
    page = operator.submit(form, {"uai": school.uai})
    tap.ok(page.status == 409 and errors(page) == {"uai": sentence("uai-taken")},
           "another's UAI is refused at its field", page.status)
    other = new_uai()
    page = operator.submit(form, {"uai": other, "city": "Saint-Étienne", "postal_code": "42000"})
    tap.ok(page.status == 200 and says(page, "notice-establishment-changed") and
           other in words(page) and "Saint-Étienne" in words(page) and not known(uai),
           "the data and a mistyped UAI are corrected", page.status)
    page = operator.submit(form, {"name": "Trop tard"})
    tap.ok(page.status == 409 and says(page, "establishment-out-of-date") and
           page.form(f"{at}/modifier").fields["name"] == "Trop tard",
           "from a page that is out of date nothing is written, and what was typed is kept")
    page = operator.submit(operator.get(f"{at}/modifier").form(f"{at}/modifier"), {
        "name": "W" * 200, "city": "W" * 100, "address": "W" * 300})
    tap.ok(page.status == 200, "texts as long as they may be are taken", page.status)
    tap.same(operator.get("/etablissements/999999999").status, 404, "an unknown one is 404")
    tap.same(operator.get("/etablissements/999999999/modifier").status, 404,
             "so is correcting it")
    tap.same(operator.post("/etablissements/999999999/modifier?version=1",
                           {"csrf": csrf(operator), **typed()}).status, 404,
             "however it is asked for")
    return other


def finding(uai):
    title = f"Zzz-Œuvré {schools.mark}"
    form = operator.get(f"{sheet_of(uai)}/modifier").form(f"{sheet_of(uai)}/modifier")
    operator.submit(form, {"name": title, "city": "Saint-Étienne", "address": ""})
    tap.ok([row[:2] for row in rows(f"/etablissements?q=zzz+oeuvre+{schools.mark}")] ==
           [(title, uai)], "a name is found without accents and hyphens")
    tap.ok(uai in [row[1] for row in rows(f"/etablissements?q={uai.lower()}")],
           "a UAI is found in small letters")
    tap.ok(uai in [row[1] for row in rows("/etablissements?q=saint+etienne&tri=-nom&taille=100")],
           "a town is found")
    page = operator.get(f"/etablissements?q={schools.mark}&licence=sans")
    tap.ok([row[1] for row in table(page)[1]] == [uai], "the search goes with the filter",
           table(page))
    tabs = {words_of[:4]: total for words_of, total in re.findall(
        r"(Tous|Licence qui|Licence terminée|Sans licence).*?(\d+)", words(page))}
    tap.ok(tabs["Tous"] == "2" and tabs["Sans"] == "1", "the tabs count what is found", tabs)
    tap.ok(f"q={schools.mark}" in " ".join(links(page)), "the other tabs keep the search")
    names = [row[0] for row in rows(f"/etablissements?q={schools.mark}&tri=-nom")]
    tap.same(names, sorted(names, reverse=True), "the list is sorted as asked for")
    for column in ("nom", "uai", "commune", "licence"):
        for order in (column, f"-{column}"):
            tap.same(len(rows(f"/etablissements?q={schools.mark}&tri={order}")), 2,
                     f"the list can be sorted by {order}")
    page = operator.get("/etablissements?q=nulle+part+au+monde")
    tap.ok("Aucun établissement de cet onglet ne correspond à « nulle part au monde »" in
           words(page), "nothing found says what to try")


def add(at, first, last, client=None, follow=True):
    return (client or operator).post(f"{at}/licences", {
        "csrf": csrf(client or operator), "starts_on": first, "ends_on": last}, follow=follow)


def licences(at):
    """First day, last day, state and author of each, as the sheet shows them."""
    return [(row[0], row[1], row[2], row[4]) for row in table(operator.get(at))[1]]


def a_year_after(day):
    return day.replace(year=day.year + 1) - datetime.timedelta(days=1)


def licensing(uai):
    at = sheet_of(uai)
    form = operator.get(at).form(f"{at}/licences")
    today = datetime.date.today()
    tap.same((form.fields["starts_on"], form.fields["ends_on"]),
             (french(today), french(a_year_after(today))), "the first year is proposed")
    for first, last, field, key in (("", "", "starts_on", "form-required"),
                                    ("hier", "01-01-2030", "starts_on", "form-not-day"),
                                    ("01-02-2030", "31-01-2030", "ends_on", "licence-order"),
                                    ("01-02-2030", "01-02-2045", "ends_on", "licence-long")):
        page = add(at, first, last)
        tap.ok(page.status == 422 and errors(page)[field] == sentence(key) and
               page.form(f"{at}/licences").fields["starts_on"] == first,
               f"from « {first} » to « {last} » is refused", page.status, errors(page))
    page = operator.submit(form, {"ends_on": french(days(20))})
    tap.ok(says(page, "notice-licence-added") and licences(at) == [
        (french(today), french(days(20)), "En cours", f"Opérateur {schools.mark}")],
        "a licence is added, with who added it", licences(at))
    page = operator.submit(form, {"ends_on": french(days(20))})
    tap.ok(page.status == 409 and says(page, "licence-same") and len(licences(at)) == 1,
           "sent twice it is added once", page.status)
    tap.ok(rows(f"/etablissements?q={schools.mark}&licence=bientot") and "Se termine" in
           rows(f"/etablissements?q={uai}")[0][3], "it is in the tab of those that end soon")
    form = operator.get(at).form(f"{at}/licences")
    tap.same(form.fields["starts_on"], french(days(21)), "a renewal begins the day after")
    page = add(at, french(days(10)), french(days(400)))
    tap.ok(says(page, "notice-licence-overlaps") and len(licences(at)) == 2,
           "one that overlaps is added, and told")
    tap.ok(licences(at)[0][2] == "À venir" and "En cours jusqu’au" in
           rows(f"/etablissements?q={uai}")[0][3], "the last day of all counts")
    add(at, "01-01-2020", "31-12-2020")
    tap.ok(licences(at)[2][2] == "Passée", "all of them stay to be seen", licences(at))
    together(at)
    tap.same(add("/etablissements/999999999", "01-01-2020", "31-12-2020").status, 404,
             "an unknown establishment gets none")
    page = operator.get(f"/etablissements/{school.number}")
    tap.ok("La ligne de commande" in words(page), "what the command line added says so")


def together(at):
    """The same licence, asked for at the same moment."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(
        add(at, "01-01-2015", "31-12-2015", follow=False).status)) for _ in range(4)]
    csrf(operator)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tap.same(sorted(answers), [303, 409, 409, 409], "four at once add one")


def banner(uai):
    """What the schools see of it."""
    address = f"admin.neuf.{schools.mark}@ecole.example"
    site.paraphe("account", "add", "--email", address, "--name", "Admin Neuf", "--role", "admin",
                 "--uai", uai, given=PASSWORD + "\n")
    site.sql(f"UPDATE establishment SET licence_ends_on = '2021-05-30' WHERE uai = '{uai}'")
    client = signed_in(site, address, "admin")
    tap.ok("obsolète depuis le 30-05-2021" in words(client.get("/conventions")),
           "a licence that has ended is told to the school")
    tap.ok(uai in [row[1] for row in rows(f"/etablissements?q={schools.mark}&licence=terminee")],
           "and listed as ended")
    add(sheet_of(uai), french(days(401)), french(days(500)))
    tap.ok("obsolète" not in words(client.get("/conventions")),
           "renewed, the banner is gone at once, in the same session")
    for path in ("/etablissements", "/etablissements/nouveau", sheet_of(uai)):
        tap.same(client.get(path).status, 403, f"{path} is not for schools")
    tap.ok("Établissements" not in [text for text in read(client.get("/conventions")).said],
           "nor in their menu")


the_uai = correcting(creating())
finding(the_uai)
licensing(the_uai)
banner(the_uai)
tap.end()
