#!/usr/bin/python3
"""A convention as the platform draws it, signed, and then attacked in each published way, or
followed by what is allowed: never intact where it must not be, and the attack is named."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
import forgeries  # noqa: E402
from papers import Signers, ink, read, write  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
build = os.environ.get("PARAPHE_BUILD", ".")
if not all(map(shutil.which, ("pdfsig", "certutil", "openssl"))):
    print("1..0 # SKIP needs poppler-utils, libnss3-tools and openssl")
    sys.exit(0)


def inspect(folder, cases):
    """What is said of each case's file, in one run."""
    paths = []
    for number, case in enumerate(cases):
        paths.append(os.path.join(folder, f"{number}.pdf"))
        write(paths[-1], case[1])
    done = subprocess.run([os.path.join(build, "paraphe-inspect"), "--json", *paths],
                          stdout=subprocess.PIPE)
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(folder, kind, cases):
    cases = list(cases)
    found = inspect(folder, cases)
    tap.same(len(found), len(cases), f"{kind}: each file is answered")
    for (name, _, wanted, attack), said in zip(cases, found):
        keys = [reason.partition(":")[0] for reason in said["reasons"]]
        tap.ok((said["verdict"] == "intact") == (wanted == forgeries.INTACT)
               and (attack is None or attack in keys)
               and (wanted != forgeries.INTACT or all(one["integrity"]
                                                      for one in said["signatures"]))
               and not any(one["status"] == "TOTAL-FAILED" for one in said["signatures"]
                           if wanted == forgeries.INTACT),
               f"{kind}: {name}: {wanted}{' ' + attack if attack else ''}",
               (said["verdict"], said["reasons"]))


with tempfile.TemporaryDirectory(prefix="paraphe-attacks-") as folder:
    drawn = os.path.join(folder, "convention.pdf")
    subprocess.run([os.path.join(build, "t", "inspect", "convention"), drawn], check=True)
    original = forgeries.with_fields(read(drawn))
    signers, certifier = Signers(), forgeries.Certifier()
    try:
        signed = signers.sign(original, "signature_host", "host")
        by_pdfsig = signed
        honest = [("signed once", by_pdfsig, forgeries.INTACT, None)]
        for who in ("origin", "guardian", "trainee"):
            by_pdfsig = signers.sign(by_pdfsig, f"signature_{who}")
            honest.append((f"and by {who}", by_pdfsig, forgeries.INTACT, None))
        honest += [
            ("filled in, then signed again",
             signers.sign(forgeries.filled(signed), "signature_origin"), forgeries.INTACT, None),
            ("a stroke of ink in a box", ink(signed), forgeries.INTACT, None),
            ("certified, then signed by pdfsig",
             signers.sign(certifier.sign(original, "signature_host", 2), "signature_origin"),
             forgeries.INTACT, None),
            ("a security store, then signed again",
             signers.sign(forgeries.with_store(signed), "signature_origin"), forgeries.INTACT,
             None)]
        check(folder, "honest", honest)
        check(folder, "forgery", forgeries.forgeries(signed))
        check(folder, "wrapping", forgeries.wrappings(signed))
        check(folder, "saving", forgeries.savings(signed))
        check(folder, "tables", ((*case, None) for case in forgeries.tables(signed)))
        check(folder, "shadow", forgeries.shadows(
            original, lambda pdf: signers.sign(pdf, "signature_host", "host")))
        check(folder, "shadow", forgeries.replacements(signed))
        check(folder, "certified", forgeries.certified(original, certifier))
        check(folder, "locked", forgeries.locked(original, certifier))
    finally:
        signers.close()
        certifier.close()
tap.end()
