"""« Gestion des retours de conventions »: tabs, columns, sorting, search, pages, banner, links."""
import html
import os
import re
import sys
import unicodedata
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import links, plain, read, table, words  # noqa: E402
from schools import Schools, act, csrf, days, deposit, french, original, query, today  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
COMMON = ["Nom", "Prénom", "Responsable", "Établissement d’origine", "Date du stage", "Fiche stage"]
TABS = {"": "Conventions non retournées", "?onglet=en-attente": "Conventions en attente de validation",
        "?onglet=validees": "Conventions validées"}
NAMES = ["ÉTIENNE", "Etoile", "ŒUVRARD", "Oliveira", "DE LA TOUR", "Delamare", "ŁUKASIK", "lopez",
         "Ünal", "ÇELIK", "Zimmer", "O’Neil", "Øster", "ångström"]
FIRST = ["Zoé", "Ève", "Eva", "Ömer", "Oscar", "Ana", "Ánna", "Çiçek", "Cyril", "Maël", "Mia",
         "Élodie", "Edgar", "Bob"]
GUARDIANS = ["Zacharie", "Émile", "Emma", "Ida", "Yves", "Hugo", "Gaël", "Fleur", "Denis", "Carla",
             "Bruno", "André", "Œnone", "Olga"]


def fold(text):
    """As the platform folds names: small letters, no accents, open ligatures, single spaces."""
    opened = text.translate(str.maketrans({"Œ": "oe", "œ": "oe", "Æ": "ae", "Ł": "l", "Ø": "o"}))
    letters = unicodedata.normalize("NFKD", opened)
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


class Row:
    """A convention as the list shows it."""

    def __init__(self, cells):
        self.last, self.first, self.guardian, self.origin, self.day = cells[:5]
        self.name = (fold(self.last), fold(self.first))

    def key(self, column):
        year_first = "-".join(reversed(self.day.split("-")))
        return {"nom": self.name, "prenom": fold(self.first), "responsable": fold(self.guardian),
                "origine": fold(self.origin), "date": year_first}[column]


def rows_of(page):
    return [Row(cells) for cells in table(page)[1]]


def ordered(rows, column, falling):
    """By that column, and by name where it is the same."""
    by_name = sorted(rows, key=lambda row: row.name, reverse=falling and column == "nom")
    return sorted(by_name, key=lambda row: row.key(column), reverse=falling) \
        if column != "nom" else by_name


def same_order(got, wanted):
    return [row.name for row in got] == [row.name for row in wanted]


def fill():
    """A host with 60 open conventions of two schools."""
    host, near, far = schools.add("Hote"), schools.add("Zenith"), schools.add("Ecole")
    placements = [schools.placement(host, title=f"Atelier {number}", day=days(20 + number))
                  for number in range(3)]
    for number in range(60):
        school = near if number % 3 else far
        schools.register(
            school.member, placements[number % 3],
            last_name=f"{NAMES[number % len(NAMES)]} {chr(97 + number // len(NAMES))}",
            first_name=f"{FIRST[(number * 5) % len(FIRST)]} {schools.mark}",
            guardian_name=f"{GUARDIANS[(number * 3) % len(GUARDIANS)]} Test")
    return host, near, placements


def sorting(host):
    everything = rows_of(host.member.get("/conventions?taille=100"))
    tap.same(len(everything), 60, "a hundred a page show all sixty")
    page = host.member.get("/conventions?taille=100")
    for column in ("nom", "prenom", "responsable", "origine", "date"):
        for falling in (False, True):
            order = ("-" if falling else "") + column
            sorted_page = host.member.get(f"/conventions?taille=100&tri={order}")
            tap.ok(same_order(rows_of(sorted_page), ordered(everything, column, falling)),
                   f"sorted by {column}, {'falling' if falling else 'rising'}, accents apart",
                   [row.name for row in rows_of(sorted_page)][:14])
            marked = re.findall(r'aria-sort="(\w+)"', sorted_page.text)
            tap.same(marked, ["descending" if falling else "ascending"],
                     f"the heading says so ({order})")
        link = next(link for link in links(page) if re.search(rf"tri=-?{column}\b", link))
        turned = host.member.get(link)
        again = next(link for link in links(turned) if re.search(rf"tri=-?{column}\b|taille=100$",
                                                                 link) and "page=" not in link)
        tap.ok("taille=100" in link and "taille=100" in again,
               f"the heading of {column} sorts, and keeps the size", link, again)
    tap.ok(same_order(rows_of(page), ordered(everything, "nom", False)),
           "without a word in the address the list is sorted by name")
    odd = host.member.get("/conventions?taille=100&tri=nom%27%20OR%201&onglet=rien&page=0")
    tap.ok(odd.status == 200 and same_order(rows_of(odd), ordered(everything, "nom", False)),
           "nonsense in the address is as if it were not there", odd.status)


def pages(host):
    def foot(page):
        return re.search(r"Affichage de l’élément .*? Précédent|Aucun élément", words(page))[0]

    usual = host.member.get("/conventions")
    tap.ok(len(rows_of(usual)) == 50 and
           foot(usual).startswith("Affichage de l’élément 1 à 50 sur 60 éléments"),
           "fifty a page are usual", foot(usual))
    form = usual.form("/conventions")
    tap.same((form.choices["taille"], form.fields["taille"]), (["10", "25", "50", "100"], "50"),
             "« Afficher 50 éléments » offers 10, 25, 50 and 100")
    seen = []
    for size, number, first, last in ((10, 1, 1, 10), (10, 6, 51, 60), (25, 3, 51, 60),
                                      (50, 2, 51, 60), (100, 1, 1, 60)):
        page = host.member.get(f"/conventions?taille={size}&page={number}")
        seen.append(len(rows_of(page)))
        tap.ok(len(rows_of(page)) == last - first + 1 and foot(page).startswith(
            f"Affichage de l’élément {first} à {last} sur 60 éléments"),
            f"{size} a page: page {number} shows {first} to {last} of 60", foot(page))
        tap.same(page.form("/conventions").fields["taille"], str(size), f"and {size} is chosen")
    every = [row.name for number in range(1, 7)
             for row in rows_of(host.member.get(f"/conventions?taille=10&page={number}"))]
    tap.same(every, [row.name for row in rows_of(host.member.get("/conventions?taille=100"))],
             "page after page shows each once, in order")
    for beyond in ("99", "4294967295", "x"):
        page = host.member.get(f"/conventions?taille=25&page={beyond}")
        first = 1 if beyond == "x" else 51
        tap.ok(f"l’élément {first} à" in foot(page), f"page {beyond} is the nearest there is",
               foot(page))
    other = host.member.get("/conventions?taille=7")
    tap.same((len(rows_of(other)), other.form("/conventions").fields["taille"]), (50, "50"),
             "another size is the usual one")

    middle = host.member.get("/conventions?taille=10&tri=-date&q=" +
                             urllib.parse.quote(schools.mark) + "&page=3")
    for word, number in (("Précédent", "2"), ("Suivant", "4")):
        to = re.search(rf'name="vers" value="([^"]*)"[^>]*>{word}', middle.text)[1]
        page = host.member.post("/conventions/ensemble/page", {"csrf": csrf(host.member),
                                                               "vers": html.unescape(to)})
        tap.same(query(page), {"taille": "10", "tri": "-date", "q": schools.mark, "page": number},
                 f"« {word} » keeps size, order and search")
    first, last = host.member.get("/conventions?taille=25"), host.member.get(
        "/conventions?taille=25&page=3")
    tap.ok(not re.search(r'<button[^>]*>Précédent', first.text) and
           not re.search(r'<button[^>]*>Suivant', last.text) and "Précédent" in words(first) and
           "Suivant" in words(last), "on the first and the last page there is no way further")


def searching(host, placements):
    def found(text, more=""):
        page = host.member.get("/conventions?taille=100&q=" + urllib.parse.quote(text) + more)
        return page, rows_of(page)

    _, rows = found("etienne")
    tap.ok(rows and {fold(row.last).split()[0] for row in rows} == {"etienne"},
           "a search without accents finds « ÉTIENNE »", [row.last for row in rows])
    expected = len(rows)
    for text in ("ÉTIENNE", "Étienne", " étienne  "):
        tap.same(len(found(text)[1]), expected, f"« {text} » finds the same")
    tap.ok({row.last.split()[0] for row in found("oeuvrard")[1]} == {"ŒUVRARD"},
           "« oeuvrard » finds « ŒUVRARD »")
    tap.ok({row.last.split()[0] for row in found("o'neil")[1]} == {"O’Neil"},
           "a straight apostrophe finds the French one")
    tap.ok(all(fold(row.guardian).startswith("emile") for row in found("emile")[1]) and
           found("emile")[1], "a guardian's name is found")
    tap.same(len(found("ecole " + schools.mark)[1]), 20, "the school of origin is found")
    tap.same(len(found(f"Atelier 1 {schools.mark}")[1]), 20, "the placement's title is found")
    tap.same(len(found(french(days(21)))[1]), 20, "the day is found as it is shown")
    for text in ("%", "_", "\\", "x%x", "' OR '1'='1"):
        page, rows = found(text)
        tap.same((page.status, len(rows)), (200, 0), f"« {text} » is only text")
    page, rows = found("<script>alert(1)</script>")
    tap.ok(not rows and "<script>alert" not in page.text and
           page.form("/conventions").fields["q"] == "<script>alert(1)</script>" and
           "ne correspond à" in words(page) and "Aucun élément" in words(page),
           "what is not found is shown again as text, and what to do is said")
    page = host.member.get("/conventions?tri=-date&onglet=validees&taille=10")
    sent = host.member.submit(page.form("/conventions"), {"q": "etienne"})
    tap.same(query(sent), {"onglet": "validees", "tri": "-date", "taille": "10", "q": "etienne"},
             "the search's form keeps tab, order and size in the address")
    for searched, title in (("x" * 101, "is far too long"), ("!?", "has nothing to be found by")):
        page, rows = found(searched)
        tap.ok(page.status == 200 and not rows, f"a search that {title} finds nothing", len(rows))


def tabs():
    host, origin = schools.add("Accueil"), schools.add("Depart")
    placement = schools.placement(host)
    made = [schools.register(origin.member, placement) for _ in range(5)]
    for number in made[1:]:
        deposit(origin.member, papers.ink(original(origin.member, number)))
    act(host.member, made[2], "invalider", "Une signature manque.")
    for number in made[3:]:
        act(host.member, number, "valider")
    act(host.member, made[4], "annuler", "")

    for client, judges in ((host.member, True), (origin.member, False)):
        who = "the host" if judges else "the origin"
        for tab, title in TABS.items():
            page = client.get(f"/conventions{tab}")
            counts = re.findall(r"(Conventions (?:non retournées|en attente de validation|validées))"
                                r" (\d+)", words(page))[:3]
            tap.same(counts, list(zip(TABS.values(), "121")), f"{who}: each tab has its count ({title})")
            opened = re.search(r'aria-current="page">\s*(Conventions [^<]*?)\s*<span', page.text)
            tap.same(opened and plain(opened[1]), title, f"{who}: {title} is the open tab")
        page = client.get("/conventions")
        head, rows = table(page)
        tap.same(head, COMMON + ["Générer la convention"], f"{who}: the columns of what has not come")
        tap.same([row[5:] for row in rows], [["Info", "Générer convention"]], f"{who}: its actions")
        tap.ok(client.get(f"/conventions/{made[0]}/original").body.startswith(b"%PDF") and
               f"/conventions/{made[0]}/original" in links(page),
               f"{who}: « Générer convention » gives the PDF")
        page = client.get("/conventions?onglet=en-attente")
        head, rows = table(page)
        tap.same(head, COMMON + ["Voir convention signatures d’après l’image, à vérifier",
                                 "Valider convention", "Invalider convention",
                                 "Autres actions"], f"{who}: the columns of what is pending")
        actions = ["Valider la conformité", "Invalider la conformité"] if judges else ["", ""]
        tap.ok(all([row[5], *row[7:9]] == ["Info", *actions] and
                   row[6].startswith("Voir la convention") and "Manque :" in row[6] and
                   ("Régénérer la convention" in row[9]) == judges for row in rows),
               f"{who}: its actions", rows)
        tap.same(sorted(row[0].endswith("Incomplète") for row in rows), [False, True],
                 f"{who}: the incomplete one is marked")
        page = client.get("/conventions?onglet=validees")
        head, rows = table(page)
        tap.same(head, COMMON + ["Convention", "Invalider convention", "Autres actions"],
                 f"{who}: the columns of what is validated")
        tap.ok(len(rows) == 1 and rows[0][5:8] == ["Info", "Conv.", actions[1]],
               f"{who}: « Conv. » and its actions", rows)
        tap.ok("Affichage de l’élément 1 à 1 sur 1 élément " in words(page),
               f"{who}: one element is singular")
    button = re.search(rf'formaction="(/conventions/{made[1]}/valider[^"]*)"',
                       host.member.get("/conventions?onglet=en-attente").text)
    token = host.member.get("/conventions").form("/deconnexion").fields["csrf"]
    page = host.member.post(button[1].replace("&amp;", "&"), {"csrf": token})
    tap.ok(page.status == 200 and "2" == re.search(r"Conventions validées (\d+)", words(
        host.member.get("/conventions")))[1], "« Valider la conformité » in the list validates")
    return host, origin, made


def what_it_says(host, origin, made):
    page = origin.member.get("/conventions")
    said = words(page)
    tap.ok("Gestion des retours de conventions" in said and
           "Comment cela fonctionne ?" in said and
           "Les conventions générées par la plateforme ont chacune une identification unique" in said
           and "« Valider la conformité » lorsque la convention a été signée par toutes les parties"
           in said and "une ou plusieurs signatures sont manquantes" in said,
           "the page begins with the seed's explanation")
    tap.ok("Liste des conventions de votre établissement" in said and
           "Dépôt d’une convention remplie" in said and "Déposer la convention en PDF" in said and
           "signé numériquement et n’a pas été altéré" in said,
           "beside the list stands the deposit's form with its warning")
    form = page.form("/conventions/depot")
    tap.same((form.fields["convention"], form.choices["convention"][0]), ("", ""),
             "« Reconnaissance automatique » comes first and is chosen")
    first = re.search(r'<select[^>]*name="convention".*?</option>', page.text, re.S)[0]
    tap.ok("Reconnaissance automatique" in first, "and is called so")
    tap.same(sorted(form.choices["convention"][1:]), sorted([str(made[0]), str(made[2])]),
             "then the open conventions by trainee, and no other")
    form = host.admin.get("/conventions").form("/conventions/depot")
    tap.same(sorted(form.choices["convention"][1:]), sorted([str(made[0]), str(made[2])]),
             "the host's admin has the same choice")
    tap.same(host.member.get("/conventions").form("/conventions/depot").choices["convention"], [""],
             "the host's member has none")


def licence():
    soon, late = schools.add("Bientot", days(30)), schools.add("Expire", "2021-05-30")
    today_last, month = schools.add("Dernier", today()), schools.add("Mois", days(31))
    ended = ("Votre licence d’utilisation est obsolète depuis le 30-05-2021, "
             "veuillez renouveler votre licence")
    placement = schools.placement(late)
    for client, who in ((late.member, "a member"), (late.admin, "an admin")):
        convention = schools.register(client, placement)
        trainee = site.sql("SELECT trainee_id FROM registration r JOIN convention c ON "
                           f"c.registration_id = r.id WHERE c.id = {convention}")[0][0]
        for path in ("/conventions", "/stages", f"/stages/{placement}", "/n-existe-pas",
                     f"/stages/{placement}/inscription", f"/conventions/{convention}",
                     f"/stagiaires/{trainee}", f"/stagiaires/{trainee}/modifier",
                     f"/conventions/{convention}/annuler"):
            tap.ok(ended in words(client.get(path)), f"{who} reads of the ended licence on "
                   + re.sub(r"\d+", "N", path))
        deposit(client, papers.ink(original(client, convention)))
        act(client, convention, "valider")
        tap.ok(table(client.get("/conventions?onglet=validees"))[1],
               f"and all keeps working for {who}")
    announced = f"Votre licence d’utilisation se termine le {french(days(30))}"
    tap.ok(announced in words(soon.admin.get("/conventions")),
           "the end within 30 days is announced to admins")
    tap.ok("licence d’utilisation" not in words(soon.member.get("/conventions")),
           "and to nobody else")
    tap.ok(f"se termine le {french(today())}" in words(today_last.admin.get("/stages")) and
           "licence" not in words(today_last.member.get("/stages")),
           "on its last day a licence still holds")
    tap.ok("licence d’utilisation" not in words(month.admin.get("/stages")),
           "31 days before the end nobody is told")
    site.paraphe("licence", "add", "--uai", late.uai, "--from", str(today()), "--until",
                 str(days(400)))
    tap.ok("licence d’utilisation" not in words(late.member.get("/conventions")),
           "a renewed licence ends the banner, on pages seen before too")


MENU = ["Tableau de bord", "Calendrier", "Liste des stages", "Stagiaires", "Conventions", "Options",
        "Contacts"]
MENU_OF_OPERATORS = ["Tableau de bord", "Établissements", "Comptes", "Courriels", "Historique",
                     "Mon compte"]


def no_dead_links(clients):
    """Every address of every page that can be reached answers."""
    for who, client in clients.items():
        seen, waiting, dead = set(), ["/"], []
        while waiting:
            address = waiting.pop()
            parts = urllib.parse.urlsplit(address)
            path = parts.path + ("?" + parts.query if parts.query else "")
            # Another order or size of the same list has the same links, another month the like.
            shape = re.sub(r"\b(tri|taille|mois|semaine)=[^&]*", r"\1=", path)
            if shape in seen or parts.scheme or parts.netloc or not path:
                continue
            seen.add(shape)
            page = client.get(path)
            # A list of mails may have been sent since it was offered to be sent anew.
            if page.status >= 400 and (page.status, parts.path) != (409, "/courriels/relancer"):
                dead.append(f"{path}: {page.status}")
            if page.headers.get_content_type() == "text/html":
                waiting += [urllib.parse.urljoin(page.path, link) for link in links(page)]
        tap.ok(not dead and len(seen) >= (6 if who == "operator" else 50),
               f"no link is dead for the {who}", len(seen), *dead)
        menu = re.search(r'aria-label="Menu principal">(.*?)</nav>', client.get("/").text, re.S)[1]
        entries = [plain(re.sub("<[^>]*>", "", entry)) for entry in re.findall("<li>.*?</li>", menu,
                                                                              re.S)]
        tap.same(entries, MENU_OF_OPERATORS if who == "operator" else MENU,
                 f"the {who}'s menu has the entries that work")


def well_formed(client):
    """Each form that posts carries the session's token; each field has its label."""
    for path in ("/conventions", "/conventions?onglet=en-attente", "/stages"):
        page = client.get(path)
        tokens = {form.fields.get("csrf") for form in page.forms if form.method == "post"}
        tap.ok(len(tokens) == 1 and None not in tokens, f"{path}: each form carries the token")
        names = set(re.findall(r'<label[^>]*for="([^"]+)"', page.text))
        fields = {match for match in re.findall(r'<(?:select|input)[^>]*\bid="([^"]+)"', page.text)}
        tap.same(fields - names, set(), f"{path}: each field has a label")
        tap.ok(read(page).tables or "Aucun élément" in words(page), f"{path}: there is a list")


def first_step(school):
    """Of a school that has no convention in any tab."""
    for tab in TABS:
        page = school.member.get("/conventions" + tab)
        tap.ok("Votre établissement n’a pas encore de convention" in words(page) and
               'href="/stages">voir la liste des stages</a>' in page.text,
               f"/conventions{tab}: who has none is told where a first one comes from",
               words(page)[-800:])


first_step(schools.add("Débutant"))
big, _, shown = fill()
sorting(big)
pages(big)
searching(big, shown)
a_host, an_origin, five = tabs()
what_it_says(a_host, an_origin, five)
licence()
no_dead_links({"host's admin": a_host.admin, "origin's member": an_origin.member,
               "operator": schools.operator})
well_formed(an_origin.member)
tap.end()
