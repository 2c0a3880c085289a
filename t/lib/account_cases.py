"""What t/e2e/isolation.py asks of the routes of members and of one's own account."""
import functools

from statuses import EVERYBODY, FORM_REFUSED, NOT_IN_FORCE, NOWHERE  # noqa: E402
from schools import csrf, signed_in  # noqa: E402


def account_cases(case, site, schools, host, admins):
    """The cases by route; case is the class of isolation.py."""
    @functools.cache
    def invitation():
        """The number of an invitation of the host's."""
        host.admin.post("/options/membres", {"csrf": csrf(host.admin), "role": "member",
                                             "email": f"invitee.{schools.mark}@ecole.example"})
        return site.sql(f"SELECT id FROM invitation WHERE scope = {host.number}")[0][0]

    def member_of_host():
        return site.sql(f"SELECT id FROM account WHERE email = '{host.member.address}'")[0][0]

    @functools.cache
    def session_of_host():
        """A session that is none of the clients'."""
        address = host.account("member")
        signed_in(site, address, "member")
        return site.sql("SELECT s.id FROM session s JOIN account a ON a.id = s.account_id WHERE "
                        f"a.email = '{address}'")[0][0]

    @functools.cache
    def another_of_host():
        """An account that is none of the clients'."""
        return site.sql(f"SELECT id FROM account WHERE email = '{host.account('member')}'")[0][0]

    return {
        "members": case(lambda world: "/options/membres?taille=100", **admins(200)),
        "member_invite": case(lambda world: "/options/membres", lambda world: {"email": ""},
                              **admins(422)),
        "invitation_resend": case(
            lambda world: f"/options/membres/invitations/{invitation()}/renvoyer", lambda world: {},
            **admins(404, host_admin=303)),
        "invitation_withdraw": case(
            lambda world: f"/options/membres/invitations/{invitation()}/retirer", lambda world: {},
            **admins(404, host_admin=303)),
        "member": case(lambda world: f"/options/membres/{member_of_host()}",
                       **admins(404, host_admin=200)),
        "member_role": case(lambda world: f"/options/membres/{member_of_host()}/role?version=9",
                            lambda world: {"role": "admin"}, **admins(404, host_admin=409)),
        "member_disabling": case(lambda world: f"/options/membres/{member_of_host()}/desactiver",
                                 **admins(404, host_admin=200)),
        "member_disable": case(
            lambda world: f"/options/membres/{member_of_host()}/desactiver?version=9",
            lambda world: {}, **admins(404, host_admin=409)),
        "member_enable": case(lambda world: f"/options/membres/{member_of_host()}/reactiver?version=9",
                              lambda world: {}, **admins(404, host_admin=409)),
        "correspondence": case(lambda world: "/options/courriels", **admins(200)),
        "correspondence_change": case(lambda world: "/options/courriels?version=0",
                                      lambda world: {"steps": "x"}, **admins(422)),
        "correspondence_trial": case(lambda world: "/options/courriels/essai", lambda world: {},
                                     **admins(303)),
        "member_factor": case(lambda world: f"/options/membres/{member_of_host()}/double",
                              **admins(404, host_admin=200)),
        "member_factor_reset": case(lambda world: f"/options/membres/{another_of_host()}/double",
                                    lambda world: {}, **admins(404, host_admin=303)),
        "profile": case(lambda world: "/options/profil", operator=200, foreign=200),
        "profile_rename": case(lambda world: "/options/profil", lambda world: {"name": ""},
                               operator=422, foreign=422, origin=422, host=422),
        "profile_password": case(lambda world: "/options/profil/mot-de-passe", lambda world: {},
                                 operator=422, foreign=422, origin=422, host=422),
        "email": case(lambda world: "/options/profil/adresse", operator=200, foreign=200),
        "email_ask": case(lambda world: "/options/profil/adresse", lambda world: {}, **FORM_REFUSED),
        "email_cancel": case(lambda world: "/options/profil/adresse/annuler", lambda world: {},
                             **EVERYBODY),
        "factor": case(lambda world: "/options/profil/double", operator=200, foreign=200),
        "factor_begin": case(lambda world: "/options/profil/double/commencer", lambda world: {},
                             **FORM_REFUSED),
        "factor_confirm": case(lambda world: "/options/profil/double/confirmer", lambda world: {},
                               **FORM_REFUSED),
        "factor_renew": case(lambda world: "/options/profil/double/codes", lambda world: {},
                             **NOT_IN_FORCE),
        "factor_disable": case(lambda world: "/options/profil/double/desactiver", lambda world: {},
                               **NOT_IN_FORCE),
        "sessions": case(lambda world: "/options/profil/sessions", operator=200, foreign=200),
        "session_end": case(lambda world: f"/options/profil/sessions/{session_of_host()}/terminer",
                            lambda world: {}, **{**NOWHERE, "anonymous": 303}),
        "sessions_end": case(lambda world: "/options/profil/sessions/terminer", lambda world: {},
                             **EVERYBODY),
    }
