#!/usr/bin/python3
"""What `make install` installed works as README says (make installcheck, which distcheck runs):
the example configuration with a database reached by TCP and TLS, and programs that find their
views, migrations and inspector where they were put.

    installed.py BINDIR SBINDIR DOCDIR
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))
from fastcgi import Client  # noqa: E402
from paraphe_site import free_port  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
bin_, sbin, doc = sys.argv[1:]
examples = os.path.join(doc, "examples")
directory = tempfile.mkdtemp(prefix="paraphe-installed-")
port = free_port()
running = []
os.environ["PATH"] += ":/usr/sbin:/sbin"


def path(name):
    return os.path.join(directory, name)


def run(*command, given=None):
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)


def start(*command):
    with open(path("log"), "a", encoding="utf-8") as log:
        running.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))


def wait_until(good):
    for _ in range(300):
        if good():
            return True
        time.sleep(0.1)
    return False


def certificates():
    """An authority, and a certificate of localhost that it signed."""
    subject = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    run("openssl", "req", "-x509", *subject, "-subj", "/CN=Test authority", "-keyout",
        path("ca.key"), "-out", path("ca.pem"))
    run("openssl", "req", *subject, "-subj", "/CN=localhost", "-keyout", path("key.pem"), "-out",
        path("request.pem"))
    with open(path("extensions"), "w", encoding="ascii") as file:
        file.write("subjectAltName=DNS:localhost\n")
    run("openssl", "x509", "-req", "-in", path("request.pem"), "-CA", path("ca.pem"), "-CAkey",
        path("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", path("extensions"), "-out",
        path("certificate.pem"))


def database():
    """A server that takes TLS alone from the platform's user."""
    root = ["--user=root"] if os.geteuid() == 0 else []
    run("mariadb-install-db", "--no-defaults", f"--datadir={path('db')}", "--skip-test-db",
        "--auth-root-authentication-method=socket",
        f"--auth-root-socket-user={run('id', '-un').stdout.strip()}", *root)
    start("mariadbd", "--no-defaults", f"--datadir={path('db')}", f"--socket={path('db.sock')}",
          f"--port={port}", "--bind-address=127.0.0.1", f"--ssl-cert={path('certificate.pem')}",
          f"--ssl-key={path('key.pem')}", f"--ssl-ca={path('ca.pem')}",
          "--innodb-buffer-pool-size=32M", *root)
    client = ["mariadb", "--no-defaults", f"--socket={path('db.sock')}"]
    wait_until(lambda: run(*client, "--execute=SELECT 1").returncode == 0)
    return run(*client, given="""
        CREATE DATABASE paraphe CHARACTER SET utf8mb4;
        CREATE USER paraphe@'%' IDENTIFIED BY 'secret word' REQUIRE SSL;
        GRANT ALL ON paraphe.* TO paraphe@'%';""")


def configuration():
    """The example, with the values that README says to put in, and this test's places."""
    values = {"db_host": "localhost", "db_port": str(port), "db_password": "secret word",
              "db_tls_ca": path("ca.pem"), "secret_file": path("secret"),
              "listen": path("paraphed.sock"), "inspect_socket": path("inspect.sock"),
              "smtp_url": f"smtp://127.0.0.1:{free_port()}"}
    with open(os.path.join(examples, "paraphe.conf"), encoding="utf-8") as file:
        lines = file.read().splitlines()
    for number, line in enumerate(lines):
        name = line.removeprefix("# ").partition(" =")[0]
        if name in values:
            lines[number] = f"{name} = {values.pop(name)}"
    with open(path("paraphe.conf"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    with open(path("secret"), "wb") as file:
        file.write(os.urandom(32))
    return values


def nginx_takes_the_site():
    with open(os.path.join(examples, "nginx-site"), encoding="utf-8") as file:
        site = file.read()
    site = site.replace("/etc/letsencrypt/live/conventions.example.fr/fullchain.pem",
                        path("certificate.pem"))
    site = site.replace("/etc/letsencrypt/live/conventions.example.fr/privkey.pem",
                        path("key.pem")).replace("/var/log/nginx/", directory + "/")
    with open(path("site"), "w", encoding="utf-8") as file:
        file.write(site)
    with open(path("nginx.conf"), "w", encoding="utf-8") as file:
        file.write(f'pid "{path("nginx.pid")}"; events {{}} http {{ include "{path("site")}"; }}\n')
    # Without root it may not make Debian's own directories, which this configuration leaves as they
    # are: what counts is that the syntax is ok.
    return run("nginx", "-t", "-e", path("nginx.log"), "-c", path("nginx.conf"))


def programs():
    paraphe = (os.path.join(bin_, "paraphe"), "--config", path("paraphe.conf"))
    paraphed = (os.path.join(sbin, "paraphed"), "--config", path("paraphe.conf"))
    done = run(*paraphed, "--check")
    tap.ok(done.returncode != 0, "paraphed --check refuses a database without the schema")
    done = run(*paraphe, "migrate")
    tap.ok(done.returncode == 0, "paraphe migrate makes the schema, over TLS", done.stdout)
    done = run(*paraphed, "--check")
    tap.ok(done.returncode == 0, "paraphed --check finds views and schema in order", done.stdout)
    start(*paraphed)
    ready = wait_until(lambda: all(os.path.exists(path(name))
                                   for name in ("paraphed.sock", "inspect.sock")))
    tap.ok(ready, "paraphed and its inspector start")
    answer = Client(path("paraphed.sock")).get("/connexion")
    tap.ok(answer.status == 200 and "Connexion" in answer.text, "it answers with the first page")
    done = run(*paraphe, "establishment", "add", "--uai", "0691234S", "--name", "Lycée", "--email",
               "a@example.fr")
    tap.ok(done.returncode == 0, "paraphe makes an establishment", done.stdout)


try:
    certificates()
    done = database()
    tap.ok(done.returncode == 0, "a database server takes the statements of README", done.stdout)
    tap.same(configuration(), {}, "the example configuration has a line for each value to change")
    programs()
    done = nginx_takes_the_site()
    tap.ok("syntax is ok" in done.stdout, "nginx takes the example of a site", done.stdout)
    with open(os.path.join(examples, "paraphed.service"), encoding="utf-8") as file:
        tap.ok(f"\nExecStart={os.path.join(sbin, 'paraphed')} " in file.read(),
               "the unit starts the program that was installed")
finally:
    for process in reversed(running):
        process.terminate()
        process.wait()
    if tap.failed and os.path.exists(path("log")):
        with open(path("log"), encoding="utf-8", errors="replace") as file:
            print("".join("# " + line for line in file.readlines()[-30:]))
    shutil.rmtree(directory)
tap.end()
