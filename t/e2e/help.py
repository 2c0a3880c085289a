"""« Aide »: who finds which subjects, and that no link in any of them is dead."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import SOURCE, plain, says, words  # noqa: E402
from schools import Schools  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
school = schools.add("Lycee")
CLIENTS = {"admin": school.admin, "member": school.member, "operator": schools.operator}

# By part of the help: who finds it in the index.
PARTS = {"HOST": {"admin", "member", "operator"}, "ORIGIN": {"admin", "member", "operator"},
         "DAILY": {"admin", "member", "operator"}, "ADMIN": {"admin", "operator"},
         "OPERATOR": {"operator"}}


def subjects():
    """(part, name) of each subject."""
    with open(os.path.join(SOURCE, "src", "pages", "help_view.h"), encoding="utf-8") as file:
        return re.findall(r'SUBJECT\(HELP_(\w+), *"([\w-]+)"\)', file.read())


def title_of(name):
    with open(os.path.join(SOURCE, "views", "help", name + ".md"), encoding="utf-8") as file:
        return plain(file.readline().removeprefix("# "))


def addresses(page):
    """What a page leads to or shows, of this site."""
    return {address for address in re.findall(r'(?:href|src)="(/[^"#]*)', page.text)
            if not address.startswith("/assets/bootstrap/")}


def index(who, client):
    page = client.get("/aide")
    found = set(re.findall(r'href="/aide/([\w-]+)"', page.text))
    wanted = {name for part, name in subjects() if who in PARTS[part]}
    tap.same(sorted(found), sorted(wanted), f"the {who} finds the subjects that are for it")
    home = client.get("/")
    tap.ok('href="/aide"' in home.text, f"the {who} finds the help from the first page")


def each_subject(who, client):
    for _, name in subjects():
        page = client.get(f"/aide/{name}", follow=False)
        heading = re.search(r"<h1>(.*?)</h1>", page.text, re.S)
        tap.ok(page.status == 200 and plain(heading[1]).replace("&#39;", "'") == title_of(name),
               f"the {who} reads {name}", page.status)
        tap.ok(f"<title>{heading[1]}" in page.text, f"the title says so too: {name}")


def living_links(who, client):
    """Subjects of all parts may be read by all: what they lead to must answer for each reader."""
    found = {}
    for _, name in subjects():
        for address in addresses(client.get(f"/aide/{name}")):
            found.setdefault(address, name)
    for address, name in sorted(found.items()):
        status = client.get(address, follow=False).status
        tap.ok(status == 200, f"the {who} may follow the link to {address} in {name}", status)


def pages_that_are_explained():
    """« Aide sur cette page » leads to a subject, from every page that has it."""
    pages = {"admin": ["/", "/suivi", "/calendrier", "/stages", "/stages/nouveau", "/stagiaires",
                       "/stagiaires/import", "/conventions", "/options", "/options/images",
                       "/options/convention", "/options/membres", "/options/courriels",
                       "/options/profil", "/options/profil/double", "/contacts"],
             "operator": ["/", "/etablissements", "/comptes", "/courriels",
                          "/historique"]}
    known = {name for _, name in subjects()}
    for who, paths in pages.items():
        for path in paths:
            page = CLIENTS[who].get(path)
            here = re.search(r'href="/aide/([\w-]+)">Aide sur cette page<', page.text)
            tap.ok(here and here[1] in known, f"{path} leads the {who} to its help",
                   here and here[1])
    tap.ok("Aide sur cette page" not in school.admin.get("/aide").text, "the help itself does not")
    tap.ok(re.search(r'href="/aide/surveiller">Aide sur', CLIENTS["operator"].get("/").text),
           "the operator's dashboard leads to what an operator watches")
    with open(os.path.join(SOURCE, "src", "pages", "help.c"), encoding="utf-8") as file:
        named = re.findall(r'\{at_\w+, "([\w-]+)"\}', file.read())
    tap.same(sorted(set(named) - known), [], "every page that is explained names a subject")


def what_is_not_there():
    for who, client in CLIENTS.items():
        page = client.get("/aide/nulle-part", follow=False)
        tap.ok(page.status == 404 and says(page, "help-no-such-subject"),
               f"a subject that does not exist is told to the {who}", page.status, words(page)[:300])
    for path in ("/aide/", "/aide/x/y", "/aide/..%2Fconvention", "/aide/relancer.md", "/aide/%00"):
        status = school.member.get(path, follow=False).status
        tap.ok(status in (400, 404), f"{path} is no page", status)
    page = site.client().get("/aide/relancer", follow=False)
    tap.ok(page.status == 303 and page.headers["Location"].startswith("/connexion"),
           "who is not signed in is sent to sign in")


for reader, browser in CLIENTS.items():
    index(reader, browser)
    each_subject(reader, browser)
    living_links(reader, browser)
pages_that_are_explained()
what_is_not_there()
page = school.member.get("/aide/mon-compte")
tap.ok(site.url in page.text, "the account's page names the address of this platform")
tap.end()
