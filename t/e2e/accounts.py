"""« Comptes »: the operator finds every account, invites to any establishment, disables, and ends
sessions."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import PASSWORD, Schools, csrf, new_uai, signed_in  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
operator = schools.operator
first, second = schools.add("Premier"), schools.add("Second")


def number(address):
    return site.sql(f"SELECT id FROM account WHERE email = '{address}'")[0][0]


def rows(query):
    """Name, address, establishment, role and last sign-in of each row."""
    return [tuple(row[:5]) for row in table(operator.get(f"/comptes?{query}"))[1]]


def tabs(page):
    return dict(re.findall(r"(Tous|Administrateurs|Membres|Opérateurs|Jamais venus|Désactivés|Invitations) (\d+)",
                           words(page)))


def finding():
    admin, member = first.account("admin"), first.account("member")
    second.account("member")
    found = rows(f"q={schools.mark}")
    tap.same(len(found), 4, "the operator finds all accounts, of every establishment and role")
    tap.same({(row[1], row[2], row[3]) for row in found if row[1] in (admin, member)},
             {(admin, first.name, "Administrateur"), (member, first.name, "Membre")},
             "with establishment and role")
    tap.ok([row for row in found if row[1] == admin][0][4] == "Jamais",
           "and says who never signed in")
    signed_in(site, admin, "admin")
    tap.ok(re.match(r"\d\d-\d\d-\d{4} à", [row for row in rows(f"q={admin}")][0][4]),
           "or when they last did")
    tap.same([row[1] for row in rows(f"q=premier+{schools.mark}+%C3%A9t%C3%A9")],
             sorted([admin, member], key=lambda one: [row[0] for row in found if row[1] == one]),
             "they are found by their establishment, without accents")
    tap.same(len(rows(f"q={first.uai}")), 2, "and by its UAI")
    tap.same(len(rows(f"q={member}")), 1, "and by their address")
    for who, wanted in (("administrateurs", 1), ("membres", 2), ("operateurs", 1), ("jamais-venus", 2),
                        ("desactives", 0)):
        tap.same(len(rows(f"q={schools.mark}&qui={who}")), wanted, f"the tab « {who} » has {wanted}")
    page = operator.get(f"/comptes?q={schools.mark}")
    tap.same(tabs(page), {"Tous": "4", "Administrateurs": "1", "Membres": "2", "Opérateurs": "1",
                          "Jamais venus": "2", "Désactivés": "0", "Invitations": "0"}, "the tabs count what is found")
    for column in ("nom", "adresse", "etablissement", "connexion"):
        for order in (column, f"-{column}"):
            tap.same(len(rows(f"q={schools.mark}&tri={order}")), 4, f"sorted by {order}")
    tap.ok("Aucun compte de cet onglet ne correspond à « nul_le% »" in
           words(operator.get("/comptes?q=nul_le%25")), "nothing found says so; % finds not all")
    return admin, member


def disabling(member):
    at = f"/comptes/{number(member)}"
    client = signed_in(site, member, "member")
    page = operator.get(at)
    tap.ok(member in words(page) and first.name in words(page) and "Sessions ouvertes 1" in
           words(page), "a sheet says whose it is, and how many sessions are open", words(page)[:500])
    page = operator.submit(page.form(f"{at}/deconnecter"))
    tap.ok(says(page, "notice-account-signed-out") and "Sessions ouvertes Aucune" in words(page) and
           client.get("/conventions").path.startswith("/connexion"), "its sessions can be ended")
    tap.ok("deconnecter" not in page.text, "then there is nothing to end")
    client = signed_in(site, member, "member")
    tap.ok(f"{at}/desactiver" in links(page), "the sheet leads to disabling")
    form = operator.get(f"{at}/desactiver").form(f"{at}/desactiver")
    tap.same(client.get("/conventions").status, 200, "which asks first")
    page = operator.submit(form)
    tap.ok(says(page, "notice-member-disabled") and "Désactivé" in words(page) and
           client.get("/conventions").path.startswith("/connexion"),
           "a disabled account is signed out")
    tap.ok(site.client().sign_in(member, PASSWORD).status == 422, "and cannot sign in")
    late = operator.submit(form)
    tap.ok(late.status == 409 and says(late, "member-out-of-date"), "twice is out of date",
           late.status)
    tap.same([row[1] for row in rows(f"q={schools.mark}&qui=desactives")], [member],
             "it stands in the tab of those")
    page = operator.submit(operator.get(at).form(f"{at}/reactiver"))
    tap.ok(says(page, "notice-member-enabled") and
           site.client().sign_in(member, PASSWORD).status == 200, "enabled, it can sign in again")
    own = f"/comptes/{number(operator.address)}"
    page = operator.get(own)
    tap.ok("C’est votre compte" in words(page) and "desactiver" not in page.text,
           "the own account is not offered to be disabled")
    page = operator.post(f"{own}/desactiver?version=1", {"csrf": csrf(operator)})
    tap.ok(page.status == 403 and operator.get("/comptes").status == 200, "nor can it be",
           page.status)
    tap.same(operator.get("/comptes/999999999").status, 404, "an unknown account is 404")


def place(number_, **fields):
    """What answers to the sheet's form of role and establishment."""
    form = operator.get(f"/comptes/{number_}").form(f"/comptes/{number_}/role")
    return operator.submit(form, fields)


def mail_of(address, subject):
    mail = site.wait_for_mail(lambda mail: address in mail["To"] and subject in mail["Subject"])
    return plain(mail.get_body(("plain",)).get_content()) if mail else ""


def placing(admin):
    """Role and establishment, changed by an operator; the last admin stays one."""
    member = first.account("member")
    at = f"/comptes/{number(member)}"
    client = signed_in(site, member, "member")
    form = operator.get(at).form(f"{at}/role")
    tap.ok(form.fields["uai"] == first.uai, "the sheet has the form, filled with what is now",
           form.fields)
    for fields, field, key in (({"uai": ""}, "uai", "form-required"),
                               ({"uai": "0691234T"}, "uai", "uai-letter"),
                               ({"uai": new_uai()}, "uai", "invite-no-school"),
                               ({"uai": "x" * 30}, "uai", "form-too-long"),
                               ({"role": "operator"}, "uai", "invite-operator-school"),
                               ({"role": "roi"}, "role", "form-not-choice"),
                               ({"role": ""}, "role", "form-required")):
        page = place(number(member), **fields)
        tap.ok(page.status == 422 and list(errors(page)) == [field] and
               errors(page)[field].startswith(sentence(key).split("{")[0]) and
               page.form(f"{at}/role").fields["uai"] == fields.get("uai", first.uai),
               f"placing with {fields} is refused at its field, and kept", page.status, errors(page))
    page = place(number(member), uai=f" {second.uai.lower()} ", role="admin")
    tap.ok(says(page, "notice-role-changed") and "Administrateur" in words(page) and
           second.name in words(page), "an operator changes role and establishment", page.status)
    tap.ok(client.get("/conventions").path.startswith("/connexion"), "who has to sign in anew")
    client.sign_in(member, PASSWORD)
    tap.ok(second.name in words(client.get("/options")) and
           first.name not in words(client.get("/")), "and is there then, as what was said")
    text = mail_of(member, "Le rôle de votre compte a changé")
    tap.ok(f"administrateur de {second.name}" in text and f"Opérateur {schools.mark}" in text,
           "the person is told by mail who did it", text)
    late = operator.submit(form, {"role": "admin"})
    tap.ok(late.status == 409 and says(late, "member-out-of-date"),
           "from a page that is out of date nothing is changed", late.status)
    tap.ok("Rôle changé : Administrateur, ".replace(" ", " ") + second.name in
           words(operator.get(at)) and f"Opérateur {schools.mark}" in words(operator.get(at)),
           "the account's sheet keeps what was done, and by whom")
    tap.ok("Rôle changé" in words(client.get("/options/profil")), "whose account it is sees it, too")
    page = place(number(member), uai=first.uai, role="admin")
    tap.ok(page.status == 409 and errors(page) == {"role": sentence("member-last-admin")},
           "an establishment's last active admin is not moved", page.status, errors(page))
    page = place(number(member), role="member")
    tap.ok(page.status == 409 and errors(page) == {"role": sentence("member-last-admin")},
           "nor made a member", page.status)
    another = second.account("admin")
    page = place(number(member), uai="", role="operator")
    tap.ok(says(page, "notice-role-changed") and "Opérateur" in words(page) and
           "La plateforme" in words(page), "once there is another, it may become an operator")
    page = place(number(member), uai=second.uai, role="member")
    tap.ok(says(page, "notice-role-changed"), "and no more")
    site.paraphe("account", "disable", "--email", another)
    tap.ok("Compte désactivé" in words(operator.get(f"/comptes/{number(another)}")),
           "what the command line did is there as well")
    own = f"/comptes/{number(operator.address)}"
    page = operator.post(f"{own}/role?version=1", {"csrf": csrf(operator), "role": "member",
                                                   "uai": first.uai})
    tap.ok(page.status == 403 and operator.get("/comptes").status == 200, "not one's own",
           page.status)
    page = operator.post("/comptes/999999999/role?version=1",
                         {"csrf": csrf(operator), "role": "member", "uai": first.uai})
    tap.same(page.status, 404, "an unknown account is 404")
    page = signed_in(site, admin, "admin").post(
        f"{at}/role?version=9", {"csrf": "x", "role": "admin", "uai": first.uai})
    tap.same(page.status, 403, "a school's admin does not")


def invite(**fields):
    form = operator.get("/comptes/inviter").form("/comptes/inviter")
    return operator.submit(form, fields)


def inviting(admin):
    address = f"invite.{schools.mark}@ecole.example"
    for fields, field, key in (
            ({"email": "", "uai": first.uai}, "email", "form-required"),
            ({"email": "personne", "uai": first.uai}, "email", "form-not-email"),
            ({"email": address}, "uai", "form-required"),
            ({"email": address, "uai": "0691234T"}, "uai", "uai-letter"),
            ({"email": address, "uai": new_uai()}, "uai", "invite-no-school"),
            ({"email": address, "uai": first.uai, "role": "operator"}, "uai",
             "invite-operator-school"),
            ({"email": address, "uai": first.uai, "role": "roi"}, "role", "form-not-choice"),
            ({"email": address, "uai": "x" * 30}, "uai", None),
            ({"email": admin, "uai": first.uai}, "email", "member-already"),
            ({"email": admin, "uai": second.uai}, "email", "email-taken")):
        page = invite(**fields)
        tap.ok(page.status == 422 and list(errors(page)) == [field] and
               (key is None or errors(page)[field].startswith(sentence(key))) and
               page.form("/comptes/inviter").fields["email"] == fields["email"],
               f"inviting with {fields} is refused at its field, and kept", page.status, errors(page))
    page = operator.get(f"/etablissements/{first.number}")
    link = next(link for link in links(page) if link.startswith("/comptes/inviter?"))
    form = operator.get(link).form("/comptes/inviter")
    tap.same(form.fields["uai"], first.uai, "the establishment's sheet leads to the form filled")
    page = operator.submit(form, {"email": address})
    tap.ok(says(page, "notice-invited") and address in words(page) and first.name in words(page) and
           "Administrateur" in words(page), "an invitation is sent, and listed", words(page)[:500])
    tap.ok(says(operator.submit(form, {"email": address}), "invitation-open"), "once")
    mail = site.wait_for_mail(lambda mail: address in mail["To"])
    link = re.search(r"https?://\S+", mail.get_body(("plain",)).get_content())[0]
    visitor = site.client()
    page = visitor.get(link.removeprefix(site.url))
    form = next(form for form in page.forms if "password" in form.fields)
    page = visitor.submit(form, {"name": "Nina Neuve", "password": PASSWORD,
                                 "password_again": PASSWORD})
    tap.ok(page.status == 200 and rows(f"q={address}")[0][:4] ==
           ("Nina Neuve", address, first.name, "Administrateur"),
           "who follows the mail's link makes the account", rows(f"q={address}"))
    tap.same(tabs(operator.get(f"/comptes?q={schools.mark}"))["Invitations"], "0",
             "and the invitation is gone")


def invitations():
    for role, uai, shown in (("operator", "", "Opérateur"), ("member", second.uai, "Membre")):
        address = f"{role}.invite.{schools.mark}@ecole.example"
        page = invite(email=address, role=role, uai=uai)
        tap.ok(says(page, "notice-invited"), f"one can be invited as {role}", page.status)
        row = next(row for row in table(operator.get(f"/comptes?qui=invites&q={address}"))[1])
        tap.ok(row[2] == shown and "jusqu’au" in row[4], "the list says as what", row)
    page = operator.get(f"/comptes?qui=invites&q={address}")
    again = next(form for form in page.forms if form.action.endswith("/renvoyer"))
    page = operator.submit(again)
    tap.ok(says(page, "notice-invitation-resent"), "an invitation can be sent anew")
    page = operator.post(again.action.replace("renvoyer", "retirer"), {"csrf": csrf(operator)})
    tap.ok(says(page, "notice-invitation-withdrawn") and address not in words(page),
           "and be withdrawn")
    page = operator.submit(again)
    tap.same(page.status, 404, "then it is gone")
    empty = operator.get("/comptes?qui=invites&q=personne-nulle-part")
    tap.ok("Aucune invitation de cet onglet" in plain(words(empty)), "nothing found says so")


the_admin, the_member = finding()
disabling(the_member)
inviting(the_admin)
invitations()
placing(the_admin)
for path in ("/comptes", "/comptes/inviter", f"/comptes/{number(the_admin)}"):
    tap.same(first.admin.get(path).status, 403, f"{path} is not for schools")
tap.end()
