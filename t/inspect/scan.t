#!/usr/bin/python3
"""Scans as copiers and telephones make them: the QR code at the foot of the page is read."""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from papers import run, write  # noqa: E402
from scans import DEFECTS, copy  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
build = os.environ.get("PARAPHE_BUILD", ".")
identity = b"0123456789abcdef".hex()
MOST_MS = 5000


def inspect(path):
    done = subprocess.run([os.path.join(build, "paraphe-inspect"), "--json", path],
                          stdout=subprocess.PIPE)
    return json.loads(done.stdout)


with tempfile.TemporaryDirectory(prefix="paraphe-scan-") as folder:
    page, path = (os.path.join(folder, name) for name in ("page.pdf", "scan.pdf"))
    run(os.path.join(build, "t/inspect/convention"), page)
    for name, (dpi, treatment, is_read) in DEFECTS.items():
        if len(sys.argv) > 1 and sys.argv[1] not in name:
            continue
        write(path, copy(folder, page, dpi, treatment))
        found = inspect(path)
        tap.same((found["verdict"], found["convention"]), ("unsigned", identity if is_read else None),
                 f"a scan is {'read' if is_read else 'nobody’s'}: {name}")
        if found["ms"] > MOST_MS:
            tap.ok(False, f"it took its time: {name}", found["ms"])
        if os.environ.get("PARAPHE_SCANS"):
            os.rename(path, os.path.join(os.environ["PARAPHE_SCANS"], name.replace("/", "-") + ".pdf"))
            print("#", name, found["ms"], flush=True)

    write(page, run(os.path.join(build, "t/inspect/code_page"), "https://example.org/", "22").stdout)
    found = inspect(page)
    tap.same((found["convention"], found["evidence"]), (None, "none"),
             "another QR code names no convention")
tap.end()
