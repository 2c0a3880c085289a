"""« Calendrier »: months, weeks, public and school holidays, and the calendar that programs read."""
import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import Site, site_of_tests  # noqa: E402
from reading import errors, plain, says, sentence, words  # noqa: E402
from schools import PASSWORD, Schools, act, csrf, days, today  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, foreign = schools.add("Lycee"), schools.add("College"), schools.add("Etranger")
DAY = days(20)
MONTH = f"{DAY:%Y-%m}"


def week(day):
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def monday_after(number):
    """A Monday at least so many days from now."""
    day = days(number)
    return day + datetime.timedelta(days=-day.weekday() % 7)


def cell(page, day):
    """What stands on a day, in a month or a week."""
    found = re.search(rf'<(td|section)[^>]*id="j-{day}"([^>]*)>(.*?)</\1>', page.text, re.S)
    if not found:
        return "", ""
    return plain(re.sub(r"<[^>]*>", " ", found[3])), found[0]


def months():
    placement = schools.placement(host, title="Atelier", day=DAY, capacity=2)
    convention = schools.register(origin.member, placement)
    for client, who in ((host.member, "host"), (origin.member, "origin")):
        page = client.get(f"/calendrier?mois={MONTH}")
        said, _ = cell(page, DAY)
        tap.ok(f"Atelier {schools.mark}" in said and "1 place prise, 1 libre" in said,
               f"the {who} sees the placement on its day, with the places taken and left", said)
    tap.ok("1 de vos élèves" in cell(origin.member.get(f"/calendrier?mois={MONTH}"), DAY)[0],
           "an origin sees how many of its own go")
    page = foreign.member.get(f"/calendrier?mois={MONTH}")
    tap.ok(f"Atelier {schools.mark}" not in page.text and "n’a pas de stage" in words(page) and
           "/calendrier?mois=" in page.text and "voir=tous" in page.text,
           "who has nothing to do with it does not, and is led to all of them")
    # A month shows a few of each day, and other tests offer placements too: a week shows all.
    page = foreign.member.get(f"/calendrier?semaine={DAY:%G-W%V}&voir=tous")
    tap.ok(f"/stages/{placement}" in page.text, "all published ones can be seen")
    schools.register(origin.member, placement)
    said, _ = cell(host.member.get(f"/calendrier?mois={MONTH}"), DAY)
    tap.ok("complet, 2 places" in said, "a full one says so", said)
    act(origin.member, convention, "annuler")
    tap.ok("1 libre" in cell(host.member.get(f"/calendrier?mois={MONTH}"), DAY)[0],
           "a place given back is free again")
    return placement


def walking():
    page = host.member.get("/calendrier")
    _, whole = cell(page, today())
    tap.ok("is-today" in whole and 'aria-current="date"' in whole and "aujourd’hui" in whole,
           "without a parameter it shows this month, with today marked")
    page = host.member.get("/calendrier?mois=2026-12")
    tap.ok('href="/calendrier?mois=2026-11" rel="prev"' in page.text and
           'href="/calendrier?mois=2027-01" rel="next"' in page.text,
           "the months before and after are links")
    tap.ok("décembre 2026" in words(page) and 'href="/calendrier?semaine=2026-W53"' in page.text,
           "it says which month it is, and leads to each week")
    tap.same(len(re.findall(r'class="calendar-day', page.text)), 35, "five whole weeks")
    page = host.member.get("/calendrier?semaine=2026-W53")
    tap.ok("semaine 53, du 28 décembre au 3 janvier 2027" in words(page) and
           "semaine=2027-W01" in page.text and "semaine=2026-W52" in page.text,
           "a week that ends in the next year", words(page)[:200])
    tap.ok('href="/calendrier?mois=2026-12"' in page.text, "it belongs to its Thursday's month")
    page = host.member.get("/calendrier?mois=2026-12&voir=tous&zone=C")
    tap.ok("/calendrier?mois=2027-01&amp;voir=tous&amp;zone=C" in page.text,
           "what was chosen is kept from month to month")
    for wrong in ("mois=2026-13", "mois=x", "semaine=2025-W53", "semaine=", "mois=0000-01",
                  "mois=2026-11-25", "zone=D&voir=x", "mois=%00"):
        page = host.member.get(f"/calendrier?{wrong}")
        tap.ok(page.status in (200, 400) and (page.status == 400 or 'aria-current="date"' in page.text),
               f"?{wrong} shows today's month", page.status)
    for end, link in (("1901-01", "prev"), ("2198-12", "next")):
        page = host.member.get(f"/calendrier?mois={end}")
        tap.ok(page.status == 200 and f'rel="{link}"' not in page.text, f"{end} is an end of time")
    tap.same(host.member.get("/calendrier?mois=2199-01").status, 200, "behind it there is nothing")


def holidays():
    page = host.member.get("/calendrier?mois=2026-12&zone=A")
    tap.ok("Noël" in cell(page, "2026-12-25")[0] and "is-feast" in cell(page, "2026-12-25")[1],
           "a public holiday is named on its day")
    tap.ok("Vacances de Noël" in cell(page, "2026-12-19")[0] and
           "is-holiday" not in cell(page, "2026-12-18")[1], "school holidays from their first day")
    for zone, inside, outside in (("A", "2027-02-15", "2027-02-08"), ("B", "2027-03-05", "2027-02-15"),
                                  ("C", "2027-02-08", "2027-02-24")):
        within = host.member.get(f"/calendrier?mois={inside[:7]}&zone={zone}")
        without = host.member.get(f"/calendrier?mois={outside[:7]}&zone={zone}")
        tap.ok("Vacances d’hiver" in cell(within, inside)[0] and
               "Vacances" not in cell(without, outside)[0], f"zone {zone} has its own winter holidays")
    tap.ok("Lundi de Pâques" in cell(host.member.get("/calendrier?mois=2027-03"), "2027-03-29")[0],
           "Easter Monday is computed")
    tap.ok("Vendredi saint" not in host.member.get("/calendrier?mois=2027-03").text,
           "Good Friday is no holiday in Paris")
    page = host.member.get("/calendrier?mois=2027-02")
    tap.ok("zone C : du 06-02-2027 au 21-02-2027" in words(page) and
           "zone B : du 20-02-2027 au 07-03-2027" in words(page), "all zones' holidays are told")


def zone():
    page = host.admin.get("/options/calendrier")
    form = page.form("/options/calendrier")
    tap.ok("D’après le département" in page.text and form.fields["zone"] == "",
           "the zone is that of the département where nothing was chosen")
    for choice, shown in (("B", "zone B"), ("none", "aucune des trois zones")):
        page = host.admin.submit(form, {"zone": choice})
        tap.ok(page.status == 200 and says(page, "notice-zone-chosen") and
               page.form("/options/calendrier").fields["zone"] == choice, f"{choice} is taken")
        tap.ok(shown in words(host.member.get("/calendrier")), f"and the calendar shows {shown}")
    page = host.admin.submit(form, {"zone": "D"})
    tap.ok(page.status == 422 and list(errors(page)) == ["zone"], "a zone that is none is refused",
           page.status, errors(page))
    tap.ok("aucune des trois zones" in words(host.member.get("/calendrier")), "and changes nothing")
    host.admin.submit(form, {"zone": ""})
    site.sql(f"UPDATE establishment SET uai = CONCAT('067', RIGHT(uai, 5)) WHERE id = {host.number}")
    page = host.member.get("/calendrier?mois=2027-03")
    tap.ok("Le calendrier montre la zone B" in words(page) and
           "Vendredi saint" in cell(page, "2027-03-26")[0],
           "a school in Strasbourg is in zone B, and has Good Friday")
    site.sql(f"UPDATE establishment SET uai = '{host.uai}' WHERE id = {host.number}")
    tap.same(host.member.get("/options/calendrier").status, 403, "a member does not choose")


def crowded():
    day = monday_after(40)
    for number in range(50):
        schools.placement(foreign, title=f"Foule {number:02}", day=day, closes=day)
    page = foreign.member.get(f"/calendrier?mois={day:%Y-%m}")
    said, whole = cell(page, day)
    tap.ok(whole.count('<li class="entry') == 4 and "+ 46 autres" in said,
           "a day of 50 placements shows four, and leads to the others", said)
    link = re.search(r'<a href="(/calendrier\?semaine=[^"#]*)#(j-[\d-]+)">\+ 46', whole)
    page = foreign.member.get(link[1].replace("&amp;", "&"))
    said, whole = cell(page, day)
    tap.ok(link[1].endswith(week(day)) and link[2] == f"j-{day}" and whole.count("<li") == 50,
           "the week shows all 50", whole.count("<li"))


def several_days():
    friday = monday_after(60) + datetime.timedelta(days=4)
    last = friday + datetime.timedelta(days=4)
    number = schools.placement(host, title="Séquence", day=friday, closes=friday)
    site.sql(f"UPDATE placement SET last_day = '{last}' WHERE id = {number}")
    shown = []
    for step in range(-1, 6):
        day = friday + datetime.timedelta(days=step)
        shown.append(f"/stages/{number}" in cell(host.member.get(f"/calendrier?semaine={week(day)}"),
                                                 day)[1])
    tap.same(shown, [False, True, False, False, True, True, False],
             "a placement of several days stands on each of its days of school")
    return number, friday


def make_feed(client):
    page = client.submit(client.get("/calendrier/abonnement").form("/calendrier/abonnement"))
    return page, re.search(r"https://[^/]+(/ical/[\w-]{43})<", page.text)


def unfolded(text):
    return text.replace("\r\n ", "")


def khal(text):
    """What khal, a calendar for terminals, reads in it."""
    directory = tempfile.mkdtemp(prefix="paraphe-khal-")
    try:
        for name, content in (("feed.ics", text),
                              ("config", "[calendars]\n[[stages]]\npath = " + directory +
                               "/calendar\n[locale]\nlocal_timezone = Europe/Paris\n"
                               "default_timezone = Europe/Paris\ndateformat = %Y-%m-%d\n"
                               "datetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\n"
                               "longdateformat = %Y-%m-%d\nlongdatetimeformat = %Y-%m-%d %H:%M\n")):
            with open(os.path.join(directory, name), "w", encoding="utf-8", newline="") as file:
                file.write(content)
        os.mkdir(os.path.join(directory, "calendar"))
        environment = {**os.environ, "HOME": directory, "XDG_CACHE_HOME": directory + "/cache",
                       "XDG_DATA_HOME": directory + "/data", "LC_ALL": "C.UTF-8"}
        command = ["khal", "-c", directory + "/config"]
        done = subprocess.run([*command, "import", "--batch", "-a", "stages",
                               directory + "/feed.ics"], env=environment, capture_output=True,
                              text=True, check=False)
        if done.returncode:
            return done.stderr
        done = subprocess.run([*command, "list", "-df", "", "-f",
                               "{start-date} {start-time} {end-time} {title} / {location} / {status}",
                               str(today()), "120d"], env=environment, capture_output=True, text=True,
                              check=False)
        return done.stdout + done.stderr
    finally:
        shutil.rmtree(directory)


def the_feed(placement, several):
    page = host.member.get("/calendrier/abonnement")
    tap.ok("Vous n’avez pas encore d’adresse" in words(page), "at first there is no address")
    page, found = make_feed(host.member)
    tap.ok(page.status == 200 and found, "one is made and shown", page.status)
    address = found[1]
    tap.ok(address not in host.member.get("/calendrier/abonnement").text, "but never again")
    page = host.member.post("/calendrier/abonnement", {"csrf": csrf(host.member)})
    tap.ok(page.status == 409 and says(page, "feed-exists"), "a second one is not made by mistake")
    hashes = site.sql("SELECT LOWER(HEX(token_hash)) FROM calendar_feed")
    tap.ok(address[6:] not in str(hashes) and len(hashes[0][0]) == 64, "the database has its hash alone")
    reader = site.client()  # a program, that nobody signed in with
    got = reader.get(address)
    text = got.body.decode("utf-8")
    tap.ok(got.status == 200 and got.headers.get_content_type() == "text/calendar" and
           got.headers["Cache-Control"] == "no-store", "a program reads it without a session",
           got.status, got.headers)
    plain_text = unfolded(text)
    tap.ok(f"UID:placement-{placement}@localhost" in plain_text and
           f"SUMMARY:Atelier {schools.mark}" in plain_text and "STATUS:CONFIRMED" in plain_text,
           "the placement is in it")
    tap.ok(f"/stages/{placement}" in plain_text and "TZID=Europe/Paris" in plain_text, "with its page")
    pupils = site.sql("SELECT last_name, first_name, guardian_name, guardian_email, class_name FROM "
                      f"trainee WHERE origin_id = {origin.number}")
    told = [value for row in pupils for value in row if value in plain_text]
    tap.ok(pupils and not told, "it names no pupil and no family", told)
    seen = khal(text)
    number, friday = several
    tap.ok(f"{DAY} 08:30 16:30 Atelier {schools.mark} / Atelier bois" in seen,
           "khal reads it, in Paris's time", seen[:600])
    tuesday = friday + datetime.timedelta(days=4)
    tap.ok(f"{tuesday} 08:30" in seen and f"{friday + datetime.timedelta(days=1)} 08:30" not in seen,
           "and the days of a longer one", seen[:600])
    return address, number


def changes_in_the_feed(address, placement):
    reader = site.client()

    def event(where=address):
        text = unfolded(reader.get(where).body.decode("utf-8"))
        found = re.search(rf"UID:placement-{placement}@.*?END:VEVENT", text, re.S)
        return found[0] if found else ""

    first = event()
    tap.same(event(), first, "nothing changed, so nothing differs")
    time.sleep(1.1)
    convention = schools.register(origin.member, placement)
    second = event()
    tap.ok(re.search(r"LAST-MODIFIED:\S+", second)[0] > re.search(r"LAST-MODIFIED:\S+", first)[0] and
           "2 prises\\, 0 restantes" in second, "a registration is a change", second)
    site.sql(f"UPDATE placement SET title = 'Autre titre', version = version + 1 WHERE id = {placement}")
    tap.ok("SUMMARY:Autre titre" in event() and "SEQUENCE:1" in event(),
           "a change raises the sequence")
    _, found = make_feed(origin.member)
    tap.ok("STATUS:CONFIRMED" in event(found[1]) and "votre établissement : 2" in plain(event(found[1])),
           "the origin's calendar has it, with how many of its own go", event(found[1]))
    for row in site.sql("SELECT c.id FROM convention c JOIN registration r ON r.id = c.registration_id "
                        f"WHERE r.placement_id = {placement} AND r.active = 1"):
        act(origin.member, row[0], "annuler")
    tap.ok("STATUS:CANCELLED" in event(found[1]) and "STATUS:CONFIRMED" in event(),
           "where none goes any more it is cancelled for the origin alone")
    site.sql(f"UPDATE placement SET state = 'cancelled' WHERE id = {placement}")
    tap.ok("STATUS:CANCELLED" in event(), "a cancelled placement is told as such")
    tap.ok("annulé" in cell(host.member.get(f"/calendrier?mois={MONTH}"), DAY)[0] and
           f"/stages/{placement}" not in origin.member.get(f"/calendrier?mois={MONTH}").text,
           "the host's calendar says so, the others' no longer have it")
    tap.ok(convention > 0 and f"placement-{placement}@" not in unfolded(
        reader.get(make_feed(foreign.member)[1][1]).body.decode("utf-8")),
        "another school's calendar never had it")


def end_of_the_feed(address):
    reader = site.client()
    page = host.member.get("/calendrier/abonnement")
    tap.ok("lue pour la dernière fois" in words(page), "the page tells when it was read")
    confirm = host.member.get("/calendrier/abonnement/renouveler")
    tap.ok("cesse aussitôt de fonctionner" in words(confirm) and reader.get(address).status == 200,
           "a new address is asked for twice")
    page = host.member.submit(confirm.form("/calendrier/abonnement/renouveler"))
    renewed = re.search(r"https://[^/]+(/ical/[\w-]{43})<", page.text)[1]
    tap.same([reader.get(renewed).status, reader.get(address).status], [200, 404],
             "the new one works, the old one no longer")
    site.sql(f"UPDATE account SET disabled_at = NOW() WHERE email = '{host.member.address}'")
    tap.same(reader.get(renewed).status, 404, "nor does that of a disabled account")
    site.sql(f"UPDATE account SET disabled_at = NULL WHERE email = '{host.member.address}'")
    confirm = host.member.get("/calendrier/abonnement/supprimer")
    page = host.member.submit(confirm.form("/calendrier/abonnement/supprimer"))
    tap.ok(says(page, "notice-feed-removed") and reader.get(renewed).status == 404,
           "an address that was taken away is gone")
    again = host.member.post("/calendrier/abonnement/supprimer", {"csrf": csrf(host.member)})
    tap.same(again.status, 200, "taken away twice is taken away")
    for wrong in ("x", "A" * 43, renewed[6:] + "A", "%00"):
        page = reader.get(f"/ical/{wrong}", follow=False)
        tap.ok(page.status in (400, 404), f"/ical/{wrong[:5]}… is no calendar", page.status)
    tap.same(reader.post(renewed, {}).status, 405, "it is read only")
    tap.ok(sentence("feed-unknown") in plain(reader.get(renewed).text), "and says what to do")
    for log in ("nginx-access", "nginx", "paraphed"):
        said = site.log(log)
        tap.ok(address[6:] not in said and renewed[6:] not in said, f"{log}.log has no address in it")
    tap.ok("/ical/-" in site.log("nginx-access"), "only that a calendar was read")
    tap.same(schools.operator.get("/calendrier").status, 403, "operators have no calendar")


def school_holidays_file():
    """On a site of its own: the file is read at start and again at SIGHUP."""
    directory = tempfile.mkdtemp(prefix="paraphe-holidays-")
    own = Site.start(directory, "--empty")
    try:
        path = os.path.join(directory, "holidays.txt")
        with open(own.configuration, encoding="utf-8") as file:
            configuration = re.sub(r"(?m)^school_holidays = .*$", f"school_holidays = {path}",
                                   file.read())
        with open(own.configuration, "w", encoding="utf-8") as file:
            file.write(configuration)
        school = Schools(own).add("Lycee")

        def reload(text):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            os.kill(own.process("paraphed"), 1)

        def shows(text):
            for _ in range(100):
                if text in words(school.member.get("/calendrier?mois=2026-11&zone=A")):
                    return True
                time.sleep(0.1)
            return False

        reload("2026-11-23 2026-11-29 A Congé d’essai\n")
        tap.ok(shows("Congé d’essai"), "a changed file is read at SIGHUP")
        reload("2026-11-23 2026-11-29 A Autre congé\n\n2026-11-31 2026-12-01 A Faute\n")
        for _ in range(100):
            if "line 3" in own.log("paraphed"):
                break
            time.sleep(0.1)
        tap.ok(re.search(r"holidays\.txt, line 3: .*exist", own.log("paraphed")),
               "a mistake in it is told with its line", own.log("paraphed")[-600:])
        tap.ok(shows("Congé d’essai"), "and everything stays as it was")
        done = subprocess.run([os.path.join(own.build, "paraphed"), "--check", "--config",
                               own.configuration], capture_output=True, text=True, check=False)
        tap.ok(done.returncode != 0 and "line 3" in done.stderr, "--check names the line, too",
               done.stderr)
    finally:
        own.remove()


the_placement = months()
walking()
holidays()
zone()
crowded()
longer = several_days()
the_address, _ = the_feed(the_placement, longer)
changes_in_the_feed(the_address, the_placement)
end_of_the_feed(the_address)
school_holidays_file()
tap.ok(PASSWORD not in site.log("paraphed"), "no password is logged")
tap.end()
