"""A database, an SMTP server and mailers for one test script, all gone at its end."""
import email
import email.policy
import json
import mailbox
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("PARAPHE_BUILD", ".")
MAILER = os.path.join(BUILD, "t/mail/mailer")
sys.path.insert(0, os.path.join(SOURCE, "t/lib"))
from tap import Tap  # noqa: E402, F401

# A test that is ended cleans up all the same.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

PATIENCE = 20  # seconds that anything may take


def until(true, what):
    """Waits until true() is; the test script ends if that never happens."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"in {PATIENCE} s this did not happen: {what}")
        time.sleep(0.05)


class World:
    def __init__(self, own_database=False):
        """own_database: a server that the test may stop, whatever others share."""
        self.directory = tempfile.mkdtemp(prefix="paraphe-mail-")
        self.processes = []
        self.smtpd = None
        self.options = {"smtp_starttls": "no", "smtp_timeout": "4",
                        "smtp_url": "smtp://127.0.0.1:1"}
        self.database_is_private = own_database or "PARAPHE_TEST_DB_SOCKET" not in os.environ
        self.database = f"paraphe_mail_{os.getpid()}"
        self.socket = os.environ.get("PARAPHE_TEST_DB_SOCKET")

    def __enter__(self):
        try:
            if self.database_is_private:
                self.start_database()
            self.mariadb("create", self.socket, self.database)
            self.run_mailer("migrate")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        if self.database_is_private:
            self.mariadb("remove", self.path("db"))
        else:
            self.mariadb("drop", self.socket, self.database)
        shutil.rmtree(self.directory)

    def path(self, name):
        return os.path.join(self.directory, name)

    # The database

    def mariadb(self, *arguments):
        helper = os.path.join(SOURCE, "t/lib/mariadb.sh")
        # The server must not hold a pipe open, so that its output goes to a file.
        with open(self.path("mariadb.log"), "a", encoding="utf-8") as log:
            subprocess.run([helper, *arguments], stdout=log, check=True)

    def start_database(self):
        self.mariadb("start", self.path("db"))
        self.socket = self.path("db/socket")

    def stop_database(self):
        self.mariadb("stop", self.path("db"))

    def sql(self, statement):
        """The rows, each a list of texts."""
        out = subprocess.run(["mariadb", "--no-defaults", "--socket", self.socket, "-N", "-B", "-e",
                              "SET time_zone = '+00:00'; " + statement, self.database],
                             stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout
        return [line.split("\t") for line in out.splitlines()]

    def row(self, number, columns="state, attempts, error_key"):
        return self.sql(f"SELECT {columns} FROM message WHERE id = {number}")[0]

    def state(self, number):
        return self.row(number, "state")[0]

    def make_due(self, number):
        self.sql("UPDATE message SET next_attempt_at = UTC_TIMESTAMP() - INTERVAL 1 SECOND"
                 f" WHERE id = {number}")

    # Mailers and what they find

    def config(self):
        lines = {"base_url": "https://paraphe.example", "secret_file": "/dev/null",
                 "views": os.path.join(SOURCE, "views"),
                 "migrations": os.path.join(SOURCE, "sql/migrations"),
                 "db_socket": self.socket, "db_name": self.database,
                 "db_user": pwd.getpwuid(os.geteuid()).pw_name,
                 "mail_from": "Paraphe <paraphe@school.example>",
                 "mail_operator": "operator@school.example", **self.options}
        # Whole at any moment, as a mailer may be reading it.
        with open(self.path("paraphe.conf.new"), "w", encoding="utf-8") as config:
            config.writelines(f"{name} = {value}\n" for name, value in lines.items())
        os.rename(self.path("paraphe.conf.new"), self.path("paraphe.conf"))
        return self.path("paraphe.conf")

    def run_mailer(self, *arguments):
        subprocess.run([MAILER, self.config(), *arguments], check=True)

    def enqueue(self, to="plain@school.example", *more):
        self.run_mailer("enqueue", to, *more)
        return int(self.sql("SELECT MAX(id) FROM message")[0][0])

    def log(self):
        with open(self.path("mailer.log"), encoding="utf-8") as log:
            return log.read()

    def start_mailer(self):
        with open(self.path("mailer.log"), "a", encoding="utf-8") as log:
            mailer = subprocess.Popen([MAILER, self.config(), "run"], stderr=log)
        self.processes.append(mailer)
        return mailer

    def stop(self, process):
        process.send_signal(signal.SIGTERM)
        return process.wait(PATIENCE)

    def deliver(self, numbers, states=("sent", "failed", "queued")):
        """Runs a mailer until each message has been tried once more; its exit status."""
        before = {n: int(self.row(n, "attempts")[0]) for n in numbers}
        mailer = self.start_mailer()
        until(lambda: all(self.state(n) in states
                          and int(self.row(n, "attempts")[0]) > before[n] for n in numbers),
              f"an attempt at each of {numbers}")
        status = self.stop(mailer)
        if status != 0:
            raise RuntimeError(f"the mailer ended with status {status}:\n{self.log()[-4000:]}")
        return status

    # The SMTP server

    def start_smtpd(self, *options):
        scheme = "smtps" if "--smtps" in options else "smtp"
        port_file, journal = self.path("port"), self.path("journal")
        for path in (port_file, journal):
            if os.path.exists(path):
                os.remove(path)
        self.smtpd = subprocess.Popen(
            ["/usr/bin/python3", os.path.join(SOURCE, "t/lib/smtpd.py"), "--maildir",
             self.path("maildir"), "--port-file", port_file, "--journal", journal,
             "--control", self.path("control"), *options])
        self.processes.append(self.smtpd)
        until(lambda: os.path.exists(port_file), "the SMTP server listens")
        with open(port_file, encoding="ascii") as text:
            self.options["smtp_url"] = f"{scheme}://127.0.0.1:{text.read()}"

    def stop_smtpd(self):
        self.stop(self.smtpd)

    def control(self, word):
        with open(self.path("control"), "w", encoding="ascii") as control:
            control.write(word)

    def journal(self, event):
        """What the server noted of such events since it was started."""
        if not os.path.exists(self.path("journal")):
            return []
        with open(self.path("journal"), encoding="utf-8") as journal:
            notes = [json.loads(line) for line in journal]
        return [note for note in notes if note["event"] == event]

    def messages(self, to=None):
        """What was delivered, to that recipient or at all."""
        box = mailbox.Maildir(self.path("maildir"), create=True)
        parsed = [email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)
                  for key in box.keys()]
        return [message for message in parsed if to is None or message["Delivered-To"] == to]
