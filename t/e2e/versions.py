"""A convention's page: its pages' pictures, its signatures, its history, and every version of its file,
of which it says which is in force."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import links, read, words  # noqa: E402
from schools import Schools, act, deposit, original  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin = schools.add("Lycee"), schools.add("College")


def versions(page):
    """The rows of « Versions »: what, by whom, whether in force."""
    table = next(rows for rows in read(page).tables if rows[0][0] == "Fichier")
    return [(cells[0], cells[3]) for cells in table[1:]]


def files(page, client):
    """What its links lead to, in their order."""
    start = page.text.index("<h2>Versions</h2>")
    section = page.text[start:page.text.index("<h2>Courriels</h2>")]
    return [client.get(link).body for link in re.findall(r'href="(/conventions/[^"]*)"', section)]


convention = schools.register(origin.member, schools.placement(host))
address = f"/conventions/{convention}"
first = original(origin.member, convention)
page = host.member.get(address)
tap.same(versions(page), [("Original", "En vigueur")], "in the beginning there is the original")
tap.ok("Le stage commence dans 20 jours." in words(page) and "Relancez" in words(page),
       "the host sees how long there is, and what to do", words(page)[:500])
tap.ok("Faites-la signer, puis déposez-la" in words(origin.member.get(address)), "and so does the origin")
one, two = papers.ink(first), papers.ink(papers.ink(first), "signature_guardian")
deposit(origin.member, one)
act(host.member, convention, "invalider", "Il manque une signature.")
page = origin.member.get(address)
tap.ok("Complétez la convention, puis déposez-la de nouveau" in words(page), "the origin is told to complete it")
tap.ok("L’établissement d’origine doit la compléter" in words(host.member.get(address)),
       "the host that this is awaited")
deposit(origin.member, two)
page = host.member.get(address)
tap.same(versions(page), [("Convention rendue", "En vigueur"), ("Convention rendue", "Écartée"),
                          ("Original", "En vigueur")], "each deposit is a version, the last is in force")
tap.same(files(page, host.member), [two, one, first], "and all of them can be had, byte for byte")
for name in ("original/1", "original/2", "retour/1", "retour/2"):
    tap.ok(f"{address}/images/{name}" in links(page), f"there is a picture of {name}")
act(host.member, convention, "regenerer")
page = host.member.get(address)
tap.same(versions(page), [("Convention rendue", "Écartée"), ("Convention rendue", "Écartée"),
                          ("Original", "En vigueur")], "regenerated, only the original is in force")
trainee = site.sql("SELECT r.trainee_id FROM registration r JOIN convention c ON c.registration_id = "
                   f"r.id WHERE c.id = {convention}")[0][0]
form = origin.member.get(f"/stagiaires/{trainee}/modifier").form(f"/stagiaires/{trainee}/modifier")
changed = {"class_name": "4e C"}
for name, choices in form.choices.items():
    if name not in form.fields:
        changed[name] = choices[0]
origin.member.submit(form, changed)
page = host.member.get(address)
got = versions(page)
tap.ok(got[0] == ("Original", "En vigueur") and got[-1] == ("Original", "Remplacé"),
       "a corrected one takes the original's place, which stays to be had", got)
tap.ok(files(page, host.member)[-1] == first and files(page, host.member)[0] != first,
       "each as it was drawn")
tap.ok("/conventions" in links(page), "and there is a way back to the list")
tap.end()
