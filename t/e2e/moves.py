"""The life of a convention, domain.md's table: each event from each state by each who might try."""
import concurrent.futures
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, table, words  # noqa: E402
from schools import (Schools, act, csrf, days, deposit, french, history, original,  # noqa: E402
                     state, version)
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin = schools.add("Lycee"), schools.add("College")
ACTORS = {"host's member": host.member, "host's admin": host.admin,
          "origin's member": origin.member, "origin's admin": origin.admin}
HOST = {"host's member", "host's admin"}
ORIGIN = {"origin's member", "origin's admin"}
STATES = ("not_returned", "pending", "pending incomplete", "validated", "cancelled")
OPEN = ("not_returned", "pending", "pending incomplete")
PENDING = ("pending", "pending incomplete")

# event: who may, from which states, to which state, the answer in any other state
MOVES = {
    "deposit": (ORIGIN | {"host's admin"}, OPEN, "pending", "convention-deposit-closed"),
    "validate": (HOST, PENDING, "validated", "convention-not-pending"),
    "invalidate": (HOST, PENDING + ("validated",), None, "convention-not-pending"),
    "regenerate": (HOST, PENDING + ("validated",), "not_returned", "convention-not-returned"),
    "reissue": (ORIGIN, ("not_returned",), "not_returned", None),
    "cancel": (HOST | ORIGIN, STATES[:4], "cancelled", "convention-cancelled"),
}
# event in the history: to whom, subject
MAILS = {
    "generate": (origin, "Convention de {} à signer – stage du {}"),
    "deposit": (host, "Convention de {} à valider – stage du {}"),
    "validate": (origin, "Convention de {} validée – stage du {}"),
    "mark_incomplete": (origin, "Convention de {} incomplète – stage du {}"),
    "invalidate": (origin, "Convention de {} à refaire – stage du {}"),
    "regenerate": (origin, "Convention de {} à signer de nouveau – stage du {}"),
    "reissue": (origin, "Nouvelle convention de {} à signer – stage du {}"),
    "cancel": (None, "Inscription de {} annulée – stage du {}"),  # the other side
}
placement = schools.placement(host, capacity=500)
day = french(days(20))


class Convention:
    """One of this test's conventions, and what was done to it."""

    def __init__(self):
        self.fields = schools.trainee()
        self.number = schools.register(origin.member, placement, **self.fields)
        self.original = original(origin.member, self.number)
        self.files = 0

    @property
    def name(self):
        return f"{self.fields['first_name']} {self.fields['last_name']}"

    def led_to(self, wanted):
        if wanted == "cancelled":
            act(origin.member, self.number, "annuler", "")
        elif wanted != "not_returned":
            deposit(origin.member, papers.ink(self.original))
            if wanted == "validated":
                act(host.member, self.number, "valider")
            elif wanted == "pending incomplete":
                act(host.member, self.number, "invalider", "Il manque une signature.")
        if state(site, self.number) != wanted:
            raise RuntimeError(f"the convention did not become {wanted}")
        return self

    def trainee(self):
        return site.sql("SELECT trainee_id FROM registration r JOIN convention c ON "
                        f"c.registration_id = r.id WHERE c.id = {self.number}")[0][0]


def attempt(event, convention, client):
    """What answers when that client tries that event."""
    number = convention.number
    if event == "deposit":
        # Marks of ink, each elsewhere: files that are not the same.
        box = ("signature_guardian", "signature_trainee", "signature_host")[convention.files % 3]
        convention.files += 1
        return deposit(client, papers.ink(convention.original, box))
    if event == "reissue":
        trainee = convention.trainee()
        seen = site.sql(f"SELECT version FROM trainee WHERE id = {trainee}")[0][0]
        return client.post(f"/stagiaires/{trainee}/modifier?version={seen}",
                           {"csrf": csrf(client), **convention.fields, "class_name": "2de 7"})
    word = {"validate": "valider", "invalidate": "invalider", "regenerate": "regenerer",
            "cancel": "annuler"}[event]
    return act(client, number, word, "Une signature manque." if event == "invalidate" else "")


def after(event, from_state):
    """The state an allowed event leads to, and the event's name in the history."""
    if event == "invalidate":
        return (("not_returned", "invalidate") if from_state == "validated"
                else ("pending incomplete", "mark_incomplete"))
    return MOVES[event][2], event


def allowed(event, from_state, who):
    convention = Convention().led_to(from_state)
    before = history(site, convention.number)
    page = attempt(event, convention, ACTORS[who])
    to_state, name = after(event, from_state)
    tap.ok(page.status == 200 and state(site, convention.number) == to_state and
           history(site, convention.number) == before + [name],
           f"{event} from {from_state} by the {who} leads to {to_state}",
           page.status, words(page)[:600], history(site, convention.number))


def refused(event, convention, from_state, who, key, status):
    before = (state(site, convention.number), history(site, convention.number),
              version(site, convention.number))
    page = attempt(event, convention, ACTORS[who])
    now = (state(site, convention.number), history(site, convention.number),
           version(site, convention.number))
    tap.ok(page.status == status and says(page, key) and now == before,
           f"{event} from {from_state} by the {who} is refused, and says why",
           page.status, words(page)[:600], now)


def the_whole_table():
    for from_state in STATES:
        still = Convention().led_to(from_state)
        for event, (who_may, states, _, key) in MOVES.items():
            for who in ACTORS:
                if event == "reissue":
                    continue
                if who not in who_may:
                    refused(event, still, from_state, who, "convention-not-yours-to-move", 403)
                elif from_state not in states:
                    refused(event, still, from_state, who, key, 409)
                else:
                    allowed(event, from_state, who)


def reissues():
    """A correction renews what has not come back, and nothing else; the host has no say in it."""
    for from_state in STATES:
        for who in ACTORS:
            if who in HOST and from_state != "not_returned":
                continue
            if who in ORIGIN and from_state == "not_returned":
                allowed("reissue", from_state, who)
                continue
            convention = Convention().led_to(from_state)
            before = history(site, convention.number)
            kept = [] if who in HOST or from_state == "cancelled" else ["keep"]
            page = attempt("reissue", convention, ACTORS[who])
            unchanged = (state(site, convention.number) == from_state and
                         history(site, convention.number) == before + kept and
                         original(origin.member, convention.number) == convention.original)
            tap.ok(unchanged and page.status == (404 if who in HOST else 200),
                   f"reissue from {from_state} by the {who} makes no new paper", page.status)


def what_is_offered():
    """The page shows the actions that are possible, and only these."""
    actions = ("valider", "invalider", "regenerer", "annuler", "/conventions#depot")
    wanted = {("not_returned", "host's member"): "annuler",
              ("not_returned", "host's admin"): "annuler /conventions#depot",
              ("not_returned", "origin's member"): "annuler /conventions#depot",
              ("pending", "host's member"): "valider invalider regenerer annuler",
              ("pending", "host's admin"): "valider invalider regenerer annuler /conventions#depot",
              ("pending", "origin's member"): "annuler /conventions#depot",
              ("validated", "host's member"): "invalider regenerer annuler",
              ("validated", "host's admin"): "invalider regenerer annuler",
              ("validated", "origin's member"): "annuler",
              ("cancelled", "host's admin"): "", ("cancelled", "origin's member"): ""}
    for from_state in ("not_returned", "pending", "validated", "cancelled"):
        convention = Convention().led_to(from_state)
        for who, client in ACTORS.items():
            if (from_state, who) not in wanted:
                continue
            page = client.get(f"/conventions/{convention.number}")
            found = [word for word in actions
                     if re.search(rf'"(/conventions/{convention.number}/)?{word}[?"]', page.text)]
            tap.same(found, wanted[from_state, who].split(),
                     f"a {from_state} convention offers the {who} what is possible")


def meanwhile():
    """Somebody else acted after the page was opened."""
    convention = Convention().led_to("pending")
    seen = version(site, convention.number)
    act(host.admin, convention.number, "valider")
    before = history(site, convention.number)
    actor = site.sql("SELECT actor_name FROM history WHERE event = 'validate' AND convention_id = "
                     f"{convention.number}")[0][0]
    for event in ("valider", "invalider", "regenerer", "annuler"):
        page = act(host.member, convention.number, event, "Une signature manque.", at_version=seen)
        told = words(page)
        tap.ok(page.status == 409 and actor in told and host.name in told and
               sentence("event-validate") in told and says(page, "convention-look-again"),
               f"{event} on a page that is out of date says who did what", page.status, told)
    tap.same((state(site, convention.number), history(site, convention.number)),
             ("validated", before), "and nothing is done")
    page = host.member.post(f"/conventions/{convention.number}/invalider",
                            {"csrf": csrf(host.member), "reason": "Sans version."})
    tap.same((page.status, state(site, convention.number)), (409, "validated"),
             "a move that does not say what was seen is refused")

    page = host.member.get(f"/conventions/{convention.number}/invalider?version={seen}")
    page = host.member.submit(page.form(f"/conventions/{convention.number}/invalider"),
                              {"reason": "Trop tard."})
    tap.same(page.status, 409, "the form that asks for the reason keeps the version that was seen")

    crowded = Convention().led_to("pending")
    seen = version(site, crowded.number)
    clients = [host.member, host.admin] * 3
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(lambda client: act(client, crowded.number, "valider",
                                                 at_version=seen, follow=False), clients))
    tap.same(sorted(page.status for page in pages), [303] + [409] * 5,
             "of six who validate at once one does, and five are told")
    tap.same(history(site, crowded.number).count("validate"), 1, "the history has it once")


def reasons():
    convention = Convention().led_to("pending")
    path = f"/conventions/{convention.number}/invalider"
    for typed in ("", "   \n ", None):
        page = act(host.member, convention.number, "invalider", typed)
        tap.ok(page.status == 422 and errors(page) == {"reason": sentence("reason-missing")},
               f"to invalidate, a reason is needed: {typed!r} is none", page.status, errors(page))
    page = act(host.member, convention.number, "invalider", "é" * 1001)
    tap.ok(page.status == 422 and "reason" in errors(page) and
           page.form(path).fields["reason"].strip() == "é" * 1001,
           "a reason too long is refused, and kept", page.status, errors(page))
    tap.same(state(site, convention.number), "pending", "none of these changes anything")
    reason = "Il manque la signature de <l’élève> & du responsable."
    page = act(host.member, convention.number, "invalider", reason)
    tap.ok(page.status == 200 and says(page, "notice-incomplete") and "Incomplète" in words(page)
           and reason in words(page), "the reason is shown as it was typed", words(page)[:800])
    tap.ok(reason in words(origin.member.get(f"/conventions/{convention.number}")),
           "to the origin, too")
    mail = site.wait_for_mail(lambda found: f"{convention.name} incomplète" in found["Subject"])
    body = mail and plain(mail.get_body(("plain",)).get_content().replace("\n> ", " "))
    tap.ok(mail and reason in body, "and in the e-mail", body)
    attempt("deposit", convention, origin.member)
    page = origin.member.get(f"/conventions/{convention.number}")
    tap.ok(state(site, convention.number) == "pending" and "Motif :" not in words(page),
           "the next deposit clears the mark")
    for who in sorted(ORIGIN):
        page = ACTORS[who].get(path)
        tap.ok(page.status == 403 and says(page, "convention-not-yours-to-move"),
               f"the {who} is not even asked for a reason", page.status)
    fresh = Convention()
    page = host.member.get(f"/conventions/{fresh.number}/invalider")
    tap.ok(page.status == 409 and says(page, "convention-not-pending"),
           "nobody is asked for a reason where there is nothing to invalidate", page.status)
    fresh.led_to("cancelled")
    page = host.member.get(f"/conventions/{fresh.number}/annuler")
    tap.ok(page.status == 409 and says(page, "convention-cancelled"),
           "nor where there is nothing to cancel any more", page.status)


def current_files():
    """« Conv. », everywhere: the original, and the returned file once it is validated."""
    convention = Convention()
    number = convention.number
    trainee = convention.trainee()

    def conv():
        files = []
        for client, page in ((origin.member, f"/conventions/{number}"),
                             (origin.member, f"/stagiaires/{trainee}"),
                             (host.member, f"/stages/{placement}"),
                             (host.admin, f"/conventions/{number}")):
            if f"/conventions/{number}/conv" not in links(client.get(page)):
                return f"no « Conv. » on {page}"
            files.append(client.get(f"/conventions/{number}/conv").body)
        return files[0] if len(set(files)) == 1 else "different files"

    tap.ok(conv() == convention.original, "« Conv. » is the original while nothing came back")
    returned = papers.ink(convention.original)
    deposit(origin.member, returned)
    tap.ok(conv() == convention.original, "« Conv. » is the original while it is pending")
    act(host.member, number, "valider")
    tap.ok(conv() == returned, "« Conv. » is the returned file once it is validated")
    tab = host.member.get("/conventions?onglet=validees&taille=100")
    tap.ok(f"/conventions/{number}/conv" in links(tab), "and stands in the tab of the validated ones")
    page = host.member.get(f"/conventions/{number}/conv")
    tap.ok(page.headers.get_content_type() == "application/pdf" and
           page.headers.get_content_disposition() == "attachment" and
           convention.fields["last_name"] in (page.headers.get_filename() or ""),
           "it is a PDF to be kept, named after the trainee", page.headers)
    act(host.member, number, "invalider", "Mauvaise année.")
    tap.ok(conv() == convention.original, "« Conv. » is the original again after an invalidation")
    deposit(origin.member, returned)
    tap.same(state(site, number), "pending", "the same file may come back after an invalidation")
    act(host.member, number, "regenerer")
    tap.ok(conv() == convention.original and
           original(origin.member, number) == convention.original,
           "the regenerated original is byte for byte the first one")
    tap.same(origin.member.get(f"/conventions/{number}/retour").status, 404,
             "and there is no returned file any more")
    events = history(site, number)
    tap.same(events, ["generate", "deposit", "validate", "invalidate", "deposit", "regenerate"],
             "the history has it all")
    versions = [origin.member.get(f"/conventions/{number}/versions/{row + 1}").body
                for row in range(len(events))]
    tap.ok(versions == [convention.original, returned, returned, returned, returned,
                        convention.original], "and every file of it can be downloaded",
           [len(version) for version in versions])
    tap.same(origin.member.get(f"/conventions/{number}/versions/7").status, 404,
             "a row that is not there is 404")
    rows = table(host.member.get(f"/conventions/{number}"))[1]
    told = [sentence(f"event-{event}") for event in events]
    tap.same([row[1].replace(" Mauvaise année.", "").strip()[:len(text)]
              for row, text in zip(rows, told)], told, "the page tells every event")
    tap.ok(all(row[3] == "127.0.0.1" and row[4].startswith("Télécharger") for row in rows) and
           host.name in rows[2][2] and origin.name in rows[1][2],
           "with who did it, from where, and the file", rows)


def mails_of(convention, events, actor_is_host=False):
    """(title, wanted recipient, wanted subject) of each event's mail."""
    for event in events:
        to, subject = MAILS[event]
        if event == "cancel":
            to = origin if actor_is_host else host
        yield to.email, subject.format(convention.name, day)


def mails():
    wanted = []
    for actor_is_host, last in ((False, origin.member), (True, host.admin)):
        convention = Convention()
        attempt("reissue", convention, origin.member)
        convention.original = original(origin.member, convention.number)
        for event, who in (("deposit", "origin's member"), ("invalidate", "host's member"),
                           ("deposit", "host's admin"), ("validate", "host's admin"),
                           ("invalidate", "host's admin"), ("deposit", "origin's admin"),
                           ("regenerate", "host's member")):
            attempt(event, convention, ACTORS[who])
        attempt("cancel", convention, last)
        events = history(site, convention.number)
        tap.same(events, ["generate", "reissue", "deposit", "mark_incomplete", "deposit", "validate",
                          "invalidate", "deposit", "regenerate", "cancel"], "every event happened")
        wanted.append((convention, list(mails_of(convention, events, actor_is_host))))
    for convention, expected in wanted:
        last = expected[-1]
        site.wait_for_mail(lambda found: found["Subject"] == last[1])
        delivered = [(found["To"].addresses[0].addr_spec, found["Subject"])
                     for found in site.mails() if convention.name in found["Subject"]]
        tap.same(sorted(delivered), sorted(expected),
                 "each event has sent one e-mail, to the right school, with the right subject")
    addressed = [found for found in site.mails() if wanted[0][0].name in found["Subject"]]
    tap.ok(all(f"/conventions/{wanted[0][0].number}" in found.get_body(("plain",)).get_content() and
               found.get_body(("html",)) for found in addressed),
           "each has a text and an HTML part, and the convention's address")
    tap.same([bool(list(found.iter_attachments())) for found in addressed
              if found["Subject"].startswith(("Convention", "Nouvelle"))].count(True), 2,
             "the generated and the reissued paper are attached, nothing else is")


def own_pupils():
    """A school that hosts its own pupils stands on both sides."""
    both = schools.add("Cite")
    there = schools.placement(both)
    number = schools.register(both.member, there)
    deposit(both.member, papers.ink(original(both.member, number)))
    tap.same(state(site, number), "pending", "a school returns the convention of its own pupil")
    act(both.member, number, "valider")
    tap.same(state(site, number), "validated", "and validates it as the host")
    page = act(both.member, number, "annuler", "")
    tap.same((page.status, state(site, number)), (200, "cancelled"), "and cancels it")


def tampered():
    """paraphe verify recomputes every chain; each column of a row is under its hash."""
    convention = Convention().led_to("validated")
    number = convention.number
    told = f"Convention n° {number} :"
    tap.ok("intact" in site.paraphe("verify"), "every history is intact")
    others = site.sql(f"SELECT id FROM account WHERE establishment_id = {host.number} LIMIT 1")
    row = f"convention_id = {number} AND sequence = 2"
    changes = {"event": "'validate'", "actor_name": "'Personne'", "actor_establishment": "'Ailleurs'",
               "created_at": "created_at - INTERVAL 1 DAY", "address": "'192.0.2.1'",
               "detail": "'rien'", "account_id": others[0][0], "document_id": "NULL",
               "hash": "REVERSE(hash)"}
    for column, value in changes.items():
        site.sql(f"CREATE TABLE kept_{schools.mark} AS SELECT * FROM history WHERE {row}")
        try:
            site.sql(f"UPDATE history SET {column} = {value} WHERE {row}")
            said = site.paraphe("verify", fails=True)
        finally:
            site.sql(f"UPDATE history h JOIN kept_{schools.mark} k ON h.id = k.id "
                     f"SET h.{column} = k.{column}; DROP TABLE kept_{schools.mark}")
        tap.ok(told in said, f"a changed {column} of one row of the history shows", said)
    tap.ok("intact" in site.paraphe("verify"), "put back as it was, the history is intact again")
    site.sql(f"UPDATE convention SET history_length = 2 WHERE id = {number}")
    said = site.paraphe("verify", fails=True)
    site.sql(f"UPDATE convention SET history_length = 3 WHERE id = {number}")
    tap.ok(told in said, "a convention that denies its last row shows", said)


the_whole_table()
reissues()
what_is_offered()
meanwhile()
reasons()
current_files()
mails()
own_pupils()
tampered()
tap.end()
