"""The part `scan` of t/bench/run: the codes on scanned pages, by the site's own inspector.

    a page     of A4 in grey at 200 dots an inch, beside zbarimg reading a picture of it
    30 pages   of a copier, beside thirty times one page: all cores at once
"""
import os
import shutil
import subprocess
import tempfile
import time

import papers

TURNS = 5
PAGES = 30


def survey(build, configuration, path):
    """(milliseconds, pages on which a code was read)"""
    took, read = papers.run(os.path.join(build, "t/bench/survey"), configuration, path,
                            str(TURNS)).stdout.split()
    return float(took), int(read)


def reading(path):
    took = []
    for _ in range(TURNS):
        start = time.monotonic()
        subprocess.run(["zbarimg", "-q", "--raw", path], check=True, stdout=subprocess.DEVNULL)
        took.append((time.monotonic() - start) * 1000)
    return min(took)


def run(build, configuration, pdf, report):
    """pdf: an original's bytes."""
    directory = tempfile.mkdtemp()
    sheet = papers.images(papers.ink(pdf), 200)[0]
    one, many, picture = (os.path.join(directory, name) for name in ("1.pdf", "30.pdf", "1.jpg"))
    papers.write(one, papers.bound([sheet]))
    papers.write(many, papers.bound([sheet] * PAGES))
    papers.write(picture, sheet)
    ours, read = survey(build, configuration, one)
    theirs = reading(picture)
    report("scan", ours, theirs, "ms", ours / theirs, f"at most 150 ms a page; read: {read} of 1")
    all_of_them, read = survey(build, configuration, many)
    report("scan", all_of_them, ours * PAGES, "ms", all_of_them / (ours * PAGES),
           f"1 / {os.cpu_count()} cores; read: {read} of {PAGES}")
    shutil.rmtree(directory)
