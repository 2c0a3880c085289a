#!/usr/bin/python3
"""Mailers that die, that are many, and a database that goes away: nothing lost, nothing twice."""
import collections
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from world import MAILER, Tap, World, until  # noqa: E402

tap = Tap()


def outbox_and_transaction(world):
    world.run_mailer("undo")
    tap.same(world.sql("SELECT COUNT(*) FROM message"), [["0"]],
             "what is rolled back leaves no message")


def several_mailers(world):
    # The slow ones give every mailer the time to begin before all is sent.
    addresses = [f"slow+{i}@school.example" for i in range(6)]
    addresses += [f"m{i}@school.example" for i in range(34)]
    numbers = [world.enqueue(address) for address in addresses]
    mailers = [world.start_mailer() for _ in range(3)]
    until(lambda: all(world.state(n) == "sent" for n in numbers), "three mailers send all")
    statuses = [world.stop(mailer) for mailer in mailers]
    tap.same(statuses, [0, 0, 0], "three mailers share an outbox")
    delivered = collections.Counter(m["Delivered-To"] for m in world.messages())
    tap.same(delivered, collections.Counter(addresses), "each message comes once")
    tap.same(world.sql("SELECT DISTINCT attempts FROM message"), [["1"]], "at its first attempt")
    mailers_used = int(world.sql("SELECT COUNT(DISTINCT claimed_by) FROM message")[0][0])
    tap.ok(mailers_used > 1, "by more than one mailer")


def killed_mailer(world):
    world.options["smtp_timeout"] = "60"
    number = world.enqueue("hang+killed@school.example")
    mailer = world.start_mailer()
    until(lambda: world.journal("rcpt")[-1:] == [{"event": "rcpt",
                                                  "to": "hang+killed@school.example"}],
          "the mailer is in the middle of the message")
    mailer.kill()
    mailer.wait()
    tap.same(world.row(number), ["sending", "1", ""], "a killed mailer leaves its lease behind")
    lease = int(world.row(number, "TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), next_attempt_at)")[0])
    tap.ok(570 <= lease <= 600, "of ten minutes", lease)
    other = world.start_mailer()
    after = world.enqueue("after@school.example")
    until(lambda: world.state(after) == "sent", "another mailer works on")
    tap.same(world.state(number), "sending", "which no other mailer breaks")
    world.make_due(number)
    until(lambda: world.state(number) == "sent", "the lease is retaken")
    world.stop(other)
    tap.same(world.row(number), ["sent", "2", ""], "when it ends, another mailer takes the message")
    tap.same(len(world.messages("hang+killed@school.example")), 1, "and it comes once")
    world.options["smtp_timeout"] = "4"


def asked_to_end(world):
    number = world.enqueue("slow@school.example")
    mailer = world.start_mailer()
    until(lambda: {"event": "rcpt", "to": "slow@school.example"} in world.journal("rcpt"),
          "the mailer is in the middle of the message")
    tap.same(world.stop(mailer), 0, "SIGTERM ends a mailer well")
    tap.same(world.row(number), ["sent", "1", ""], "after the message at hand")


def has_ended(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as status:
            return "State:\tZ" in status.read()
    except FileNotFoundError:
        return True


def orphaned(world):
    number = world.enqueue("orphan@school.example")
    shell = subprocess.Popen(["sh", "-c", f"{MAILER} {world.config()} run & echo $!; wait"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii")
    world.processes.append(shell)
    mailer = int(shell.stdout.readline())
    until(lambda: world.state(number) == "sent", "the mailer works")
    tap.ok(not has_ended(mailer), "a mailer goes on while its parent lives")
    shell.kill()
    shell.wait()
    until(lambda: has_ended(mailer), "the mailer ends")
    tap.ok(True, "and ends with it")


def database_away(world):
    mailer = world.start_mailer()
    number = world.enqueue("slow+recorded@school.example")
    until(lambda: {"event": "rcpt", "to": "slow+recorded@school.example"} in world.journal("rcpt"),
          "the mailer is in the middle of the message")
    world.stop_database()
    until(lambda: world.messages("slow+recorded@school.example"), "the server takes the message")
    time.sleep(1)
    world.start_database()
    until(lambda: world.state(number) == "sent", "the attempt is recorded")
    tap.same(world.row(number), ["sent", "1", ""],
             "what was taken while the database was away is recorded when it is back")
    number = world.enqueue("back@school.example")
    until(lambda: world.state(number) == "sent", "the mailer works on")
    tap.same(world.stop(mailer), 0, "the mailer outlives its database")
    tap.same(len(world.messages("slow+recorded@school.example")), 1, "nothing is sent twice")


def given_up(world):
    world.control("451")
    number = world.enqueue("never@school.example")
    world.sql(f"UPDATE message SET attempts = 12 WHERE id = {number}")
    world.deliver([number])
    tap.same(world.row(number), ["failed", "13", "mail-deferred"],
             "after two days of attempts a message is given up")
    notices = world.sql("SELECT id FROM message WHERE name = 'mail-given-up'")
    tap.same(len(notices), 1, "the operator is told")
    other = world.enqueue("never-either@school.example")
    world.sql(f"UPDATE message SET attempts = 12 WHERE id = {other}")
    world.deliver([other])
    tap.same(world.sql("SELECT COUNT(*) FROM message WHERE name = 'mail-given-up'"), [["1"]],
             "once, as long as the first notice is on its way")
    world.control("")
    [[notice]] = notices
    world.make_due(notice)
    world.deliver([notice])
    [message] = world.messages("operator@school.example")
    tap.same(message["Subject"], f"Message n°\u00a0{number} non remis – à reprendre",
             "the notice says which message")
    text = " ".join(message.get_body(("plain",)).get_content().split())
    for words in ("(« Convention à signer »)", "never@school.example", "a demandé de revenir plus tard",
                  "451 4.7.1 Greylisted, come again", f"paraphe mail-queue --retry {number}"):
        tap.ok(words in text, f"and says « {words} »", text)
    world.control("550")
    world.sql("UPDATE message SET state = 'queued', attempts = 0, next_attempt_at = created_at"
              f" WHERE id = {notice}")
    world.deliver([notice])
    world.control("")
    tap.same([world.state(notice), world.sql("SELECT COUNT(*) FROM message"
                                             " WHERE name = 'mail-given-up'")[0][0]],
             ["failed", "1"], "of a notice that is refused nobody is told")


def interrupted_for_ever(world):
    number = world.enqueue("poison@school.example")
    world.sql("UPDATE message SET state = 'sending', attempts = 13, claimed_by = 'dead',"
              f" next_attempt_at = UTC_TIMESTAMP() WHERE id = {number}")
    world.deliver([number])
    tap.same(world.row(number), ["failed", "14", "mail-interrupted"],
             "a message that every mailer died of is given up")
    tap.same(world.messages("poison@school.example"), [], "without another attempt")


with World(own_database=True) as world:
    world.start_smtpd()
    outbox_and_transaction(world)
    several_mailers(world)
    killed_mailer(world)
    asked_to_end(world)
    orphaned(world)
    database_away(world)
    given_up(world)
    interrupted_for_ever(world)
tap.end()
