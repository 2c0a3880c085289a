"""One's own account: a forgotten password, sessions, another address."""
import os
import random
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import PASSWORD, Schools, csrf, signed_in  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
school = schools.add("Lycee")
NEW = "cinq mots encore plus longs"
PROFILE = "/options/profil"


def source():
    """An address of loopback of one's own, since failures are counted there too."""
    return "127." + ".".join(str(random.randrange(2, 250)) for _ in range(3))


def text_of(mail):
    return mail.get_body(preferencelist=("plain",)).get_content()


def mails_to(email, subject):
    return [mail for mail in site.mails() if email in mail["To"] and subject in mail["Subject"]]


def wait_for(email, subject, count=1):
    """The newest mail of that subject, once there are so many."""
    site.wait_for_mail(lambda _: len(mails_to(email, subject)) >= count)
    return (mails_to(email, subject) or [None])[-1]


def link_of(mail):
    return re.search(r"https://[^/\s]+(/\S+\?jeton=[\w-]{43})", text_of(mail))[1]


def counted(what, where):
    return int(site.sql(f"SELECT COUNT(*) FROM {what} WHERE {where}")[0][0])


def ask_for_link(client, email):
    form = client.get("/mot-de-passe-oublie").form("/mot-de-passe-oublie")
    return client.submit(form, {"email": email})


def asking():
    email = school.account("member")
    here = source()
    visitor = site.client(here)
    tap.ok("/mot-de-passe-oublie" in links(visitor.get("/connexion")), "the sign-in leads to it")
    for typed, key in (("", "form-required"), ("x@y", "form-not-email"), ("é" * 300, "form-not-email")):
        page = ask_for_link(visitor, typed)
        tap.ok(page.status == 422 and errors(page) == {"email": sentence(key)},
               f"« {typed[:5]} » is refused at the field", page.status, errors(page))
    nobody = f"personne.{schools.mark}@ecole.example"
    unknown, known = ask_for_link(visitor, nobody), ask_for_link(visitor, email)
    tap.ok(says(known, "notice-password-asked"), "a link is asked for", words(known)[:200])
    tap.ok(unknown.status == known.status and unknown.path == known.path and
           words(unknown) == words(known), "the answer does not tell whether there is such an account")
    for one in (nobody, email):
        begun = time.monotonic()
        ask_for_link(visitor, one)
        took = time.monotonic() - begun
        tap.ok(took >= 0.25, "nor does its time: it waits longer than a mail takes to be written", took)
    mail = wait_for(email, "mot de passe")
    text = plain(text_of(mail))
    tap.ok(here in text and email in text, "the mail says who asked, and from where", text)
    tap.same(len(mails_to(nobody, "mot de passe")), 0, "an address without account gets none")
    token = link_of(mail).split("=")[1]
    site.wait_for_mail(lambda _: counted("message", f"to_address = '{email}' AND state = 'sent'"))
    tap.same(counted("message", f"body_text LIKE '%{token}%' OR body_html LIKE '%{token}%'"), 0,
             "the database has its token nowhere once it is sent")
    disabled = school.account("member")
    site.paraphe("account", "disable", "--email", disabled)
    page = ask_for_link(visitor, disabled)
    tap.ok(says(page, "notice-password-asked") and counted(
        "message", f"to_address = '{disabled}'") == 0, "a disabled account gets none either")
    return email, mail


def choosing(email, mail):
    link = link_of(mail)
    elsewhere = signed_in(site, email, "member")
    visitor = site.client()
    for _ in range(3):
        page = visitor.get(link)
    tap.ok(page.status == 200 and email in words(page), "the link opens as often as it is looked at")
    tap.same(page.headers.get_all("Referrer-Policy"), ["no-referrer"], "and tells nobody its address")
    form = page.form("/mot-de-passe")
    good = {"password": NEW, "password_again": NEW}
    for changes, wanted, title in (
            ({"password": "", "password_again": ""},
             {name: sentence("form-required") for name in good}, "nothing"),
            ({"password": "court", "password_again": "court"},
             {"password": sentence("password-too-short")}, "a short one"),
            ({"password_again": NEW + "x"}, {"password_again": sentence("password-differs")},
             "two that differ")):
        page = visitor.submit(form, {**good, **changes})
        tap.ok(page.status == 422 and errors(page) == wanted and NEW not in page.text,
               f"choosing: {title} is refused", page.status, errors(page))
    ask_for_link(site.client(source()), email)
    second = link_of(wait_for(email, "Choisir", 3))
    page = visitor.submit(form, good)
    tap.ok(page.path.startswith("/connexion") and says(page, "notice-password-chosen"),
           "a good one is taken, and one signs in with it", page.status, words(page)[:200])
    tap.same(elsewhere.get("/stages", follow=False).status, 303, "all sessions have ended")
    for address in (link, second):
        page = visitor.get(address)
        tap.ok(page.status == 404 and says(page, "password-link-void"),
               "no link works any more, neither this nor another of the account", page.status)
    page = visitor.post("/mot-de-passe", {**form.fields, **good})
    tap.same(page.status, 404, "nor its form, twice in a row")
    tap.same(site.client().sign_in(email, PASSWORD).status, 422, "the old password is wrong")
    tap.ok(not site.client().sign_in(email, NEW).path.startswith("/connexion"), "the new one right")
    text = plain(text_of(wait_for(email, "a été changé")))
    tap.ok("par un lien reçu à cette adresse" in text and "quelqu’un lit vos courriels" in text,
           "the account is told by mail", text)
    tap.ok(not any(link.split("=")[1] in site.log(name) for name in
                   ("nginx", "nginx-access", "paraphed")), "no log has the token")


def ending(email):
    ask_for_link(site.client(source()), email)
    link = link_of(wait_for(email, "Choisir", 4))
    site.sql("UPDATE password_reset SET expires_at = UTC_TIMESTAMP() WHERE account_id = "
             f"(SELECT id FROM account WHERE email = '{email}')")
    tap.same(site.client().get(link).status, 404, "after an hour the link has ended")
    for wrong in ("", "?jeton=x", "?jeton=" + "A" * 43):
        tap.same(site.client().get("/mot-de-passe" + wrong).status, 404, f"/mot-de-passe{wrong} is none")
    victim = school.account("member")
    visitor = site.client(source())
    statuses = [ask_for_link(visitor, victim).status for _ in range(6)]
    tap.same(statuses, [200] * 5 + [429], "five links at most in a quarter of an hour")
    page = ask_for_link(visitor, victim)
    tap.ok(errors(page) == {"email": sentence("password-throttled")}, "which is told at the field")
    nobody = f"nul.{schools.mark}@ecole.example"
    tap.same([ask_for_link(visitor, nobody).status for _ in range(6)], statuses,
             "for an address without account it is the same")
    tap.ok(not site.client().sign_in(victim, PASSWORD).path.startswith("/connexion"),
           "who only asks hinders nobody's sign-in")


def browser_named(agent):
    """What the list of sessions calls a browser that says that of itself."""
    email = school.account("member")
    client = site.client()
    token = client.get("/connexion").form("/connexion").fields["csrf"]
    client.post("/connexion", {"csrf": token, "email": email, "password": PASSWORD},
                headers={"User-Agent": agent})
    page = client.get(PROFILE + "/sessions")
    return table(page)[1][0][2] if "<b>" not in page.text else page.text


def sessions():
    email = school.account("admin")
    where = source()
    here, there, third = site.client(), site.client(where), site.client()
    for client in (here, there, third):
        client.sign_in(email, PASSWORD)
    page = here.get(PROFILE + "/sessions")
    rows = table(page)[1]
    tap.ok(len(rows) == 3 and sum("Cette session" in " ".join(row) for row in rows) == 1,
           "the sessions are listed, this one marked", rows)
    mine = next(row for row in rows if "Cette session" in " ".join(row))
    tap.ok("127.0.0.1" in " ".join(mine) and any(where in " ".join(row) for row in rows),
           "with where they come from", rows)
    tap.ok("Navigateur inconnu" in " ".join(mine), "and a browser that says nothing is unknown", mine)
    tap.same(browser_named("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                           "Gecko) Chrome/129.0 Safari/537.36 Edg/129.0"), "Edge, Windows",
             "a browser is called as people call it")
    tap.same(browser_named("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
                           " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
             "Safari, iPhone", "also a telephone's")
    tap.same(browser_named("<b>Firefox/131.0</b> " + "x" * 2000), "Firefox",
             "and nothing of what it says gets onto the page")
    number = site.sql(f"SELECT id FROM session WHERE address = '{where}'")[0][0]
    end = f"{PROFILE}/sessions/{number}/terminer"
    stranger = school.member
    page = stranger.post(end, {"csrf": csrf(stranger)})
    tap.ok(page.status == 404 and there.get("/stages", follow=False).status == 200,
           "nobody ends another's session", page.status)
    offered = here.get(PROFILE + "/sessions")
    tap.ok(f'formaction="{end}"' in offered.text, "each has its button")
    page = here.post(end, {"csrf": csrf(here)})
    tap.ok(says(page, "notice-session-ended") and len(table(page)[1]) == 2, "one of them is ended")
    tap.same([client.get("/stages", follow=False).status for client in (here, there, third)],
             [200, 303, 200], "that one and no other")
    page = here.post(end, {"csrf": csrf(here)})
    tap.ok(page.status == 404 and says(page, "session-gone"), "twice in a row is told", page.status)
    page = here.submit(here.get(PROFILE + "/sessions").form(PROFILE + "/sessions/terminer"))
    tap.ok(page.path.startswith("/connexion") and says(page, "notice-sessions-ended"),
           "« Déconnecter partout » ends this one too", page.path)
    tap.same([client.get("/stages", follow=False).status for client in (here, there, third)],
             [303] * 3, "and all others")
    text = plain(text_of(wait_for(email, "déconnecté partout")))
    tap.ok(f"Admin {school.mark}" in text and time.strftime("%d-%m-%Y") in text,
           "which the account is told by mail", text)
    here.sign_in(email, PASSWORD)
    number = site.sql("SELECT s.id FROM session s JOIN account a ON a.id = s.account_id WHERE "
                      f"a.email = '{email}'")[0][0]
    here.csrf = None
    page = here.post(f"{PROFILE}/sessions/{number}/terminer", {"csrf": csrf(here)})
    tap.ok(page.path.startswith("/connexion"), "ending this one signs out")
    operator = schools.operator
    tap.same(operator.get(PROFILE + "/sessions").status, 200, "operators have theirs, too")
    old = site.client()
    old.sign_in(email, PASSWORD)
    here.sign_in(email, PASSWORD)
    site.sql("UPDATE session SET seen_at = seen_at - INTERVAL 3 HOUR WHERE id = (SELECT MIN(s.id) "
             f"FROM session s JOIN account a ON a.id = s.account_id WHERE a.email = '{email}')")
    tap.same(len(table(here.get(PROFILE + "/sessions"))[1]), 1, "what has ended by itself is not listed")


def another_password():
    """Changed by who is signed in: the account is told, in case it was somebody else."""
    email, where = school.account("member"), source()
    client, elsewhere = site.client(where), signed_in(site, email, "member")
    client.sign_in(email, PASSWORD)
    form = client.get(PROFILE).form(PROFILE + "/mot-de-passe")
    typed = {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    client.submit(form, {**typed, "old_password": "un autre mot de passe"})
    tap.same(counted("message", f"to_address = '{email}'"), 0, "a password refused is told nobody")
    page = client.submit(form, typed)
    tap.ok(says(page, "notice-password-changed") and
           elsewhere.get("/stages", follow=False).status == 303,
           "another password ends the other sessions", page.status)
    text = plain(text_of(wait_for(email, "a été changé")))
    tap.ok(where in text and time.strftime("%d-%m-%Y") in text and "dans « Mon compte »" in text and
           "quelqu’un connaissait votre mot de passe" in text and
           re.search(r"https://[^/\s]+/mot-de-passe-oublie", text) and NEW not in text,
           "and is told by mail: when, from where, and what to do", text)


def another_address():
    email, new = school.account("member"), f"autre.{schools.mark}@ecole.example"
    client = site.client(source())
    client.sign_in(email, PASSWORD)
    form = client.get(PROFILE + "/adresse").form(PROFILE + "/adresse")
    good = {"email": new, "password": PASSWORD}
    for changes, wanted, title in (
            ({"email": "", "password": ""},
             {name: sentence("form-required") for name in good}, "nothing"),
            ({"email": "x@y"}, {"email": sentence("form-not-email")}, "half an address"),
            ({"email": "x" * 250 + "@ecole.example"}, {"email": sentence("form-not-email")},
             "one that is too long"),
            ({"email": email.upper()}, {"email": sentence("email-same")}, "the same"),
            ({"password": "un autre mot"}, {"password": sentence("password-wrong")},
             "a wrong password")):
        page = client.submit(form, {**good, **changes})
        tap.ok(page.status == 422 and errors(page) == wanted, f"another address: {title} is refused",
               page.status, errors(page))
        typed = {**good, **changes}["email"].lower()
        kept = page.form(PROFILE + "/adresse").fields["email"].lower()
        tap.ok(PASSWORD not in page.text and kept == typed,
               f"another address: {title}: what was typed is kept, the password is not", kept)
    tap.same(counted("email_change", f"new_email = '{new}'"), 0, "nothing of that is kept")
    page = client.submit(form, good)
    tap.ok(says(page, "notice-email-asked") and words(page).count("En attente") == 2,
           "another address is asked for", words(page)[:300])
    old_link = link_of(wait_for(email, "Confirmer le changement"))
    new_link = link_of(wait_for(new, "Confirmer votre nouvelle"))
    tap.ok(new in plain(text_of(wait_for(email, "Confirmer"))), "the present address is told which")
    visitor = site.client()
    for link in (old_link, new_link):
        page = visitor.get(link)
        tap.ok(page.status == 200 and page.headers.get_all("Referrer-Policy") == ["no-referrer"],
               "a link opens, and tells nobody its address", page.status)
    tap.same(site.sql("SELECT old_confirmed, new_confirmed FROM email_change WHERE new_email = "
                      f"'{new}'"), [["0", "0"]], "looking confirms nothing")
    answer = visitor.get(new_link).form("/adresse")
    page = visitor.submit(answer, {"reponse": ""})
    tap.same(page.status, 422, "an answer is needed")
    for _ in range(2):
        page = visitor.submit(answer, {"reponse": "confirmer"})
        tap.ok(page.status == 200 and "C’est confirmé pour cette adresse" in words(page),
               "one address confirms, also twice", page.status)
    tap.same(counted("account", f"email = '{email}'"), 1, "which alone changes nothing")
    page = visitor.submit(visitor.get(old_link).form("/adresse"), {"reponse": "confirmer"})
    tap.ok(says(page, "notice-email-changed"), "both have confirmed", page.status, words(page)[:200])
    tap.ok(new in words(client.get(PROFILE)), "the account has its new address")
    tap.ok(not site.client().sign_in(new, PASSWORD).path.startswith("/connexion") and
           site.client().sign_in(email, PASSWORD).status == 422, "and signs in with it alone")
    for link in (old_link, new_link):
        page = visitor.get(link)
        tap.ok(page.status == 404 and says(page, "email-link-void"), "the links are used up")
    refused_address(client, new)


def refused_address(client, present):
    def ask(email):
        form = client.get(PROFILE + "/adresse").form(PROFILE + "/adresse")
        client.submit(form, {"email": email, "password": PASSWORD})
        return [link_of(wait_for(to, subject, count)) for to, subject, count in (
            (present, "Confirmer le changement", ask.count), (email, "Confirmer votre nouvelle", 1))]

    ask.count = 1
    visitor = site.client()
    old_link, new_link = ask(f"refus.{schools.mark}@ecole.example")
    visitor.submit(visitor.get(new_link).form("/adresse"), {"reponse": "confirmer"})
    page = visitor.submit(visitor.get(old_link).form("/adresse"), {"reponse": "refuser"})
    tap.ok(says(page, "notice-email-refused") and visitor.get(new_link).status == 404,
           "the present address refuses", page.status)
    ask.count = 2
    old_link, new_link = ask(f"abandon.{schools.mark}@ecole.example")
    page = client.submit(client.get(PROFILE + "/adresse").form(PROFILE + "/adresse/annuler"))
    tap.ok(says(page, "notice-email-cancelled") and visitor.get(new_link).status == 404,
           "who asked gives it up", page.status)
    ask.count = 3
    taken = school.account("member")
    old_link, new_link = ask(taken)
    visitor.submit(visitor.get(old_link).form("/adresse"), {"reponse": "confirmer"})
    page = visitor.submit(visitor.get(new_link).form("/adresse"), {"reponse": "confirmer"})
    tap.ok(page.status == 409 and says(page, "email-taken"),
           "an address that has an account is told to who holds it", page.status)
    site.sql(f"UPDATE email_change SET expires_at = UTC_TIMESTAMP() WHERE new_email = '{taken}'")
    tap.ok(visitor.get(old_link).status == 404 and "Changement en cours" not in
           words(client.get(PROFILE + "/adresse")), "after a day the links have ended")
    form = client.get(PROFILE + "/adresse").form(PROFILE + "/adresse")
    for number in range(6):
        page = client.submit(form, {"email": f"x{number}.{schools.mark}@ecole.example",
                                    "password": PASSWORD})
    tap.ok(page.status == 429 and errors(page) == {"email": sentence("email-throttled")},
           "nobody has the platform write to any number of addresses", page.status)


address, message = asking()
choosing(address, message)
ending(address)
sessions()
another_password()
another_address()
tap.end()
