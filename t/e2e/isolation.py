"""Who may open what: every route, for every role of both sides and of a foreign establishment.

CASES has one entry a route of src/pages/routes.def; a route without one fails.
"""
import base64
import functools
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from account_cases import account_cases  # noqa: E402
from contact_cases import contact_cases  # noqa: E402
from operator_cases import operator_cases  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import plain, says  # noqa: E402
from routes import routes  # noqa: E402
from schools import (PASSWORD, Schools, act, csrf, deposit, history, original,  # noqa: E402
                     signed_in, state, version)
from statuses import (DRAFT, EVERYBODY, EVERYBODY_OF_SCHOOLS, EVERYWHERE, FORM_REFUSED, MOVES_OF_HOST,  # noqa: E402
                      NOWHERE, OF_HOST)
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, foreign = schools.add("Lycee"), schools.add("College"), schools.add("Etranger")
PHONE = "06 98 76 54 32"
SIDES = {"host": host, "origin": origin, "foreign": foreign}
CLIENTS = {f"{side} {role}": getattr(school, role)
           for side, school in SIDES.items() for role in ("member", "admin")}
CLIENTS["operator"] = schools.operator
CLIENTS["anonymous"] = site.client()
STRANGERS = ("anonymous", "operator", "foreign member", "foreign admin")


class World:
    """A convention between host and origin, in that state, and all that belongs to it."""

    def __init__(self, wanted="pending"):
        self.fields = schools.trainee(guardian_phone=PHONE, class_name="3e SECRETE")
        self.placement = schools.placement(host, title="Public")
        self.convention = schools.register(origin.member, self.placement, **self.fields)
        self.pdf = original(origin.member, self.convention)
        self.trainee = site.sql("SELECT id FROM trainee WHERE last_name = "
                                f"'{self.fields['last_name']}'")[0][0]
        self.token = re.search(rb"PARAPHE1:([\w-]{43})", self.pdf)[1].decode()
        if wanted != "not_returned":
            deposit(origin.member, papers.ink(self.pdf), name=f"secret-{schools.mark}.pdf")
        if wanted == "validated":
            act(host.member, self.convention, "valider")

    @property
    def stage_at(self):
        return "?version=" + site.sql(f"SELECT version FROM placement WHERE id = {self.placement}")[0][0]

    def draft(self):
        """A placement that only its host knows."""
        number = schools.placement(host, title="Brouillon secret")
        site.sql(f"UPDATE placement SET state = 'draft' WHERE id = {number}")
        return number

    def waiting(self):
        """The address of an entry of the origin's in the waiting list of a full placement."""
        full = schools.placement(host, title="Complet", capacity=1)
        schools.register(origin.member, full)
        origin.member.post(f"/stages/{full}/attente", {"csrf": csrf(origin.member),
                                                       **schools.trainee()})
        return f"/stages/{full}/attente/" + site.sql(
            f"SELECT id FROM waiting WHERE placement_id = {full}")[0][0]

    @property
    def at(self):
        return f"?version={version(site, self.convention)}"

    def upload(self, client=None):
        """A file that waits for the word of the origin's member."""
        page = deposit(client or origin.member, papers.plain(f"Page {schools.count}"), follow=False)
        return re.fullmatch(r"/conventions/depot/(\d+)", page.headers["Location"])[1]

    def batch(self):
        """Two files that wait together for the word of the origin's member."""
        page = origin.member.post("/conventions/depot", {"csrf": csrf(origin.member)}, {
            "fichier": [(f"secret-{schools.mark}.pdf", papers.scan(self.pdf), "application/pdf")] * 2},
            follow=False)
        return page.headers["Location"].rsplit("/", 1)[1]

    def batch_part(self, batch):
        """The first of them."""
        return site.sql(f"SELECT MIN(id) FROM batch_part WHERE batch_id = {batch}")[0][0]

    def batch_file(self):
        batch = self.batch()
        return f"/conventions/lot/{batch}/fichiers/{self.batch_part(batch)}"

    def batch_picture(self):
        batch = self.batch()
        return f"/conventions/lot/{batch}/images/{self.batch_part(batch)}/1"

    def mail(self):
        """The number of the message that the registration caused."""
        return site.sql(f"SELECT MIN(id) FROM message WHERE convention_id = {self.convention}")[0][0]

    def table(self):
        """A table of trainees that waits for the word of the origin's member."""
        row = ";".join((self.fields["last_name"], self.fields["first_name"], "03/02/2012", "4e"))
        page = origin.member.post("/stagiaires/import", {"csrf": csrf(origin.member)},
                                  {"fichier": (f"secret-{schools.mark}.csv",
                                               f"Nom;Prénom;Né le;Classe\n{row}\n".encode(),
                                               "text/csv")}, follow=False)
        return re.fullmatch(r"/stagiaires/import/(\d+)", page.headers["Location"])[1]

    def traces(self):
        """What nobody else may read, wherever it stands."""
        names = [self.fields[name] for name in ("last_name", "guardian_name", "guardian_email",
                                                "class_name", "guardian_phone")]
        accounts = [row[0] for row in site.sql("SELECT name FROM account WHERE establishment_id IN "
                                               f"({host.number}, {origin.number})")]
        return [*names, *accounts, origin.name, origin.email, host.email,
                f"secret-{schools.mark}.pdf", f"secret-{schools.mark}.csv"]


class Case:
    """A request, and what each role gets: path(world), fields(world), the world it needs, and the
    statuses by role, or by side for both its roles."""

    def __init__(self, path, fields=None, files=None, needs=None, **statuses):
        self.path, self.fields, self.files, self.needs = path, fields, files, needs
        self.statuses = {"anonymous": 303, "operator": 403, "foreign": 404, "origin": 200,
                         "host": 200, **statuses}

    def wanted(self, who):
        return self.statuses.get(who.replace(" ", "_"), self.statuses.get(who.split()[0]))


def registered(_):
    return {"last_name": ""}


def chosen(world):
    """A convention ticked on the conventions' page."""
    return {"choix": f"{world.convention}-{version(site, world.convention)}"}


def signed_file(world):
    return {"fichier": ("convention.pdf", papers.ink(world.pdf, "signature_host"),
                        "application/pdf")}


@functools.cache
def wording():
    """The number of a text of the host's conventions, the one in force."""
    page = host.admin.post("/options/convention", {"csrf": csrf(host.admin), "version": "0",
                                                   "text": "## Texte secret"})
    return re.search(r"/options/convention/versions/(\d+)", page.text)[1]


def admins(status, **statuses):
    """What is for admins, each of their own school."""
    return {**{f"{side}_admin": status for side in SIDES},
            **{f"{side}_member": 403 for side in SIDES}, **statuses}


CASES = {
    "home": Case(lambda world: "/", operator=200, foreign=200),
    "followup": Case(lambda world: "/suivi?taille=100", foreign=200),
    "failed_mails": Case(lambda world: "/suivi/courriels", foreign=200),
    "help": Case(lambda world: "/aide", operator=200, foreign=200),
    "help_subject": Case(lambda world: "/aide/relancer", operator=200, foreign=200),
    "sign_in": Case(lambda world: "/connexion", **{**EVERYBODY, "anonymous": 200}),
    "sign_in_try": Case(lambda world: "/connexion", lambda world: {"email": "", "password": ""},
                        anonymous=403, operator=422, foreign=422, origin=422, host=422),
    "sign_in_code": Case(lambda world: "/connexion/code", **EVERYBODY),
    "sign_in_finish": Case(lambda world: "/connexion/code", lambda world: {"code": "x"},
                           **{**EVERYBODY, "anonymous": 403}),
    "sign_out": Case(lambda world: "/deconnexion", lambda world: {}, **EVERYBODY),
    "invitation": Case(lambda world: "/invitation?jeton=x", **NOWHERE),
    "invitation_accept": Case(lambda world: "/invitation", lambda world: {"jeton": "x"},
                              **{**NOWHERE, "anonymous": 403}),
    "password_forgotten": Case(lambda world: "/mot-de-passe-oublie", **EVERYWHERE),
    "password_forgotten_send": Case(lambda world: "/mot-de-passe-oublie",
                                    lambda world: {"email": ""},
                                    **{**EVERYWHERE, **FORM_REFUSED, "anonymous": 403}),
    "password_choice": Case(lambda world: "/mot-de-passe?jeton=x", **NOWHERE),
    "password_choose": Case(lambda world: "/mot-de-passe", lambda world: {"jeton": "x"},
                            **{**NOWHERE, "anonymous": 403}),
    "address": Case(lambda world: "/adresse?jeton=x", **NOWHERE),
    "address_answer": Case(lambda world: "/adresse",
                           lambda world: {"jeton": "x", "reponse": "confirmer"},
                           **{**NOWHERE, "anonymous": 403}),
    "calendar": Case(lambda world: "/calendrier?voir=tous", foreign=200),
    "feed": Case(lambda world: "/calendrier/abonnement", foreign=200),
    "feed_make": Case(lambda world: "/calendrier/abonnement", lambda world: {}, foreign=200),
    "feed_renewal": Case(lambda world: "/calendrier/abonnement/renouveler", foreign=200),
    "feed_renew": Case(lambda world: "/calendrier/abonnement/renouveler", lambda world: {},
                       foreign=200),
    "feed_removal": Case(lambda world: "/calendrier/abonnement/supprimer", foreign=200),
    "feed_remove": Case(lambda world: "/calendrier/abonnement/supprimer", lambda world: {},
                        foreign=303, origin=303, host=303),
    "feed_file": Case(lambda world: f"/ical/{'A' * 43}", anonymous=404, operator=404, origin=404,
                      host=404),
    "zone": Case(lambda world: "/options/calendrier", **admins(200)),
    "zone_choose": Case(lambda world: "/options/calendrier", lambda world: {"zone": "D"},
                        **admins(422)),
    "placements": Case(lambda world: "/stages", foreign=200),
    "placement": Case(lambda world: f"/stages/{world.placement}", foreign=200),
    "placement_new": Case(lambda world: "/stages/nouveau", foreign=200),
    "placement_make": Case(lambda world: "/stages/nouveau", lambda world: {}, foreign=422,
                           origin=422, host=422),
    "placement_new_preview": Case(lambda world: "/stages/nouveau/apercu",
                                  lambda world: {"description": "Bonjour"}, foreign=200),
    "placement_edit": Case(lambda world: f"/stages/{world.placement}/modifier", **OF_HOST),
    "placement_change": Case(lambda world: f"/stages/{world.placement}/modifier{world.stage_at}",
                             lambda world: {}, **{**OF_HOST, "host": 422}),
    "placement_preview": Case(lambda world: f"/stages/{world.placement}/apercu{world.stage_at}",
                              lambda world: {"description": "Bonjour"}, **OF_HOST),
    "placement_copy": Case(lambda world: f"/stages/{world.placement}/dupliquer", **OF_HOST),
    "placement_repetition": Case(lambda world: f"/stages/{world.placement}/repeter", **OF_HOST),
    "placement_repeat": Case(lambda world: f"/stages/{world.placement}/repeter", lambda world: {},
                             **{**OF_HOST, "host": 422}),
    "placement_publish": Case(lambda world: f"/stages/{world.draft()}/publier?version=1",
                              lambda world: {}, **{**DRAFT, "host": 303}),
    "placement_close": Case(lambda world: f"/stages/{world.placement}/clore{world.stage_at}",
                            lambda world: {}, needs="pending", **{**OF_HOST, "host": 303}),
    "placement_cancellation": Case(lambda world: f"/stages/{world.placement}/annuler", **OF_HOST),
    "placement_cancel": Case(lambda world: f"/stages/{world.placement}/annuler{world.stage_at}",
                             lambda world: {"reason": "Motif secret."}, needs="pending",
                             **{**OF_HOST, "host": 303}),
    "placement_discarding": Case(lambda world: f"/stages/{world.draft()}/supprimer", **DRAFT),
    "placement_discard": Case(lambda world: f"/stages/{world.draft()}/supprimer?version=1",
                              lambda world: {}, **{**DRAFT, "host": 303}),
    "attendance": Case(lambda world: f"/stages/{world.placement}/emargement", **OF_HOST),
    "waiting": Case(lambda world: f"/stages/{world.placement}/attente", **EVERYBODY_OF_SCHOOLS),
    "waiting_join": Case(lambda world: f"/stages/{world.placement}/attente", registered,
                         foreign=422, origin=422, host=422),
    "waiting_leaving": Case(lambda world: f"{world.waiting()}/retirer", host=404),
    "waiting_leave": Case(lambda world: f"{world.waiting()}/retirer", lambda world: {}, origin=303,
                          host=404),
    "registration": Case(lambda world: f"/stages/{world.placement}/inscription", foreign=200),
    "registration_make": Case(lambda world: f"/stages/{world.placement}/inscription", registered,
                              foreign=422, origin=422, host=422),
    "group": Case(lambda world: f"/stages/{world.placement}/groupe", foreign=200),
    "group_register": Case(lambda world: f"/stages/{world.placement}/groupe",
                           lambda world: {f"stagiaire-{world.trainee}": "on"}, foreign=409,
                           origin=409, host=409),
    "trainees": Case(lambda world: f"/stagiaires?q={world.fields['last_name'][:5]}", foreign=200),
    "trainees_export": Case(lambda world: "/stagiaires/export", foreign=200),
    "trainees_import": Case(lambda world: "/stagiaires/import", foreign=200),
    "trainees_upload": Case(lambda world: "/stagiaires/import", lambda world: {}, foreign=422,
                            origin=422, host=422),
    "import_preview": Case(lambda world: f"/stagiaires/import/{world.table()}", origin_admin=404,
                           host=404),
    "import_confirm": Case(lambda world: f"/stagiaires/import/{world.table()}",
                           lambda world: {"digest": "x"}, origin=409, origin_admin=404, host=404),
    "import_abandon": Case(lambda world: f"/stagiaires/import/{world.table()}/abandonner",
                           lambda world: {}, origin=303, origin_admin=404, host=404),
    "trainee_new": Case(lambda world: "/stagiaires/nouveau", foreign=200),
    "trainee_add": Case(lambda world: "/stagiaires/nouveau", registered, foreign=422, origin=422,
                        host=422),
    "trainee_removal": Case(lambda world: f"/stagiaires/{world.trainee}/supprimer", origin=409,
                            host=404),
    "trainee_remove": Case(lambda world: f"/stagiaires/{world.trainee}/supprimer?version=1",
                           lambda world: {}, origin=409, host=404),
    "trainee": Case(lambda world: f"/stagiaires/{world.trainee}", host=404),
    "trainee_edit": Case(lambda world: f"/stagiaires/{world.trainee}/modifier", host=404),
    "trainee_correct": Case(lambda world: f"/stagiaires/{world.trainee}/modifier?version=1",
                            registered, origin=422, host=404),
    "conventions": Case(lambda world: f"/conventions?depose={world.convention}&taille=100",
                        foreign=200),
    "deposit": Case(lambda world: "/conventions/depot",
                    lambda world: {"convention": str(world.convention)}, signed_file,
                    needs="not_returned", foreign=403, origin=303, host_member=403, host_admin=303),
    "upload": Case(lambda world: f"/conventions/depot/{world.upload()}", host=404,
                   origin_admin=404),
    "upload_confirm": Case(lambda world: f"/conventions/depot/{world.upload()}",
                           lambda world: {"convention": str(world.convention)},
                           needs="not_returned", origin=303, origin_admin=404, host=404),
    "batch": Case(lambda world: f"/conventions/lot/{world.batch()}", host=404, origin_admin=404),
    "batch_deposit": Case(lambda world: f"/conventions/lot/{world.batch()}", lambda world: {},
                          origin=303, origin_admin=404, host=404),
    "batch_file": Case(World.batch_file, host=404, origin_admin=404),
    "batch_picture": Case(World.batch_picture, host=404, origin_admin=404),
    "several_validate": Case(lambda world: "/conventions/ensemble/valider", chosen, needs="pending",
                             foreign=200),
    "several_remind": Case(lambda world: "/conventions/ensemble/relancer", chosen,
                           needs="not_returned", foreign=200),
    "several_lead": Case(lambda world: "/conventions/ensemble/page", chosen, foreign=303, origin=303,
                         host=303),
    "several_zip": Case(lambda world: "/conventions/ensemble/zip", chosen, foreign=422),
    "several_print": Case(lambda world: "/conventions/ensemble/pdf", chosen, foreign=422),
    "convention": Case(lambda world: f"/conventions/{world.convention}"),
    "validate": Case(lambda world: f"/conventions/{world.convention}/valider{world.at}",
                     lambda world: {}, needs="pending", **MOVES_OF_HOST),
    "invalidation": Case(lambda world: f"/conventions/{world.convention}/invalider", origin=403),
    "invalidate": Case(lambda world: f"/conventions/{world.convention}/invalider{world.at}",
                       lambda world: {"reason": "Motif secret."}, needs="validated",
                       **MOVES_OF_HOST),
    "regenerate": Case(lambda world: f"/conventions/{world.convention}/regenerer{world.at}",
                       lambda world: {}, needs="pending", **MOVES_OF_HOST),
    "remind": Case(lambda world: f"/conventions/{world.convention}/relancer", lambda world: {},
                   needs="not_returned", **MOVES_OF_HOST),
    "cancellation": Case(lambda world: f"/conventions/{world.convention}/annuler"),
    "cancel": Case(lambda world: f"/conventions/{world.convention}/annuler{world.at}",
                   lambda world: {}, needs="pending", origin=303, host=303),
    "convention_file": Case(lambda world: f"/conventions/{world.convention}/conv"),
    "convention_original": Case(lambda world: f"/conventions/{world.convention}/original"),
    "convention_returned": Case(lambda world: f"/conventions/{world.convention}/retour"),
    "convention_version": Case(lambda world: f"/conventions/{world.convention}/versions/2"),
    "original_picture": Case(lambda world: f"/conventions/{world.convention}/images/original/1"),
    "comparison": Case(lambda world: f"/conventions/{world.convention}/comparaison", needs="pending"),
    "returned_picture": Case(lambda world: f"/conventions/{world.convention}/images/retour/1"),
    "convention_code": Case(lambda world: f"/c/{world.token}", origin=303, host=303),
    "options": Case(lambda world: "/options", **admins(200)),
    "options_change": Case(lambda world: "/options?version=1", lambda world: {}, **admins(422)),
    "images": Case(lambda world: "/options/images", **admins(200)),
    "logo": Case(lambda world: "/options/images/logo", lambda world: {}, **admins(422)),
    "logo_remove": Case(lambda world: "/options/images/logo/retirer", lambda world: {},
                        **admins(303)),
    "signature": Case(lambda world: "/options/images/signature", lambda world: {}, **admins(422)),
    "signature_remove": Case(lambda world: "/options/images/signature/retirer", lambda world: {},
                             **admins(303)),
    "example": Case(lambda world: "/options/apercu", **admins(200)),
    "example_picture": Case(lambda world: "/options/apercu/1", **admins(200)),
    "wording": Case(lambda world: "/options/convention", **admins(200)),
    "wording_save": Case(lambda world: "/options/convention", lambda world: {}, **admins(422)),
    "wording_preview": Case(lambda world: "/options/convention/apercu", lambda world: {},
                            **admins(422)),
    "wording_print": Case(lambda world: "/options/convention/pdf", lambda world: {},
                          **admins(422)),
    "wording_reset": Case(lambda world: "/options/convention/texte-type", lambda world: {},
                          **admins(303, host_admin=409)),
    "wording_version": Case(lambda world: f"/options/convention/versions/{wording()}",
                            **admins(404, host_admin=200)),
    "wording_restore": Case(lambda world: f"/options/convention/versions/{wording()}/reprendre",
                            lambda world: {}, **admins(404, host_admin=303)),
}
CASES.update(account_cases(Case, site, schools, host, admins))
CASES.update(contact_cases(Case, site, schools, host, origin, signed_file))
CASES.update(operator_cases(Case, site, host))


def ask(case, who, world):
    """The answer to that request of that role."""
    client = CLIENTS[who]
    if case.fields is None:
        return client.get(case.path(world), follow=False)
    if case.path(world) == "/deconnexion" and who != "anonymous":
        client = signed_in(site, client.address, who)
    token = {} if who == "anonymous" else {"csrf": csrf(client)}
    files = case.files(world) if case.files else None
    page = client.post(case.path(world), {**token, **case.fields(world)}, files, follow=False)
    if case.path(world) == "/options/profil/sessions/terminer" and who != "anonymous":
        client.sign_in(client.address, PASSWORD)
        client.csrf = None
    return page


def said(page):
    """All that an answer tells, its headers too."""
    return plain(page.text) + " " + str(page.headers) + page.body.decode("latin-1")


def by_strangers(world):
    """Who has nothing to do with the convention gets no answer that speaks of it."""
    before = (state(site, world.convention), version(site, world.convention),
              history(site, world.convention))
    traces = world.traces()
    for route in routes():
        case = CASES[route.name]
        for who in STRANGERS:
            page = ask(case, who, world)
            told = [trace for trace in traces if trace in said(page)]
            if who == "operator" and route.guard in ("OPERATOR", "SIGNED_IN"):
                told = [trace for trace in told if trace in world.fields.values()]  # of minors none
            tap.ok(page.status == case.wanted(who) and not told,
                   f"{route.method} {route.path}: {who} gets {case.wanted(who)}, and no name",
                   page.status, told)
            if who == "anonymous" and route.guard != "PUBLIC":
                tap.ok(page.headers["Location"].startswith("/connexion"),
                       f"{route.method} {route.path}: anonymous is sent to sign in")
    tap.same((state(site, world.convention), version(site, world.convention),
              history(site, world.convention)), before, "after all of that nothing has changed")


def by_the_two_sides(world):
    for route in routes():
        case = CASES[route.name]
        for who in CLIENTS:
            if who in STRANGERS:
                continue
            page = ask(case, who, World(case.needs) if case.needs else world)
            tap.ok(page.status == case.wanted(who),
                   f"{route.method} {route.path}: {who} gets {case.wanted(who)}", page.status,
                   page.text[-600:])


def lists(world):
    """What is not refused but must be empty of others."""
    for who in ("foreign member", "foreign admin"):
        client = CLIENTS[who]
        for tab in ("", "?onglet=en-attente", "?onglet=validees"):
            page = client.get(f"/conventions{tab}")
            tap.ok(not [trace for trace in world.traces() if trace in said(page)] and
                   "Aucun élément" in page.text,
                   f"/conventions{tab} has no convention for the {who}")
        page = client.get(f"/stages/{world.placement}")
        tap.ok(world.fields["last_name"] not in page.text and host.name in page.text,
               f"the {who} sees a published placement without who comes")
        page = client.get(f"/stages/{world.placement}/groupe?classe=3e+SECRETE&cocher=tous")
        tap.ok(world.fields["last_name"] not in page.text and "stagiaire-" not in page.text,
               f"of another school's class the {who} sees nobody")
    mine = schools.register(foreign.member, world.placement)
    sheet = foreign.member.get(f"/stages/{world.placement}").text
    tap.ok(f"/conventions/{mine}" in sheet and f"/conventions/{world.convention}" not in sheet,
           "on a shared placement each origin sees its own trainees")
    tap.ok(f"/conventions/{mine}" in host.member.get(f"/stages/{world.placement}").text,
           "and the host all of them")
    page = origin.member.get(f"/conventions?q={schools.mark}&taille=100")
    tap.ok(foreign.name not in page.text, "a search finds nothing of the others")


def foreign_papers(world):
    """A genuine convention in the wrong hands."""
    for who in ("foreign member", "foreign admin"):
        for chosen in ("", str(world.convention)):
            page = deposit(CLIENTS[who], papers.ink(world.pdf), chosen)
            told = [trace for trace in world.traces() if trace in said(page)]
            tap.ok(page.status == 403 and says(page, "deposit-foreign") and not told,
                   f"the {who}'s deposit of it is refused without telling whose it is", told)
        page = deposit(CLIENTS[who], papers.plain(), str(world.convention))
        tap.ok(page.status == 404, f"the {who} cannot choose it for another file", page.status)
    forged = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
    for token, title in ((forged, "a forged token"), ("x", "half a token"),
                         (world.token[:-2] + "AA", "a token with another's MAC")):
        tap.same(origin.member.get(f"/c/{token}", follow=False).status, 404, f"{title} is 404")
    page = origin.member.get(f"/c/{world.token}", follow=False)
    tap.same(page.headers["Location"], f"/conventions/{world.convention}",
             "the printed code leads who may to the convention")


def moved_accounts():
    """A session is what its account is now."""
    address = origin.account("admin")
    client = signed_in(site, address, "admin")
    before = World("not_returned")
    tap.same(client.get(f"/conventions/{before.convention}").status, 200, "an admin sees its school")
    site.sql(f"UPDATE account SET establishment_id = {foreign.number} WHERE email = '{address}'")
    tap.same(client.get(f"/conventions/{before.convention}").status, 404,
             "moved to another school, it sees that at once, in the same session")
    tap.ok(PASSWORD not in site.log("paraphed"), "no password is logged")


tap.same(sorted(route.name for route in routes()), sorted(CASES), "every route has its case")
the_world = World()
by_strangers(the_world)
by_the_two_sides(the_world)
lists(the_world)
foreign_papers(the_world)
moved_accounts()
tap.end()
