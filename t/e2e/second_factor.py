"""The second factor: set up by its owner, asked for at each sign-in, every code taken once."""
import base64
import hashlib
import hmac
import os
import random
import re
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, words  # noqa: E402
from schools import PASSWORD, Schools, csrf, signed_in  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
school, other = schools.add("Lycee"), schools.add("Autre")
PAGE = "/options/profil/double"


def source():
    return "127." + ".".join(str(random.randrange(2, 250)) for _ in range(3))


def totp(key, later=0):
    """RFC 6238, on its own."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    mac = hmac.new(base64.b32decode(key), counter, hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7fffffff) % 10**6:06}"


def wrong(key):
    codes = {totp(key, later) for later in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555",
                                  "666666", "777777") if code not in codes)


def forget_steps(email):
    """As if the codes taken so far were long ago."""
    site.sql("UPDATE second_factor SET last_step = 0 WHERE account_id = (SELECT id FROM account "
             f"WHERE email = '{email}')")


def forget_tries(email):
    """As if a quarter of an hour had passed."""
    number = site.sql(f"SELECT id FROM account WHERE email = '{email}'")[0][0]
    site.sql(f"DELETE FROM sign_in_attempt WHERE email_hash = UNHEX(SHA2('factor:{number}', 256))")


def counted(what, where):
    return int(site.sql(f"SELECT COUNT(*) FROM {what} WHERE {where}")[0][0])


def told(email, subject, title, source_):
    """Whether the account was told by mail, when, from where, and nothing that is secret."""
    mail = site.wait_for_mail(lambda one: email in one["To"] and subject in one["Subject"])
    text = plain(mail.get_body(("plain",)).get_content()) if mail else ""
    tap.ok(source_ in text and time.strftime("%d-%m-%Y") in text and "Si ce n’est pas vous" in text and
           not re.search(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b|\b[A-Z2-7]{32}\b|jeton=", text),
           f"the account is told by mail: {title}", text)


def begin(client):
    page = client.submit(client.get(PAGE).form(PAGE + "/commencer"), {"password": PASSWORD})
    return page, re.search(r"\b[A-Z2-7]{32}\b", words(page))[0]


def set_up(client, email):
    """The key, and the recovery codes."""
    page, key = begin(client)
    page = client.submit(page.form(PAGE + "/confirmer"), {"code": totp(key)})
    forget_steps(email)
    return key, re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", words(page))


def setting_up():
    email = school.account("member")
    client = site.client(source())
    client.sign_in(email, PASSWORD)
    tap.ok(PAGE in links(client.get("/options/profil")), "one's own account leads to it")
    form = client.get(PAGE).form(PAGE + "/commencer")
    for typed, key, title in (("", "form-required", "no password"),
                              ("un autre mot", "password-wrong", "a wrong password"),
                              ("é" * 1025, "form-too-long", "a password that is too long")):
        page = client.submit(form, {"password": typed})
        tap.ok(page.status == 422 and list(errors(page)) == ["password"] and
               errors(page)["password"].startswith(sentence(key).split("{")[0]),
               f"{title} begins nothing", page.status, errors(page))
    page, key = begin(client)
    address = re.search(r'href="(otpauth://[^"]+)"', page.text)[1].replace("&amp;", "&")
    tap.ok(key in address and "issuer=Paraphe" in address and
           f"Paraphe:{email.replace('@', '%40')}" in address, "the key is written and linked", address)
    tap.ok("<svg" in page.text and "style=" not in page.text and "<script>" not in page.text,
           "the QR code is drawn within the page, without style or script of its own")
    tap.same(read_qr(page), address, "and reads as that address")
    tap.ok(counted("second_factor", f"HEX(salt) = '{base64.b32decode(key).hex().upper()}'") == 0,
           "the database does not have the key")
    confirm = page.form(PAGE + "/confirmer")
    for typed, error, title in (("", "form-required", "no code"), (wrong(key), "factor-wrong", "a wrong one"),
                                ("12345", "factor-wrong", "five digits"),
                                ("é" * 50, "factor-wrong", "no digits"),
                                ("é" * 101, "form-too-long", "a code that is too long")):
        page = client.submit(confirm, {"code": typed})
        tap.ok(page.status == 422 and list(errors(page)) == ["code"] and
               errors(page)["code"].startswith(sentence(error).split("{")[0]) and key in words(page),
               f"{title} puts nothing in force, and the key stays", page.status, errors(page))
    fresh = site.client()
    tap.ok(not fresh.sign_in(email, PASSWORD).path.startswith("/connexion"),
           "until the first code the password is enough")
    client.source = (source(), 0)
    age = "UPDATE second_factor SET created_at = created_at {} INTERVAL 15 MINUTE WHERE salt = X'{}'"
    salt = site.sql("SELECT HEX(f.salt) FROM second_factor f JOIN account a ON a.id = f.account_id "
                    f"WHERE a.email = '{email}'")[0][0]
    site.sql(age.format("-", salt))
    page = client.submit(confirm, {"code": totp(key)})
    tap.ok(page.status == 404 and says(page, "factor-not-begun") and key not in
           client.get(PAGE).text, "what was begun is given up after a quarter of an hour", page.status)
    site.sql(age.format("+", salt))
    code = totp(key)
    tap.same(counted("message", f"to_address = '{email}'"), 0, "nothing in force, nothing told")
    page = client.submit(confirm, {"code": f"{code[:3]} {code[3:]}"})
    told(email, "a été activée", "it is in force", client.source[0])
    codes = re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", words(page))
    tap.ok(page.status == 200 and len(set(codes)) == 10, "the first code, spaces or not, gives ten "
           "recovery codes", page.status, words(page)[:300])
    stored = {row[0] for row in site.sql("SELECT LOWER(HEX(code_hash)) FROM recovery_code")}
    plain_hashes = {hashlib.sha256(form.encode()).hexdigest() for code in codes
                    for form in (code, code.replace("-", ""))}
    tap.ok(not stored & plain_hashes, "which are kept under a key, not as mere hashes")
    page = client.submit(confirm, {"code": totp(key, 1)})
    tap.ok(page.status == 409 and says(page, "factor-already"), "twice in a row is told", page.status)
    page = client.get(PAGE)
    tap.ok(key not in page.text and not any(code in page.text for code in codes) and
           "restants : 10." in words(page), "neither key nor codes are ever shown again")
    return email, key, codes


def read_qr(page):
    """What zbarimg reads from the page's symbol, drawn by its path."""
    side = int(re.search(r'viewBox="0 0 (\d+)', page.text)[1])
    path = max(re.findall(r'<path d="([^"]+)"', page.text), key=len)
    dark = {(int(x) + i, int(y)) for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", path)
            for i in range(int(run))}
    rows = ["".join("1 " if (x // 8, y // 8) in dark else "0 " for x in range(side * 8))
            for y in range(side * 8)]
    image = f"P1\n{side * 8} {side * 8}\n" + "\n".join(rows) + "\n"
    done = papers.run("convert", "pbm:-", "png:-", input=image.encode())
    name = os.path.join(site.directory, f"qr-{schools.mark}.png")
    with open(name, "wb") as file:
        file.write(done.stdout)
    said = papers.run("zbarimg", "--quiet", "--raw", name).stdout.decode().strip()
    os.unlink(name)
    return said


def signing_in(email, key, codes):
    forget_steps(email)
    visitor = site.client(source())
    page = visitor.get("/connexion?retour=%2Fstages")
    page = visitor.submit(page.form("/connexion"), {"email": email, "password": PASSWORD})
    tap.ok(page.path == "/connexion/code?retour=%2Fstages" and "__Host-session" not in visitor.cookies,
           "after the password a code is asked for, and there is no session yet", page.path)
    tap.same(visitor.get("/stages", follow=False).status, 303, "nothing is open")
    form = page.form("/connexion/code")
    for typed, key_, title in (("", "form-required", "no code"), (wrong(key), "factor-wrong", "a wrong one"),
                               ("aaaaa-aaaaa", "factor-wrong", "a wrong recovery code"),
                               ("' OR 1=1 --", "factor-wrong", "no code at all")):
        page = visitor.submit(form, {"code": typed})
        tap.ok(page.status == 422 and errors(page) == {"code": sentence(key_)}, f"{title} is refused",
               page.status, errors(page))
    code = totp(key)
    page = visitor.submit(form, {"code": code})
    tap.ok(page.status == 200 and page.path == "/stages", "the code opens what was asked for", page.path)
    again = site.client(source())
    page = again.sign_in(email, PASSWORD)
    form = page.form("/connexion/code")
    page = again.submit(form, {"code": code})
    tap.ok(page.status == 422 and says(page, "factor-wrong"), "the same code is not taken twice")
    page = again.submit(form, {"code": totp(key, -1)})
    tap.ok(page.status == 422, "nor an earlier one after it")
    page = again.submit(form, {"code": totp(key, 1)})
    tap.ok(not page.path.startswith("/connexion"), "the next one is, as clocks differ")
    again.cookies.pop("__Host-session")
    page = again.post("/connexion/code", {**form.fields, "code": codes[9]})
    tap.ok(page.path == "/connexion" and "__Host-session" not in again.cookies,
           "a finished step is none", page.path)
    recovery(email, codes)
    without_step(email, key)
    throttled(email, key)


def recovery(email, codes):
    visitor = site.client(source())
    form = visitor.sign_in(email, PASSWORD).form("/connexion/code")
    page = visitor.submit(form, {"code": codes[0].upper().replace("-", " ")})
    tap.ok(not page.path.startswith("/connexion"), "a recovery code is taken, however it is typed")
    tap.ok("restants : 9." in words(visitor.get(PAGE)), "and is gone")
    visitor = site.client(source())
    form = visitor.sign_in(email, PASSWORD).form("/connexion/code")
    page = visitor.submit(form, {"code": codes[0]})
    tap.ok(page.status == 422 and says(page, "factor-wrong"), "twice it is not")


def without_step(email, key):
    forget_steps(email)
    stranger = site.client()
    token = stranger.get("/connexion").form("/connexion").fields["csrf"]
    page = stranger.post("/connexion/code", {"csrf": token, "code": totp(key)})
    tap.ok(page.path == "/connexion" and "__Host-session" not in stranger.cookies,
           "a code without the password opens nothing", page.path)
    late = site.client()
    form = late.sign_in(email, PASSWORD).form("/connexion/code")
    site.sql("UPDATE sign_in_step SET expires_at = UTC_TIMESTAMP() WHERE account_id = (SELECT id FROM "
             f"account WHERE email = '{email}')")
    page = late.submit(form, {"code": totp(key)})
    tap.ok(page.path == "/connexion", "after ten minutes one begins anew", page.path)
    late.sign_in(email, PASSWORD)
    site.paraphe("account", "disable", "--email", email)
    page = late.submit(form, {"code": totp(key)})
    tap.ok(page.path == "/connexion", "who is disabled between the steps is out", page.path)
    site.paraphe("account", "enable", "--email", email)


def throttled(email, key):
    visitor = site.client(source())
    form = visitor.sign_in(email, PASSWORD).form("/connexion/code")
    forget_tries(email)
    statuses = [visitor.submit(form, {"code": wrong(key)}).status for _ in range(5)]
    page = visitor.submit(form, {"code": totp(key)})
    tap.ok(statuses == [422] * 5 and page.status == 429 and
           errors(page) == {"code": sentence("factor-throttled")},
           "after five wrong codes even the right one has to wait", statuses, page.status)
    elsewhere = site.client(source())
    form = elsewhere.sign_in(email, PASSWORD).form("/connexion/code")
    tap.same(elsewhere.submit(form, {"code": totp(key)}).status, 429, "wherever it comes from")
    forget_tries(email)
    page = elsewhere.submit(form, {"code": totp(key)})
    tap.ok(not page.path.startswith("/connexion"), "after a quarter of an hour it is taken")


def managing():
    email = school.account("admin")
    client = site.client(source())
    client.sign_in(email, PASSWORD)
    key, codes = set_up(client, email)
    form = client.get(PAGE).form(PAGE + "/codes")
    off = PAGE + "/desactiver"
    for action in (form.action, off):
        form.action = action
        for changes, wanted, title in (
                ({}, {"password": sentence("form-required"), "code": sentence("form-required")},
                 "nothing"),
                ({"password": "un autre", "code": totp(key)},
                 {"password": sentence("password-wrong")}, "a wrong password"),
                ({"password": PASSWORD, "code": wrong(key)}, {"code": sentence("factor-wrong")},
                 "a wrong code")):
            page = client.submit(form, changes)
            tap.ok(page.status == 422 and errors(page) == wanted, f"{action}: {title} is refused",
                   page.status, errors(page))
        client.source = (source(), 0)
    tap.same(counted("message", f"to_address = '{email}' AND name <> 'account-factor-on'"), 0,
             "what is refused is told nobody")
    form.action = PAGE + "/codes"
    page = client.submit(form, {"password": PASSWORD, "code": totp(key)})
    fresh = re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", words(page))
    tap.ok(len(set(fresh)) == 10 and not set(fresh) & set(codes), "new recovery codes are made")
    told(email, "renouvelés", "there are new recovery codes", client.source[0])
    form.action = off
    page = client.submit(form, {"password": PASSWORD, "code": codes[0]})
    tap.ok(page.status == 422, "the earlier ones no longer work")
    page = client.submit(form, {"password": PASSWORD, "code": fresh[0]})
    tap.ok(says(page, "notice-factor-off") and "Inactive" in words(page), "it is disabled", page.status)
    told(email, "a été désactivée", "it is disabled", client.source[0])
    tap.ok(not site.client().sign_in(email, PASSWORD).path.startswith("/connexion"),
           "then the password is enough")
    page = client.submit(form, {"password": PASSWORD, "code": fresh[1]})
    tap.ok(page.status == 409 and says(page, "factor-off"), "twice in a row is told", page.status)
    operator = schools.operator
    tap.same(operator.get(PAGE).status, 200, "operators have it, too")


def reset():
    email = school.account("member", f"Perdu {schools.mark}")
    member = site.client(source())
    member.sign_in(email, PASSWORD)
    set_up(member, email)
    number = site.sql(f"SELECT id FROM account WHERE email = '{email}'")[0][0]
    path = f"/options/membres/{number}/double"
    page = other.admin.post(path, {"csrf": csrf(other.admin)})
    tap.ok(page.status == 404 and email not in page.text, "another school's admin does not reset it")
    tap.same(school.member.post(path, {"csrf": csrf(school.member)}).status, 403, "nor does a member")
    admin = school.admin
    ask = admin.get(path)
    tap.ok(ask.status == 200 and counted("second_factor", f"account_id = {number}") == 1, "it is asked first")
    page = admin.submit(ask.form(path))
    tap.ok(says(page, "notice-factor-reset"), "an admin resets it", page.status)
    tap.same(member.get("/stages", follow=False).status, 303, "the sessions have ended")
    tap.ok(not member.sign_in(email, PASSWORD).path.startswith("/connexion"), "the password is enough")
    mail = site.wait_for_mail(lambda one: email in one["To"] and "retirée" in one["Subject"])
    tap.ok(mail and f"Admin {school.mark}" in plain(mail.get_body(("plain",)).get_content()),
           "the member is told by mail who did it")
    own = site.sql(f"SELECT id FROM account WHERE email = '{admin.address}'")[0][0]
    page = admin.post(f"/options/membres/{own}/double", {"csrf": csrf(admin)})
    tap.ok(page.status == 403 and says(page, "member-self"), "not one's own, which takes a code", page.status)
    set_up(member, email)
    operator, path = schools.operator, f"/comptes/{number}/double"
    tap.same(school.admin.get(path).status, 403, "the operator's way is not for schools")
    tap.ok(path in links(operator.get(f"/comptes/{number}")) and
           "Double authentification Active" in words(operator.get(f"/comptes/{number}")),
           "an account's sheet says that it has one, and leads there")
    page = operator.submit(operator.get(path).form(path))
    tap.ok(says(page, "notice-factor-reset") and counted("second_factor", f"account_id = {number}") == 0
           and "Double authentification retirée" in words(page),
           "an operator resets it, which the sheet keeps", page.status)
    member.sign_in(email, PASSWORD)
    set_up(member, email)
    site.paraphe("account", "reset-factor", "--email", email)
    tap.same(counted("second_factor", f"account_id = {number}"), 0, "the command line resets it, too")


def forgotten():
    """A new password does not go round it."""
    email = school.account("member")
    client = site.client(source())
    client.sign_in(email, PASSWORD)
    key, _ = set_up(client, email)
    visitor = site.client(source())
    visitor.submit(visitor.get("/mot-de-passe-oublie").form("/mot-de-passe-oublie"), {"email": email})
    mail = site.wait_for_mail(lambda one: email in one["To"] and "Choisir" in one["Subject"])
    link = re.search(r"https://[^/\s]+(/\S+\?jeton=[\w-]{43})",
                     mail.get_body(("plain",)).get_content())[1]
    new = "cinq mots encore plus longs"
    visitor.submit(visitor.get(link).form("/mot-de-passe"), {"password": new, "password_again": new})
    page = visitor.sign_in(email, new)
    tap.ok(page.path.startswith("/connexion/code"), "after a forgotten password the code is asked for")
    page = visitor.submit(page.form("/connexion/code"), {"code": totp(key)})
    tap.ok(not page.path.startswith("/connexion"), "and opens", page.status)


signing_in(*setting_up())
managing()
reset()
forgotten()
tap.end()
