"""« Historique »: the operator finds what happened across all establishments, without the pupils'
names, and checks that nobody tampered with it."""
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import Site  # noqa: E402
from reading import errors, links, plain, sentence, table, words  # noqa: E402
from schools import Schools, act, days, deposit, french, original  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
REASON = "Il manque la signature du père de Zoé."


class World:
    def __init__(self, site):
        self.site = site
        self.schools = Schools(site)
        self.host, self.origin = self.schools.add("Lycee"), self.schools.add("College")
        self.other = self.schools.add("Autre")
        placement = self.schools.placement(self.host)
        self.fields = self.schools.trainee()
        self.first = self.schools.register(self.origin.member, placement, **self.fields)
        self.second = self.schools.register(self.other.member, placement)
        deposit(self.origin.member, papers.ink(original(self.origin.member, self.first)))
        act(self.host.member, self.first, "invalider", REASON)
        self.operator = self.schools.operator

    def rows(self, query=""):
        """Convention, event and actor of each row of the list."""
        page = self.operator.get(f"/historique?{query}")
        return [(int(re.search(r"n° (\d+)", row[2])[1]), row[1], row[5])
                for row in table(page)[1]]

    def events(self, query):
        names = {sentence(f"event-{name}"): name for name in (
            "generate", "deposit", "mark_incomplete")}
        return [(convention, names[event]) for convention, event, _ in self.rows(query)]


def finding(world):
    everything = [(world.first, "mark_incomplete"), (world.first, "deposit"),
                  (world.second, "generate"), (world.first, "generate")]
    tap.same(world.events(""), everything, "all events of all schools, the newest first")
    tap.same(world.events("tri=date"), everything[::-1], "the order can be turned round")
    page = world.operator.get("/historique?taille=100")
    told = [name for name in (*world.fields.values(), REASON, "signature du père")
            if name in page.text and name != "3e B"]
    tap.same(told, [], "neither a pupil's name nor a reason is shown")
    for query, wanted, title in (
            (f"convention={world.first}", [0, 1, 3], "by convention"),
            ("evenement=generate", [2, 3], "by event"),
            (f"etablissement={world.other.uai.lower()}", [2], "by UAI"),
            (f"etablissement=autre+{world.schools.mark}", [2], "by a part of the origin's name"),
            (f"etablissement=LYCEE+{world.schools.mark}", [0, 1, 2, 3], "by the host's"),
            (f"acteur=member+lycee", [0], "by who did it"),
            ("acteur=personne", [], "by somebody who did nothing"),
            (f"du={french(days(0))}&au={french(days(0))}", [0, 1, 2, 3], "by period, both days in it"),
            (f"du={french(days(-9))}&au={french(days(-1))}", [], "by a period before"),
            (f"du={days(1)}", [], "by what is to come"),
            (f"evenement=generate&etablissement={world.origin.uai}", [3], "by several at once")):
        tap.same(world.events(query), [everything[i] for i in wanted], f"found {title}")
    page = world.operator.get("/historique?du=31-02-2026&au=demain&convention=douze&evenement=x")
    tap.ok(errors(page) == {"du": sentence("form-not-day"), "au": sentence("form-not-day"),
                            "convention": sentence("form-not-number")} and
           page.form("/historique").fields["du"] == "31-02-2026" and table(page)[1],
           "what cannot be read is told at its field, kept, and not looked for", errors(page))
    page = world.operator.get("/historique?acteur=" + "x" * 200 + "&etablissement=%25")
    tap.same(page.status, 200, "no filter breaks the page")
    page = world.operator.get("/historique?acteur=personne")
    tap.ok("Aucun événement ne correspond à ces filtres" in words(page), "nothing found is said")
    page = world.operator.get("/historique?taille=10&evenement=generate&etablissement=" + "%C3%A9")
    tap.same(page.form("/historique").fields["etablissement"], "é", "filters stay in their fields")


def paging(world):
    placement = world.schools.placement(world.host)
    for _ in range(11):
        world.schools.register(world.other.member, placement)
    page = world.operator.get("/historique?taille=10&evenement=generate")
    following = next(link for link in links(page) if "page=2" in link)
    tap.ok("evenement=generate" in following and "taille=10" in following,
           "the next page keeps the filters", following)
    page = world.operator.get(following)
    tap.ok(len(table(page)[1]) == 3 and "11 à 13 sur 13" in words(page),
           "and has the rest", words(page)[-200:])
    turned = next(link for link in links(page) if "tri=date" in link)
    tap.ok("evenement=generate" in turned, "so does the heading that sorts", turned)


def check(world, restart=True):
    """Has the history checked to its end, as the page's buttons do."""
    page = world.operator.get("/historique/verification")
    action = "/historique/verification" if restart else "/historique/verification/suite"
    page = world.operator.submit(next(form for form in page.forms if form.action == action))
    for _ in range(100):
        forms = [form for form in page.forms if form.action.endswith("/suite")]
        if not forms:
            return page
        page = world.operator.submit(forms[0])
    raise RuntimeError("the check does not come to an end")


def checking(world):
    page = world.operator.get("/historique")
    tap.ok("Cela n’a pas encore été vérifié" in words(page) and "/historique/verification" in
           links(page), "the list says whether the history was ever checked")
    tap.ok("n’a pas encore été vérifié" in words(world.operator.get("/historique/verification")),
           "so does the check's page")
    page = check(world)
    tap.ok("Intact" in words(page) and "événements : 15, conventions : 13" in words(page) and
           f"Opérateur {world.schools.mark}" in words(page), "what holds is called intact",
           words(page)[:500])
    tap.ok("Vérifié en entier le" in words(world.operator.get("/historique")), "also over the list")
    world.site.sql("UPDATE history_check SET finished_at = NULL, checked_to = "
                   f"{world.first}, conventions = 1, events = 3")
    page = world.operator.get("/historique/verification")
    tap.ok(f"Vérifiée jusqu’à la convention n° {world.first}" in words(page) and
           "événements : 3, conventions : 1 sur 13" in words(page),
           "one under way says how far it has come", words(page)[:500])
    tap.ok(f"Vérifié jusqu’à la convention n° {world.first}" in
           words(world.operator.get("/historique")), "also over the list")
    page = check(world, restart=False)
    tap.ok("événements : 15, conventions : 13" in words(page), "and goes on from there",
           words(page)[:500])


def tampered(world, change, row, meaning, title):
    """One thing done behind the platform's back is named; then it is undone."""
    what, undo = change
    world.site.sql(what)
    page = check(world)
    cells = table(page)[1]
    tap.ok("Rompu" in words(page) and len(cells) == 1 and cells[0][0] == f"n° {world.first}" and
           cells[0][1] == str(row) and meaning in cells[0][3], title, cells)
    tap.ok(world.host.name in cells[0][4] and world.origin.name in cells[0][4],
           f"{title}, with its schools", cells)
    tap.ok("1 convention dont l’historique a été modifié" in
           words(world.operator.get("/historique")), f"{title}, and told over the list")
    world.site.sql(undo)


def tampering(world):
    where = f"WHERE convention_id = {world.first} AND sequence"
    convention = f"WHERE id = {world.first}"
    tampered(world, (f"UPDATE history SET actor_name = CONCAT(actor_name, 'x') {where} = 2",
                     f"UPDATE history SET actor_name = LEFT(actor_name, LENGTH(actor_name) - 1) "
                     f"{where} = 2"), 2, "ne dit plus ce que la plateforme avait écrit",
             "a row that was changed is named")
    tampered(world, (f"UPDATE history SET sequence = 9 {where} = 2",
                     f"UPDATE history SET sequence = 2 {where} = 9"), 2, "a été retirée",
             "a row that is gone is named")
    tampered(world, (f"UPDATE convention SET history_length = history_length - 1 {convention}",
                     f"UPDATE convention SET history_length = history_length + 1 {convention}"), 3,
             "de trop", "a row too many is named")
    tampered(world, (f"UPDATE convention SET history_head = REVERSE(history_head) {convention}",
                     f"UPDATE convention SET history_head = REVERSE(history_head) {convention}"),
             3, "garde une autre fin", "another end is named")
    page = check(world)
    tap.ok("Intact" in words(page) and not table(page)[1], "put back, all holds again")
    tap.same(plain(world.site.paraphe("verify")), "L’historique de chaque convention est intact.",
             "the command line says the same")


def main():
    site = Site.start(tempfile.mkdtemp(prefix="paraphe-history-"), "--empty")
    try:
        operator = Schools(site).operator
        tap.ok("Rien n’est encore arrivé" in words(operator.get("/historique")),
               "an empty history says what it begins with")
        world = World(site)
        finding(world)
        paging(world)
        checking(world)
        tampering(world)
        for path in ("/historique", "/historique/verification"):
            tap.same(world.host.admin.get(path).status, 403, f"{path} is not for schools")
    finally:
        site.remove()
    tap.end()


main()
