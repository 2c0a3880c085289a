"""The part `compare` of t/bench/run: a returned convention laid over its original, a page.

    drawn    signed on screen: both are drawn and compared as they are
    scanned  printed and scanned at 150 dots an inch: found on the scan first

In processor's time, beside what pdftoppm needs to draw the same pages of both files at the same
resolution, and no more.
"""
import os
import resource
import shutil
import tempfile

import papers

TURNS = 5
PAGES = 2
AIM = "at most 60 ms"


def spent():
    """Seconds of the processor's that ended children took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def drawing(paths, directory):
    """The least milliseconds a page to draw both files, by pdftoppm."""
    took = []
    for _ in range(TURNS):
        start = spent()
        for path in paths:
            papers.run("pdftoppm", "-r", "150", "-gray", path, os.path.join(directory, "page"))
        took.append((spent() - start) * 1000 / PAGES)
    return min(took)


def run(build, pdf, report):
    """pdf: an original's bytes."""
    directory = tempfile.mkdtemp()
    original = os.path.join(directory, "original.pdf")
    papers.write(original, pdf)
    inked = papers.ink(pdf)
    for name, returned in (("drawn", inked), ("scanned", papers.scan(inked))):
        path = os.path.join(directory, "returned.pdf")
        papers.write(path, returned)
        ours = float(papers.run(os.path.join(build, "t/bench/compare"), original, path).stdout)
        theirs = drawing((original, path), directory)
        report("compare", ours, theirs, "ms", ours / theirs, f"{AIM} a page: {name}")
    shutil.rmtree(directory)
