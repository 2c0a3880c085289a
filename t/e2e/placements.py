"""« Liste des stages »: a host makes, changes, publishes, closes and cancels its placements."""
import datetime
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import Schools, act, csrf, days, french, history, state, today  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")

DATA = {"title": f"Atelier été {schools.mark}", "course": "CAP menuisier",
        "description": "Prévoir **des gants**.\n\n- une blouse", "first_day": french(days(20)),
        "last_day": "", "starts_at": "8 h 30", "ends_at": "16:30", "place": "Atelier, bâtiment C",
        "person_name": "Zoé Tête", "person_phone": "04 72 00 10 21", "meals": "packed",
        "transport": "school", "capacity": "3", "closes_on": french(days(15)), "etat": "publie"}
LENGTHS = {"title": 200, "course": 200, "place": 200, "person_name": 150}
MISTAKES = [  # field, what is typed, the key of the sentence
    ("title", "", "form-required"), ("first_day", "31-02-2027", "form-not-day"),
    ("first_day", "demain", "form-not-day"), ("last_day", french(days(19)), "placement-days"),
    ("first_day", french(days(-1)), "placement-day-past"),
    ("closes_on", french(days(-1)), "placement-closing-past"),
    ("closes_on", french(days(21)), "placement-closing"), ("starts_at", "25:00", "form-not-time"),
    ("ends_at", "08:00", "placement-hours"), ("ends_at", "20:01", "placement-hours"),
    ("person_phone", "zéro", "form-not-phone"), ("meals", "pizza", "form-not-choice"),
    ("transport", "", "form-required"), ("capacity", "0", "form-number-range"),
    ("capacity", "1001", "form-number-range"), ("capacity", "douze", "form-not-number"),
]


def rows(where):
    return site.sql("SELECT title, course, description, first_day, last_day, starts_at, ends_at, "
                    "place, person_name, person_phone, meals, transport, capacity, closes_on, "
                    f"state FROM placement WHERE {where}")


def mine():
    return f"host_id = {host.number}"


def number_of(page):
    return int(page.path.split("?")[0].rsplit("/", 1)[1])


def mails(subject, to):
    """How many have come whose subject begins so."""
    return len([mail for mail in site.mails()
                if plain(mail["Subject"]).startswith(plain(subject)) and to.email in mail["To"]])


def told(page):
    """What somebody else changed meanwhile, as the page says with who and when."""
    found = re.search(r"Dernière modification, par \S.*?, le \d\d-\d\d-\d{4} à .*? : (.*?)\. Rouvrez",
                      words(page))
    return found[1] if found else ""


def in_list(client, title):
    return title in words(client.get(f"/stages?q={schools.mark}&taille=100"))


def make(client=None, **changes):
    """A placement made by its host's form."""
    client = client or host.member
    page = client.post("/stages/nouveau", {"csrf": csrf(client), **DATA, **changes})
    if page.status != 200:
        raise RuntimeError(f"the placement was not taken: {errors(page)}")
    return number_of(page)


def mistakes():
    form = host.member.get("/stages/nouveau").form("/stages/nouveau")
    page = host.member.submit(form, {name: "" for name in DATA})
    wanted = {name: sentence("form-required") for name in
              ("title", "first_day", "starts_at", "ends_at", "meals", "transport", "capacity",
               "closes_on")}
    tap.ok(page.status == 422 and errors(page) == wanted,
           "all that is missing is told at once, each at its field", errors(page))
    for name, most in {**LENGTHS, "description": 10000}.items():
        page = host.member.submit(form, {**DATA, name: "é" * (most + 1)})
        tap.ok(page.status == 422 and errors(page) == {
            name: sentence("form-too-long").replace("{most}", str(most))},
            f"{name} of {most + 1} characters is refused", page.status, errors(page))
    for name, typed, key in MISTAKES:
        page = host.member.submit(form, {**DATA, name: typed})
        told = sentence(key).replace("{least}", "1").replace("{most}", "1000")
        kept = page.form("/stages/nouveau").fields
        tap.ok(page.status == 422 and errors(page) == {name: told} and f"#{name}" in links(page),
               f"{name} « {typed} » is refused at its field", page.status, errors(page))
        tap.ok(kept["place"] == DATA["place"] and (name in ("meals", "transport") or
                                                     kept[name] == typed),
               f"{name} « {typed} »: everything typed is kept", kept)
    tap.same(rows(mine()), [], "what was refused leaves nothing behind")


def making():
    page = host.member.submit(host.member.get("/stages/nouveau").form("/stages/nouveau"), DATA)
    tap.ok(page.status == 200 and says(page, "notice-placement-published"),
           "a member makes a placement, and it is published", words(page)[:200])
    tap.same(rows(f"id = {number_of(page)}"),
             [[DATA["title"], DATA["course"], DATA["description"].replace("\n", "\\n"),
               str(days(20)), str(days(20)), "08:30", "16:30", DATA["place"], "Zoé Tête",
               "04 72 00 10 21", "packed", "school", "3", str(days(15)), "published"]],
             "all that was typed is kept")
    tap.ok("<strong>des gants</strong>" in page.text and "<li>une blouse</li>" in page.text,
           "its description is Markdown")
    tap.ok(in_list(origin.member, DATA["title"]), "every school sees it")
    page = host.member.post("/stages/nouveau", {"csrf": csrf(host.member), **DATA})
    tap.ok(page.status == 409 and errors(page) == {"title": sentence("placement-same")},
           "sent twice, the form makes one placement", page.status, errors(page))
    longest = {name: "é" * most for name, most in LENGTHS.items()}
    page = host.admin.post("/stages/nouveau", {"csrf": csrf(host.admin), **DATA, **longest,
                                               "description": "é" * 10000, "etat": "brouillon"})
    tap.ok(page.status == 200, "fields as long as they may be are taken", page.status, errors(page))
    page = host.member.post("/stages/nouveau/apercu", {
        "csrf": csrf(host.member), "description": "Un **aperçu** <script>", "title": ""})
    tap.ok(page.status == 200 and "<strong>aperçu</strong>" in page.text
           and "<script>" not in page.text.split("</head>")[1] and not errors(page),
           "the description is looked at before anything else is typed", page.status)
    page = host.member.post("/stages/nouveau/apercu", {"csrf": csrf(host.member),
                                                       "description": "é" * 10001})
    tap.ok(page.status == 422 and list(errors(page)) == ["description"],
           "one that is too long is told there too")


def drafts():
    page = host.member.submit(host.member.get("/stages/nouveau").form("/stages/nouveau"),
                              {**DATA, "title": f"Brouillon {schools.mark}", "etat": "brouillon"})
    number = number_of(page)
    tap.ok(says(page, "notice-placement-drafted") and "brouillon" in words(page),
           "a draft is kept, and the page says that it is one")
    tap.ok(in_list(host.admin, "Brouillon") and not in_list(origin.member, "Brouillon"),
           "the host alone sees it in the list")
    for path in ("", "/inscription", "/modifier", "/annuler"):
        tap.same(origin.member.get(f"/stages/{number}{path}").status, 404,
                 f"for others /stages/N{path} of a draft is not there")
    tap.same(schools.try_to_register(origin.member, number, schools.trainee()).status, 404,
             "nor can they register on it")
    publish = page.form(f"/stages/{number}/publier")
    page = host.member.submit(publish)
    tap.ok(page.status == 200 and says(page, "notice-placement-published")
           and in_list(origin.member, "Brouillon"), "published, every school sees it")
    page = host.member.submit(publish)
    tap.ok(page.status == 409 and "inscriptions ouvertes" in told(page),
           "published twice, the second time is told", page.status)
    gone = make(title=f"Efface {schools.mark}", etat="brouillon")
    page = host.admin.get(f"/stages/{gone}/supprimer")
    page = host.admin.submit(page.form(f"/stages/{gone}/supprimer"))
    tap.ok(says(page, "notice-placement-discarded") and rows(f"id = {gone}") == [],
           "a draft is discarded, after a question", page.status)
    tap.same(host.admin.get(f"/stages/{number}/supprimer").status, 409,
             "what was published cannot be")


def closing():
    number = make(title=f"Clos {schools.mark}")
    page = host.member.submit(host.member.get(f"/stages/{number}").form(f"/stages/{number}/clore"))
    tap.ok(says(page, "notice-placement-closed"), "a placement is closed")
    tap.ok(not in_list(origin.member, "Clos"), "the others do not see it any more")
    page = schools.try_to_register(origin.member, number, schools.trainee())
    tap.ok(page.status == 409 and says(page, "placement-closed"), "nobody can be registered",
           page.status)
    page = host.member.submit(host.member.get(f"/stages/{number}").form(
        f"/stages/{number}/publier"))
    tap.ok(says(page, "notice-placement-reopened") and in_list(origin.member, "Clos"),
           "and opened again")
    page = host.member.post(f"/stages/{number}/clore?version=1", {"csrf": csrf(host.member)})
    tap.ok(page.status == 409 and "inscriptions ouvertes" in told(page),
           "from a page that is out of date nothing is done", page.status)
    page = host.member.post(f"/stages/{number}/clore", {"csrf": csrf(host.member)})
    tap.same(page.status, 409, "nor without a version")
    site.sql(f"UPDATE placement SET state = 'closed', closes_on = '{days(-1)}' WHERE id = {number}")
    page = host.member.submit(host.member.get(f"/stages/{number}").form(
        f"/stages/{number}/publier"))
    tap.ok(page.status == 409 and says(page, "placement-publish-late"),
           "past its last day of registration it is not opened again", page.status)


def changing():
    number = make(title=f"Change {schools.mark}")
    first = schools.register(origin.member, number)
    second = schools.register(other.member, number)
    stale = host.member.get(f"/stages/{number}/modifier").form(f"/stages/{number}/modifier")
    tap.same([stale.fields[name] for name in ("first_day", "starts_at", "capacity", "meals")],
             [DATA["first_day"], "08:30", "3", "packed"], "the form shows the data as they are")
    page = host.member.submit(stale, {"capacity": "1"})
    tap.ok(page.status == 422 and errors(page) == {
        "capacity": sentence("placement-capacity-taken") + " 2."},
        "fewer places than trainees are refused, with their number", page.status, errors(page))
    page = host.member.submit(stale, {"capacity": "2", "description": "Sans gants."})
    tap.ok(page.status == 200 and says(page, "notice-placement-changed"),
           "as many places as trainees are taken", page.status, errors(page))
    tap.same((history(site, first), mails("Stage modifié", origin)), (["generate"], 0),
             "and concern no convention")
    page = host.member.submit(stale, {"title": "Trop tard"})
    tap.ok(page.status == 409 and "présentation, nombre de places" in told(page)
           and page.form(f"/stages/{number}/modifier").fields["title"] == "Trop tard",
           "from a form that is out of date nothing is written, and what was typed is kept",
           page.status)
    form = host.member.get(f"/stages/{number}/modifier").form(f"/stages/{number}/modifier")
    page = host.member.submit(form, {"place": "Gymnase", "starts_at": "9 h"})
    tap.ok(says(page, "notice-placement-changed-reissued"), "a place concerns the conventions",
           words(page)[:200])
    tap.same((history(site, first), history(site, second)), (["generate", "reissue"],) * 2,
             "those not yet returned are made anew")
    for school in (origin, other):
        tap.ok(site.wait_for_mail(lambda mail, to=school: to.email in mail["To"]
                                  and "Gymnase" in plain(mail.get_body(("plain",)).get_content())
                                  and "9 h – 16 h 30" in
                                  plain(mail.get_body(("plain",)).get_content())),
               f"{school.short} is told what changes, from what to what")
        tap.ok(site.wait_for_mail(lambda mail, to=school: to.email in mail["To"] and
                                  plain(mail["Subject"]).startswith("Nouvelle convention")),
               f"{school.short} gets the new convention")
    form = host.member.get(f"/stages/{number}/modifier").form(f"/stages/{number}/modifier")
    page = host.member.submit(form, {"first_day": french(days(22)), "reissue": None})
    tap.ok(says(page, "notice-placement-changed-told")
           and history(site, first) == ["generate", "reissue", "keep"],
           "where the host does not want it they are left as they are, which their history says")
    tap.ok(french(days(22)) in words(origin.member.get(f"/conventions?q={french(days(22))}")),
           "and are found at the new day")


def copying():
    number = make(title=f"Modele {schools.mark}")
    page = host.admin.get(f"/stages/{number}/dupliquer")
    form = page.form("/stages/nouveau")
    tap.same([form.fields[name] for name in ("title", "first_day", "closes_on", "starts_at")],
             [f"Modele {schools.mark}", "", "", "08:30"], "a copy has everything but the days")
    page = host.admin.submit(form, {"first_day": french(days(27)), "closes_on": french(days(26)),
                                    "etat": "publie"})
    tap.ok(page.status == 200 and number_of(page) != number and
           len(rows(f"title = 'Modele {schools.mark}'")) == 2, "and is a placement of its own")


def repeating():
    number = make(title=f"Chaque semaine {schools.mark}")
    path = f"/stages/{number}/repeter"
    page = host.member.get(path)
    tap.same([day for day in ticks(page)], [str(days(20 + 7 * week)) for week in range(1, 7)],
             "six weeks are proposed")
    page = host.member.get(f"{path}?jusqu={french(days(20 + 21))}")
    tap.same(ticks(page), [str(days(27)), str(days(34)), str(days(41))],
             "or those until a day of one's own")
    for typed, key in (("hier", "form-not-day"), (french(days(22)), "placement-repeat-until"),
                       ("", "form-not-day")):
        refused = host.member.get(f"{path}?jusqu={typed}")
        tap.ok(refused.status == 422 and errors(refused) == {"jusqu": sentence(key)},
               f"until « {typed} » is refused at the field", refused.status, errors(refused))
    fields = [("csrf", csrf(host.member)), ("jour", str(days(27))), ("jour", str(days(41)))]
    page = host.member.post(path, fields)
    tap.ok(page.status == 200 and says(page, "notice-placement-repeated"),
           "the days left ticked are taken", page.status)
    tap.same(sorted(row[3] for row in rows(f"title = 'Chaque semaine {schools.mark}'")),
             [str(days(20)), str(days(27)), str(days(41))], "and no others")
    page = host.member.get(f"{path}?jusqu={french(days(20 + 21))}")
    tap.ok(ticks(page) == [str(days(34))] and words(page).count("(déjà proposé)") == 2,
           "what is offered already is told, and cannot be ticked")
    page = host.member.post(path, fields)
    tap.ok(says(page, "notice-placement-repeated-none"), "sent twice, nothing is added twice")
    page = host.member.post(path, {"csrf": csrf(host.member)})
    tap.ok(page.status == 422 and says(page, "placement-repeat-days"), "without a day it is told",
           page.status)
    page = host.member.post(path, [("csrf", csrf(host.member))] + [("jour", str(days(7 * week)))
                                                                  for week in range(61)])
    tap.ok(page.status == 422 and says(page, "placement-repeat-days"), "so are 61 days",
           page.status)
    page = host.member.post(path, {"csrf": csrf(host.member), "jour": "2027-02-30"})
    tap.same(page.status, 422, "so is a day that does not exist")
    page = host.member.post(path, {"csrf": csrf(host.member), "jour": str(days(2))})
    tap.ok(page.status == 422 and says(page, "placement-closing-past"),
           "so is a day for which registration would be over", page.status)
    page = host.member.post(path, {"csrf": csrf(host.member), "jour": str(days(34)),
                                   "etat": "brouillon"})
    tap.same(rows(f"title = 'Chaque semaine {schools.mark}' AND state = 'draft'")[0][3],
             str(days(34)), "the others may be drafts")


def ticks(page):
    """The days that can be ticked."""
    return re.findall(r'name="jour" value="([\d-]+)"(?: checked)?>', page.text)


def free_days():
    """A public holiday is told and left unticked, and so are the holidays of the school's zone."""
    christmas = next(day for day in (datetime.date(today().year + n, 12, 25) for n in (0, 1))
                     if day > days(20))
    number = make(title=f"Noël {schools.mark}", first_day=french(christmas - datetime.timedelta(14)),
                  closes_on=french(christmas - datetime.timedelta(14)))
    page = host.member.get(f"/stages/{number}/repeter?jusqu={french(christmas)}")
    tap.ok(f'value="{christmas}">' in page.text and "(Noël)" in words(page),
           "Christmas Day is told, and is not ticked", words(page))
    winter = datetime.date(2027, 2, 9)  # in conf/vacances-scolaires.txt: of zone C
    if winter - datetime.timedelta(7) < days(1):
        tap.skip("school holidays are not ticked", "the file's year has gone by")
        return
    site.sql(f"UPDATE establishment SET holiday_zone = 'C' WHERE id = {host.number}")
    first = winter - datetime.timedelta(7)
    number = make(title=f"Hiver {schools.mark}", first_day=french(first), closes_on=french(first))
    page = host.member.get(f"/stages/{number}/repeter?jusqu={french(winter)}")
    tap.ok(f'value="{winter}">' in page.text and "(Vacances d’hiver)" in words(page),
           "nor are school holidays", words(page))
    site.sql(f"UPDATE establishment SET holiday_zone = 'A' WHERE id = {host.number}")
    page = host.member.get(f"/stages/{number}/repeter?jusqu={french(winter)}")
    tap.ok(f'value="{winter}" checked>' in page.text, "those of another zone do not count")


def filters():
    """Ours and others', past and to come, in every state, with places and without."""
    mark = f"Filtre {schools.mark}"
    ours = {word: make(title=f"{mark} {word}", **more) for word, more in {
        "ouvert": {}, "demain": {"first_day": french(days(3)), "closes_on": french(days(2))},
        "brouillon": {"etat": "brouillon"}, "clos": {}, "annule": {}, "passe": {},
        "plein": {"capacity": "1"}}.items()}
    theirs = make(client=other.member, title=f"{mark} leur")
    site.sql(f"UPDATE placement SET state = 'closed' WHERE id = {ours['clos']}")
    site.sql(f"UPDATE placement SET state = 'cancelled' WHERE id = {ours['annule']}")
    site.sql(f"UPDATE placement SET first_day = '{days(-9)}', last_day = '{days(-9)}', closes_on = "
             f"'{days(-10)}' WHERE id = {ours['passe']}")
    schools.register(origin.member, ours["plein"])

    def shown(client, query=""):
        page = client.get(f"/stages?q={mark.replace(' ', '+')}&taille=100{query}")
        return sorted(re.findall(rf"{mark} ([a-z]+)", " ".join(row[1] for row in table(page)[1]
                                                              if len(row) > 2)))

    coming = ["annule", "brouillon", "clos", "demain", "leur", "ouvert", "plein"]
    tap.same(shown(host.member), coming, "what is to come, in every state, for its host")
    tap.same(shown(origin.member), ["demain", "leur", "ouvert", "plein"],
             "what is published, for others")
    said = {row[1].split(mark)[1].split("CAP")[0].strip(): row[4] for row in
            table(host.member.get(f"/stages?q={mark.replace(' ', '+')}&periode=toutes"))[1]}
    tap.same([said[word] for word in ("ouvert", "brouillon", "clos", "annule", "passe", "plein")],
             ["3 sur 3", "Brouillon", "Inscriptions closes", "Annulé", "Inscriptions closes",
              "Complet"], "each says how it is")
    for query, wanted in (
            ("&organisateur=nous", [word for word in coming if word != "leur"]),
            ("&organisateur=autres", ["leur"]), ("&periode=passes", ["passe"]),
            ("&periode=semaine", ["demain"]), ("&periode=mois", coming),
            ("&periode=toutes", sorted([*coming, "passe"])), ("&etat=brouillons", ["brouillon"]),
            ("&etat=annules", ["annule"]), ("&etat=clos", ["clos"]),
            ("&etat=clos&periode=toutes", ["clos", "passe"]),
            ("&etat=ouverts", ["demain", "leur", "ouvert", "plein"]),
            ("&places=complets", ["plein"]), ("&etat=ouverts&places=libres&organisateur=nous",
                                              ["demain", "ouvert"]),
            ("&etat=inconnu&periode=x&places=&organisateur=moi", coming)):
        tap.same(shown(host.member, query), wanted, f"the list with {query[1:]}")
    for number in range(4):
        make(title=f"{mark} z{'z' * number}")
    page = host.member.get(f"/stages?q={mark.replace(' ', '+')}&taille=10&organisateur=nous"
                           "&periode=toutes&tri=-titre")
    onward = [link for link in links(page) if "page=2" in link]
    tap.ok(onward and all(word in onward[0] for word in
                          ("organisateur=nous", "periode=toutes", "tri=-titre", "taille=10")),
           "the filters go along to the other pages", onward)
    titles = [row[1] for row in table(page)[1]]
    tap.same(titles, sorted(titles, reverse=True), "in the order asked for")
    fields = page.form("/stages").fields
    tap.same([fields[name] for name in ("organisateur", "periode", "tri")],
             ["nous", "toutes", "-titre"], "and stand in the form")
    page = host.member.get(f"/stages?q={mark.replace(' ', '+')}&periode=passes&places=complets")
    tap.ok("ne correspond à" in words(page), "where there is nothing the page says so")


def attendance():
    number = make(title=f"Émargement {schools.mark}", last_day=french(days(21)))
    tap.ok("/emargement" not in host.member.get(f"/stages/{number}").text,
           "without trainees there is no attendance sheet to print")
    names = []
    for client, phone in ((origin.member, "06 11 22 33 44"), (other.member, "07 55 66 77 88")):
        fields = schools.trainee(guardian_phone=phone, class_name="4e R")
        names.append(fields["last_name"])
        schools.try_to_register(client, number, fields)
    gone = schools.register(origin.member, number, last_name=f"PARTI {schools.mark}")
    act(origin.member, gone, "annuler")
    page = host.member.get(f"/stages/{number}")
    tap.ok(f"/stages/{number}/emargement" in links(page), "with some there is")
    page = host.member.get(f"/stages/{number}/emargement")
    tap.same((page.status, page.headers.get_content_type()), (200, "application/pdf"), "it is a PDF")
    said = plain(papers.run("pdftotext", "-layout", "-", "-", input=page.body).stdout.decode())
    wanted = [*[name.split()[0] for name in names], origin.mark.split()[0], "4e R",
              "06 11 22 33 44", "07 55 66 77 88", "Arrivée", "Départ", "8 h 30 – 16 h 30",
              "Stagiaires inscrits 2", f"Page 1 / {sum((days(20 + i).weekday() != 6) for i in (0, 1))}"]
    tap.same([word for word in wanted if word not in said], [],
             "with each trainee, school, class and guardian's phone, for each day")
    tap.ok("PARTI" not in said, "and without who was cancelled")
    tap.same((origin.member.get(f"/stages/{number}/emargement").status,
              other.admin.get(f"/stages/{number}/emargement").status), (403, 403),
             "it is for the host alone")


def cancelling():
    number = make(title=f"Annule {schools.mark}")
    first = schools.register(origin.member, number)
    second = schools.register(other.member, number)
    before = mails("Inscription de", origin)
    form = host.member.get(f"/stages/{number}/annuler").form(f"/stages/{number}/annuler")
    page = host.member.submit(form, {"reason": " "})
    tap.ok(page.status == 422 and errors(page) == {"reason": sentence("placement-reason-missing")},
           "without a reason a placement is not cancelled", page.status, errors(page))
    page = host.member.submit(form, {"reason": "é" * 1001})
    tap.ok(page.status == 422 and list(errors(page)) == ["reason"], "nor with one that is too long")
    page = host.member.submit(form, {"reason": "Atelier fermé pour travaux."})
    tap.ok(page.status == 200 and says(page, "notice-placement-cancelled")
           and "Atelier fermé pour travaux." in words(page), "it is, and the sheet says why",
           page.status)
    tap.same((state(site, first), state(site, second)), ("cancelled", "cancelled"),
             "all conventions are cancelled with it")
    for school in (origin, other):
        tap.ok(site.wait_for_mail(lambda mail, to=school: to.email in mail["To"]
                                  and "Atelier fermé" in mail.get_body(("plain",)).get_content()),
               f"{school.short} gets a mail with the reason")
    tap.same(mails("Inscription de", origin) - before, 1, "one for each of its trainees")
    page = host.member.submit(form, {"reason": "Encore."})
    tap.ok(page.status == 409 and told(page) == "stage annulé",
           "it is not cancelled twice, and who did it is told", page.status, words(page)[:400])
    tap.same((host.member.get(f"/stages/{number}/annuler").status,
              host.member.get(f"/stages/{number}/modifier").status), (409, 409),
             "what is cancelled is neither cancelled nor changed again")
    tap.ok("Atelier fermé" in words(origin.member.get(f"/stages/{number}")),
           "a school that had a trainee there still reads why")


mistakes()
making()
drafts()
closing()
changing()
copying()
repeating()
free_days()
filters()
attendance()
cancelling()
tap.end()
