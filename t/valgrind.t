#!/usr/bin/python3
"""The request path under valgrind: paraphed with all its workers takes the demo's data (signing in,
registering, depositing, deciding), shows every page to each role, and ends. No error, no leak."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "lib"))
from paraphe_site import Site  # noqa: E402
from tap import Tap  # noqa: E402

PASSWORD = "stage-en-confiance"  # of conf/demo-data
ACCOUNTS = ("operateur@paraphe.example", "admin@rosa-bonheur.example",
            "secretariat@simone-lagrange.example")

tap = Tap()
directory = tempfile.mkdtemp(prefix="paraphe-site-")
logs = os.path.join(directory, "valgrind")
os.mkdir(logs)
site = None


def links(page):
    """What the page links to on this site, numbers made one so that one of a kind is visited."""
    found = {}
    for path in re.findall(r'href="(/[^"#]*)"', page.text):
        if not path.startswith("/assets/"):
            found.setdefault(re.sub(r"\d+", "0", path), path.replace("&amp;", "&"))
    return found


try:
    site = Site.start(
        os.path.join(directory, "site"), "--under",
        "valgrind --quiet --leak-check=full --show-leak-kinds=definite "
        f"--errors-for-leak-kinds=definite --log-file={logs}/%p")
    tap.ok(True, "paraphed starts under valgrind and takes the demo's data")
    for account in ACCOUNTS:
        client = site.client()
        seen, waiting = set(), links(client.sign_in(account, PASSWORD))
        bad = []
        while waiting:
            kind, path = waiting.popitem()
            seen.add(kind)
            page = client.get(path)
            if page.status != 200:
                bad.append(f"{page.status} {path}")
            waiting |= {kind: path for kind, path in links(page).items() if kind not in seen}
        tap.ok(len(seen) >= 2 and not bad, f"{account} opens {len(seen)} kinds of pages", *bad)
    site.stop()
    said = []
    for path in glob.glob(os.path.join(logs, "*")):
        with open(path, encoding="utf-8") as file:
            said += file.readlines()
    tap.ok(len(os.listdir(logs)) >= 4, "valgrind watched the master, its workers and the mailer")
    tap.ok(not said, "it saw no error and no leak", *said[:60])
except (RuntimeError, subprocess.CalledProcessError) as error:
    tap.ok(False, "the site runs under valgrind", error)
finally:
    if site:
        site.remove()
    shutil.rmtree(directory)
tap.end()
