#!/usr/bin/python3
"""Scans as copiers and telephones make them: the QR code at the foot of the page is read."""
import base64
import json
import os
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from papers import assemble, jpeg_size, run  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
build = os.environ.get("PARAPHE_BUILD", ".")
identity = bytes(range(1, 17))
token = base64.urlsafe_b64encode(identity + bytes(16)).decode().rstrip("=")
address = "https://paraphe.lycee-exemple.fr/c/" + token

# What is done to the page at that resolution before it is wrapped again.
COPIES = {
    "150 dpi in grey": (150, ["-quality", "75"]),
    "100 dpi in grey": (100, ["-quality", "75"]),
    "300 dpi in grey": (300, ["-quality", "75"]),
    "JPEG of quality 40": (150, ["-quality", "40"]),
    "black and white": (150, ["-threshold", "50%"]),
    "black and white, dithered": (300, ["-ordered-dither", "o4x4"]),
    "as a fax": (200, "fax"),
    "turned by 3°": (150, ["-background", "white", "-rotate", "3", "-quality", "60"]),
    "turned by 90°": (150, ["-rotate", "90"]),
    "turned by 180°": (150, ["-rotate", "180"]),
    "turned by 10° the other way": (150, ["-background", "white", "-rotate", "-10"]),
    "dim": (150, ["+level", "10%,45%"]),
    "pale": (150, ["+level", "80%,100%"]),
    "noisy": (150, ["-attenuate", "1.2", "+noise", "Gaussian", "-quality", "50"]),
    "specks": (150, ["-attenuate", "0.3", "+noise", "Impulse"]),
    "out of focus": (150, ["-gaussian-blur", "0x1"]),
    "all at once": (150, ["-background", "white", "-rotate", "3", "-gaussian-blur", "0x0.7",
                          "-attenuate", "0.7", "+noise", "Gaussian", "+level", "15%,85%",
                          "-quality", "40"]),
}


def wrap(picture, width, height, bits, encoding, entries=b""):
    content = b"q 595 0 0 842 0 0 cm /I Do Q"
    return assemble([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent %d "
        b"/ColorSpace /DeviceGray /Filter /%s %s /Length %d >>\nstream\n%s\nendstream"
        % (width, height, bits, encoding, entries, len(picture), picture)])


def fax(folder, grey):
    """CCITT group 4, as most copiers write black and white: the one strip of a TIFF."""
    path = os.path.join(folder, "fax.tif")
    run("convert", grey, "-threshold", "50%", "-endian", "LSB", "-compress", "Group4",
        "-define", "tiff:rows-per-strip=100000", path)
    with open(path, "rb") as file:
        tiff = file.read()
    start, = struct.unpack_from("<I", tiff, 4)
    count, = struct.unpack_from("<H", tiff, start)
    tags = {}
    for number in range(count):
        tag, kind, _, value = struct.unpack_from("<HHII", tiff, start + 2 + 12 * number)
        tags[tag] = value & 0xFFFF if kind == 3 else value
    width, height, offset, length = (tags[tag] for tag in (256, 257, 273, 279))
    return wrap(tiff[offset:offset + length], width, height, 1, b"CCITTFaxDecode",
                b"/DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 %s >>"
                % (width, height, b"true" if tags[262] == 1 else b"false"))


def copy(folder, page, dpi, treatment):
    """The page printed, treated and wrapped, one bit a pixel where it is black and white."""
    grey = os.path.join(folder, "page.pgm")
    with open(grey, "wb") as file:
        file.write(run("pdftoppm", "-r", str(dpi), "-gray", "-singlefile", page).stdout)
    if treatment == "fax":
        return fax(folder, grey)
    if "-threshold" in treatment or "-ordered-dither" in treatment:
        bitmap = run("convert", "-seed", "1", grey, *treatment, "pbm:-").stdout
        kind, size, rows = bitmap.split(b"\n", 2)
        width, height = map(int, size.split())
        return wrap(zlib.compress(bytes(255 - byte for byte in rows)), width, height, 1,
                    b"FlateDecode")
    jpeg = run("convert", "-seed", "1", grey, *treatment, "jpeg:-").stdout
    return wrap(jpeg, *jpeg_size(jpeg)[:2], 8, b"DCTDecode")


def inspect(path):
    done = subprocess.run([os.path.join(build, "paraphe-inspect"), "--json", path],
                          stdout=subprocess.PIPE)
    return json.loads(done.stdout)


with tempfile.TemporaryDirectory(prefix="paraphe-scan-") as folder:
    page = os.path.join(folder, "page.pdf")
    with open(page, "wb") as file:
        file.write(run(os.path.join(build, "t/inspect/code_page"), address, "22").stdout)
    found = inspect(page)
    tap.same((found["convention"], found["evidence"]), (identity.hex(), "page_code"),
             "a page without metadata is recognised by its QR code")
    for name, (dpi, treatment) in COPIES.items():
        path = os.path.join(folder, "scan.pdf")
        with open(path, "wb") as file:
            file.write(copy(folder, page, dpi, treatment))
        found = inspect(path)
        tap.same((found["verdict"], found["convention"]), ("unsigned", identity.hex()),
                 f"a scan is read: {name}")
        if found["ms"] > 5000:
            tap.ok(False, f"it took its time: {name}", found["ms"])

    with open(page, "wb") as file:
        file.write(run(os.path.join(build, "t/inspect/code_page"), "https://example.org/", "22").stdout)
    found = inspect(page)
    tap.same((found["convention"], found["evidence"]), (None, "none"),
             "another QR code names no convention")
tap.end()
