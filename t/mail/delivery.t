#!/usr/bin/python3
"""What becomes of a message, with a real database and a real SMTP server that misbehaves."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from world import BUILD, SOURCE, Tap, World, until  # noqa: E402, F401

tap = Tap()


def seconds_to_next(world, number):
    return int(world.row(number, "TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), next_attempt_at)")[0])


def first_delivery(world):
    pdf = world.path("paper.pdf")
    with open(pdf, "wb") as file:
        file.write(b"%PDF-1.7\n\xff\r\n.\r\n" * 5000)
    number = world.enqueue("ce.0751234a@school.example", "convention-generated", pdf)
    tap.same(world.row(number), ["queued", "0", ""], "a message waits in the outbox")
    tap.same(world.deliver([number]), 0, "the mailer ends well when it is told to")
    tap.same(world.row(number), ["sent", "1", ""], "a server that takes a message is asked once")
    [message] = world.messages()
    tap.same(message["Subject"], "Convention de Zoë ŁUKASZEWSKA à signer – stage du 03-02-2027",
             "the subject says who and what")
    tap.same(message["Return-Path"], "<paraphe@school.example>", "the envelope names the sender")
    public_id = world.row(number, "LOWER(HEX(public_id))")[0]
    tap.same(message["Message-ID"], f"<{public_id}@school.example>",
             "the Message-ID is the row's own")
    with open(pdf, "rb") as file:
        [attachment] = message.iter_attachments()
        tap.same(attachment.get_content(), file.read(), "the attachment comes byte for byte")
    tap.same(attachment.get_filename(), "Convention ŁUKASZEWSKA Zoë.pdf", "with its name")
    tap.same(len(world.journal("quit")), 1, "the mailer takes leave of the server")


def many_over_one(world):
    numbers = [world.enqueue(f"many{i}@school.example") for i in range(5)]
    before = len(world.journal("connect"))
    world.deliver(numbers)
    tap.same([world.state(n) for n in numbers], ["sent"] * 5, "five messages are sent")
    tap.same(len(world.journal("connect")) - before, 1, "over one connection")


def greylisted(world):
    number = world.enqueue("grey@school.example")
    world.deliver([number])
    tap.same(world.row(number), ["queued", "1", "mail-deferred"], "451 keeps the message")
    tap.ok(50 <= seconds_to_next(world, number) <= 60, "for another attempt in a minute",
           seconds_to_next(world, number))
    tap.ok("451 4.7.1" in world.row(number, "last_error")[0], "with the server's own words")
    world.make_due(number)
    world.deliver([number])
    tap.same(world.row(number), ["sent", "2", ""], "and the next attempt finds it taken")
    tap.same(len(world.messages("grey@school.example")), 1, "once")
    number = world.enqueue("patient@school.example")
    world.control("451")
    for wait in (60, 300, 900, 3600):
        world.make_due(number)
        world.deliver([number])
        tap.ok(wait - 20 <= seconds_to_next(world, number) <= wait,
               f"a further 451 makes it wait {wait} s", seconds_to_next(world, number))
    world.control("")


def refused(world):
    cases = [("refuse@school.example", "mail-address-unknown", "RCPT: 550 5.1.1"),
             ("full@school.example", "mail-mailbox-full", "RCPT: 552 5.2.2"),
             ("policy@school.example", "mail-refused", "DATA: 554 5.7.1")]
    for to, key, words in cases:
        number = world.enqueue(to)
        world.deliver([number])
        tap.same(world.row(number), ["failed", "1", key], f"{words} is not tried again")
        tap.ok(world.row(number, "last_error")[0].startswith(words), "the server's words are kept",
               world.row(number, "last_error")[0])
    number = world.enqueue("no address")
    world.deliver([number])
    tap.same(world.row(number), ["failed", "1", "mail-address-invalid"],
             "what is no address is given up without asking the server")
    tap.ok("school.example" not in world.log(), "no address stands in the log")


def broken_off(world):
    number = world.enqueue("drop@school.example")
    world.deliver([number])
    tap.same(world.row(number), ["queued", "1", "mail-server-unreachable"],
             "a connection cut in the middle of the message keeps the message")
    world.make_due(number)
    world.deliver([number])
    tap.same(world.row(number), ["sent", "2", ""], "and the next attempt finds it taken")
    tap.same(len(world.messages("drop@school.example")), 1, "once")
    number = world.enqueue("busy@school.example")
    world.deliver([number])
    tap.same(world.row(number), ["queued", "1", "mail-deferred"], "421 keeps the message")


def slow_and_mute(world):
    number = world.enqueue("slow@school.example")
    world.deliver([number])
    tap.same(world.row(number), ["sent", "1", ""], "a slow server is waited for")
    number = world.enqueue("hang@school.example")
    world.deliver([number])
    tap.same(world.row(number), ["queued", "1", "mail-server-unreachable"],
             "a server that never answers is left in time, and the message kept")
    world.make_due(number)
    world.deliver([number])
    tap.same(len(world.messages("hang@school.example")), 1, "to be taken at the next attempt")


def down(world):
    world.stop_smtpd()
    number = world.enqueue("down@school.example")
    world.deliver([number])
    tap.same(world.row(number), ["queued", "1", "mail-server-unreachable"],
             "a server that is down keeps the message")
    world.start_smtpd()
    world.make_due(number)
    world.deliver([number])
    tap.same(world.row(number), ["sent", "2", ""], "until it is up again")
    tap.same(len(world.messages("down@school.example")), 1, "and takes it once")


def few_per_connection(world):
    world.stop_smtpd()
    world.start_smtpd("--per-connection", "2")
    numbers = [world.enqueue(f"few{i}@school.example") for i in range(5)]
    world.deliver(numbers)
    tap.same([world.row(n) for n in numbers], [["sent", "1", ""]] * 5,
             "a server that takes two messages a connection gets five in three")
    tap.same(len(world.journal("connect")), 3, "at their first attempt")
    world.stop_smtpd()


with World() as world:
    world.start_smtpd()
    first_delivery(world)
    many_over_one(world)
    greylisted(world)
    refused(world)
    broken_off(world)
    slow_and_mute(world)
    down(world)
    few_per_connection(world)
tap.end()
