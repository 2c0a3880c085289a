#!/usr/bin/python3
"""A real SMTP server (aiosmtpd) that keeps what it takes in a Maildir, and misbehaves when told.

    smtpd.py --maildir DIR --port-file FILE [--port N] [--journal FILE] [--control FILE]
             [--certificate PEM --key PEM [--smtps]] [--user NAME --password WORD]
             [--per-connection N]

It listens on 127.0.0.1; the port, when it listens, stands in --port-file. SIGTERM ends it.

What it does wrong is said by the recipient's local part, up to a '+' or the end:
    grey          451 the first time this recipient is named, then takes it
    refuse        550 5.1.1          full      552 5.2.2        policy     554 5.7.1 after DATA
    slow          a second's wait before each answer
    hang          no answer at all to the first RCPT that names this recipient
    drop          the first time, the connection is cut in the middle of the message
    busy          421 and the connection closed, the first time
or for all by the word in the file --control: `451`, `550`, `421`, `drop` or `hang`, as above but
every time; an empty or absent file says nothing.

Each message in the Maildir begins with Return-Path and Delivered-To. --journal gets one JSON
object a line: {"event": "connect" | "rcpt" | "accepted" | "auth" | "starttls" | "quit", …}.
"""
import argparse
import asyncio
import json
import mailbox
import os
import signal
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

ONCE = {"grey", "hang", "drop", "busy"}
FOREVER = 3600


class Server(SMTP):
    """aiosmtpd's server, with the bad manners that need more than a reply."""

    def __init__(self, behaviour, options, **named):
        super().__init__(behaviour, **named)
        self.behaviour = behaviour
        self.options = options
        self.taken = 0

    def connection_made(self, transport):
        if self.transport is None:
            self.behaviour.note("connect")
        super().connection_made(transport)

    async def smtp_STARTTLS(self, arg):
        self.behaviour.note("starttls")
        await super().smtp_STARTTLS(arg)

    async def smtp_QUIT(self, arg):
        self.behaviour.note("quit")
        await super().smtp_QUIT(arg)

    async def smtp_MAIL(self, arg):
        if self.options.per_connection and self.taken >= self.options.per_connection:
            await self.push("421 4.7.0 Too many messages over this connection")
            self.transport.close()
            return
        await super().smtp_MAIL(arg)

    async def smtp_DATA(self, arg):
        if any(self.behaviour.does("drop", to) for to in self.envelope.rcpt_tos):
            await self.push("354 Begin")
            await self._reader.read(200)
            self.transport.abort()
            await asyncio.sleep(FOREVER)  # until the loss of the connection is noticed
        await super().smtp_DATA(arg)


class Behaviour:
    """aiosmtpd's hooks: what is answered, and what becomes of a message."""

    def __init__(self, options):
        self.options = options
        self.maildir = mailbox.Maildir(options.maildir, create=True)
        self.met = set()

    def note(self, event, **more):
        if self.options.journal:
            with open(self.options.journal, "a", encoding="utf-8") as journal:
                journal.write(json.dumps({"event": event, **more}) + "\n")

    def control(self):
        try:
            with open(self.options.control or os.devnull, encoding="ascii") as control:
                return control.read().strip()
        except FileNotFoundError:
            return ""

    def does(self, manner, address):
        """Whether that bad manner is due now; those of ONCE are due once a recipient."""
        words = {"451": "grey", "421": "busy", "550": "refuse"}
        if words.get(self.control(), self.control()) == manner:
            return True
        if address.split("@")[0].split("+")[0] != manner:
            return False
        if manner in ONCE:
            if (manner, address) in self.met:
                return False
            self.met.add((manner, address))
        return True

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        self.note("rcpt", to=address)
        if self.does("hang", address):
            await asyncio.sleep(FOREVER)
        if self.does("slow", address):
            await asyncio.sleep(1)
        if self.does("busy", address):
            asyncio.get_running_loop().call_soon(server.transport.close)
            return "421 4.3.2 Closing"
        if self.does("grey", address):
            return "451 4.7.1 Greylisted, come again"
        if self.does("refuse", address):
            return f"550 5.1.1 <{address}> is not known here"
        if self.does("full", address):
            return "552 5.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        for to in envelope.rcpt_tos:
            if self.does("policy", to):
                return "554 5.7.1 We do not like it"
            if self.does("slow", to):
                await asyncio.sleep(1)
        for to in envelope.rcpt_tos:
            head = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {to}\r\n"
            self.maildir.add(head.encode() + envelope.content)
            self.note("accepted", to=to)
        server.taken += 1
        return "250 2.0.0 Kept"

    def authenticate(self, server, session, envelope, mechanism, data):
        good = (data.login.decode() == self.options.user
                and data.password.decode() == self.options.password)
        self.note("auth", good=good)
        return AuthResult(success=good, handled=good)


def tls(options):
    if not options.certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    return context


async def serve(options):
    behaviour = Behaviour(options)
    context = tls(options)
    named = {"hostname": "smtpd.example", "ident": "smtpd.py"}
    if context and not options.smtps:
        named.update(tls_context=context, require_starttls=True)
    if options.user:
        named.update(authenticator=behaviour.authenticate, auth_required=True,
                     auth_require_tls=not options.smtps)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Server(behaviour, options, loop=loop, **named),
                                      "127.0.0.1", options.port,
                                      ssl=context if options.smtps else None)
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    with open(options.port_file + ".new", "w", encoding="ascii") as port_file:
        port_file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(options.port_file + ".new", options.port_file)
    await ended.wait()
    server.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--maildir", required=True)
    parser.add_argument("--port-file", required=True)
    parser.add_argument("--port", type=int, default=0)
    for name in ("journal", "control", "certificate", "key", "user", "password"):
        parser.add_argument("--" + name)
    parser.add_argument("--smtps", action="store_true")
    parser.add_argument("--per-connection", type=int, default=0)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
