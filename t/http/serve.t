#!/usr/bin/python3
"""Master and workers, asked over their socket: answers, limits, deaths, drains and reloads."""
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from fastcgi import Client  # noqa: E402
from tap import Tap  # noqa: E402

source = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
program = os.path.join(os.environ.get("PARAPHE_BUILD", "."), "t/http/site")
mariadb = os.path.join(source, "t/lib/mariadb.sh")
with open(program, "rb") as binary:
    sanitized = b"__asan_init" in binary.read()
tap = Tap()
work = tempfile.mkdtemp(prefix="paraphe-test-")
config = os.path.join(work, "site.conf")
listening = os.path.join(work, "site.sock")
log_path = os.path.join(work, "log")


def configure(mark="un", **more):
    values = {
        "base_url": "https://paraphe.example", "listen": listening, "workers": 2,
        "views": os.path.join(work, "views"), "db_socket": os.path.join(work, "db", "socket"),
        "db_user": subprocess.run(["id", "-un"], stdout=subprocess.PIPE, text=True,
                                  check=True).stdout.strip(),
        "db_name": "site", "secret_file": "/dev/null", "smtp_url": "smtp://localhost",
        "mail_from": mark, **more}
    with open(config, "w") as file:
        file.writelines(f"{name} = {value}\n" for name, value in values.items())


def log():
    with open(log_path) as file:
        return file.read()


def wait_until(true, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def is_listening():
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(listening) == 0


def start(**environment):
    process = subprocess.Popen([program, "--config", config], stderr=open(log_path, "a"),
                               env={**os.environ, **environment})
    wait_until(lambda: process.poll() is not None or is_listening())
    return process


def end(process):
    process.send_signal(signal.SIGTERM)
    return process.wait(60)


def children(process):
    with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
        return [int(pid) for pid in file.read().split()]


def resident(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024


def client():
    return Client(listening)


def pid_of(answer):
    return int(answer.text.split()[0])


def answers():
    got = client().get("/")
    tap.same(got.status, 200, "a page is answered")
    tap.same(got.get("Content-Length"), str(len(got.body)), "with its length")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        tap.ok(got.get(name), f"with {name}")
    head = client().answer(client().send("HEAD", "/"))
    tap.same((head.status, head.body, int(head.get("Content-Length")) > 0), (200, b"", True),
             "HEAD is answered without a body")
    tap.same(client().get("/nombre/12").text, "12", "a handler gets the path's number")
    missing = client().get("/nombre/zero", REQUEST_ID="0123456789abcdef")
    tap.same(missing.status, 404, "an unknown path is 404")
    tap.ok("0123456789abcdef" in missing.text and "Cette page n’existe pas" in missing.text,
           "the error page has a sentence and the web server's request ID", missing.text)
    refused = client().answer(client().send("DELETE", "/connexion"))
    tap.same((refused.status, refused.get("Allow")), (405, "GET, HEAD, POST"),
             "another method is 405, with those there are")
    conflict = client().get("/conflit")
    tap.same((conflict.status, conflict.get("X-Half")), (409, None),
             "an error forgets what the handler had begun to answer")
    tap.ok(client().get("/montre").status == 503 and "shown: unavailable: what the log" in log(),
           "a fault that a page shows itself is in the log too")
    tap.same(client().get("/muet").status, 500, "a handler that does not answer is a fault of ours")
    tap.same(client().get("/%ff").status, 400, "an address that is not UTF-8 is 400")
    tap.same(client().get("/?" + "a" * 5000).status, 413, "an address that is too long is 413")
    file = client().get("/fichier")
    tap.same(file.get("Content-Disposition"),
             "attachment; filename=\"Eleve.txt\"; filename*=UTF-8''%C3%89l%C3%A8ve.txt",
             "a file comes with its name")


def guards():
    browser = client()
    away = browser.get("/membre?page=2")
    tap.same((away.status, away.get("Location")), (303, "/connexion?retour=%2Fmembre%3Fpage%3D2"),
             "who is signed out is sent to sign in, and will come back")
    token = browser.get("/connexion").text
    fields = {"email": "op@ecole.example", "password": "sésame"}
    tap.same(browser.post("/connexion", fields).status, 403, "a form without token is refused")
    tap.same(client().post("/connexion", {**fields, "csrf": token}).status, 403,
             "a token without its cookie is refused")
    tap.same(browser.post("/connexion", {**fields, "csrf": token},
                          HTTP_ORIGIN="https://elsewhere.example").status, 403,
             "a form from another site is refused")
    wrong = browser.post("/connexion", {**fields, "password": "x", "csrf": token})
    tap.same(wrong.status, 400, "a wrong password is refused")
    done = browser.post("/connexion", {**fields, "csrf": token},
                        HTTP_ORIGIN="https://paraphe.example")
    tap.same((done.status, done.get("Location")), (303, "/membre"), "the right one signs in")
    cookie = next(v for n, v in done.headers if n == "Set-Cookie")
    tap.ok(re.fullmatch(r"__Host-session=[\w-]{43}; Path=/; Max-Age=43200; Secure; HttpOnly; "
                        "SameSite=Lax", cookie), "with a cookie out of others' reach", cookie)
    tap.same(browser.get("/operateur").text, "Opératrice", "an operator's page opens")
    tap.same(browser.get("/membre").status, 403, "an operator is no member")
    tap.same(browser.post("/deconnexion", {"csrf": token}).status, 403,
             "the anonymous token is no longer good for what needs a session")
    out = browser.post("/deconnexion", {"csrf": browser.get("/connexion").text})
    tap.same(out.status, 303, "one can sign out")
    tap.same(browser.get("/operateur").status, 303, "and is signed out")
    tap.ok(not re.search("192.0.2|ecole.example|page=2|Opératrice", log()), "the log names nobody")


def throttle():
    browser = Client(listening, "203.0.113.9")
    token = browser.get("/connexion").text
    fields = {"email": "autre@ecole.example", "password": "x", "csrf": token}
    got = [browser.post("/connexion", fields) for _ in range(6)]
    tap.same([a.status for a in got], [400] * 5 + [429], "the sixth failure is 429")
    tap.ok("quinze minutes" in got[5].text and got[5].get("Retry-After"),
           "which says how long to wait")


def uploads():
    browser = client()
    fields = {"csrf": browser.get("/connexion").text, "note": "à garder"}
    content = os.urandom(100000)
    got = browser.upload("/depot", fields, "C:\\x\\Œuvre.pdf", content)
    tap.same(got.text, f"à garder Œuvre.pdf 100000 {hashlib.sha256(content).hexdigest()}",
             "an upload arrives byte for byte")
    content = bytes(20 * 1024 * 1024)
    got = browser.upload("/depot", fields, "a.pdf", content)
    tap.ok(got.text.endswith(hashlib.sha256(content).hexdigest()), "20 MiB are taken")
    got = browser.upload("/depot", fields, "a.pdf", content + b"x")
    tap.ok(got.status == 400 and "20\u00a0Mo au plus" in got.text,
           "a byte more is refused in words", got.text)
    kind = {"CONTENT_TYPE": "multipart/form-data; boundary=x"}
    got = browser.answer(browser.send("POST", "/depot", kind, b"x" * 100000, 25 * 1024 * 1024))
    tap.same(got.status, 413, "more than 24 MiB are refused before they are read")
    got = browser.answer(browser.send("POST", "/depot", kind, b"--x", 100))
    tap.same(got.status, 400, "a body that is cut short is refused")
    got = browser.answer(browser.send("POST", "/depot", {"CONTENT_TYPE": "text/xml"}, b"<x/>"))
    tap.same(got.status, 400, "a body that is no form is refused")


def memory(master):
    got = client().get("/memoire")
    tap.ok(got.status == 503 and "encore" in got.text, "a request that eats all memory is one 503")
    tap.same(client().get("/").status, 200, "and the next one is served")
    for _ in range(4):
        client().get("/memoire")
    browser = client()
    token = browser.get("/connexion").text
    for at in range(6):
        browser.address = f"203.0.113.{at}"
        browser.post("/connexion", {"email": f"a{at}@b.fr", "password": "x", "csrf": token})
    if sanitized:
        tap.skip("after uploads and passwords every process is under 16 MiB",
                 "the sanitizers keep freed memory")
        return
    sizes = [resident(pid) for pid in children(master)]
    tap.ok(max(sizes) < 16, "after uploads and passwords every process is under 16 MiB", sizes)


def deaths(master):
    before = set(children(master))
    tap.same(client().get("/tombe"), None, "a worker that dies gives no answer")
    tap.ok(wait_until(lambda: before != set(children(master)) and len(children(master)) == 3),
           "but is replaced")
    tap.same(client().get("/").status, 200, "and the site goes on")
    tap.same(len(before & set(children(master))), 2, "with the others untouched")
    browser = client()
    connection = browser.send("GET", "/lent?ms=20000")
    time.sleep(0.3)
    alive = {pid_of(client().get("/")) for _ in range(3)}
    busy = set(children(master)) - alive
    busy.discard(min(busy))
    for pid in busy:
        os.kill(pid, signal.SIGKILL)
    tap.same(browser.answer(connection), None, "a worker killed in the middle breaks that request")
    tap.ok(wait_until(lambda: len({pid_of(client().get("/")) for _ in range(8)}) == 2),
           "and two workers answer again")


def reload(master):
    before = set(children(master))
    slow = client()
    connection = slow.send("GET", "/lent?ms=1500")
    time.sleep(0.3)
    configure("deux", smtp_user="autre")
    with open(os.path.join(work, "views", "error.html"), "a") as file:
        file.write("<p>neu</p>\n")
    master.send_signal(signal.SIGHUP)
    tap.ok(wait_until(lambda: client().get("/").text.endswith("deux")),
           "SIGHUP brings the new configuration")
    tap.ok(wait_until(lambda: client().get("/rien").text.endswith("<p>neu</p>\n")),
           "and the new views")
    tap.ok(slow.answer(connection).text.endswith("un"),
           "a request at hand is finished by the worker that had it")
    tap.ok(wait_until(lambda: not before & set(children(master))), "every child was replaced")
    tap.same(len(children(master)), 3, "by as many")
    before = set(children(master))
    configure("deux", smtp_user="autre", workers=3)
    master.send_signal(signal.SIGHUP)
    tap.ok(wait_until(lambda: len(set(children(master)) - before) == 3 and
                      len(children(master)) == 4),
           "but one that a change does not concern goes on, and there may be more workers")
    configure("deux", smtp_user="autre")
    master.send_signal(signal.SIGHUP)
    wait_until(lambda: len(children(master)) == 3)
    with open(os.path.join(work, "views", "error.html"), "a") as file:
        file.write("{{unknown}}\n")
    after = set(children(master))
    master.send_signal(signal.SIGHUP)
    tap.ok(wait_until(lambda: "nothing was changed" in log()), "a reload that fails is logged")
    tap.ok("unknown" in log() and set(children(master)) == after, "and changes nothing")
    shutil.copy(os.path.join(source, "t/http/views/error.html"), os.path.join(work, "views"))


def ask_forever(stop, failures):
    while not stop.is_set():
        answer = client().get("/")
        if answer is None or answer.status != 200:
            failures.append(answer)


def reload_under_load(master):
    stop, failures = threading.Event(), []
    threads = [threading.Thread(target=ask_forever, args=(stop, failures)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for mark in ("trois", "quatre", "cinq"):
        configure(mark, smtp_user=mark)
        master.send_signal(signal.SIGHUP)
        wait_until(lambda: client().get("/").text.endswith(mark))
    stop.set()
    for thread in threads:
        thread.join()
    tap.same(failures, [], "no request fails while everything is reloaded three times")


def no_database(master):
    subprocess.run([mariadb, "stop", os.path.join(work, "db")], check=True)
    browser = client()
    browser.cookies = {"__Host-session": "A" * 43}
    got = browser.get("/operateur")
    tap.ok(got.status == 503 and "La base de données ne répond pas" in got.text,
           "without a database a session is 503, in words", got.text)
    tap.same(browser.get("/operateur").status, 503, "again and again")
    subprocess.run([mariadb, "start", os.path.join(work, "db")], check=True,
                   stdout=subprocess.DEVNULL)
    tap.same(browser.get("/operateur").status, 303, "until the database is back")


def drain(master):
    pids = children(master)
    slow = client()
    connection = slow.send("GET", "/lent?ms=1000")
    time.sleep(0.3)
    master.send_signal(signal.SIGTERM)
    tap.same(slow.answer(connection).status, 200, "SIGTERM lets the request at hand finish")
    tap.same(master.wait(20), 0, "then everything ends well")
    last = re.findall(r"(idle|web worker) \d+ ended", log())[-3:]
    tap.same(last, ["web worker", "web worker", "idle"], "what others need ends last")
    tap.ok(not os.path.exists(listening), "the socket is gone")
    tap.ok(not any(os.path.exists(f"/proc/{pid}") for pid in pids), "and so are all children")


def starts():
    master = start()
    second = subprocess.run([program, "--config", config], stderr=subprocess.PIPE, text=True)
    tap.ok(second.returncode == 1 and "another paraphed listens" in second.stderr,
           "a second master on the same socket does not start")
    pids = children(master)
    master.kill()
    master.wait()
    tap.ok(wait_until(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in pids)),
           "children do not outlive a master that was killed")
    master = start()
    tap.ok(wait_until(lambda: client().get("/").status == 200),
           "the socket that it left behind is replaced")
    end(master)
    configure("sans-espoir")
    master = start()
    time.sleep(2.2)
    tries = log().count("hopeless")
    tap.ok(4 <= tries <= 12, "a child that cannot start is tried again with longer pauses", tries)
    tap.same(client().get("/").status, 200, "while the others work")
    end(master)
    configure(workers=0)
    failed = subprocess.run([program, "--config", config], stderr=subprocess.PIPE, text=True)
    tap.ok(failed.returncode == 1 and "workers is a number from 1" in failed.stderr,
           "a wrong configuration stops the start, and says why", failed.stderr)
    configure()


def service_manager():
    for name in (os.path.join(work, "notify"), "\0" + work):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.bind(name)
            told.settimeout(20)
            master = start(NOTIFY_SOCKET=name.replace("\0", "@"))
            said = [told.recv(100)]
            master.send_signal(signal.SIGHUP)
            said += [told.recv(100), told.recv(100)]
            end(master)
            said.append(told.recv(100))
            tap.same(said, [b"READY=1", b"RELOADING=1", b"READY=1", b"STOPPING=1"],
                     "the service manager is told of start, reload and end")


os.environ["PATH"] = os.environ["PATH"] + ":/usr/sbin:/sbin"
try:
    shutil.copytree(os.path.join(source, "t/http/views"), os.path.join(work, "views"))
    subprocess.run([mariadb, "start", os.path.join(work, "db")], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run([mariadb, "create", os.path.join(work, "db", "socket"), "site"], check=True)
    configure()
    with open(log_path, "a") as errors:
        subprocess.run([program, "--config", config, "--prepare"], check=True, stderr=errors)
    site = start()
    try:
        answers()
        guards()
        throttle()
        uploads()
        memory(site)
        deaths(site)
        reload(site)
        reload_under_load(site)
        no_database(site)
        drain(site)
        starts()
        service_manager()
        tap.ok(not re.search("Sanitizer|runtime error", log()), "no sanitizer complained", log())
    finally:
        if site.poll() is None:
            end(site)
finally:
    if tap.failed and "KEEP" in os.environ:
        print(f"# {work}")
    else:
        subprocess.run([mariadb, "remove", os.path.join(work, "db")], check=False)
        shutil.rmtree(work, ignore_errors=True)
tap.end()
