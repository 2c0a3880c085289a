"""What becomes of e-mails when the mail server is down, greylists or refuses: shown where it must
be, and sent in the end."""
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from paraphe_site import Site  # noqa: E402
from reading import plain, sentence, table, words  # noqa: E402
from schools import Schools, original  # noqa: E402
from tap import Tap  # noqa: E402

MOST_ATTEMPTS = 13
tap = Tap()


class Server:
    """t/lib/smtpd.py in the place of the site's own mail server."""

    def __init__(self, site):
        self.site = site
        self.control = os.path.join(site.directory, "smtp-control")
        self.process = None
        own = site.process("smtp")
        os.kill(own, 15)
        self.wait(lambda: not os.path.exists(f"/proc/{own}/cmdline") or
                  not open(f"/proc/{own}/cmdline", "rb").read())

    @staticmethod
    def wait(holds, seconds=30):
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def start(self):
        ready = os.path.join(self.site.directory, "smtp-port")
        self.process = subprocess.Popen(
            ["/usr/bin/python3", "-B", os.path.join(HERE, "..", "lib", "smtpd.py"), "--maildir",
             os.path.join(self.site.directory, "mail"), "--port", str(self.site.smtp_port),
             "--port-file", ready, "--control", self.control])
        if not self.wait(lambda: os.path.exists(ready)):
            raise RuntimeError("the mail server did not start")

    def behave(self, word):
        """From now on: "451", "550", or "" for good manners."""
        with open(self.control, "w", encoding="ascii") as file:
            file.write(word)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()


class Message:
    """The e-mail of a registration that was just made."""

    def __init__(self, world, school):
        self.site, self.school = world.site, school
        self.convention = world.schools.register(school.member, world.placement)
        self.number = self.column("id")

    def column(self, name):
        return self.site.sql(f"SELECT {name} FROM message WHERE convention_id = {self.convention}"
                             )[0][0]

    def comes_to(self, state, error, attempts):
        """Whether it is in that state after so many attempts, for that reason."""
        return Server.wait(lambda: (self.column("state"), self.column("error_key"),
                                    int(self.column("attempts"))) == (state, error, attempts))

    def hurry(self):
        self.site.sql("UPDATE message SET next_attempt_at = UTC_TIMESTAMP() - INTERVAL 1 SECOND "
                      f"WHERE id = {self.number} AND state = 'queued'")

    def shown(self):
        """Its row on the convention's page, as its school sees it."""
        page = self.school.member.get(f"/conventions/{self.convention}")
        return table(page, -1)[1][-1]

    def operators_row(self, operator):
        """Its row on the operator's page, and the form that sends it anew."""
        page = operator.get("/courriels")
        row = next((row for row in table(page)[1] if self.school.email in row), None)
        return row, page


class World:
    def __init__(self, site):
        self.site = site
        self.schools = Schools(site)
        self.host = self.schools.add("Lycee")
        self.placement = self.schools.placement(self.host, capacity=100)
        self.operator = self.schools.operator

    def school(self, name, local):
        return self.schools.add(name, email=f"{local}+{self.schools.mark}@ecole.example")

    def retry(self, message):
        """« Relancer » on the operator's page."""
        _, page = message.operators_row(self.operator)
        token = page.form("/deconnexion").fields["csrf"]
        return self.operator.post(f"/courriels/{message.number}/relancer", {"csrf": token})

    def delivered(self, message):
        name = self.schools.mark
        return [mail for mail in self.site.mails() if message.school.email in mail["To"] and
                name in mail["Subject"]]


def server_down(world, server):
    message = Message(world, world.school("College", "ce"))
    tap.ok(original(message.school.member, message.convention).startswith(b"%PDF"),
           "a registration succeeds while the mail server is down")
    tap.ok(message.comes_to("queued", "mail-server-unreachable", 1), "its e-mail waits",
           message.column("state"), message.column("error_key"))
    tap.ok(message.shown()[1] == "Convention à signer" and "En attente" in message.shown()[3] and
           sentence("mail-server-unreachable") in message.shown()[3],
           "the convention's page says that it waits, and why", message.shown())
    row, page = message.operators_row(world.operator)
    tap.ok(row and "Nouvel essai" in row[3] and "essais : 1" in row[3] and
           sentence("mail-server-unreachable") in row[4] and row[5].startswith("Relancer"),
           "the operator sees it, with the next attempt", row)
    tap.ok("1 en attente, 0 abandonnés" in words(page), "and counted", words(page)[:400])
    server.start()
    page = world.retry(message)
    tap.ok(page.status == 200 and sentence("notice-mail-queued") in words(page),
           "the operator may send it anew", words(page)[:400])
    tap.ok(message.comes_to("sent", "", 1), "then it arrives", message.column("state"))
    mails = world.delivered(message)
    tap.ok(len(mails) == 1 and next(mails[0].iter_attachments()).get_content() ==
           original(message.school.member, message.convention), "once, with the convention")
    tap.ok("Envoyé" in message.shown()[3] and sentence("mail-server-unreachable") not in
           message.shown()[3], "the convention's page says that it was sent", message.shown())
    tap.same(message.operators_row(world.operator)[0], None, "the operator sees it no more")
    again = world.retry(message)
    tap.ok(again.status == 409 and sentence("mail-not-waiting") in words(again),
           "what was sent is not sent anew", again.status)
    tap.same(len(world.delivered(message)), 1, "and stays one e-mail")


def greylisted(world):
    message = Message(world, world.school("Gris", "grey"))
    tap.ok(message.comes_to("queued", "mail-deferred", 1), "a 451 is an invitation to come again",
           message.column("error_key"))
    row, _ = message.operators_row(world.operator)
    tap.ok(row and "451" in row[4] and sentence("mail-deferred") in row[4],
           "the operator reads the server's own words", row)
    tap.ok(sentence("mail-deferred") in message.shown()[3] and "451" not in message.shown()[3],
           "the convention's page says it without them", message.shown())
    waits = int(message.column("TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), next_attempt_at)"))
    tap.ok(0 < waits <= 60, "the next attempt is a minute later", waits)
    message.hurry()
    tap.ok(message.comes_to("sent", "", 2), "the second time it is taken", message.column("state"))
    tap.same(len(world.delivered(message)), 1, "and arrives once")


def refused(world, server):
    server.behave("550")
    message = Message(world, world.school("Refus", "secretariat"))
    tap.ok(message.comes_to("failed", "mail-address-unknown", 1), "after a 550 it is given up",
           message.column("state"), message.column("error_key"))
    server.behave("")
    tap.ok("Non remis" in message.shown()[3] and
           sentence("mail-address-unknown") in message.shown()[3],
           "the convention's page says that it did not arrive, and what to do", message.shown())
    host_row = table(world.host.member.get(f"/conventions/{message.convention}"), -1)[1][-1]
    tap.ok("Non remis" in host_row[3], "to the host, too", host_row)
    row, _ = message.operators_row(world.operator)
    tap.ok(row and "Abandonné" in row[3] and "550 5.1.1" in row[4],
           "the operator sees it, and the server's answer", row)
    told = world.site.sql("SELECT id FROM message WHERE name = 'mail-given-up'")
    world.site.sql("UPDATE message SET next_attempt_at = UTC_TIMESTAMP() - INTERVAL 1 SECOND, "
                   "state = 'queued' WHERE name = 'mail-given-up' AND state <> 'sent'")
    mail = world.site.wait_for_mail(lambda found: f"n° {message.number} " in
                                   plain(found["Subject"]))
    tap.ok(told and mail and "operateur@localhost" in mail["To"] and
           message.school.email in mail.get_body(("plain",)).get_content(),
           "and is told by an e-mail", mail and mail["Subject"])
    listed = plain(world.site.paraphe("mail-queue"))
    tap.ok(f"n° {message.number} " in listed and "non remis" in listed,
           "`paraphe mail-queue` lists it", listed)
    tap.same(world.retry(message).status, 200, "the operator sends it anew")
    tap.ok(message.comes_to("sent", "", 1), "and it arrives", message.column("state"))
    tap.same(len(world.delivered(message)), 1, "once")


def never_taken(world, server):
    server.behave("451")
    message = Message(world, world.school("Jamais", "jamais"))
    tap.ok(message.comes_to("queued", "mail-deferred", 1), "a server that always says later …")
    world.site.sql(f"UPDATE message SET attempts = {MOST_ATTEMPTS - 1} WHERE id = {message.number}")
    message.hurry()
    tap.ok(message.comes_to("failed", "mail-deferred", MOST_ATTEMPTS),
           f"… is given up after {MOST_ATTEMPTS} attempts", message.column("state"),
           message.column("attempts"))
    tap.ok("Non remis" in message.shown()[3], "and the convention's page says so")
    server.behave("")
    printed = world.site.paraphe("mail-queue", "--retry", message.number)
    tap.ok(message.comes_to("sent", "", 1), "`paraphe mail-queue --retry` sends it anew", printed)


def main():
    site = Site.start(tempfile.mkdtemp(prefix="paraphe-mail-"), "--empty")
    server = None
    try:
        world = World(site)
        server = Server(site)
        server_down(world, server)
        greylisted(world)
        refused(world, server)
        never_taken(world, server)
    finally:
        if server:
            server.stop()
        site.remove()
    tap.end()


main()
