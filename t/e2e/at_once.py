"""Several people act on one convention, or on one host's, at the same moment: one after the other it
comes out, each is told what became of what he did, and nothing acknowledged is lost."""
import concurrent.futures
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from schools import (Schools, act, csrf, deposit, history, original, state,  # noqa: E402
                     version)
from tap import Tap  # noqa: E402

ROUNDS = 6

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin = schools.add("Lycee"), schools.add("College")
placement = schools.placement(host, capacity=200)
pool = concurrent.futures.ThreadPoolExecutor(8)


def together(*actions):
    """Their answers' statuses, redirects not followed."""
    return [future.result().status for future in [pool.submit(action) for action in actions]]


def pending():
    """A convention that was deposited, and another file that could be."""
    convention = schools.register(origin.member, placement)
    pdf = original(origin.member, convention)
    deposit(origin.member, papers.ink(pdf))
    return convention, papers.ink(pdf, "signature_trainee")


def two_validations():
    for _ in range(ROUNDS):
        convention, _ = pending()
        seen = version(site, convention)
        statuses = together(lambda: act(host.admin, convention, "valider", at_version=seen, follow=False),
                            lambda: act(host.member, convention, "valider", at_version=seen, follow=False))
        tap.ok(sorted(statuses) == [303, 409] and
               history(site, convention) == ["generate", "deposit", "validate"],
               "of two validations one is made", statuses, history(site, convention))


def deposit_and_validation():
    for _ in range(ROUNDS):
        convention, other = pending()
        seen = version(site, convention)
        statuses = together(lambda: deposit(origin.member, other, follow=False),
                            lambda: act(host.admin, convention, "valider", at_version=seen, follow=False))
        outcome = (statuses, state(site, convention), history(site, convention)[2:])
        tap.ok(outcome in (([303, 409], "pending", ["deposit"]),
                           ([409, 303], "validated", ["validate"])),
               "a file that nobody has seen is never validated, and none is lost", outcome)


def cancelling_and_deposit():
    for _ in range(ROUNDS):
        convention, other = pending()
        seen = version(site, convention)
        statuses = together(lambda: deposit(origin.member, other, follow=False),
                            lambda: act(host.admin, convention, "annuler", "Erreur", seen, follow=False))
        outcome = (statuses, state(site, convention), history(site, convention)[2:])
        tap.ok(outcome in (([303, 409], "pending", ["deposit"]),
                           ([409, 303], "cancelled", ["cancel"])),
               "a cancellation and a deposit come one after the other", outcome)


def registrations():
    """Many schools register on many placements of one host: none waits in vain for another."""
    origins = [schools.add("College" + letter) for letter in "abcd"]
    placements = [schools.placement(host) for _ in range(4)]
    for school in origins:
        csrf(school.member)

    def register(turn):
        school, place = origins[turn % 4], placements[(turn + turn // 4) % 4]
        return schools.try_to_register(school.member, place,
                                       schools.trainee(last_name=f"FOULE {turn} {schools.mark}"),
                                       follow=False)

    statuses = list(pool.map(lambda turn: register(turn).status, range(32)))
    tap.same(statuses, [303] * 32, "thirty-two registrations at once with one host are all made")


two_validations()
deposit_and_validation()
cancelling_and_deposit()
registrations()
tap.end()
