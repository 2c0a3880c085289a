"""The trainees that a deposit's form offers: all, the nearest of very many, or those searched for.

On a site of its own: very many conventions are made there without what makes a convention."""
import atexit
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import Site  # noqa: E402
from reading import words  # noqa: E402
from schools import Schools, days, deposit, french, state  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = Site.start(tempfile.mkdtemp(prefix="paraphe-choice-"), "--empty")
atexit.register(site.remove)
schools = Schools(site)
MOST = 200
LIST = "/conventions"


def offered(page, action="/conventions/depot"):
    """The numbers of the conventions that can be chosen on it."""
    return [int(value) for value in page.form(action).choices["convention"] if value]


def chosen(page):
    return page.form("/conventions/depot").fields["convention"]


def many(school, placement, day, count, name):
    """As many registrations, without what a list does not ask for."""
    site.sql(
        f"INSERT INTO trainee (origin_id, last_name, first_name, folded_name, birth_day, class_name,"
        f" guardian_name, guardian_email, guardian_phone, created_at) SELECT {school.number}, "
        f"CONCAT('{name}', seq), 'Ana', CONCAT('{name.lower()}', seq, '/ana'), '2012-01-02', '3e A',"
        f" 'P', 'p@courriel.example', '0601020304', UTC_TIMESTAMP() FROM seq_1_to_{count}")
    site.sql(
        f"INSERT INTO registration (placement_id, trainee_id, created_at) SELECT {placement}, id, "
        f"UTC_TIMESTAMP() FROM trainee WHERE origin_id = {school.number} "
        f"AND last_name LIKE '{name}%'")
    site.sql(
        "INSERT INTO convention (registration_id, host_id, origin_id, first_day, folded_trainee, "
        f"folded_search, state, created_at) SELECT r.id, {host.number}, {school.number}, '{day}', "
        "t.folded_name, REPLACE(t.folded_name, '/', ' '), 'not_returned', UTC_TIMESTAMP() "
        "FROM registration r JOIN trainee t ON t.id = r.trainee_id "
        f"WHERE r.placement_id = {placement} AND t.last_name LIKE '{name}%'")


host, origin, stranger = schools.add("Lycee"), schools.add("College"), schools.add("Voisin")
soon = schools.placement(host, day=days(20), capacity=1000)
late = schools.placement(host, day=days(90), capacity=1000)

mine = [schools.register(origin.member, late, last_name=f"LOINTAIN {letter}") for letter in "AB"]
page = origin.member.get(LIST)
tap.same(offered(page), mine, "a school with few open conventions can choose any of them")
tap.ok("stagiaire" not in page.text or "name=\"stagiaire\"" not in page.text,
       "there is no search where all are offered")

many(origin, soon, days(20), MOST + 5, "PROCHE")
site.sql(f"UPDATE establishment_revision SET number = number + 1 "
         f"WHERE establishment_id IN ({host.number}, {origin.number})")
page = origin.member.get(LIST)
tap.same(len(offered(page)), MOST, "of very many open conventions the form offers two hundred")
tap.ok(not set(mine) & set(offered(page)), "those are the ones with the nearest placements")
tap.ok(f"La liste propose les {MOST} conventions ouvertes dont le stage est le plus proche."
       in words(page), "the form says which they are")
tap.same(chosen(page), "", "« Reconnaissance automatique » stays chosen")
names = re.findall(r'<option value="\d+">([^<]+) –', page.text)
tap.same(names, sorted(names), "they stand in the order of the names")

page = origin.member.get(LIST + "?onglet=en-attente&tri=-date&stagiaire=lointain")
tap.same(offered(page), mine, "a search finds who is not offered, whatever the case")
tap.ok("2 conventions ouvertes répondent à « lointain » : choisissez dans la liste." in words(page),
       "the form says how many were found")
tap.same(chosen(page), "", "of several nobody is chosen")
search = next(form for form in page.forms if "stagiaire" in form.fields)
tap.same((search.fields["onglet"], search.fields["tri"], search.fields["stagiaire"]),
         ("en-attente", "-date", "lointain"), "the search keeps the tab and the order")
page = origin.member.submit(search, {"stagiaire": "Lointain B"})
tap.same((page.status, offered(page), chosen(page)), (200, mine[1:], str(mine[1])),
         "who is the only one found is chosen")
tap.ok(french(days(90)) in page.text, "with the day of the placement")
page = origin.member.get(LIST + "?stagiaire=proche")
tap.ok(len(offered(page)) == MOST and
       f"Plus de {MOST} conventions ouvertes répondent à" in words(page),
       "a search that finds too many asks for more of the name")
for typed, title in (("introuvable", "of nobody"), ("%25", "of a percent sign"),
                     ("x" * 150, "longer than a name")):
    page = origin.member.get(LIST + "?stagiaire=" + typed)
    tap.ok(page.status == 200 and offered(page) == [] and
           "Aucune convention ouverte ne répond à" in words(page), f"a search {title} finds nobody")
page = origin.member.get(LIST + "?stagiaire=%3Cb%3E")
tap.ok("<b>" not in page.text, "what is searched for is shown as text")

tap.same(offered(stranger.member.get(LIST + "?stagiaire=lointain")), [],
         "another school finds nobody of them")
tap.same(offered(host.member.get(LIST + "?stagiaire=lointain")), [],
         "nor does a member of the host, who deposits nothing for others")
tap.same(offered(host.admin.get(LIST + "?stagiaire=lointain")), mine, "the host's admin does")

page = deposit(origin.member, b"no PDF", str(mine[0]))
tap.same((page.status, chosen(page), len(offered(page))), (422, str(mine[0]), MOST),
         "a refused file leaves the chosen trainee chosen, though it is none of the nearest")
search = next(form for form in page.forms if "stagiaire" in form.fields)
tap.same(search.action, LIST, "a search from there leads to the list")
tap.same(state(site, mine[0]), "not_returned", "nothing was deposited")

# A file that is not recognised waits, and its trainee is searched for there.
page = deposit(origin.member, papers.plain("Une lettre"))
waits = page.path
tap.ok(re.fullmatch(r"/conventions/depot/\d+", waits) and len(offered(page, waits)) == MOST,
       "a file that is not recognised waits for its trainee, and the nearest are offered")
search = next(form for form in page.forms if "stagiaire" in form.fields)
page = origin.member.submit(search, {"stagiaire": "lointain a"})
choice = next(form for form in page.forms if form.action == waits and form.method == "post")
tap.same((choice.choices["convention"][1:], choice.fields["convention"]),
         ([str(mine[0])], str(mine[0])), "its trainee is searched for on that page")
page = origin.member.submit(choice)
tap.same((page.status, state(site, mine[0])), (200, "pending"), "and the file is deposited")

tap.end()
