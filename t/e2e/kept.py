"""Pages that workers keep: never older than what anybody has changed, whoever it was."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import words  # noqa: E402
from schools import Schools, act, days, version  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
TIMES = 6  # so that each worker is asked


def texts(client, path):
    """What it says, asked again and again."""
    return {words(client.get(path)) for _ in range(TIMES)}


def follows(client, path, wanted, change, title):
    """The page is kept without it; after the change it is there at once, at every worker."""
    before = texts(client, path)
    change()
    after = texts(client, path)
    tap.ok(not any(re.search(wanted, text) for text in before) and
           all(re.search(wanted, text) for text in after), title,
           [re.search(wanted, text) is not None for text in after])


host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")
operator = schools.operator
LIST = f"/stages?q={schools.mark}"

follows(origin.member, LIST, "Forge", lambda: schools.placement(host, title="Forge", capacity=3),
        "a placement that another school publishes stands in the list")
forge = site.sql(f"SELECT id FROM placement WHERE title = 'Forge {schools.mark}'")[0][0]
site.sql(f"UPDATE placement SET first_day = '{days(1)}', last_day = '{days(1)}' WHERE id = {forge}")
follows(origin.member, LIST, r"2 sur 3|2 places?\b|2 / 3",
        lambda: schools.register(other.member, forge), "so do the places that a third school takes")
follows(host.member, "/", f"STAGEC {schools.mark}",
        lambda: schools.register(origin.member, forge), "the host's dashboard has the new trainee")
number = site.sql("SELECT c.id FROM convention c JOIN registration r ON r.id = c.registration_id "
                  f"WHERE r.placement_id = {forge} AND c.origin_id = {origin.number}")[0][0]
follows(operator, f"/historique?convention={number}", "Annulation|annulée",
        lambda: act(origin.member, number, "annuler", "Malade"),
        "the operator's history has what a school has just done")
month = f"/calendrier?mois={days(47):%Y-%m}&voir=tous"
follows(other.member, month, f"Tournage {schools.mark}",
        lambda: schools.placement(host, title="Tournage", day=days(47)),
        "so does the calendar a placement that another school publishes")
follows(operator, f"/etablissements?q={schools.mark}", "Nouveau",
        lambda: schools.add("Nouveau"), "a school made by the command line is listed")
address = host.account("member", f"Visiteur {schools.mark}")
follows(operator, f"/comptes?q=Visiteur+{schools.mark}", r"\d\d-\d\d-\d{4}",
        lambda: site.client().sign_in(address, "quatre mots sans suite"),
        "somebody's sign-in shows in the list of accounts")
tap.ok(int(version(site, number)) > 1, "the convention was changed")
tap.end()
