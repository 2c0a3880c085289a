"""Schools, accounts, placements and trainees of one test's own, on a site that others use too.

    schools = Schools(site)
    host, origin = schools.add("Lycée"), schools.add("Collège")
    placement = schools.placement(host)
    convention = schools.register(origin.member, placement, last_name="DUPONT")
    page = deposit(origin.member, pdf)
    page = act(host.admin, convention, "valider")

Every name carries the test's mark, so that what belongs to it is told from all else.
"""
import datetime
import functools
import random
import re
import urllib.parse
import uuid

PASSWORD = "quatre mots sans suite"
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
EVENTS = ("valider", "invalider", "regenerer", "annuler")


def french(day):
    return day.strftime("%d-%m-%Y")


def today():
    return datetime.date.today()


def days(number):
    return today() + datetime.timedelta(days=number)


def new_uai():
    digits = f"{random.SystemRandom().randrange(10**7):07}"
    return digits + LETTERS[int(digits) % 23]


class School:
    """An establishment; its clients are signed in when they are first asked for."""

    def __init__(self, schools, name, ends, title=None, email=None):
        self.schools = schools
        self.site = schools.site
        self.mark = f"{name} {schools.mark}"
        self.uai = new_uai()
        self.name = title or f"{self.mark} Été"
        self.short = re.sub(r"[^a-z]", "", name.lower())
        self.email = email or f"ce.{self.short}.{schools.mark}@ecole.example"
        self.number = self.create()
        if ends:
            self.site.paraphe("licence", "add", "--uai", self.uai, "--from", "2020-09-01",
                              "--until", str(ends))

    def create(self):
        out = self.site.paraphe(
            "establishment", "add", "--uai", self.uai, "--name", self.name, "--address",
            "1 rue de l’Essai", "--postal-code", "75001", "--city", "Paris", "--phone",
            "01 23 45 67 89", "--email", self.email, "--head-name", f"Anne {self.schools.mark}",
            "--head-title", "proviseure", "--board-day", "2026-01-15")
        return int(re.search(r"n° (\d+)", out)[1])

    def account(self, role, name=None):
        """A new account's e-mail address."""
        name = name or f"{role.capitalize()} {self.mark}"
        address = f"{role}.{uuid.uuid4().hex[:6]}.{self.short}.{self.schools.mark}@ecole.example"
        self.site.paraphe("account", "add", "--email", address, "--name", name, "--role", role,
                          "--uai", self.uai, given=PASSWORD + "\n")
        return address

    def client(self, role):
        return signed_in(self.site, self.account(role), role)

    @functools.cached_property
    def admin(self):
        return self.client("admin")

    @functools.cached_property
    def member(self):
        return self.client("member")


def signed_in(site, address, role):
    """A client signed in, that knows its address and role."""
    client = site.client()
    page = client.sign_in(address, PASSWORD)
    if page.path.startswith("/connexion"):
        raise RuntimeError(f"{role}: the sign-in was refused ({page.status})")
    client.address, client.role = address, role
    return client


class Schools:
    def __init__(self, site):
        self.site = site
        self.mark = "".join(random.SystemRandom().choice("bcdfghklmnprstvz") for _ in range(8))
        self.count = 0

    def add(self, name, ends=None, email=None):
        return School(self, name, ends or days(300), email=email)

    @functools.cached_property
    def operator(self):
        address = f"operateur.{self.mark}@ecole.example"
        self.site.paraphe("account", "add", "--email", address, "--name", f"Opérateur {self.mark}",
                          "--role", "operator", given=PASSWORD + "\n")
        return signed_in(self.site, address, "operator")

    def placement(self, host, title="Atelier", day=None, capacity=30, closes=None, **more):
        """A new placement's number."""
        day = day or days(20)
        options = {"title": f"{title} {self.mark}", "day": str(day), "from": "08:30",
                   "until": "16:30", "capacity": str(capacity), "closes": str(closes or days(10)),
                   "course": "CAP menuisier", "place": "Atelier bois", "person": "Samuel Ménard",
                   "person-phone": "04 72 00 10 21", "description": "Prévoir **des gants**.",
                   **{name.replace("_", "-"): value for name, value in more.items()}}
        arguments = [part for name, value in options.items() for part in ("--" + name, value)]
        out = self.site.paraphe("placement", "add", "--uai", host.uai, *arguments)
        return int(re.search(r"n° (\d+)", out)[1])

    def trainee(self, **changes):
        """The form's fields for a trainee who is nobody else."""
        self.count += 1
        name = "".join(LETTERS[int(digit)] for digit in str(self.count))
        return {"last_name": f"STAGE{name} {self.mark}", "first_name": f"Zoé {name}",
                "birth_day": "03-02-2012", "class_name": "3e B",
                "guardian_name": f"Parent {name} {self.mark}",
                "guardian_email": f"famille.{name.lower()}.{self.mark}@courriel.example",
                "guardian_phone": "06 01 02 03 04",
                "guardian_address": "5 rue des Lilas, 69100 Villeurbanne", **changes}

    def try_to_register(self, client, placement, fields, follow=True):
        """What answers to the registration's form."""
        return client.post(f"/stages/{placement}/inscription",
                           {"csrf": csrf(client), **fields}, follow=follow)

    def register(self, client, placement, **changes):
        """Registers a trainee; the number of the convention."""
        page = self.try_to_register(client, placement, self.trainee(**changes), follow=False)
        if page.status != 303:
            raise RuntimeError(f"the registration was not taken ({page.status}): {page.text}")
        return int(re.match(r"/conventions/(\d+)", page.headers["Location"])[1])


def csrf(client):
    """The token of the client's session, from the form that every page has."""
    if not getattr(client, "csrf", None):
        client.csrf = client.get("/stages").form("/deconnexion").fields["csrf"]
    return client.csrf


def deposit(client, pdf, convention="", name="convention.pdf", kind="application/pdf", follow=True,
            anyway="oui"):
    """What answers to the form « Dépôt d’une convention remplie », by default from somebody who
    knows that not every box is signed."""
    return client.post("/conventions/depot",
                       {"csrf": csrf(client), "convention": convention, "malgre": anyway},
                       {"fichier": (name, pdf, kind)}, follow)


def version(site, convention):
    return int(site.sql(f"SELECT version FROM convention WHERE id = {convention}")[0][0])


def act(client, convention, event, reason=None, at_version=None, follow=True):
    """What answers to a move: valider, invalider, regenerer, annuler."""
    at_version = at_version or version(client.site, convention)
    fields = {"csrf": csrf(client)}
    if reason is not None:
        fields["reason"] = reason
    return client.post(f"/conventions/{convention}/{event}?version={at_version}", fields,
                       follow=follow)


def state(site, convention):
    """The state of a convention as its row says, with "incomplete" where it is marked so."""
    word, reason = site.sql("SELECT state, incomplete_reason IS NOT NULL FROM convention "
                            f"WHERE id = {convention}")[0]
    return word + (" incomplete" if reason == "1" else "")


def history(site, convention):
    """The events of a convention, oldest first."""
    return [row[0] for row in site.sql("SELECT event FROM history WHERE convention_id = "
                                       f"{convention} ORDER BY sequence")]


def original(client, convention):
    return client.get(f"/conventions/{convention}/original").body


def query(page):
    """The parameters of a page's address."""
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.path).query))
