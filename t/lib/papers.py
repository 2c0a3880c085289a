"""What happens to a convention between the platform and its return: signed with a certificate,
signed on screen, rewritten by a tool, altered, printed and scanned. Each function takes and gives
the bytes of a PDF; the real tools (pdfsig, qpdf, pdftoppm) do the work where there are any."""

import os
import re
import subprocess
import tempfile
import zlib

SIGNERS = {
    "host": "Helene Accueil",
    "origin": "Olivier Origine",
    "guardian": "Rachel Responsable",
    "trainee": "Tom Stagiaire",
}


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options)


class Signers:
    """An NSS database with one self-signed certificate a signatory."""

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="paraphe-nss-")
        noise = os.path.join(self.directory.name, "noise")
        run("certutil", "-N", "-d", self.database, "--empty-password")
        for nick, name in SIGNERS.items():
            with open(noise, "wb") as file:
                file.write(os.urandom(64))
            run("certutil", "-S", "-d", self.database, "-n", nick, "-s", f"CN={name},C=FR",
                "-x", "-t", ",,", "-k", "rsa", "-g", "2048", "-v", "24", "-z", noise,
                "--keyUsage", "digitalSignature,nonRepudiation")

    @property
    def database(self):
        return "sql:" + self.directory.name

    def sign(self, pdf, field, nick=None):
        """Signed with pdfsig in that signature field: an incremental update."""
        nick = nick or field.removeprefix("signature_")
        with tempfile.TemporaryDirectory() as directory:
            before, after = (os.path.join(directory, name) for name in ("in.pdf", "out.pdf"))
            write(before, pdf)
            run("pdfsig", "-nssdir", self.database, "-sign", field, "-nick", nick, before, after)
            return read(after)

    def close(self):
        self.directory.cleanup()


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


class Update:
    """An incremental update (PDF 32000-1 §7.5.6) of a file with a classic cross-reference table."""

    def __init__(self, pdf):
        self.pdf = pdf
        self.before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
        trailer = re.findall(rb"trailer\s*(<<.*?>>)\s*startxref", pdf, re.S)[-1]
        self.root = re.search(rb"/Root\s+(\d+ \d+ R)", trailer)[1]
        self.info = re.search(rb"/Info\s+(\d+ \d+ R)", trailer)
        self.size = int(re.search(rb"/Size\s+(\d+)", trailer)[1])
        self.objects = {}

    def object(self, number):
        """The last definition of that object, without its obj and endobj."""
        if number in self.objects:
            return self.objects[number]
        found = re.findall(rb"(?:^|[\r\n])%d 0 obj\s*(.*?)\s*endobj" % number, self.pdf, re.S)
        return found[-1]

    def pages(self):
        """The numbers of the page objects, in order."""
        root = self.object(int(self.root.split()[0]))
        tree = self.object(int(re.search(rb"/Pages\s+(\d+) 0 R", root)[1]))
        kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.S)[1]
        return [int(number) for number in re.findall(rb"(\d+) 0 R", kids)]

    def add(self, content):
        number = self.size
        self.size += 1
        self.objects[number] = content
        return number

    def stream(self, dictionary, data):
        return self.add(b"<< %s /Length %d >>\nstream\n%s\nendstream"
                        % (dictionary, len(data), data))

    def annotate(self, page, annotation):
        """Adds a reference to the annotation to the page's /Annots."""
        number = self.pages()[page]
        body = self.object(number)
        reference = b"%d 0 R" % annotation
        if re.search(rb"/Annots\s*\[", body):
            body = re.sub(rb"(/Annots\s*\[)", rb"\1 " + reference + b" ", body, count=1)
        else:
            body = re.sub(rb"<<", b"<< /Annots [ " + reference + b" ]", body, count=1)
        self.objects[number] = body

    def bytes(self):
        out = bytearray(self.pdf)
        if not out.endswith(b"\n"):
            out += b"\n"
        offsets = {}
        for number in sorted(self.objects):
            offsets[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, self.objects[number])
        start = len(out)
        out += b"xref\n"
        for number, offset in offsets.items():
            out += b"%d 1\n%010d 00000 n \n" % (number, offset)
        info = b" /Info " + self.info[1] if self.info else b""
        out += (b"trailer\n<< /Size %d /Root %s%s /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
                % (self.size, self.root, info, self.before, start))
        return bytes(out)


def field_rectangle(pdf, field):
    """(page, x0, y0, x1, y1) of a signature field."""
    update = Update(pdf)
    for page, number in enumerate(update.pages()):
        annots = re.search(rb"/Annots\s*\[(.*?)\]", update.object(number), re.S)
        for widget in re.findall(rb"(\d+) 0 R", annots[1] if annots else b""):
            body = update.object(int(widget))
            if re.search(rb"/T\s*\(%s\)" % field.encode(), body):
                numbers = re.search(rb"/Rect\s*\[(.*?)\]", body, re.S)[1].split()
                return (page, *map(float, numbers))
    raise KeyError(field)


def ink(pdf, field="signature_origin"):
    """Signed on screen: a stroke of ink in that box, as Microsoft Edge and Acrobat leave it."""
    page, x0, y0, x1, y1 = field_rectangle(pdf, field)
    update = Update(pdf)
    points = [(x0 + (x1 - x0) * i / 12, (y0 + y1) / 2 + (8 if i % 2 else -8)) for i in range(13)]
    path = " ".join(f"{x - x0:.1f} {y - y0:.1f} {'m' if i == 0 else 'l'}"
                    for i, (x, y) in enumerate(points))
    appearance = update.stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 %.1f %.1f]" % (x1 - x0, y1 - y0),
        f"0 0 0.6 RG 1.5 w {path} S".encode())
    coordinates = " ".join(f"{value:.1f}" for point in points for value in point)
    annotation = update.add(
        f"<< /Type /Annot /Subtype /Ink /F 4 /Rect [{x0} {y0} {x1} {y1}] /C [0 0 0.6] "
        f"/InkList [[{coordinates}]] /AP << /N {appearance} 0 R >> >>".encode())
    update.annotate(page, annotation)
    return update.bytes()


def cover(pdf, rectangle=(60, 560, 540, 740), page=0):
    """An opaque white square, as an annotation, over the text of a page."""
    update = Update(pdf)
    x0, y0, x1, y1 = rectangle
    appearance = update.stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d]" % (x1 - x0, y1 - y0),
        b"1 1 1 rg 0 0 %d %d re f" % (x1 - x0, y1 - y0))
    annotation = update.add(
        f"<< /Type /Annot /Subtype /Square /F 4 /Rect [{x0} {y0} {x1} {y1}] /IC [1 1 1] "
        f"/AP << /N {appearance} 0 R >> >>".encode())
    update.annotate(page, annotation)
    return update.bytes()


def overwrite(pdf, text="14 h 00", page=0):
    """Page content changed by an appended revision: a white box and another text over it."""
    update = Update(pdf)
    number = update.pages()[page]
    body = update.object(number)
    content = re.search(rb"/Contents\s+(\d+ 0 R)", body)[1]
    added = update.stream(b"", b"q 1 1 1 rg 60 600 300 60 re f 0 g 80 620 60 20 re f Q")
    update.objects[number] = re.sub(rb"/Contents\s+\d+ 0 R",
                                    b"/Contents [ %s %d 0 R ]" % (content, added), body)
    return update.bytes()


def rewrite(pdf):
    """The same pages and the same metadata in other bytes, as tools that save anew write them."""
    with tempfile.TemporaryDirectory() as directory:
        before, after = (os.path.join(directory, name) for name in ("in.pdf", "out.pdf"))
        write(before, pdf)
        run("qpdf", "--object-streams=disable", "--recompress-flate", "--compression-level=9",
            before, after)
        return read(after)


def encrypt(pdf):
    with tempfile.TemporaryDirectory() as directory:
        before, after = (os.path.join(directory, name) for name in ("in.pdf", "out.pdf"))
        write(before, pdf)
        run("qpdf", "--encrypt", "secret", "secret", "256", "--", before, after)
        return read(after)


def images(pdf, dpi=150, *options):
    """The pages as JPEG images, as a copier makes them."""
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "in.pdf")
        write(path, pdf)
        run("pdftoppm", "-r", str(dpi), "-gray", "-jpeg", *options, path,
            os.path.join(directory, "page"))
        return [read(os.path.join(directory, name)) for name in sorted(os.listdir(directory))
                if name.endswith(".jpg")]


def jpeg_size(jpeg):
    """(width, height, colour space) of a JPEG image, from its frame header."""
    at = 2
    while True:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2:at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return (int.from_bytes(jpeg[at + 7:at + 9], "big"),
                    int.from_bytes(jpeg[at + 5:at + 7], "big"),
                    {1: b"/DeviceGray", 3: b"/DeviceRGB"}[jpeg[at + 9]])
        at += 2 + length


def assemble(objects):
    """A PDF of these objects, numbered from 1, the first being its catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += (b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(objects) + 1, start))
    return bytes(out)


def scan(pdf, dpi=150):
    """Printed and scanned: a PDF of JPEG images, without a word of the original's metadata."""
    return bound(images(pdf, dpi))


def bound(pictures):
    """JPEG images as the pages of one PDF, as a copier with a feeder makes it."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", None]
    kids = []
    for jpeg in pictures:
        width, height, colours = jpeg_size(jpeg)
        first = len(objects) + 1
        content = b"q 595 0 0 842 0 0 cm /I Do Q"
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                       b"/Resources << /XObject << /I %d 0 R >> >> >>" % (first + 1, first + 2))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8"
                       b" /ColorSpace %s /Filter /DCTDecode /Length %d >>\nstream\n%s\n"
                       b"endstream" % (width, height, colours, len(jpeg), jpeg))
        kids.append(b"%d 0 R" % first)
    objects[1] = b"<< /Type /Pages /Kids [ %s ] /Count %d >>" % (b" ".join(kids), len(kids))
    return assemble(objects)


def plain(text="Bonjour"):
    """A PDF that is no convention at all."""
    content = zlib.compress(b"BT /F 24 Tf 72 720 Td (%s) Tj ET" % text.encode("latin-1"))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
               b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
               b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
               % (len(content), content)]
    return assemble(objects)
