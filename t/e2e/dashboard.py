"""« Tableau de bord »: what each role must do now, and that each number leads to exactly its rows."""
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import SOURCE, plain, words  # noqa: E402
from schools import Schools, act, csrf, days, deposit, original, signed_in  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, both = schools.add("Lycee"), schools.add("College"), schools.add("Cite")
new, foreign = schools.add("Nouveau"), schools.add("Etranger")


def rows(page):
    """The rows of a list, and how many it says there are."""
    found = re.search(r"sur (\d+) élément", plain(page.text))
    table = re.search(r"<tbody>(.*?)</tbody>", page.text, re.S)[1]
    shown = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    return [row for row in shown if 'class="empty"' not in row], int(found[1]) if found else 0


def counts(page):
    """Each link of the page to a list, with the number that stands in it."""
    found = []
    for address, inside in re.findall(r'<a href="(/(?:suivi|courriels|etablissements\?|comptes\?)[^"]*)">(.*?)</a>',
                                      page.text, re.S):
        number = re.match(r"(?:Voir les )?(\d+)", plain(re.sub(r"<[^>]*>", "", inside)))
        if number:
            found.append((address.replace("&amp;", "&"), int(number[1])))
    return found


def wrong_counts(client, page):
    """What the page counts, and what the lists then show, where they differ."""
    wrong = []
    for address, number in counts(page):
        listed = client.get(address)
        shown, total = rows(listed)
        if listed.status != 200 or total != number or len(shown) != min(number, 50):
            wrong.append((address, number, total, len(shown)))
    return wrong


def every_count_leads_to_its_rows(client, page, who):
    """Follows all of them; returns {address: number}. What an operator sees changes while other
    tests work: then it is looked at once more."""
    wrong = wrong_counts(client, page)
    for _ in range(4):
        if wrong and client is schools.operator:
            page = client.get("/")
            wrong = wrong_counts(client, page)
    tap.ok(counts(page) and not wrong, f"{who}: each number leads to the list of exactly its rows",
           counts(page), wrong)
    return dict(counts(page))


def convention(school, day, state, at=host):
    """A convention in that state on a placement of its own, so many days from today."""
    placement = schools.placement(at, day=days(max(day, 0)), closes=days(max(day, 0)))
    fields = schools.trainee()
    number = schools.register(school.member, placement,
                              **{key: fields[key] for key in ("last_name", "first_name")})
    if state != "not_returned":
        deposit(school.member, papers.ink(original(school.member, number)))
    if state in ("validated", "incomplete"):
        act(at.member, number, "valider" if state == "validated" else "invalider",
            "Il manque une signature." if state == "incomplete" else None)
    if day < 0:
        site.sql(f"UPDATE placement SET first_day = '{days(day)}', last_day = '{days(day)}', "
                 f"closes_on = '{days(day)}' WHERE id = {placement}")
        site.sql(f"UPDATE convention SET first_day = '{days(day)}' WHERE id = {number}")
    return fields["last_name"]


def first_use():
    page = new.admin.get("/")
    said = words(page)
    tap.ok(page.status == 200 and page.path == "/" and "Pour commencer" in said,
           "a new school's dashboard says how to begin", said[:300])
    tap.ok('href="/options"' in page.text and 'href="/stages/nouveau"' in page.text and
           "Rien n’attend" not in said, "with a link to each first step")
    tap.ok("Rien depuis deux mois" in said and "Aucune convention ne concerne" in said,
           "and says that nothing happened yet")
    page = new.member.get("/")
    tap.ok("Vérifiez les données" not in words(page), "a member is not sent to what admins do")
    schools.placement(new)
    tap.ok("Fait Vous accueillez" in words(new.admin.get("/")), "a step that was done is marked")
    page = new.member.get("/suivi")
    tap.ok("n’a pas encore de convention" in words(page), "an empty list says what fills it")
    page = new.member.get("/suivi/courriels")
    tap.ok("Tous les courriels sont arrivés" in words(page), "no mail has failed")


def names(page):
    return [re.search(rf"STAGE\w+ {schools.mark}", row)[0] for row in rows(page)[0]]


def what_needs_care():
    made = {"late": convention(origin, -3, "not_returned"),
            "today": convention(origin, 0, "not_returned"),
            "soon": convention(origin, 7, "not_returned"),
            "later": convention(origin, 8, "not_returned"),
            "pending": convention(origin, 5, "pending"),
            "incomplete": convention(origin, 6, "incomplete"),
            "validated": convention(origin, 9, "validated")}
    own = convention(both, 12, "pending", both)
    sent = convention(both, 13, "pending")
    lists = {"": list(made.values()), "a-valider": [made["pending"]],
             "non-retournees": [made[key] for key in ("late", "today", "soon", "later")],
             "en-retard": [made["late"], made["today"]], "sous-7-jours": [made["soon"]],
             "incompletes": [made["incomplete"]], "en-attente": [made["pending"]],
             "validees": [made["validated"]]}
    for name, wanted in lists.items():
        page = host.member.get(f"/suivi?liste={name}&taille=100&q={urllib.parse.quote(origin.mark)}")
        tap.same(sorted(names(page)), sorted(wanted), f"/suivi?liste={name} has what it says")
    tap.same(names(host.member.get("/suivi?liste=non-retournees")),
             [made[key] for key in ("late", "today", "soon", "later")], "late ones come first")
    for school, title in ((host, "host"), (origin, "origin"), (both, "both")):
        page = school.member.get("/")
        found = every_count_leads_to_its_rows(school.member, page, title)
        wanted = {"host": {"a-valider": 2, "non-retournees": 4, "en-retard": 2, "sous-7-jours": 1,
                           "incompletes": 1},
                  "origin": {"non-retournees": 4, "en-retard": 2, "sous-7-jours": 1,
                             "incompletes": 1}, "both": {"a-valider": 1}}[title]
        tap.same({address.split("liste=")[1]: number for address, number in found.items()
                  if "semaine" not in address}, wanted, f"{title}: what is to be done, and no more")
    said = words(host.member.get("/"))
    tap.ok("il y a 3 jours" in said and "aujourd’hui" in said and "dans 7 jours" in said,
           "the days left are told", said[:600])
    tap.ok(said.index(made["late"]) < said.index(made["soon"]), "on the dashboard, too")
    tap.ok("2 conventions à valider" in said and "À rendre" not in said and
           "à rendre par l’établissement d’origine" in said, "in the host's words")
    tap.ok("Faites-les signer, puis déposez-les" in words(origin.member.get("/")),
           "and in the origin's")
    tap.same(names(both.member.get("/suivi?cote=accueil")), [own], "one side alone can be asked for")
    tap.same(names(both.member.get("/suivi?cote=origine")), [own, sent], "and the other")
    page = foreign.member.get("/")
    tap.ok(not counts(page) and not [name for name in made.values() if name in page.text],
           "another school's dashboard knows nothing of it")
    tap.same(rows(foreign.member.get("/suivi"))[1], 0, "nor its list")
    return made


def weeks(made):
    page = host.member.get("/")
    table = re.search(r'<table class="table chart-table">.*?<tbody>(.*?)</tbody>', page.text, re.S)[1]
    totals = [plain(re.sub(r"<[^>]*>", "", cell))
              for cell in re.findall(r"<td>(.*?)</td>", table, re.S)]
    tap.same(len(totals), 40, "eight weeks, four states and their sum")
    tap.same(sum(int(number) for number in totals[4::5]), 8, "all conventions of these weeks")
    tap.ok(all(sum(int(number) for number in totals[row * 5:row * 5 + 4]) == int(totals[row * 5 + 4])
               for row in range(8)), "each week's states are its sum")
    drawing = re.search(r"<svg.*?</svg>", page.text, re.S)[0]
    tap.ok("style=" not in page.text and drawing.count("<rect") >= 4 and 'role="img"' in drawing,
           "the same is drawn, without a style of its own", drawing[:200])
    sides = [int(number) for number in re.findall(r'height="(-?\d+)"', drawing)]
    tap.ok(all(0 < side <= 166 for side in sides), "every bar is inside of the drawing", sides)
    week = days(-3).isocalendar()
    page = host.member.get(f"/suivi?semaine={week[0]}-W{week[1]:02}&liste=en-retard")
    tap.ok(made["late"] in page.text and "Toutes les semaines" in words(page),
           "a week's list says which week it is of")
    for wrong in ("2026-W54", "x", "2026-48"):
        tap.same(rows(host.member.get(f"/suivi?semaine={wrong}&liste=zzz&cote=zz"))[1], 8,
                 f"semaine={wrong} asks for no week")


def placements_and_events():
    page = host.member.get("/")
    said = words(page)
    tap.ok("Vos prochains stages" in said and "29 places restantes sur 30" in said,
           "the host sees its next placements with the places left")
    tap.ok("Prochains stages de vos élèves" in words(origin.member.get("/")),
           "the origin sees where its trainees go next")
    events = re.search(r'<ol class="events">(.*?)</ol>', page.text, re.S)[1]
    tap.ok("Convention remplie déposée" in plain(events) and events.count("<li>") == 6,
           "the newest events stand there", plain(events)[:300])
    tap.ok("Convention remplie déposée" in plain(re.search(r"<li>.*?</li>", events, re.S)[0]),
           "the newest first")


def failed_mails():
    number = site.sql(f"SELECT id FROM message WHERE establishment_id = {origin.number} "
                      "ORDER BY id LIMIT 1")[0][0]
    site.sql("UPDATE message SET state = 'failed', next_attempt_at = NULL, error_key = "
             f"'mail-address-unknown', sent_at = NULL WHERE id = {number}")
    for school, title in ((origin, "the school it was for"), (host, "the convention's other side")):
        page = school.member.get("/")
        tap.same(dict(counts(page)).get("/suivi/courriels"), 1, f"{title} is told of a failed mail")
        page = school.member.get("/suivi/courriels")
        tap.ok(rows(page)[1] == 1 and origin.email in page.text, f"{title} sees which")
    tap.ok("corrigez-la dans les" in words(origin.admin.get("/suivi/courriels")),
           "an admin is led to where the address is corrected")
    for search, wanted in ((origin.email, 1), (origin.mark, 1), ("personne", 0)):
        page = origin.member.get(f"/suivi/courriels?q={urllib.parse.quote(search)}")
        tap.same(rows(page)[1], wanted, f"a search for {search} finds {wanted}")
    tap.ok("courriel" not in words(foreign.member.get("/")), "nobody else is told")
    page = schools.operator.get("/")
    tap.ok(dict(counts(page))["/courriels"] >= 1, "the operator is")


def operator(made):
    ending = schools.add("Bientot", ends=days(30))
    ended = schools.add("Fini", ends=days(-1))
    later = schools.add("Plus tard", ends=days(31))
    asleep = ending.account("member")
    page = schools.operator.get("/")
    found = every_count_leads_to_its_rows(schools.operator, page, "operator")
    tap.same(len(found), 5, "five things are watched over")
    tap.ok(not [name for name in made.values() if name in page.text],
           "the operator's dashboard names no pupil")

    def listed(address, what):
        return what in schools.operator.get(f"{address}&q={schools.mark}&taille=100").text

    tap.same([listed("/etablissements?licence=bientot", school.name) for school in (ending, ended, later)],
             [True, False, False], "licences that end within 30 days")
    tap.same([listed("/etablissements?licence=terminee", school.name) for school in (ending, ended, later)],
             [False, True, False], "licences that have ended")
    tap.same([listed("/etablissements?comptes=aucun", school.name) for school in (ending, ended, later)],
             [False, True, True], "schools that nobody can act for")
    tap.ok(listed("/comptes?qui=jamais-venus", asleep), "an account that never signed in is listed")
    signed_in(site, asleep, "member")
    tap.ok(not listed("/comptes?qui=jamais-venus", asleep), "and no more once it did")
    for client, path in ((schools.operator, "/suivi"), (schools.operator, "/suivi/courriels")):
        tap.same(client.get(path).status, 403, f"{path} is not for a {client.role}")


def sign_in_lands_here():
    client = site.client()
    page = client.sign_in(host.admin.address, "quatre mots sans suite")
    tap.ok(page.path == "/" and "<h1>Tableau de bord</h1>" in page.text,
           "the sign-in leads to the dashboard", page.path)
    tap.ok(re.search(r'<a href="/" aria-current="page">Tableau de bord</a>', page.text),
           "which is the menu's first entry")
    tap.same(client.post("/suivi", {"csrf": csrf(client)}).status, 405, "nothing is posted there")


first_use()
everything = what_needs_care()
weeks(everything)
placements_and_events()
failed_mails()
operator(everything)
sign_in_lands_here()
with open(os.path.join(SOURCE, "views", "dashboard.html"), encoding="utf-8") as file:
    tap.ok("<script" not in file.read(), "no script is needed")
tap.end()
