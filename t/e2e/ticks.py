"""What is ticked in a list of several pages stays ticked: contacts and conventions alike."""
import html
import os
import re
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import sentence, words  # noqa: E402
from schools import Schools, csrf, version  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")
MOST = 150


class List:
    """A list with boxes; way takes fields to the page that a button leads to."""

    def __init__(self, path, box, way):
        self.path, self.box, self.way = path, box, way

    def ticked(self, page):
        """The boxes that are ticked on the page, and what is carried for other pages."""
        inputs = re.findall(rf'<input[^>]* name="{self.box}" value="([^"]*)"( checked)?', page.text)
        kept = re.search(r'name="retenus" value="([^"]*)">\n<label class="check-all"', page.text)
        return ([value for value, checked in inputs if checked],
                kept[1].split(",") if kept and kept[1] else [])

    def boxes(self, page):
        return re.findall(rf'name="{self.box}" value="([^"]*)"', page.text)

    def go(self, page, word, choices):
        """The page that button leads to, with these boxes ticked."""
        to = re.search(rf'name="vers" value="([^"]*)"[^>]*>{word}<', page.text)
        return self.way([("vers", html.unescape(to[1])), ("retenus", ",".join(self.ticked(page)[1])),
                         *((self.box, choice) for choice in choices)])


def get(fields):
    return host.member.get("/contacts?" + urllib.parse.urlencode(fields))


def post(fields):
    return host.member.post("/conventions/ensemble/page", [("csrf", csrf(host.member)), *fields])


def walking(kind, what, action):
    first = host.member.get(f"{kind.path}?taille=10")
    here = kind.boxes(first)
    second = kind.go(first, "Suivant", here[:2])
    there = kind.boxes(second)
    tap.same((len(here), kind.ticked(second)), (10, ([], here[:2])),
             f"{what}: what was ticked is carried to the next page")
    tap.ok("dont 2 sur d’autres pages" in words(second), f"{what}: which says so",
           words(second)[:600])
    back = kind.go(second, "1", there[1:2])
    tap.same(kind.ticked(back), (here[:2], there[1:2]), f"{what}: and is ticked there on the way back")
    again = kind.go(back, "2", here[1:3])
    tap.same(kind.ticked(again), (there[1:2], here[1:3]),
             f"{what}: what was unticked is so, what was ticked as well")
    sort = html.unescape(re.search(r'<a class="sort" href="([^"]*)"', again.text)[1])
    sorted_page = host.member.get(sort)
    tap.same(sorted(kind.ticked(sorted_page)[0] + kind.ticked(sorted_page)[1]),
             sorted(there[1:2] + here[1:3]), f"{what}: another order keeps it")
    form = next(form for form in again.forms if "taille" in form.fields)
    tap.same(sorted(form.fields["retenus"].split(",")), sorted(there[1:2] + here[1:3]),
             f"{what}: and so does a search")
    clear = host.member.get(html.unescape(
        re.search(r'<a href="([^"]*)">Ne rien sélectionner', again.text)[1]))
    tap.same(kind.ticked(clear), ([], []), f"{what}: unless nothing shall be ticked any more")
    everything = host.member.get(html.unescape(
        re.search(r'<a href="([^"]*)">Tout sélectionner \(les 12\)', first.text)[1]))
    on_page, kept = kind.ticked(everything)
    tap.same((len(on_page), len(kept)), (10, 2), f"{what}: all of the list can be ticked at once")
    action(kept, on_page)
    for bad in ("x,,;", "1-,-2", "9" * 40, ",".join(str(10 ** 9 + i) for i in range(200))):
        page = host.member.get(f"{kind.path}?retenus={bad}")
        tap.same((page.status, len(kind.ticked(page)[1])), (200, MOST if len(bad) > 100 else 0),
                 f"{what}: {bad[:12]!r} ticks nothing that cannot be")
    tap.ok(sentence("selection-too-many") in words(page), f"{what}: too many are told")
    for to in ("//paraphe.example/", "https://paraphe.example/", f"{kind.path}x", "/options",
               f"{kind.path}?é", ""):
        page = kind.way([("vers", to), (kind.box, here[0])])
        tap.ok(page.status == 200 and page.path.startswith(f"{kind.path}?retenus=")
               and kind.ticked(page)[0] == here[:1], f"{what}: no button leads to {to!r}", page.path)


def contacts():
    for number in range(12):
        page = host.member.post("/contacts/nouveau", {
            "csrf": csrf(host.member), "name": f"Mairie {number:02} {schools.mark}",
            "email": f"m{number}.{schools.mark}@ville.example"}, follow=False)
        if page.status != 303:
            raise RuntimeError(f"no contact ({page.status})")

    def write(kept, here):
        page = host.member.get("/contacts/ecrire?retenus=" + ",".join(kept) +
                               "".join(f"&contact={one}" for one in here))
        tap.same(len(re.findall(r'name="destinataire"[^>]* checked', page.text)), 12,
                 "contacts: the letter is for those of all pages")
        cards = host.member.get("/contacts/vcard?retenus=" + ",".join(kept) + f"&contact={here[0]}")
        tap.same(cards.body.count(b"BEGIN:VCARD"), 3, "contacts: and so are the cards")
        page = other.member.get("/contacts/ecrire?retenus=" + ",".join(kept))
        tap.same(page.status, 404, "contacts: another school's are nobody's")
        page = host.member.get("/contacts/vcard?retenus=1,x")
        tap.same(page.status, 404, "contacts: nor is what is no number")

    walking(List("/contacts", "contact", get), "contacts", write)


def conventions():
    placement = schools.placement(host)
    numbers = [schools.register(origin.member, placement) for _ in range(12)]

    def remind(kept, here):
        stale = f"{numbers[0]}-{version(site, numbers[0]) + 7}"
        kept = [one for one in kept if one.split("-")[0] != str(numbers[0])] + [stale]
        here = [one for one in here if one.split("-")[0] != str(numbers[0])]
        page = host.member.post("/conventions/ensemble/relancer", [
            ("csrf", csrf(host.member)), ("retenus", ",".join(kept)),
            *(("choix", one) for one in here)])
        tap.ok("12 rappels partent" in words(page), "conventions: those of all pages are reminded of",
               words(page)[:300])
        page = other.member.post("/conventions/ensemble/zip", [
            ("csrf", csrf(other.member)), ("retenus", ",".join(kept))])
        tap.same(page.status, 422, "conventions: another school's are nobody's")

    walking(List("/conventions", "choix", post), "conventions", remind)


contacts()
conventions()
tap.end()
