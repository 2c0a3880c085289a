"""Signing in and out through nginx, as everybody's browser does it."""
import os
import random
import re
import sys
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import says, sentence, words  # noqa: E402
from routes import routes  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
unique = uuid.uuid4().hex[:8]
PASSWORD = "quatre mots sans suite"


def add_account(name, role, *more):
    address = f"{name}.{unique}@ecole.example"
    site.paraphe("account", "add", "--email", address, "--name", name.capitalize(), "--role", role,
                 *more, given=PASSWORD + "\n")
    return address


def add_establishment(ends):
    digits = f"{int(unique, 16) % 10**7:07}"
    uai = digits + "ABCDEFGHJKLMNPRSTUVWXYZ"[int(digits) % 23]
    site.paraphe("establishment", "add", "--uai", uai, "--name", f"Lycée d’essai {unique}",
                 "--address", "1 rue de l’Essai", "--postal-code", "75001", "--city", "Paris",
                 "--phone", "01 23 45 67 89", "--email", f"ce.{unique}@ecole.example",
                 "--head-name", "Anne Essai", "--head-title", "proviseure",
                 "--board-day", "2026-01-15")
    site.paraphe("licence", "add", "--uai", uai, "--from", "2020-09-01", "--until", ends)
    return uai


def the_page():
    visitor = site.client()
    page = visitor.get("/conventions?onglet=validees", follow=False)
    tap.same((page.status, page.headers["Location"]),
             (303, "/connexion?retour=%2Fconventions%3Fonglet%3Dvalidees"),
             "who is signed out is sent to the sign-in page")
    page = visitor.follow(page)
    tap.same(page.status, 200, "the sign-in page opens")
    tap.ok("<title>" in page.text and 'lang="fr"' in page.text, "it is a page in French")
    tap.same(page.form("/connexion").fields["retour"], "/conventions?onglet=validees",
             "it knows where to go on")
    tap.ok("default-src 'self'" in page.headers["Content-Security-Policy"] and
           page.headers["X-Content-Type-Options"] == "nosniff" and
           page.headers["Cache-Control"] == "no-store" and
           page.headers["Strict-Transport-Security"], "it carries the security headers",
           page.headers)
    tap.ok(not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", page.text),
           "nothing in it needs what the security policy forbids")
    tap.same(site.client().get("/connexion?retour=https://elsewhere.example/")
             .form("/connexion").fields["retour"], "/", "another site's address is not gone on to")


def mistakes(address):
    visitor = site.client()
    page = visitor.get("/connexion")
    page = visitor.submit(page.form("/connexion"), {"email": "", "password": ""})
    tap.ok(page.status == 422 and "à remplir" in page.text, "empty fields are 422, in words")
    page = visitor.submit(page.form("/connexion"), {"email": "personne", "password": "x"})
    tap.ok(page.status == 422 and "nom@exemple.fr" in page.text,
           "what is no e-mail address is told at its field")
    tap.same(page.form("/connexion").fields["email"], "personne", "what was typed is kept")
    page = visitor.submit(page.form("/connexion"), {"email": address, "password": "secret faux"})
    tap.ok(page.status == 422 and "inexact" in page.text and "secret faux" not in page.text,
           "a wrong password is 422, and not shown again")
    unknown = visitor.submit(page.form("/connexion"), {"email": f"x{address}", "password": "faux"})
    tap.same(re.findall("L’adresse électronique ou[^<]*", unknown.text),
             re.findall("L’adresse électronique ou[^<]*", page.text),
             "an unknown address gets the same answer as a wrong password")
    page = visitor.submit(page.form("/connexion"), {"csrf": None, "email": address,
                                                    "password": PASSWORD})
    tap.ok(page.status == 403 and "rechargez" in page.text, "a form without token is refused")


def sign_in_and_out(address):
    visitor = site.client()
    page = visitor.get("/connexion")
    page = visitor.submit(page.form("/connexion"), {"email": address.upper(), "password": PASSWORD},
                          follow=False)
    tap.same((page.status, page.headers["Location"]), (303, "/"), "the right password signs in")
    cookie = next(line for line in page.headers.get_all("Set-Cookie") if "session" in line)
    tap.ok(re.fullmatch(r"__Host-session=[\w-]{43}; Path=/; Max-Age=43200; Secure; HttpOnly; "
                        "SameSite=Lax", cookie), "with a cookie that only this site gets", cookie)
    page = visitor.follow(page)
    tap.ok(page.status == 200 and "Membre" in page.text, "the first page names the account")
    tap.ok("obsolète depuis le 30-05-2021" in page.text, "and says that the licence has ended")
    tap.same(visitor.get("/connexion", follow=False).headers["Location"], "/",
             "who is signed in needs no sign-in page")
    tap.same(visitor.get("/courriels").status, 403, "an operator's page stays closed")
    stolen = site.client()
    stolen.cookies = dict(visitor.cookies)
    page = visitor.submit(page.form("/deconnexion"), {})
    tap.ok("form" in page.text and page.path.startswith("/connexion"),
           "signing out leads to the sign-in page")
    tap.same(stolen.get("/conventions", follow=False).status, 303,
             "after that a copy of the cookie is worth nothing")


def age(column, address, hours):
    site.sql(f"UPDATE session SET {column} = {column} - INTERVAL {hours} HOUR WHERE account_id = "
             f"(SELECT id FROM account WHERE email = '{address}')")


def ends(address):
    def signed_in(visitor):
        return visitor.get("/conventions", follow=False).status == 200

    visitor = site.client()
    visitor.sign_in(address, PASSWORD)
    tap.ok(signed_in(visitor), "a session opens pages")
    age("seen_at", address, 2)
    tap.ok(not signed_in(visitor), "a session unused for two hours has ended")
    visitor.sign_in(address, PASSWORD)
    age("expires_at", address, 12)
    tap.ok(not signed_in(visitor), "twelve hours after the sign-in every session has ended")
    visitor.sign_in(address, PASSWORD)
    site.sql(f"UPDATE account SET disabled_at = UTC_TIMESTAMP() WHERE email = '{address}'")
    tap.ok(not signed_in(visitor), "a disabled account is out at once")
    site.sql(f"UPDATE account SET disabled_at = NULL WHERE email = '{address}'")
    tap.ok(signed_in(visitor), "and back when it is enabled again")


def throttle(address):
    visitor = site.client()
    form = visitor.get("/connexion").form("/connexion")
    for _ in range(5):
        page = visitor.submit(form, {"email": address, "password": "faux"})
    tap.same(page.status, 422, "five wrong passwords are looked at")
    page = visitor.submit(form, {"email": address, "password": PASSWORD})
    tap.ok(page.status == 429 and "quinze minutes" in page.text,
           "then even the right one has to wait, and is told how long")
    site.sql("UPDATE sign_in_attempt SET tried_at = tried_at - INTERVAL 15 MINUTE")
    page = visitor.submit(form, {"email": address, "password": PASSWORD}, follow=False)
    tap.same(page.status, 303, "after a quarter of an hour it is taken")


def throttle_of_an_address(address):
    """Counted where the failures come from, whatever they are for."""
    anywhere = "127." + ".".join(str(random.randrange(2, 250)) for _ in range(3))
    visitor = site.client(anywhere)
    form = visitor.get("/connexion").form("/connexion")
    statuses = [visitor.submit(form, {"email": f"x{number}.{address}", "password": "faux"}).status
                for number in range(20)]
    tap.same(statuses, [422] * 20, "twenty accounts tried from one address are looked at")
    page = visitor.submit(form, {"email": address, "password": PASSWORD})
    tap.ok(page.status == 429 and says(page, "sign-in-throttled"),
           "then nobody signs in from there", page.status)
    tap.same(page.form("/connexion").fields["email"], address, "what was typed is kept")
    elsewhere = site.client()
    page = elsewhere.submit(elsewhere.get("/connexion").form("/connexion"),
                            {"email": address, "password": PASSWORD}, follow=False)
    tap.same(page.status, 303, "from elsewhere that account signs in")
    site.sql("UPDATE sign_in_attempt SET tried_at = tried_at - INTERVAL 15 MINUTE "
             f"WHERE network = '{anywhere}'")
    page = visitor.submit(form, {"email": address, "password": PASSWORD}, follow=False)
    tap.same(page.status, 303, "after a quarter of an hour it does from there, too")


def disabled(address):
    earlier = site.client()
    earlier.sign_in(address, PASSWORD)
    site.paraphe("account", "disable", "--email", address)
    page = site.client().sign_in(address, PASSWORD)
    tap.ok(page.status == 422 and says(page, "sign-in-wrong"),
           "a disabled account does not sign in, and nobody learns that it exists", page.status)
    site.paraphe("account", "enable", "--email", address)
    tap.ok(not site.client().sign_in(address, PASSWORD).path.startswith("/connexion"),
           "enabled again it does")
    tap.same(earlier.get("/conventions", follow=False).status, 303,
             "a session from before does not come back with it")
    earlier.sign_in(address, PASSWORD)
    site.paraphe("account", "password", "--email", address, given="cinq mots encore plus longs\n")
    tap.same(earlier.get("/conventions", follow=False).status, 303,
             "a change of password signs out who was signed in")
    tap.same(site.client().sign_in(address, PASSWORD).status, 422,
             "after a change of password the old one is wrong")
    tap.same(site.client().sign_in(address, "cinq mots encore plus longs").status, 200,
             "and the new one right")


def forged_forms(member_address, admin_address, operator_address):
    """Every POST route, with the token missing, another session's, or sent from another site."""
    accounts = {"MEMBER": member_address, "SIGNED_IN": member_address, "PUBLIC": member_address,
                "ADMIN": admin_address, "OPERATOR": operator_address}
    clients, stranger = {}, site.client()
    stranger.sign_in(member_address, PASSWORD)
    foreign = stranger.get("/stages").form("/deconnexion").fields["csrf"]
    forgeries = [
        ("without its token", lambda token: ({}, {})),
        ("with the token of another session", lambda token: ({"csrf": foreign}, {})),
        ("with a token of a wrong length", lambda token: ({"csrf": token + "A"}, {})),
        ("sent from another site", lambda token: ({"csrf": token},
                                                  {"Origin": "https://elsewhere.example"})),
        ("that a browser calls cross-site", lambda token: ({"csrf": token},
                                                           {"Sec-Fetch-Site": "cross-site"})),
    ]
    for route in (route for route in routes() if route.method == "POST"):
        address = accounts[route.guard]
        if address not in clients:
            clients[address] = site.client()
            clients[address].sign_in(address, PASSWORD)
        client, path = clients[address], route.path.replace("{id}", "999999999")
        token = client.follow(client.request("GET", "/")).form("/deconnexion").fields["csrf"]
        for title, forge in forgeries:
            fields, headers = forge(token)
            page = client.post(path, {"avis": "x", **fields}, follow=False, headers=headers)
            tap.ok(page.status == 403 and says(page, "http-csrf"),
                   f"POST {route.path}: a form {title} is refused", page.status)
        if route.name not in ("sign_out", "sessions_end"):
            page = client.post(path, {"csrf": token}, follow=False)
            tap.ok(page.status != 403, f"POST {route.path}: the site's own form is taken in",
                   page.status)
    tap.ok("Se déconnecter" in words(clients[member_address].get("/stages")),
           "after all of that the session still stands")


def too_much_text(address):
    visitor = site.client()
    visitor.sign_in(address, PASSWORD)
    token = visitor.get("/stages").form("/deconnexion").fields["csrf"]
    page = visitor.post("/deconnexion", {"csrf": token, "x": "x" * 3_000_000})
    tap.ok(page.status == 413 and sentence("http-body-too-large") in words(page),
           "a form with far too much text is refused in words", page.status)
    tap.same(visitor.get("/stages", follow=False).status, 200, "and does nothing")


def errors():
    visitor = site.client()
    page = visitor.get("/n-existe-pas")
    tap.ok(page.status == 404 and "Cette page n’existe pas" in page.text, "404 is told in words")
    identity = re.search(r"\b[0-9a-f]{32}\b", page.text)
    tap.ok(identity and identity[0] in site.log("paraphed"),
           "the error page has the ID under which the log tells the cause")
    tap.same(visitor.request("PUT", "/connexion").headers["Allow"], "GET, HEAD, POST",
             "another method is told which there are")
    page = visitor.request("POST", "/connexion", b"x" * (25 * 1024 * 1024),
                           {"Content-Type": "multipart/form-data; boundary=x"})
    tap.ok(page.status == 413 and "20" in page.text, "an upload too large is told in words")
    tap.ok(unique not in site.log("paraphed"), "the log has nobody's address")


school = add_establishment("2021-05-30")
member = add_account("membre", "member", "--uai", school)
the_page()
mistakes(member)
sign_in_and_out(member)
ends(member)
operator = add_account("operateur", "operator")
forged_forms(member, add_account("admin", "admin", "--uai", school), operator)
too_much_text(member)
disabled(member)
throttle(add_account("essai", "operator"))
throttle_of_an_address(operator)
errors()
tap.end()
