"""A school that has a new name is found by it, also in what was made before: whoever renamed it."""
import os
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import words  # noqa: E402
from schools import Schools, csrf  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
operator = schools.operator


def found(client, search):
    return "PARAPHE" in words(client.get("/conventions?q=" + urllib.parse.quote(search)))


def by_options(school, name):
    form = school.admin.get("/options").form("/options?version=")
    return school.admin.submit(form, {"name": name})


def by_the_operator(school, name):
    at = f"/etablissements/{school.number}/modifier"
    return operator.submit(operator.get(at).form(at), {"name": name})


def by_a_table(school, name):
    table = f"UAI;Nom\r\n{school.uai};{name}\r\n".encode("cp1252")
    page = operator.post("/etablissements/import", {"csrf": csrf(operator)},
                         {"fichier": ("noms.csv", table, "text/csv")})
    return operator.submit(page.form("/etablissements/import/"))


def renaming(how, rename):
    host, origin = schools.add(f"Hote{how}"), schools.add(f"Vieux{how}")
    other = schools.add(f"Tiers{how}")
    placement = schools.placement(host, title=f"Atelier {origin.name}")
    fields = schools.trainee(last_name="PARAPHE", guardian_name=f"Mme {origin.name}")
    schools.register(origin.member, placement, **fields)
    schools.register(other.member, placement, **schools.trainee(last_name="AUTRE"))
    old, new = origin.name, f"Œuvre-Neuve 100 % n° {how} {schools.mark}"
    tap.ok(found(host.member, f"{old} atelier"), f"{how}: a convention is found by its school")
    page = rename(origin, new)
    tap.ok(page.status == 200, f"{how}: the school is renamed", page.status, words(page)[:300])
    for client, who in ((host.member, "the host"), (origin.member, "the school itself")):
        tap.ok(found(client, new), f"{how}: {who} finds it by the new name")
        tap.ok(not found(client, f"{old} atelier"), f"{how}: and by the old one no more")
    tap.ok(found(host.member, f"atelier {old}") and found(host.member, f"mme {old}"),
           f"{how}: what else has the old name in it is found as before")
    tap.ok("AUTRE" in words(host.member.get(f"/conventions?q={other.short}")),
           f"{how}: other schools' are as they were")
    rename(origin, "?!")
    tap.ok(found(host.member, "paraphe"), f"{how}: a name of signs alone loses nothing")
    rename(origin, old)
    tap.ok(found(host.member, f"{old} atelier"), f"{how}: and the old name can come back")


for how, rename in (("options", by_options), ("operateur", by_the_operator), ("table", by_a_table)):
    renaming(how, rename)
tap.end()
