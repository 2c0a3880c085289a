#!/usr/bin/python3
"""conf/demo: what it starts, keeps, says, ends and deletes, and what it leaves alone."""
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))
from paraphe_site import DEMO, Site, free_port  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
above = tempfile.mkdtemp(prefix="paraphe demo l’été ")
# Deeper than the path of a unix socket may be, and not easy to quote.
directory = os.path.join(above, "x" * 90, "site")
port, smtp_port = free_port(), free_port()
build = os.environ.get("PARAPHE_BUILD")


def demo(*arguments):
    """Runs conf/demo on the directory; returns its status and all it said."""
    done = subprocess.run([DEMO, *arguments, *(["--build", build] if build else [])],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def here(action, *options):
    return demo(action, "--dir", directory, *options)


def starts():
    status, said = here("start", "--port", str(port), "--smtp-port", str(smtp_port))
    tap.ok(status == 0, "it starts in a directory with a long and odd name", said)
    tap.ok(f"https://localhost:{port}\n" in said, "it says the address", said)
    tap.ok("admin@rosa-bonheur.example" in said and "stage-en-confiance" in said,
           "it says the accounts and their password", said)
    status, said = here("status")
    tap.ok(status == 0 and said.count(" runs (process ") == 4, "status: all four servers run", said)
    return Site(directory)


def serves(site):
    client = site.client()
    page = client.sign_in("admin@rosa-bonheur.example", "stage-en-confiance")
    tap.ok(page.status == 200 and "Rosa-Bonheur" in page.text, "one signs in with what it says")
    style = client.get("/assets/bootstrap/css/bootstrap.min.css")
    tap.ok(style.status == 200 and len(style.body) > 100000, "Bootstrap comes from Debian's files")
    tap.same(client.get("/connexion").headers["Strict-Transport-Security"], "max-age=63072000",
             "pages say that only HTTPS is to be used")
    large = client.request("POST", "/conventions/depot", b"x" * (25 << 20),
                           {"Content-Type": "application/pdf"})
    tap.ok(large.status == 413 and "20\u00a0Mo" in large.text,
           "a request over 24 MB is refused in French", large.status, large.text[:200])
    refused_tls(site)
    context = ssl.create_default_context(cafile=site.certificate)
    context.set_alpn_protocols(["h2"])
    with socket.create_connection(("127.0.0.1", port)) as plain, \
            context.wrap_socket(plain, server_hostname="localhost") as secure:
        tap.same(secure.selected_alpn_protocol(), "h2", "HTTP/2 is offered")
        tap.same(secure.version(), "TLSv1.3", "TLS 1.3 is offered")
    tap.ok(not listens_elsewhere(site), "nginx and the mail server listen on loopback only")


def refused_tls(site):
    context = ssl.create_default_context(cafile=site.certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # both are deprecated, which is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    try:
        with socket.create_connection(("127.0.0.1", port)) as plain:
            context.wrap_socket(plain, server_hostname="localhost").close()
        tap.ok(False, "TLS 1.1 is refused")
    except ssl.SSLError:
        tap.ok(True, "TLS 1.1 is refused")


def listens_elsewhere(site):
    """Our ports in /proc/net/tcp* on an address other than 127.0.0.1."""
    found = []
    for name in ("tcp", "tcp6"):
        with open(f"/proc/net/{name}", encoding="ascii") as table:
            for line in list(table)[1:]:
                address, number = line.split()[1].split(":")
                if line.split()[3] == "0A" and int(number, 16) in (site.port, site.smtp_port):
                    found += [address] if address != "0100007F" else []
    return found


def is_alive(process):
    """Whether it runs; one that has ended may still be waited for."""
    try:
        with open(f"/proc/{process}/cmdline", "rb") as file:
            return file.read() != b""
    except OSError:
        return False


def keeps(site):
    before = site.sql("SELECT COUNT(*), MAX(id) FROM trainee")
    processes = [site.process(server) for server in ("nginx", "paraphed", "smtp", "mariadb")]
    status, said = here("start")
    tap.ok(status == 0 and f":{port}\n" in said, "a second start has nothing to do", said)
    tap.same([site.process(server) for server in ("nginx", "paraphed", "smtp", "mariadb")],
             processes, "it leaves the servers running")
    status, said = here("stop")
    tap.ok(status == 0, "it stops", said)
    tap.ok(not any(map(is_alive, processes)), "no server is left")
    status, said = here("status")
    tap.ok(status == 3 and said.count("does not run") == 4, "status: none runs", said)
    tap.same(here("stop")[0], 0, "stopping again does no harm")
    status, said = here("start")
    tap.ok(status == 0 and f":{port}\n" in said, "it starts again on the same port", said)
    site = Site(directory)  # with another connection to the database, which was restarted
    tap.same(site.sql("SELECT COUNT(*), MAX(id) FROM trainee"), before, "its data is as it was")


def spares_others(site):
    """A pid file may name a process that is not ours any more."""
    here("stop")
    other = subprocess.Popen(["sleep", "600"])
    with open(os.path.join(directory, "pid", "paraphed"), "w", encoding="ascii") as file:
        file.write(f"{other.pid}\n")
    here("stop")
    tap.ok(other.poll() is None, "another's process under an old number is not ended")
    other.kill()
    other.wait()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        status, said = here("start")
        tap.ok(status == 1 and f"port {port}" in said, "it says when its port is taken", said)
    tap.ok(not site.log("nginx").count("emerg"), "and has not tried to take it")


def guards():
    with open(os.path.join(above, "letter"), "w", encoding="ascii") as file:
        file.write("mine\n")
    for action in ("start", "reset"):
        status, said = demo(action, "--dir", above)
        tap.ok(status == 1 and os.path.exists(os.path.join(above, "letter")),
               f"{action} refuses a directory that holds something else", said)
    status, said = demo("reset", "--dir", "/")
    tap.ok(status == 1 and "nothing is deleted" in said, "reset refuses the root", said)
    mine = os.path.join(directory, "notes")
    with open(mine, "w", encoding="ascii") as file:
        file.write("mine\n")
    status, said = here("reset")
    tap.ok(status == 0 and os.listdir(directory) == ["notes"],
           "reset deletes what the demo made, and nothing else", said, os.listdir(directory))
    os.remove(mine)


def begins_anew():
    """A first start that was cut off in the middle of loading data."""
    start = ("--port", str(port), "--smtp-port", str(smtp_port))
    here("start", "--empty", *start)
    os.remove(os.path.join(directory, "started-once"))
    site = Site(directory)
    site.paraphe("establishment", "add", "--uai", "0691234S", "--name", "Moitié", "--email",
                 "x@example.fr")
    status, said = here("start", *start)
    tap.ok(status == 0 and "admin@rosa-bonheur.example" in said,
           "a first start that was cut off is begun anew", said)
    tap.same(site.sql("SELECT COUNT(*) FROM establishment WHERE name = 'Moitié'"), [["0"]],
             "with nothing left of the first")


try:
    running = starts()
    serves(running)
    keeps(running)
    spares_others(running)
    guards()
    begins_anew()
except (OSError, http.client.HTTPException, subprocess.CalledProcessError) as error:
    tap.ok(False, "the test runs to its end", repr(error))
finally:
    here("reset")
    shutil.rmtree(above, ignore_errors=True)
tap.end()
