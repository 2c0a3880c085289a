#!/usr/bin/python3
"""Files made to break whoever reads them: each ends within its time, with a clear
verdict, which is never that it is intact, and without a crash."""
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from papers import assemble, encrypt, plain  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
build = os.environ.get("PARAPHE_BUILD", ".")
SECONDS = 12
MEBIBYTE = 1024 * 1024
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
RESOURCES = b"/Resources << /XObject << /I 5 0 R >> >>"


def stream(data, entries=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def document(content, *more, page=b"/MediaBox [0 0 595 842]"):
    """One page of that content; more objects follow from number 5."""
    return assemble([CATALOG, b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
                     b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R %s >>" % (page, RESOURCES),
                     content, *more])


def pages(count):
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return assemble([CATALOG, b"<< /Type /Pages /MediaBox [0 0 9 9] /Kids [ %s ] /Count %d >>"
                     % (kids, count)]
                    + [b"<< /Type /Page /Parent 2 0 R >>"] * count)


def tree(depth):
    """Pages nodes of one kid each, one in the other."""
    nodes = [b"<< /Type /Pages /Parent %d 0 R /Kids [ %d 0 R ] /Count 1 >>" % (n + 1, n + 3)
             for n in range(depth)]
    return assemble([CATALOG, *nodes, b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 9 9] >>"
                     % (depth + 1)])


@cache
def bomb():
    """2 GB of zeros, compressed twice to some kilobytes."""
    once = zlib.compressobj(1)
    inner = b"".join(once.compress(bytes(10 * MEBIBYTE)) for _ in range(200)) + once.flush()
    return zlib.compress(inner, 9)


def forms(depth, own):
    """A form that draws another many times, and so on: 10 to the depth drawings; or itself."""
    draw = b" ".join([b"/I Do"] * 10)
    out = []
    for number in range(5, 5 + depth):
        following = number if own else number + 1
        out.append(stream(draw, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources "
                          b"<< /XObject << /I %d 0 R >> >>" % following))
    out.append(stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    return document(stream(draw), *out)


def loop():
    """A cross-reference table whose predecessor is itself."""
    pdf = plain()
    at = pdf.rindex(b"startxref")
    start = int(pdf[at:].split()[1])
    return pdf.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def table(size):
    """A cross-reference stream of that size, with as many zeros as ten million entries take."""
    data = zlib.compress(bytes(40000000), 9)
    head = (b"%PDF-1.5\n1 0 obj " + CATALOG
            + b" endobj\n2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n")
    return (head + b"3 0 obj " + stream(data, b"/Type /XRef /Size %d /W [1 2 1] /Root 1 0 R "
                                        b"/Filter /FlateDecode" % size)
            + b" endobj\nstartxref\n%d\n%%%%EOF\n" % len(head))


def signed(byte_range, contents):
    return document(stream(b""), b"<< >>",
                    b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
                    b"/ByteRange [%s] /Contents <%s> >>" % (byte_range, contents),
                    b"<< /FT /Sig /T (S) /V 6 0 R /Type /Annot /Subtype /Widget "
                    b"/Rect [0 0 0 0] >>").replace(
                        CATALOG, CATALOG[:-2] + b"/AcroForm << /Fields [7 0 R] /SigFlags 3 >> >>")


def fields(count):
    refs = b" ".join([b"7 0 R"] * count)
    return signed(b"0 1 2 3", b"30").replace(b"/Fields [7 0 R]", b"/Fields [%s]" % refs)


def image(width, height, data, entries=b""):
    return document(stream(b"595 0 0 842 0 0 cm /I Do"),
                    stream(data, b"/Type /XObject /Subtype /Image /Width %d /Height %d "
                           b"/BitsPerComponent 8 /ColorSpace /DeviceRGB %s"
                           % (width, height, entries)))


FLATE = b"/Filter /FlateDecode"
FLATE_TWICE = b"/Filter [ /FlateDecode /FlateDecode ]"
ANY_END = {"unsigned", "broken", "limit", "altered", "not_pdf"}
NESTED = b"[" * 1000000 + b"]" * 1000000

CASES = [
    ("an empty file", lambda: b"", {"not_pdf"}),
    ("a text", lambda: b"Bonjour", {"not_pdf"}),
    ("20 MB and a byte", lambda: plain() + bytes(20 * MEBIBYTE), {"limit"}),
    ("201 pages", lambda: pages(201), {"limit"}),
    ("200 pages", lambda: pages(200), {"unsigned"}),
    ("a file with a password", lambda: encrypt(plain()), {"encrypted"}),
    ("half a file", lambda: plain()[:400], {"broken", "unsigned"}),
    ("a header alone", lambda: b"%PDF-1.7\n", {"broken"}),
    ("noise after a header", lambda: b"%PDF-1.7\n" + zlib.compress(os.urandom(MEBIBYTE)),
     {"broken"}),
    ("a compressed 2 GB of content", lambda: document(stream(bomb(), FLATE_TWICE)), ANY_END),
    ("a compressed 2 GB of an image", lambda: image(60000, 60000, bomb(), FLATE_TWICE), ANY_END),
    ("an image that says it is huge", lambda: image(2000000000, 2000000000, b"x"), ANY_END),
    ("a million arrays in one another", lambda: document(stream(b""), NESTED), ANY_END),
    ("a million arrays on a page", lambda: document(stream(zlib.compress(NESTED), FLATE)), ANY_END),
    ("dictionaries in one another",
     lambda: document(stream(b""), b"<</A" * 300000 + b"0" + b">>" * 300000), ANY_END),
    ("a million objects", lambda: plain() + b"".join(
        b"%d 0 obj 0 endobj " % number for number in range(9, 800009)), ANY_END),
    ("a table that says it has a billion objects", lambda: table(1000000000), ANY_END),
    ("a table of ten million objects, compressed", lambda: table(10000000), ANY_END),
    ("a page tree 100000 deep", lambda: tree(100000), ANY_END),
    ("a page tree that is its own kid",
     lambda: assemble([CATALOG, b"<< /Type /Pages /Kids [ 2 0 R 2 0 R ] /Count 4 >>"]), ANY_END),
    ("a count of pages that lies",
     lambda: pages(1).replace(b"/Count 1", b"/Count 2147483647"), ANY_END),
    ("forms that multiply", lambda: forms(20, False), ANY_END),
    ("a form that draws itself", lambda: forms(1, True), ANY_END),
    ("a cross-reference table that is its own predecessor", loop, ANY_END),
    ("a page a kilometre wide",
     lambda: document(stream(b"0 0 9 9 re f"), page=b"/MediaBox [0 0 2834645 2834645]"), ANY_END),
    ("a page without an area",
     lambda: document(stream(b"0 0 9 9 re f"), page=b"/MediaBox [5 5 5 5]"), ANY_END),
    ("a page with numbers out of range",
     lambda: document(stream(b"0 0 9 9 re f"), page=b"/MediaBox [-1e38 -1e38 1e38 1e38]"), ANY_END),
    ("a long dashed line",
     lambda: document(stream(b"[0.0001] 0 d 0 0 m 9999999 9999999 l S")), ANY_END),
    ("many paths", lambda: document(stream(zlib.compress(
        b"0 0 m " + b"595 842 l 0 842 l 595 0 l 1 1 l " * 300000 + b"f*"), FLATE)), ANY_END),
    ("a byte range of a million numbers", lambda: signed(b"0 1 " * 500000, b"30"),
     {"broken", "altered", "limit"}),
    ("a byte range outside of the file",
     lambda: signed(b"0 9223372036854775807 9223372036854775807 9223372036854775807", b"3000"),
     {"broken", "altered"}),
    ("a signature nested 100000 deep", lambda: signed(b"0 100 200 100", b"3080" * 100000),
     {"broken", "altered"}),
    ("200000 signature fields", lambda: fields(200000), {"broken", "altered", "limit"}),
]


def inspect(folder, case):
    path = os.path.join(folder, f"{CASES.index(case)}.pdf")
    with open(path, "wb") as file:
        file.write(case[1]())
    start = time.monotonic()
    done = subprocess.run([os.path.join(build, "paraphe-inspect"), "--json", path],
                          stdout=subprocess.PIPE, timeout=3 * SECONDS)
    return done, time.monotonic() - start


with tempfile.TemporaryDirectory(prefix="paraphe-limits-") as folder:
    with ThreadPoolExecutor(2) as two:
        ends = list(two.map(lambda case: inspect(folder, case), CASES))
    for (name, _, verdicts), (done, seconds) in zip(CASES, ends):
        found = json.loads(done.stdout)
        tap.ok(found["verdict"] in verdicts and done.returncode == 1 and seconds < SECONDS
               and "inspect-crashed" not in found["reasons"],
               f"it ends well: {name}", f"{seconds:.1f} s", found)
tap.end()
