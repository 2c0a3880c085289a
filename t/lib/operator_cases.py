"""What t/e2e/isolation.py asks of the operator's routes: each is closed to everybody else."""


def operators(status):
    """What is for operators alone."""
    return {"operator": status, "foreign": 403, "origin": 403, "host": 403}


def operator_cases(case, site, host):
    """The cases by route; case is the class of isolation.py."""
    school = host.number

    def account():
        return site.sql(f"SELECT MIN(id) FROM account WHERE establishment_id = {school}")[0][0]

    return {
        "establishments": case(lambda world: "/etablissements", **operators(200)),
        "establishment_new": case(lambda world: "/etablissements/nouveau", **operators(200)),
        "establishment_create": case(lambda world: "/etablissements/nouveau", lambda world: {},
                                     **operators(422)),
        "directory": case(lambda world: "/etablissements/import", **operators(200)),
        "directory_upload": case(lambda world: "/etablissements/import", lambda world: {},
                                 **operators(422)),
        "directory_preview": case(lambda world: "/etablissements/import/999999999", **operators(404)),
        "directory_confirm": case(lambda world: "/etablissements/import/999999999",
                                  lambda world: {"digest": "x"}, **operators(404)),
        "directory_abandon": case(lambda world: "/etablissements/import/999999999/abandonner",
                                  lambda world: {}, **operators(404)),
        "establishment": case(lambda world: f"/etablissements/{school}", **operators(200)),
        "establishment_edit": case(lambda world: f"/etablissements/{school}/modifier",
                                   **operators(200)),
        "establishment_correct": case(lambda world: f"/etablissements/{school}/modifier",
                                      lambda world: {}, **operators(422)),
        "licence_add": case(lambda world: f"/etablissements/{school}/licences",
                            lambda world: {}, **operators(422)),
        "history": case(lambda world: f"/historique?convention={world.convention}", **operators(200)),
        "history_check": case(lambda world: "/historique/verification", **operators(200)),
        "history_check_begin": case(lambda world: "/historique/verification", lambda world: {},
                                    **operators(303)),
        "history_check_go_on": case(lambda world: "/historique/verification/suite", lambda world: {},
                                    **operators(303)),
        "accounts": case(lambda world: "/comptes", **operators(200)),
        "account_invitation": case(lambda world: "/comptes/inviter", **operators(200)),
        "account_invite": case(lambda world: "/comptes/inviter", lambda world: {}, **operators(422)),
        "account_invitation_resend": case(lambda world: "/comptes/invitations/999999999/renvoyer",
                                          lambda world: {}, **operators(404)),
        "account_invitation_withdraw": case(lambda world: "/comptes/invitations/999999999/retirer",
                                            lambda world: {}, **operators(404)),
        "account": case(lambda world: f"/comptes/{account()}", **operators(200)),
        "account_place": case(lambda world: f"/comptes/{account()}/role", lambda world: {},
                              **operators(422)),
        "account_disabling": case(lambda world: f"/comptes/{account()}/desactiver",
                                  **operators(200)),
        "account_disable": case(lambda world: f"/comptes/{account()}/desactiver",
                                lambda world: {}, **operators(409)),
        "account_enable": case(lambda world: f"/comptes/{account()}/reactiver",
                               lambda world: {}, **operators(409)),
        "account_factor": case(lambda world: f"/comptes/{account()}/double", **operators(200)),
        "account_factor_reset": case(lambda world: "/comptes/999999999/double", lambda world: {},
                                     **operators(404)),
        "account_sign_out": case(lambda world: "/comptes/999999999/deconnecter", lambda world: {},
                                 **operators(404)),
        "mails": case(lambda world: "/courriels", operator=200, foreign=403, origin=403, host=403),
        "mails_retry_ask": case(lambda world: "/courriels/relancer?q=personne", **operators(409)),
        "mails_retry": case(lambda world: "/courriels/relancer?q=personne", lambda world: {},
                            **operators(409)),
        "mail": case(lambda world: f"/courriels/{world.mail()}", **operators(200)),
        "mail_abandon_ask": case(lambda world: "/courriels/999999999/abandonner", **operators(404)),
        "mail_abandon": case(lambda world: "/courriels/999999999/abandonner", lambda world: {},
                             **operators(409)),
        "mail_retry": case(lambda world: "/courriels/999999999/relancer", lambda world: {},
                           operator=409, foreign=403, origin=403, host=403),
    }
