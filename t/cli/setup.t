#!/usr/bin/python3 -B
"""`paraphe` sets up a school: what is taken, and how everything else is refused: exit status 2 for a
wrong usage, 1 for what is refused, in French, never as a fault of the database."""
import os
import pwd
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
import papers  # noqa: E402
from papers import write  # noqa: E402
from reading import plain, sentence  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
PARAPHE = os.path.join(os.environ.get("PARAPHE_BUILD", "."), "paraphe")
LONG = "é" * 301
SCHOOL = {"uai": "0691234S", "name": "Lycée d’essai", "email": "ce.essai@ecole.example"}
PLACEMENT = {"uai": "0691234S", "title": "Atelier", "day": "2027-02-03", "from": "08:30",
             "until": "16:30", "capacity": "12", "closes": "2027-01-20"}
ADMIN = {"email": "admin@ecole.example", "name": "Anne Essai", "role": "admin", "uai": "0691234S"}
OPERATOR = {"email": "operateur@ecole.example", "name": "Paul Essai", "role": "operator"}
LICENCE = {"uai": "0691234S", "from": "2026-09-01", "until": "2027-08-31"}
PASSWORD = "quatre mots sans suite"


def paraphe(*arguments, given=PASSWORD + "\n"):
    done = subprocess.run([PARAPHE, "--config", config, *arguments], input=given.encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def options(values, **changes):
    both = {**values, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return [part for name, value in both.items() if value is not None for part in ("--" + name, value)]


def taken(title, command, *arguments, says=""):
    status, said = paraphe(*command.split(), *arguments)
    tap.ok(status == 0 and says in said, title, status, said)


def refused(title, key, command, *arguments, **more):
    status, said = paraphe(*command.split(), *arguments, **more)
    tap.ok(status == 1 and sentence(key) in plain(said) and "db-fault" not in said, title, status, said)


def misused(title, wanted, command, *arguments, **more):
    status, said = paraphe(*command.split(), *arguments, **more)
    tap.ok(status == 2 and wanted in said, title, status, said)


def establishments():
    add = "establishment add"
    refused("a wrong check letter is refused", "uai-invalid", add, *options(SCHOOL, uai="0691234T"))
    refused("a UAI of eight digits is refused", "uai-invalid", add, *options(SCHOOL, uai="06912345"))
    refused("an e-mail that is none is refused", "email-invalid", add,
            *options(SCHOOL, email="secretariat"))
    refused("an empty name is refused", "text-missing", add, *options(SCHOOL, name=""))
    for name in ("name", "address", "postal_code", "city", "phone", "head_name", "head_title"):
        refused(f"{name} of 301 characters is refused", "text-too-long", add,
                *options(SCHOOL, **{name: LONG}))
    refused("bytes that are no UTF-8 are refused", "text-unreadable", add,
            *options(SCHOOL, city=b"Li\xe8ge"))
    refused("a name of two lines is refused", "text-unreadable", add, *options(SCHOOL, name="A\nB"))
    misused("a date that does not exist is refused", "--board-day", add,
            *options(SCHOOL, board_day="2027-02-30"))
    misused("an option that is missing is named", "il manque --name", add, *options(SCHOOL, name=None))
    misused("an option without its value is named", "--email", add, "--email")
    misused("an unknown option is named, with those there are", "--head-name", add,
            *options(SCHOOL, director="X"))
    misused("an argument too many is named", "inattendu : encore", add, *options(SCHOOL), "encore")
    taken("a school is made", add, *options(SCHOOL, head_name="é" * 150, name="Œ" * 200),
          says="0691234S")
    refused("but not twice", "uai-taken", add, *options(SCHOOL))
    taken("what is set stays", "establishment set", "--uai", "0691234S", "--name", "Lycée d’essai")
    refused("a change is checked too", "text-too-long", "establishment set", "--uai", "0691234S",
            "--phone", LONG)
    refused("nobody changes what is not there", "uai-unknown", "establishment set", "--uai",
            "0381122N", "--phone", "1")
    taken("the list has it", "establishment list", says="0691234S\tLycée d’essai")
    misused("the list takes no argument", "inattendu", "establishment list", "--uai")
    misused("a logo needs its file", "PNG ou JPEG", "establishment logo", "--uai", "0691234S")
    status, said = paraphe("establishment", "logo", "--uai", "0691234S", "/nulle/part")
    tap.ok(status == 1 and "/nulle/part" in said, "a file that is not there is named", said)


def licences():
    refused("a licence that ends before it begins is refused", "licence-days", "licence add",
            *options(LICENCE, until="2026-08-31"))
    refused("a day that does not exist is refused", "licence-days", "licence add",
            *options(LICENCE, until="2027-02-29"))
    refused("a school that is not there gets none", "uai-unknown", "licence add",
            *options(LICENCE, uai="0381122N"))
    misused("an argument too many is named", "inattendu", "licence add", *options(LICENCE), "x")
    taken("a licence is added", "licence add", *options(LICENCE))
    taken("the list says until when it holds", "establishment list", says="2027-08-31")


def accounts():
    add = "account add"
    misused("an unknown role is refused", "--role", add, *options(ADMIN, role="chef"))
    misused("an admin belongs to a school", "--uai", add, *options(ADMIN, uai=None))
    misused("an operator does not", "--uai", add, *options(OPERATOR, uai="0691234S"))
    misused("the password is asked for", "entrée standard", add, *options(ADMIN), given="")
    refused("a short password is refused", "password-too-short", add, *options(ADMIN),
            given="onze lettre\n")
    refused("an e-mail that is none is refused", "email-invalid", add, *options(ADMIN, email="anne"))
    refused("a name of 301 characters is refused", "text-too-long", add, *options(ADMIN, name=LONG))
    refused("an empty name is refused", "text-missing", add, *options(ADMIN, name=""))
    taken("an admin's account is made", add, *options(ADMIN), says="admin@ecole.example")
    taken("an operator's account is made", add, *options(OPERATOR))
    refused("no two accounts have one e-mail", "email-taken", add,
            *options(ADMIN, email="ADMIN@ecole.example"))
    for command in ("account password", "account disable", "account enable"):
        refused(f"{command} needs an account that is there", "email-unknown", command, "--email",
                "personne@ecole.example")
        taken(f"{command} is done", command, "--email", "admin@ecole.example")
    taken("the list has both", "account list", says="operateur@ecole.example\tPaul Essai\toperator")


def placements():
    add = "placement add"
    for capacity in ("0", "-1", "1001", "12x", "", "4294967297", "99999999999999999999"):
        refused(f"a capacity of « {capacity} » is refused", "placement-capacity", add,
                *options(PLACEMENT, capacity=capacity))
    for hours in ({"from": "06:59"}, {"until": "20:01"}, {"from": "16:30"}, {"from": "8:30"},
                  {"until": "24:00"}):
        refused(f"hours of {hours} are refused", "placement-hours", add, *options(PLACEMENT, **hours))
    for days in ({"day": "2027-02-29"}, {"last_day": "2027-02-02"}, {"day": "03-02-2027"}):
        refused(f"days of {days} are refused", "placement-days", add, *options(PLACEMENT, **days))
    refused("registration closes on the first day at the latest", "placement-closing", add,
            *options(PLACEMENT, closes="2027-02-04"))
    refused("unknown meals are refused", "placement-choice", add, *options(PLACEMENT, meals="pizza"))
    refused("an unknown transport is refused", "placement-choice", add,
            *options(PLACEMENT, transport="velo"))
    for name in ("title", "course", "place", "person", "person_phone"):
        refused(f"{name} of 301 characters is refused", "text-too-long", add,
                *options(PLACEMENT, **{name: LONG}))
    refused("a description of 10001 characters is refused", "text-too-long", add,
            *options(PLACEMENT, description="a" * 10001))
    refused("a school that is not there has no placements", "uai-unknown", add,
            *options(PLACEMENT, uai="0381122N"))
    taken("a placement is made, its description in several lines", add,
          *options(PLACEMENT, description="Prévoir :\n\n- des gants\n" + "é" * 9000), says="n° 1")
    taken("the list says how many places are taken", "placement list", "--uai", "0691234S",
          says="2027-02-03\tAtelier\t0/12\tpublished")


def message(state, days):
    due = "NULL" if state in ("sent", "failed") else "UTC_TIMESTAMP()"
    return ("INSERT INTO message (public_id, name, to_address, to_name, subject, body_text, body_html,"
            "state, next_attempt_at, created_at) SELECT RANDOM_BYTES(16), 'x', 'a@b.fr', '', '', '',"
            f"'', '{state}', {due}, UTC_TIMESTAMP() - INTERVAL {days} DAY FROM seq_1_to_700")


def purge():
    """More than one round of it deletes."""
    upload = ("INSERT INTO upload (account_id, establishment_id, document_id, file_name, created_at) "
              "SELECT 1, 1, id, 'x.pdf', created_at FROM document")
    sql("INSERT INTO document (sha256, size, media_type, created_at) SELECT RANDOM_BYTES(32), 0, "
        "'application/pdf', UTC_TIMESTAMP() - INTERVAL 25 HOUR FROM seq_1_to_700", upload,
        *(message(state, days) for state, days in (("sent", 364), ("sent", 366), ("failed", 366), ("queued", 366))))
    sql("UPDATE upload SET created_at = UTC_TIMESTAMP() - INTERVAL 23 HOUR WHERE id = 1")
    taken("a purge deletes uploads older than a day", "purge", says="699 fichier(s)")
    taken("a second one finds nothing more to do", "purge", says="0 courriel(s)")
    tap.same(sql("SELECT COUNT(*) FROM document", "SELECT COUNT(*) FROM upload"), ["1", "1"],
             "with their documents")
    tap.same(sql("SELECT CONCAT(state, COUNT(*)) FROM message GROUP BY state ORDER BY state"),
             ["queued700", "sent700"],
             "and mails older than a year, unless they are still to be sent")


def tasks():
    taken("what is not due yet is not done", "tasks run", says="0 tâche(s)")
    taken("the tasks are listed with their next time", "tasks list", says="prochaine fois le")
    taken("one that is named is done at once", "tasks run", "purge", says="1 tâche(s)")
    taken("which shows in the list", "tasks list", says="dernière fois le")
    refused("a task that is none is refused", "task-unknown", "tasks run", "nettoyage")
    sql("UPDATE task SET claimed_by = 'x', next_at = UTC_TIMESTAMP() + INTERVAL 1 HOUR")
    refused("so is one that somebody is at", "task-busy", "tasks run", "purge")
    misused("one task is named at most", "inattendu : purge", "tasks run", "purge", "purge")


def inspected():
    """`paraphe verify FILE...` is the inspector, with the anchors of the configuration."""
    path = os.path.join(os.path.dirname(config), "unsigned.pdf")
    write(path, papers.plain())
    status, said = paraphe("verify", path)
    tap.ok(status == 1 and "SANS SIGNATURE NUMÉRIQUE" in said, "verify looks into a file", said)
    status, said = paraphe("verify", "--json", path, path)
    tap.ok(status == 1 and said.count('"verdict":"unsigned"') == 2, "or several, in JSON", said)
    status, said = paraphe("verify", os.path.dirname(path))
    tap.ok(status == 2 and "ce n’est pas un fichier" in said, "and only into files", said)


def the_rest():
    taken("an intact history is said to be so", "verify", says="intact")
    inspected()
    purge()
    tasks()
    for command in ("purge", "tasks list", "account list", "migrate"):
        misused(f"{command} takes no argument", "inattendu : --tout", command, "--tout")
    misused("a message's number has digits alone", "numéro de message", "mail-queue", "--retry", "-1")
    misused("and no more than there can be", "numéro de message", "mail-queue", "--retry",
            "18446744073709551616")
    refused("a message that is not there cannot be sent again", "mail-not-waiting", "mail-queue",
            "--retry", "7")
    misused("an unknown command is answered by the list of commands", "establishment add", "school add")


def sql(*statements):
    """The first columns of what they answer."""
    return subprocess.run(["mariadb", "--no-defaults", f"--socket={socket}", "--skip-column-names",
                           "--execute=" + ";".join(statements), "paraphe_test"], check=True,
                          capture_output=True, text=True).stdout.split()


def helper(*arguments):
    subprocess.run([os.path.join(SOURCE, "t/lib/mariadb.sh"), *arguments], check=True,
                   stdout=subprocess.DEVNULL)


with tempfile.TemporaryDirectory(prefix="paraphe-test-") as directory:
    socket, config = os.path.join(directory, "socket"), os.path.join(directory, "paraphe.conf")
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"base_url = https://localhost\nsecret_file = {directory}/secret\n"
                   "smtp_url = smtp://localhost\nmail_from = paraphe@example.org\n"
                   f"db_socket = {socket}\ndb_user = {pwd.getpwuid(os.getuid())[0]}\n"
                   f"db_name = paraphe_test\nviews = {SOURCE}/views\n"
                   f"migrations = {SOURCE}/sql/migrations\n"
                   f"inspect_program = {os.path.abspath(os.path.dirname(PARAPHE))}/paraphe-inspect\n")
    with open(os.path.join(directory, "secret"), "wb") as file:
        file.write(os.urandom(32))
    helper("start", directory)
    try:
        helper("create", socket, "paraphe_test")
        taken("the schema is made", "migrate")
        establishments()
        licences()
        accounts()
        placements()
        the_rest()
    finally:
        helper("stop", directory)
tap.end()
