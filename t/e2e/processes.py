"""Processes that die, are told to reload or to end, while people work: on a site of its own."""
import concurrent.futures
import os
import re
import shutil
import signal
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import SOURCE, Site  # noqa: E402
from reading import errors, says, sentence, words  # noqa: E402
from schools import Schools, act, csrf, deposit, history, original, state  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
WORKERS = 2


def wait(holds, seconds=40):
    """Whether that comes to hold in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


def children(process):
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except FileNotFoundError:
        return []


class Processes:
    """The master's children by their role, as its log tells."""

    def __init__(self, site):
        self.site = site

    @property
    def master(self):
        return self.site.process("paraphed")

    def of(self, role):
        started = {int(number) for number in re.findall(rf"{role} (\d+) started",
                                                        self.site.log("paraphed"))}
        return sorted(started & set(children(self.master)))

    def replaced(self, role, dead, count):
        """Whether there are so many of that role again, none of them among the dead."""
        return wait(lambda: len(self.of(role)) == count and not set(self.of(role)) & set(dead))


class World:
    def __init__(self, site):
        self.site = site
        self.processes = Processes(site)
        self.schools = Schools(site)
        self.host, self.origin = self.schools.add("Lycee"), self.schools.add("College")
        self.placement = self.schools.placement(self.host, capacity=300)
        csrf(self.origin.member)

    def convention(self):
        number = self.schools.register(self.origin.member, self.placement)
        return number, original(self.origin.member, number)

    def answers(self):
        return self.origin.member.get("/conventions").status == 200

    def slow_file(self):
        """A PDF that takes the inspector a while: pages and pages to look for a code on."""
        self.schools.count += 1
        content = b" ".join(b"%d %d m %d %d l S" % (x, 0, 595 - x, 842) for x in range(0, 595, 2))
        kids = 3
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
                   b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (
                       kids, b" ".join(b"%d 0 R" % (number + 4) for number in range(kids))),
                   b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)]
        objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"] * kids
        return papers.assemble(objects) + b"%%%d\n" % self.schools.count

    def uploads(self):
        return int(self.site.sql("SELECT COUNT(*) FROM upload")[0][0])


def workers_die(world):
    processes = world.processes
    before = processes.of("web worker")
    tap.same(len(before), WORKERS, "there are as many workers as configured")
    os.kill(before[0], signal.SIGKILL)
    tap.ok(all(world.answers() for _ in range(6)), "with a worker killed the site answers")
    tap.ok(processes.replaced("web worker", before[:1], WORKERS), "and the worker is replaced",
           processes.of("web worker"))
    every = processes.of("web worker")
    for worker in every:
        os.kill(worker, signal.SIGKILL)
    tap.ok(world.answers(), "with all workers killed the next request waits for a new one")
    tap.ok(processes.replaced("web worker", every, WORKERS), "and all are replaced")
    tap.same(processes.master, world.site.process("paraphed"), "the master lives on")


def killed_at_work(world):
    """The request of a worker that dies gets a 502 at worst; what was not acknowledged is not
    there, and can be sent again."""
    processes = world.processes
    file, uploads = world.slow_file(), world.uploads()
    every = processes.of("web worker")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        asked = pool.submit(deposit, world.origin.member, file, follow=False)
        at_work = wait(lambda: children(processes.of("inspector")[0]) or asked.done())
        for worker in every:
            os.kill(worker, signal.SIGKILL)
        page = asked.result()
    tap.ok(at_work and page.status == 502 and "Votre demande n’a pas pu être traitée" in words(page),
           "the request of a killed worker is answered in words", page.status)
    tap.same(world.uploads(), uploads, "and has left nothing behind")
    processes.replaced("web worker", every, WORKERS)
    page = deposit(world.origin.member, file, follow=False)
    tap.ok(page.status == 303 and world.uploads() == uploads + 1, "sent again it is taken",
           page.status)


def mailer_dies(world):
    processes = world.processes
    before = processes.of("mailer")
    os.kill(before[0], signal.SIGKILL)
    tap.ok(processes.replaced("mailer", before, 1), "a killed mailer is replaced")
    number, _ = world.convention()
    name = world.site.sql("SELECT last_name FROM trainee ORDER BY id DESC LIMIT 1")[0][0]
    tap.ok(world.site.wait_for_mail(lambda mail: name in mail["Subject"], 40),
           f"and sends what is due (convention {number})")


def inspector_dies(world):
    processes, member = world.processes, world.origin.member
    number, pdf = world.convention()
    service = processes.of("inspector")[0]
    for death, key in ((signal.SIGSEGV, "inspect-crashed"), (signal.SIGKILL, "inspect-memory")):
        file, uploads = world.slow_file(), world.uploads()
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            asked = pool.submit(deposit, member, file)
            at_work = wait(lambda: children(service) or asked.done())
            for child in children(service):
                os.kill(child, death)
            page = asked.result()
        tap.ok(at_work and errors(page) == {"fichier": sentence(key)},
               f"an inspection ended by {death.name} is a refusal in words", page.status,
               errors(page))
        tap.same((world.uploads(), processes.of("inspector")), (uploads, [service]),
                 "nothing is kept, and the inspector lives on")
    deposit(member, papers.ink(pdf))
    tap.same(state(world.site, number), "pending", "the next deposit is inspected as ever")

    other, its_pdf = world.convention()
    os.kill(processes.master, signal.SIGSTOP)  # so that nothing is replaced meanwhile
    try:
        os.kill(service, signal.SIGKILL)
        wait(lambda: open(f"/proc/{service}/stat", encoding="ascii").read().split()[2] == "Z")
        page = deposit(member, papers.ink(its_pdf), str(other))
        picture = member.get(f"/conventions/{other}/images/original/1")
        rest = [member.get(path).status for path in ("/conventions", f"/conventions/{other}",
                                                     f"/conventions/{other}/conv")]
    finally:
        os.kill(processes.master, signal.SIGCONT)
    tap.ok(page.status == 503 and errors(page) == {"fichier": sentence("inspect-absent")} and
           page.form("/conventions/depot").fields["convention"] == str(other),
           "without the inspector a deposit is refused in words, and the choice is kept",
           page.status, errors(page))
    tap.ok(picture.status == 503 and says(picture, "inspect-absent"), "a picture, too",
           picture.status)
    tap.same((rest, history(world.site, other)), ([200] * 3, ["generate"]),
             "all else works, and nothing was done")
    tap.ok(processes.replaced("inspector", [service], 1), "the inspector is replaced")
    tap.ok(wait(lambda: deposit(member, papers.ink(its_pdf)).status == 200) and
           state(world.site, other) == "pending", "then the deposit is taken")


def reload(world):
    """SIGHUP: new processes with what is written now, and no request lost."""
    processes, site = world.processes, world.site
    views = os.path.join(site.directory, "views")
    shutil.copytree(os.path.join(SOURCE, "views"), views)
    with open(site.configuration, encoding="utf-8") as file:
        text = file.read()
    with open(site.configuration, "w", encoding="utf-8") as file:
        file.write(re.sub(r"(?m)^views = .*$", f"views = {views}", text))
    sheet = os.path.join(views, "sign-in.html")
    with open(sheet, encoding="utf-8") as file:
        template = file.read()
    with open(sheet, "w", encoding="utf-8") as file:
        file.write(template.replace("<h1>Connexion</h1>", "<h1>Connexion rechargée</h1>"))
    before, master = processes.of("web worker"), processes.master
    statuses, done = [], []

    def visitor():
        client = site.client()
        while not done:
            statuses.append(client.get("/connexion").status)

    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for _ in range(3):
            pool.submit(visitor)
        try:
            for _ in range(2):
                os.kill(master, signal.SIGHUP)
                renewed = processes.replaced("web worker", before, WORKERS)
                before = processes.of("web worker")
        finally:
            done.append(True)
    tap.ok(renewed, "after SIGHUP the workers are new ones", before)
    tap.ok("Connexion rechargée" in words(site.client().get("/connexion")),
           "and show what the views say now")
    tap.ok(len(statuses) > 10 and set(statuses) == {200},
           "meanwhile every request was answered", len(statuses), set(statuses))
    tap.same(processes.master, master, "the master is the same")
    tap.ok(world.answers(), "and so are the sessions")

    with open(sheet, "w", encoding="utf-8") as file:
        file.write("{{#unclosed}}")
    logged = len(site.log("paraphed"))
    os.kill(master, signal.SIGHUP)
    tap.ok(wait(lambda: "sign-in.html" in site.log("paraphed")[logged:]),
           "a view that cannot be read is logged")
    tap.ok("Connexion rechargée" in words(site.client().get("/connexion")) and
           processes.of("web worker") == before, "and the site goes on with what it had")
    with open(sheet, "w", encoding="utf-8") as file:
        file.write(template)


def database_away(world):
    site = world.site
    number, pdf = world.convention()
    os.kill(site.process("mariadb"), signal.SIGTERM)
    wait(lambda: not os.path.exists(os.path.join(site.run, "db.sock")))
    page = world.origin.member.get("/conventions")
    tap.ok(page.status == 503 and "Recommencez" in words(page).replace("recommencez", "Recommencez")
           and "Une erreur de notre côté" not in words(page),
           "without its database the site says so in words", page.status, words(page))
    Site.start(site.directory, "--empty")
    tap.ok(wait(world.answers), "when the database is back it is found again")
    deposit(world.origin.member, papers.ink(pdf))
    act(world.host.member, number, "valider")
    tap.same(state(site, number), "validated", "and work goes on")


def drain(world):
    """SIGTERM: what was begun is finished, then all end; a new start finds everything."""
    processes, site = world.processes, world.site
    uploads, master = world.uploads(), processes.master
    every = children(master)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        asked = pool.submit(deposit, world.origin.member, world.slow_file(), follow=False)
        at_work = wait(lambda: children(processes.of("inspector")[0]) or asked.done())
        os.kill(master, signal.SIGTERM)
        page = asked.result()
    tap.ok(at_work and page.status == 303 and world.uploads() == uploads + 1,
           "the request at hand is finished after SIGTERM", page.status)
    tap.ok(wait(lambda: not any(os.path.exists(f"/proc/{process}") for process in every)),
           "then every process ends")
    tap.ok(wait(lambda: not os.path.exists(os.path.join(site.run, "paraphed.sock"))),
           "and the socket is gone")
    page = world.origin.member.get("/conventions")
    tap.ok(page.status == 502 and "La plateforme ne répond pas" in words(page),
           "meanwhile nginx says in words that nobody answers", page.status)
    Site.start(site.directory, "--empty")
    tap.ok(wait(world.answers), "started again, sessions and conventions are there")
    tap.ok("intact" in site.paraphe("verify"), "and every history is intact")


def main():
    site = Site.start(tempfile.mkdtemp(prefix="paraphe-processes-"), "--empty")
    try:
        world = World(site)
        workers_die(world)
        killed_at_work(world)
        mailer_dies(world)
        inspector_dies(world)
        reload(world)
        database_away(world)
        drain(world)
    finally:
        site.remove()
    tap.end()


main()
