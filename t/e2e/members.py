"""« Options », members: an admin invites by mail, gives roles, disables; the link of an invitation
makes one account, and whoever looks at it before uses nothing up."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import PASSWORD, Schools, csrf, signed_in  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
school, other = schools.add("Lycee"), schools.add("Autre")
MEMBERS = "/options/membres"
NAME = f"Zoé <b>Nouvelle</b> {schools.mark}"


def address(name):
    return f"{name}.{schools.mark}@ecole.example"


def invitations(email):
    """The links sent to that address, oldest first."""
    site.wait_for_mail(lambda mail: email in mail["To"])
    texts = [mail.get_body(preferencelist=("plain",)).get_content() for mail in site.mails()
             if email in mail["To"] and "Invitation" in mail["Subject"]]
    return [re.search(r"https://\S+(/invitation\?jeton=[\w-]+)", text)[1] for text in texts]


def newest_link(email, count):
    site.wait_for_mail(lambda mail: len(invitations(email)) >= count)
    return invitations(email)[-1]


def invite_form(client):
    return next(form for form in client.get(MEMBERS).forms
                if form.method == "post" and form.action == MEMBERS)


def rows(client, query=""):
    """The list's cells by e-mail address."""
    return {cells[1]: cells for cells in table(client.get(MEMBERS + query))[1] if len(cells) > 1}


def counted(what, where):
    return int(site.sql(f"SELECT COUNT(*) FROM {what} WHERE {where}")[0][0])


def inviting():
    admin = school.admin
    email = address("nouvelle")
    for typed, wanted, title in ((" ", "form-required", "no address"),
                                 ("nouvelle@nulle-part", "form-not-email", "half an address"),
                                 ("a" * 250 + "@ecole.example", "form-not-email", "a long address")):
        page = admin.submit(invite_form(admin), {"email": typed})
        tap.ok(page.status == 422 and errors(page) == {"email": sentence(wanted)} and
               "#email" in links(page), f"{title} is refused at the field", page.status, errors(page))
    page = admin.submit(invite_form(admin), {"email": email, "role": "operator"})
    tap.ok(page.status == 422 and errors(page) == {"role": sentence("form-not-choice")},
           "an admin makes no operators", page.status, errors(page))
    page = admin.submit(invite_form(admin), {"email": school.admin.address})
    tap.ok(page.status == 422 and errors(page) == {"email": sentence("member-already")},
           "who is a member already is not invited", page.status, errors(page))
    page = admin.submit(invite_form(admin), {"email": other.admin.address})
    tap.ok(page.status == 422 and errors(page) == {"email": sentence("email-taken")},
           "nor who has an account elsewhere", page.status, errors(page))
    tap.same(counted("invitation", f"scope = {school.number}"), 0, "nothing of that is kept")
    page = admin.submit(invite_form(admin), {"email": email, "role": "admin"})
    tap.ok(page.status == 200 and says(page, "notice-invited"), "an address is invited", words(page)[:200])
    tap.ok("Invitation envoyée" in rows(admin)[email][3] and rows(admin)[email][2] == "Administrateur",
           "and stands in the list, with its role", rows(admin))
    page = admin.submit(invite_form(admin), {"email": email.upper()})
    tap.ok(page.status == 422 and errors(page) == {"email": sentence("invitation-open")},
           "the same address is not invited twice", page.status, errors(page))
    tap.ok(email not in rows(other.admin), "another school sees nothing of it")
    tap.same(len(invitations(email)), 1, "one mail has gone")
    mail = site.wait_for_mail(lambda one: email in one["To"])
    text = plain(mail.get_body(preferencelist=("plain",)).get_content())
    tap.ok(school.name in mail["Subject"] and f"Admin {school.mark}" in text and
           "comme administrateur" in text, "the mail says who invites, where to and as what", text)
    return email


def the_link(email):
    link = newest_link(email, 1)
    token = link.split("=")[1]
    tap.same(len(token), 43, "the token has 256 bits")
    site.wait_for_mail(lambda _: counted(
        "message", f"to_address = '{email}' AND state = 'sent'") == 1)
    tap.same(counted("message", f"body_text LIKE '%{token}%' OR body_html LIKE '%{token}%'"), 0,
             "once the mail is sent, the database has its token nowhere")
    visitor = site.client()
    for _ in range(3):
        page = visitor.get(link)
    tap.ok(page.status == 200 and email in words(page) and school.name in words(page),
           "the link opens as often as somebody looks at it", page.status)
    tap.same(page.headers.get_all("Referrer-Policy"), ["no-referrer"],
             "and the page sends its address nowhere")
    tap.ok(page.headers["Cache-Control"] == "no-store", "nor is it kept")
    tap.ok(not any(token in site.log(name) for name in ("nginx-access", "nginx", "paraphed")),
           "no log has the token")
    form = page.form("/invitation")
    good = {"name": NAME, "password": PASSWORD, "password_again": PASSWORD}
    required = sentence("form-required")
    for changes, wanted, title in (
            ({name: "" for name in good}, {name: required for name in good}, "nothing"),
            ({"name": "é" * 151},
             {"name": sentence("form-too-long").replace("{most}", "150")}, "a long name"),
            ({"password": "court", "password_again": "court"},
             {"password": sentence("password-too-short")}, "a short password"),
            ({"password_again": PASSWORD + "x"},
             {"password_again": sentence("password-differs")}, "two passwords")):
        page = visitor.submit(form, {**good, **changes})
        tap.ok(page.status == 422 and errors(page) == wanted and PASSWORD not in page.text,
               f"accepting: {title} is refused", page.status, errors(page))
        tap.same(page.headers.get_all("Referrer-Policy"), ["no-referrer"],
                 f"accepting: {title}: that page sends its address nowhere")
    tap.ok(page.form("/invitation").fields["name"] == NAME, "the name that was typed is kept")
    page = visitor.post("/invitation", {**form.fields, **good}, headers={
        "Origin": "null", "Sec-Fetch-Site": "same-origin"})
    tap.ok(page.status == 200 and says(page, "notice-account-made") and email in words(page) and
           "Administrateur" in words(page), "a form of a page without referrer makes the account "
           "and signs in", page.status, words(page)[:300])
    tap.ok("<b>Nouvelle" not in page.text and NAME in words(page), "the name is text")
    return link, form, good


def used_up(email, link, form, good):
    visitor = site.client()
    visitor.get("/connexion")
    page = visitor.get(link)
    tap.ok(page.status == 404 and says(page, "invitation-void"), "then the link is used up", page.status)
    token = visitor.get("/connexion").form("/connexion").fields["csrf"]
    page = visitor.post("/invitation", {**form.fields, **good, "csrf": token, "name": "Autre"})
    tap.ok(page.status == 404 and says(page, "invitation-void"), "its form too", page.status)
    for wrong in ("", "?jeton=", "?jeton=x", "?jeton=" + "A" * 43, "?jeton=" + "A" * 42 + "%C3%A9"):
        tap.same(visitor.get("/invitation" + wrong).status, 404, f"/invitation{wrong} is none")
    tap.same(counted("account", f"email = '{email}'"), 1, "there is one account")
    tap.ok("Actif" in rows(school.admin)[email][3], "which the list has as active")
    newcomer = signed_in(site, email, "admin")
    tap.same(newcomer.get(MEMBERS).status, 200, "and signs in with its password, as admin")
    return newcomer


def resent_and_withdrawn():
    email = address("renvoyee")
    admin = school.admin
    admin.submit(invite_form(admin), {"email": email})
    first = newest_link(email, 1)
    page = admin.get(MEMBERS)
    resend = page.form(f"{MEMBERS}/invitations/")
    number = re.search(r"/(\d+)/renvoyer", resend.action)[1]
    for verb in ("renvoyer", "retirer"):
        page = other.admin.post(f"{MEMBERS}/invitations/{number}/{verb}", {"csrf": csrf(other.admin)})
        tap.ok(page.status == 404 and email not in page.text, f"{verb}: not by another school", page.status)
    site.sql(f"UPDATE invitation SET expires_at = UTC_TIMESTAMP() WHERE id = {number}")
    tap.same(site.client().get(first).status, 404, "after seven days the link has ended")
    tap.ok("Invitation expirée" in rows(admin)[email][3], "and the list says so")
    page = admin.submit(resend)
    tap.ok(says(page, "notice-invitation-resent"), "it is sent again", page.status)
    second = newest_link(email, 2)
    tap.ok(first != second and site.client().get(first).status == 404 and
           site.client().get(second).status == 200, "with another link, the only one that works")
    left = counted("invitation", f"id = {number} AND expires_at BETWEEN UTC_TIMESTAMP() + INTERVAL "
                   "167 HOUR AND UTC_TIMESTAMP() + INTERVAL 168 HOUR")
    tap.same(left, 1, "for seven days")
    withdraw = f"{MEMBERS}/invitations/{number}/retirer"
    page = admin.post(withdraw, {"csrf": csrf(admin)})
    tap.ok(says(page, "notice-invitation-withdrawn") and email not in rows(admin), "it is withdrawn")
    tap.same(site.client().get(second).status, 404, "and no longer works")
    for action in (withdraw, resend.action):
        page = admin.post(action, {"csrf": csrf(admin)})
        tap.ok(page.status == 404 and says(page, "invitation-gone"),
               "what is withdrawn is gone, from a page that is out of date too", page.status)


def not_arrived():
    """A mail that was given up stands where the invitation does, with its reason and what to do."""
    admin, email = school.admin, address("perdue")
    admin.submit(invite_form(admin), {"email": email, "role": "member"})
    site.wait_for_mail(lambda mail: email in mail["To"])
    for changed in ("message SET created_at = created_at - INTERVAL 1 MINUTE WHERE to_address",
                    "invitation SET expires_at = expires_at - INTERVAL 1 MINUTE WHERE email"):
        site.sql(f"UPDATE {changed} = '{email}'")
    site.sql("UPDATE message SET state = 'queued', next_attempt_at = UTC_TIMESTAMP() + INTERVAL 1 DAY, "
             f"error_key = 'mail-deferred', sent_at = NULL WHERE to_address = '{email}'")
    tap.ok("Envoi retardé" in rows(admin)[email][3], "a mail that is tried again is told")
    site.sql("UPDATE message SET state = 'failed', next_attempt_at = NULL, error_key = "
             f"'mail-address-unknown' WHERE to_address = '{email}'")
    state = rows(admin)[email][3]
    tap.ok("Courriel non parvenu" in state and sentence("invitation-mail-address-unknown") in state,
           "one that was given up as well, with the reason and what to do", state)
    tap.ok(email not in rows(other.admin), "to this school alone")
    page = schools.operator.get(f"/comptes?qui=invites&q={email}")
    tap.ok("Courriel non parvenu" in words(page), "and to operators")
    form = next(form for form in admin.get(f"/options/membres?q={email}").forms
                if form.action.endswith("/renvoyer"))
    page = admin.submit(form)
    tap.ok(says(page, "notice-invitation-resent"), "it is sent anew from there", page.status)
    tap.ok("Invitation envoyée" in rows(admin)[email][3], "then it is on its way again",
           rows(admin)[email])


def one_address_of_two_schools():
    email = address("deux")
    for client in (school.admin, other.admin):
        page = client.submit(invite_form(client), {"email": email})
        tap.ok(says(page, "notice-invited"), "an invitation by one school hinders no other's")
    newest_link(email, 2)
    links_ = invitations(email)
    good = {"name": NAME, "password": PASSWORD, "password_again": PASSWORD}
    visitor = site.client()
    tap.ok(says(visitor.submit(visitor.get(links_[0]).form("/invitation"), good),
                "notice-account-made"), "the first that is accepted makes the account")
    visitor = site.client()
    page = visitor.submit(visitor.get(links_[1]).form("/invitation"), good)
    tap.ok(page.status == 409 and says(page, "email-taken"), "the second is told", page.status)


def member_number(client, email):
    return re.search(r"/(\d+)$", next(
        address for address in links(client.get(f"{MEMBERS}?q={email}"))
        if re.fullmatch(MEMBERS + r"/\d+", address)))[1]


def roles_and_access():
    admin = school.admin
    email = school.account("member", f"Paul {schools.mark}")
    member = signed_in(site, email, "member")
    number = member_number(admin, email)
    sheet = f"{MEMBERS}/{number}"
    early = admin.get(sheet)
    page = admin.submit(early.form(sheet + "/role"), {"role": "operator"})
    tap.ok(page.status == 422 and errors(page) == {"role": sentence("form-not-choice")},
           "no other role can be given", page.status)
    page = admin.submit(early.form(sheet + "/role"), {"role": "admin"})
    tap.ok(says(page, "notice-role-changed") and "Administrateur" in words(page), "a role is changed")
    tap.same(member.get("/stages", follow=False).status, 303, "who had the earlier one is signed out")
    page = admin.submit(early.form(sheet + "/role"), {"role": "member"})
    tap.ok(page.status == 409 and says(page, "member-out-of-date"),
           "from a page that is out of date nothing is changed", page.status)
    member.sign_in(email, PASSWORD)
    tap.same(member.get(MEMBERS).status, 200, "the new admin sees the members")
    ask = admin.get(sheet + "/desactiver")
    tap.ok(ask.status == 200 and "Actif" in rows(admin)[email][3], "disabling asks first")
    page = admin.submit(ask.form(sheet + "/desactiver"))
    tap.ok(says(page, "notice-member-disabled") and "Désactivé" in words(page), "then does it")
    tap.same(member.get("/stages", follow=False).status, 303, "who is disabled is signed out")
    tap.same(member.sign_in(email, PASSWORD).status, 422, "and cannot sign in")
    page = admin.submit(ask.form(sheet + "/desactiver"))
    tap.ok(page.status == 409, "twice in a row is told", page.status)
    page = admin.submit(admin.get(sheet).form(sheet + "/reactiver"))
    tap.ok(says(page, "notice-member-enabled"), "and it is enabled again")
    tap.ok(not member.sign_in(email, PASSWORD).path.startswith("/connexion"), "then signs in")


def locked_out():
    """Nobody shuts out himself, nor the last admin."""
    third = schools.add("Seul")
    first = third.admin
    number = member_number(first, first.address)
    sheet = f"{MEMBERS}/{number}"
    page = first.get(sheet)
    tap.ok("C’est votre compte" in words(page) and not any(
        form.action.startswith(sheet) for form in page.forms), "one's own sheet offers no change")
    for action, fields in (("/role", {"role": "member"}), ("/desactiver", {})):
        page = first.post(f"{sheet}{action}?version=1", {"csrf": csrf(first), **fields})
        tap.ok(page.status == 403 and says(page, "member-self"), f"{action} of oneself is refused",
               page.status)
    second_address = third.account("admin")
    second = signed_in(site, second_address, "admin")
    csrf(second)
    other_number = member_number(first, second_address)
    first.post(f"{MEMBERS}/{other_number}/role?version=1", {"csrf": csrf(first), "role": "member"})
    page = second.post(f"{sheet}/role?version=1", {"csrf": csrf(second), "role": "member"})
    tap.ok(page.status in (303, 403, 200) and site.sql(
        f"SELECT role FROM account WHERE id = {number}") == [["admin"]],
        "of two admins who take each other's role away one remains", page.status)
    for action in ("/role", "/desactiver", "/reactiver"):
        page = other.admin.post(f"{sheet}{action}?version=1", {"csrf": csrf(other.admin),
                                                               "role": "member"})
        tap.ok(page.status == 404 and first.address not in page.text,
               f"{action} by another school finds nobody", page.status)
    for path in (sheet, sheet + "/desactiver"):
        tap.same(other.admin.get(path).status, 404, f"{path} is not another school's to see")


def the_list():
    admin = school.admin
    names = [row[0] for row in table(admin.get(f"{MEMBERS}?tri=nom"))[1]]
    down = [row[0] for row in table(admin.get(f"{MEMBERS}?tri=-nom"))[1]]
    tap.ok(len(names) > 2 and names == list(reversed(down)), "the list is sorted both ways", names, down)
    for column in ("adresse", "-adresse", "role", "-role"):
        tap.same(admin.get(f"{MEMBERS}?tri={column}").status, 200, f"it is sorted by {column}")
    found = rows(admin, f"?q=zoe%20%3Cb%3Enouvelle")
    tap.ok(list(found) and all("Zoé" in row[0] for row in found.values()),
           "a search needs neither case nor accents", found)
    page = admin.get(f"{MEMBERS}?q=%25personne_")
    tap.ok("Aucun membre ne correspond" in words(page), "a search that finds nothing says so")
    for number in range(12):
        school.account("member", f"Membre {number:02} {schools.mark}")
    page = admin.get(f"{MEMBERS}?taille=10&page=2")
    tap.ok("Affichage de l’élément 11 à" in words(page), "the list has pages")


def by_command():
    email = address("commande")
    said = site.paraphe("account", "add", "--email", email, "--role", "operator", "--invite")
    tap.ok(email in said, "the command line invites too")
    visitor = site.client()
    page = visitor.get(newest_link(email, 1))
    tap.ok("opérateurs de la plateforme" in words(page), "also an operator", words(page)[:200])
    page = visitor.submit(page.form("/invitation"), {"name": f"Op {schools.mark}",
                                                     "password": PASSWORD, "password_again": PASSWORD})
    tap.ok(says(page, "notice-account-made") and visitor.get("/courriels").status == 200,
           "who then is one", page.status)
    for arguments, title in ((("--name", "X", "--invite"), "a name and an invitation"),
                             ((), "neither of both")):
        said = site.paraphe("account", "add", "--email", address("x"), "--role", "operator",
                            *arguments, fails=True)
        tap.ok("--invite" in said, f"{title} is wrong usage", said)
    said = site.paraphe("account", "add", "--email", email, "--role", "operator", "--invite",
                        fails=True)
    tap.ok(sentence("member-already") in plain(said), "who is there is not invited", said)


invited = inviting()
opened = the_link(invited)
used_up(invited, *opened)
resent_and_withdrawn()
not_arrived()
one_address_of_two_schools()
roles_and_access()
locked_out()
the_list()
by_command()
tap.end()
