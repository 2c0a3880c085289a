"""The published attacks on signed PDFs, made from a convention as the platform draws it, and what
looks like them and is allowed. Each case says what must become of it."""
import os
import re
import subprocess
import tempfile

from papers import Update, read, run, write

ROOM = 8000  # bytes for a CMS
INTACT, NOT_INTACT = "intact", "not intact"
FORGERY, WRAPPING, SAVING, HIDE, REPLACE, SWITCH, ANNOTATION, SNEAKY = (
    f"inspect-attack-{name}" for name in (
        "forgery", "wrapping", "saving", "hide", "replace", "hide-and-replace", "annotation",
        "sneaky"))


def number_of_field(update, name):
    """The object of the field that has that name."""
    for number in range(1, update.size):
        try:
            body = update.object(number)
        except IndexError:
            continue
        if re.search(rb"/T\s*\(%s\)" % name.encode(), body):
            return number
    raise KeyError(name)


def insert(body, entries):
    """More entries in a dictionary."""
    return re.sub(rb"<<", b"<< " + entries + b" ", body, count=1)


def root_of(update):
    return int(update.root.split()[0])


class Certifier:
    """Signs by itself, as pdfsig certifies nothing: with DocMDP, FieldMDP, or without."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="paraphe-certifier-")
        self.key, self.certificate = (os.path.join(self.folder.name, name)
                                      for name in ("key.pem", "certificate.pem"))
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj",
            "/CN=Carole Certifie", "-keyout", self.key, "-out", self.certificate)

    def cms(self, data):
        return subprocess.run(
            ["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-md", "sha256",
             "-nosmimecap", "-signer", self.certificate, "-inkey", self.key],
            input=data, check=True, capture_output=True).stdout

    def sign(self, pdf, field, level=0, locks=None):
        """level: of DocMDP, 0 for none. locks: (action, names) of FieldMDP."""
        update = Update(pdf)
        widget = number_of_field(update, field)
        references = b""
        if level:
            references += (b"<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type "
                           b"/TransformParams /V /1.2 /P %d >> >> " % level)
        if locks:
            references += (b"<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type"
                           b" /TransformParams /V /1.2 /Action /%s /Fields [%s] >> >>"
                           % (locks[0], b" ".join(b"(%s)" % name for name in locks[1])))
        signature = update.add(
            b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
            b"/M (D:20270203091500+01'00') /Reference [%s] /Contents <%s> /ByteRange [%s] >>"
            % (references, b"0" * 2 * ROOM, b" " * 40))
        update.objects[widget] = insert(update.object(widget), b"/V %d 0 R" % signature)
        if level:
            root = root_of(update)
            update.objects[root] = insert(update.object(root),
                                          b"/Perms << /DocMDP %d 0 R >>" % signature)
        return self.fill(bytearray(update.bytes()))

    def fill(self, data):
        start = data.rindex(b"/Contents <0000") + 10
        end = start + 2 * ROOM + 2
        numbers = b"0 %d %d %d" % (start, end, len(data) - end)
        at = data.rindex(b"/ByteRange [") + 12
        data[at:at + len(numbers)] = numbers
        value = self.cms(bytes(data[:start] + data[end:])).hex().encode()
        data[start + 1:start + 1 + len(value)] = value
        return bytes(data)

    def close(self):
        self.folder.cleanup()


def with_fields(pdf):
    """With two text fields, of which one is filled in and draws its value."""
    update = Update(pdf)
    root, page = update.object(root_of(update)), update.pages()[0]
    font = update.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                      b"/Encoding /WinAnsiEncoding >>")
    look = update.stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 120 16] /Resources << /Font << /F1 %d 0 R >> >>"
        % font, b"BT /F1 10 Tf 2 4 Td (Lyon) Tj ET")
    fields = [update.add(b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (%s) /F 4 /P %d 0 R "
                         b"/DA (/F1 10 Tf 0 g) /Rect [%s] %s >>" % (name, page, place, more))
              for name, place, more in (
                  (b"Date", b"60 20 180 36", b""),
                  (b"Ville", b"300 20 420 36", b"/V (Lyon) /AP << /N %d 0 R >>" % look))]
    for field in fields:
        update.annotate(0, field)
    form = int(re.search(rb"/AcroForm\s+(\d+) 0 R", root)[1])
    update.objects[form] = re.sub(
        rb"/Fields\s*\[", b"/Fields [ %d 0 R %d 0 R " % tuple(fields), update.object(form), count=1)
    return update.bytes()


def with_shadow(pdf):
    """What an author of shadow documents prepares: a white form over a line of the first page, and
    another content, another page and another catalogue that nothing refers to. Puts their
    numbers."""
    update = Update(pdf)
    page = update.pages()[0]
    body = update.object(page)
    cover = update.stream(b"/Type /XObject /Subtype /Form /BBox [0 0 200 20]",
                          b"1 g 0 0 200 20 re f")
    draws = update.stream(b"", b"q 0 g BT /Helvetica 9 Tf ET 1 0 0 1 200 200 cm /Cover Do Q")
    other = update.stream(b"", b"0 g 72 300 300 300 re f")
    content = re.search(rb"/Contents\s+(\d+ 0 R)", body)[1]
    body = re.sub(rb"/Contents\s+\d+ 0 R", b"/Contents [ %s %d 0 R ]" % (content, draws), body)
    resources = re.search(rb"/Resources\s+(\d+) 0 R", body)
    if resources:
        number = int(resources[1])
        update.objects[number] = name_form(update.object(number), cover)
    else:
        body = re.sub(rb"(/Resources\s*)(<<.*)", lambda found: found[1] + name_form(found[2], cover),
                      body, flags=re.S)
    update.objects[page] = body
    spare = update.add(re.sub(rb"/Contents\s*\[.*?\]", b"/Contents %d 0 R" % other, body))
    return update.bytes(), {"page": page, "cover": cover, "draws": draws, "other": other,
                            "spare": spare}


def name_form(resources, number):
    if re.search(rb"/XObject\s*<<", resources):
        return re.sub(rb"/XObject\s*<<", b"/XObject << /Cover %d 0 R" % number, resources, count=1)
    return insert(resources, b"/XObject << /Cover %d 0 R >>" % number)


def defined(pdf, *objects):
    """A revision in which these objects are others."""
    update = Update(pdf)
    for number, body in objects:
        update.objects[number] = body
    return update.bytes()


def changed(pdf, number, pattern, value):
    """A revision in which a part of an object is another."""
    update = Update(pdf)
    update.objects[number] = re.sub(pattern, value, update.object(number), count=1, flags=re.S)
    return update.bytes()


def same_length(pdf, old, new):
    """The last occurrence exchanged, spaces behind."""
    at = pdf.rindex(old)
    assert len(new) <= len(old)
    return pdf[:at] + new + b" " * (len(old) - len(new)) + pdf[at + len(old):]


def range_of(pdf):
    """The last byte range: its text, and its numbers."""
    text = re.findall(rb"/ByteRange\s*\[.*?\]", pdf, re.S)[-1]
    return text, [int(number) for number in re.findall(rb"\d+", text)]


def forgeries(pdf):
    """Universal signature forgery: the signature says nothing, and looks as if it did."""
    text, (_, start, end, rest) = range_of(pdf)
    for name, value in (
            ("no ByteRange", b"/ByteRenge [0 1 2 3]"), ("empty ByteRange", b"/ByteRange []"),
            ("null ByteRange", b"/ByteRange null"), ("zeros", b"/ByteRange [0 0 0 0]"),
            ("negative", b"/ByteRange [0 %d -1 %d]" % (start, rest)),
            ("one pair", b"/ByteRange [0 %d]" % start),
            ("beyond the end", b"/ByteRange [0 %d %d 99999999]" % (start, end)),
            ("strings", b"/ByteRange [(0) (1) (2) (3)]"),
            ("three pairs", b"/ByteRange [0 9 9 %d %d %d]" % (start - 9, end, rest))):
        yield name, same_length(pdf, text, value), NOT_INTACT, FORGERY
    contents = re.findall(rb"/Contents\s*<[0-9a-fA-F]+>", pdf)[-1]
    for name, value, attack in (
            ("no Contents", contents.replace(b"/Contents", b"/Contentz"), FORGERY),
            ("null Contents", b"/Contents null", FORGERY),
            ("empty Contents", b"/Contents <>", None),
            ("Contents of zeros", b"/Contents <" + b"0" * (len(contents) - 12) + b">", None),
            ("Contents of one byte", b"/Contents <30>", None)):
        yield name, same_length(pdf, contents, value), NOT_INTACT, attack


def wrappings(pdf):
    """Signature wrapping, and byte ranges that overlap or leave holes."""
    text, (_, start, end, rest) = range_of(pdf)
    for name, value in (
            ("overlapping", b"/ByteRange [0 %d %d %d]" % (start, end - 10, rest)),
            ("a hole before", b"/ByteRange [0 %d %d %d]" % (start - 10, end, rest)),
            ("a hole behind", b"/ByteRange [0 %d %d %d]" % (start, end + 10, rest - 10)),
            ("the end left out", b"/ByteRange [0 %d %d %d]" % (start, end, rest - 30))):
        yield name, same_length(pdf, text, value), NOT_INTACT, WRAPPING
    inner = b"/ByteRange [0 %d %010d %d] >>\nendobj\n5 0 obj\n<< /Length 0 >>\n"
    size = len(inner % (start, 0, rest))
    moved = (pdf[:end] + inner % (start, end + size, rest) + pdf[end:])
    yield "the rest moved behind other objects", moved, NOT_INTACT, None
    number = int(re.findall(rb"(\d+) 0 obj", pdf[:pdf.rindex(b"/ByteRange")])[-1])
    body = Update(pdf).object(number)
    yield ("the signature's dictionary again", defined(pdf, (number, body)), NOT_INTACT, None)
    yield ("another Contents before it", defined(
        pdf, (number, insert(body, b"/Contents <3000>"))), NOT_INTACT, WRAPPING)
    yield ("another ByteRange before it", defined(
        pdf, (number, insert(body, b"/ByteRange [0 1 2 3]"))), NOT_INTACT, WRAPPING)


def savings(pdf):
    """Incremental saving: another content behind what was signed, the less in order the better."""
    update = Update(pdf)
    page = update.pages()[0]
    content = int(re.search(rb"/Contents\s+(\d+) 0 R", update.object(page))[1])
    black = b"<< /Length 24 >>\nstream\n0 g 72 300 300 300 re f \nendstream"
    loose = b"%d 0 obj\n%s\nendobj\n" % (content, black)
    whole = defined(pdf, (content, black))
    table = whole.rindex(b"xref\n", 0, whole.rindex(b"startxref"))
    yield "a whole revision", whole, NOT_INTACT, SAVING
    yield "an object alone", pdf + loose, NOT_INTACT, SAVING
    yield "without a trailer", pdf + loose + b"xref\n0 0\n", NOT_INTACT, SAVING
    yield "without a table", pdf + loose + b"trailer\n<< /Size 9 >>\n", NOT_INTACT, SAVING
    yield ("the old table named again",
           pdf + loose + b"startxref\n%d\n%%%%EOF\n" % update.before, NOT_INTACT, SAVING)
    yield "no end mark", whole[:whole.rindex(b"%%EOF")], NOT_INTACT, SAVING
    yield ("hidden before the revision",
           defined(pdf + loose, (update.size, b"(nothing)")), NOT_INTACT, SAVING)
    yield ("a page's content named anew", changed(
        pdf, page, rb"/Contents\s+\d+ 0 R", b"/Contents []"), NOT_INTACT, SAVING)
    yield ("a page too many", changed(
        pdf, int(re.search(rb"/Pages\s+(\d+)", update.object(root_of(update)))[1]),
        rb"/Kids\s*\[", b"/Kids [ %d 0 R " % page), NOT_INTACT, None)
    yield ("an action at opening", changed(
        pdf, root_of(update), rb"<<", b"<< /OpenAction << /S /JavaScript /JS (1) >> "),
        NOT_INTACT, SAVING)
    yield ("layers that are off", changed(
        pdf, root_of(update), rb"<<", b"<< /OCProperties << /OCGs [] /D << /BaseState /OFF >> >> "),
        NOT_INTACT, SAVING)
    yield ("fields to be drawn anew", changed(
        pdf, int(re.search(rb"/AcroForm\s+(\d+)", update.object(root_of(update)))[1]), rb"<<",
        b"<< /NeedAppearances true "), NOT_INTACT, SAVING)
    yield ("a page cropped", changed(pdf, page, rb"<<", b"<< /CropBox [0 0 300 300] "),
           NOT_INTACT, SAVING)
    yield ("a page turned", changed(pdf, page, rb"<<", b"<< /Rotate 180 "), NOT_INTACT, SAVING)
    yield ("the signature taken out of its field", changed(
        pdf, number_of_field(update, "signature_host"), rb"/V\s+\d+ 0 R", b""), NOT_INTACT, None)
    yield ("a copy of itself behind", pdf + pdf, NOT_INTACT, SAVING)
    yield ("an object twice in one revision",
           whole[:table] + loose + whole[table:], NOT_INTACT, None)


def tables(pdf):
    """Cross-reference tables that say one thing to one program and another to the next."""
    update = Update(pdf)
    page = update.pages()[0]
    content = int(re.search(rb"/Contents\s+(\d+) 0 R", update.object(page))[1])
    base = pdf if pdf.endswith(b"\n") else pdf + b"\n"
    black = b"%d 0 obj\n<< /Length 24 >>\nstream\n0 g 72 300 300 300 re f \nendstream\nendobj\n"

    def trailer(entries, prev, more=b""):
        return (b"xref\n%strailer\n<< /Size %d /Root %s /Prev %d %s >>\n"
                % (entries, update.size + 9, update.root, prev, more))

    def ended(data, at):
        return data + b"startxref\n%d\n%%%%EOF\n" % at

    at = len(base)
    yield "Prev is the table itself", ended(base + trailer(b"0 0\n", at), at), NOT_INTACT
    second = len(base + trailer(b"0 0\n", at))
    two = base + trailer(b"0 0\n", second)
    two += b" " * (second - len(two))
    yield "two tables in a ring", ended(two + trailer(b"0 0\n", at), second), NOT_INTACT
    yield ("Prev leads into what was appended and no further", ended(
        base + trailer(b"0 0\n", 0).replace(b"/Prev 0", b""), at), NOT_INTACT)
    stream = len(base) + len(black % content)
    place = len(base)
    entries = bytes([1]) + place.to_bytes(4, "big") + b"\0"
    hybrid = (base + black % content
              + b"%d 0 obj\n<< /Type /XRef /W [1 4 1] /Index [%d 1] /Size %d /Root %s /Length 6 >>\n"
              b"stream\n%s\nendstream\nendobj\n"
              % (update.size + 3, content, update.size + 9, update.root, entries))
    yield ("hybrid: a stream overrides", ended(
        hybrid + trailer(b"0 0\n", update.before, b"/XRefStm %d" % stream), len(hybrid)), NOT_INTACT)
    yield ("hybrid: a stream that is not there", ended(
        base + trailer(b"0 0\n", update.before, b"/XRefStm %d" % (at + 5)), at), NOT_INTACT)
    packed = b"%d 0 << /Length 0 >>" % page
    first = len(b"%d 0 " % page)
    objects = (base + b"%d 0 obj\n<< /Type /ObjStm /N 1 /First %d /Length %d >>\nstream\n%s\n"
               b"endstream\nendobj\n" % (update.size + 2, first, len(packed), packed))
    entries = (bytes([2]) + (update.size + 2).to_bytes(4, "big") + b"\0"
               + bytes([1]) + at.to_bytes(4, "big") + b"\0")
    table = (b"%d 0 obj\n<< /Type /XRef /W [1 4 1] /Index [%d 1 %d 1] /Size %d /Root %s /Prev %d "
             b"/Length 12 >>\nstream\n%s\nendstream\nendobj\n"
             % (update.size + 3, page, update.size + 2, update.size + 9, update.root,
                update.before, entries))
    yield "an object stream overrides a page", ended(objects + table, len(objects)), NOT_INTACT
    inside = pdf.index(b"stream\n") + 7
    yield ("an entry that points into a stream", ended(
        base + trailer(b"%d 1\n%010d 00000 n \n" % (content, inside), update.before), at),
        NOT_INTACT)
    yield ("an entry of another object", ended(
        base + trailer(b"%d 1\n%010d 00000 n \n" % (content, pdf.index(b"\n1 0 obj") + 1),
                       update.before), at), NOT_INTACT)
    yield ("an entry freed", ended(
        base + trailer(b"%d 1\n0000000000 00001 f \n" % content, update.before), at), NOT_INTACT)
    yield ("another generation", ended(
        base + (black % content).replace(b" 0 obj", b" 1 obj")
        + trailer(b"%d 1\n%010d 00001 n \n" % (content, at), update.before),
        at + len(black % content)), NOT_INTACT)
    yield ("Prev skips the signature", ended(
        base + trailer(b"0 0\n", int(re.findall(rb"startxref\s+(\d+)", pdf)[0])), at), NOT_INTACT)


def shadows(pdf, signed_by):
    """Shadow attacks: prepared before the signature, let loose after it."""
    pdf, prepared = with_shadow(pdf)
    signed = signed_by(pdf)
    page, cover, other, spare = (prepared[name] for name in ("page", "cover", "other", "spare"))
    tree = int(re.search(rb"/Pages\s+(\d+)", Update(pdf).object(root_of(Update(pdf))))[1])
    empty = b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length 0 >>\nstream\n\nendstream"
    yield "prepared alone", signed, INTACT, None
    yield "hide: the cover is emptied", defined(signed, (cover, empty)), NOT_INTACT, HIDE
    yield ("hide: the cover becomes metadata", defined(
        signed, (cover, b"<< /Type /Metadata /Subtype /XML /Length 0 >>\nstream\n\nendstream")),
        NOT_INTACT, HIDE)
    yield "hide: the cover is null", defined(signed, (cover, b"null")), NOT_INTACT, HIDE
    yield ("hide: the cover is not drawn", defined(
        signed, (prepared["draws"], b"<< /Length 0 >>\nstream\n\nendstream")), NOT_INTACT, None)
    yield ("hide and replace: the page's content", changed(
        signed, page, rb"/Contents\s*\[.*?\]", b"/Contents %d 0 R" % other), NOT_INTACT, SWITCH)
    yield ("hide and replace: the page", changed(
        signed, tree, rb"/Kids\s*\[\s*\d+ 0 R", b"/Kids [ %d 0 R" % spare), NOT_INTACT, SWITCH)
    base = signed if signed.endswith(b"\n") else signed + b"\n"
    update = Update(signed)
    place = signed.index(b"\n%d 0 obj" % spare) + 1
    yield ("hide and replace: by the table alone", base + (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %s /Prev %d >>\nstartxref\n%d\n"
        b"%%%%EOF\n" % (page, place, update.size, update.root, update.before, len(base))),
        NOT_INTACT, SWITCH)


def replacements(signed):
    """Shadow attacks that replace what a field shows."""
    update = Update(signed)
    field = number_of_field(update, "Ville")
    look = int(re.search(rb"/N (\d+) 0 R", update.object(field))[1])
    font = int(re.search(rb"/F1 (\d+) 0 R", update.object(look))[1])
    nice = re.sub(rb"\(Lyon\)", b"(Nice)", update.object(look))
    yield "replace: the look of a field", defined(signed, (look, nice)), NOT_INTACT, REPLACE
    update.objects[field] = re.sub(rb"/N \d+ 0 R", b"/N %d 0 R" % update.add(nice),
                                   update.object(field))
    yield "replace: another look", update.bytes(), NOT_INTACT, REPLACE
    yield "replace: the value", changed(signed, field, rb"\(Lyon\)", b"(Nice)"), NOT_INTACT, REPLACE
    yield ("replace: the font of a look", changed(
        signed, font, rb"/WinAnsiEncoding",
        b"<< /Type /Encoding /Differences [76 /N] >>"), NOT_INTACT, REPLACE)
    yield ("replace: the place", changed(
        signed, field, rb"/Rect\s*\[.*?\]", b"/Rect [60 400 180 416]"), NOT_INTACT, None)


def filled(pdf, name="Date"):
    return changed(pdf, number_of_field(Update(pdf), name), rb"<<", b"<< /V (03-02-2027)")


def annotated(pdf, body):
    update = Update(pdf)
    update.annotate(0, update.add(b"<< /Type /Annot /F 4 " + body + b" >>"))
    return update.bytes()


def with_signature_field(pdf, rectangle):
    """A new, empty signature field."""
    update = Update(pdf)
    field = update.add(b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Nouvelle) /F 4 /P %d 0 R "
                       b"/Rect [%s] >>" % (update.pages()[0], rectangle))
    update.annotate(0, field)
    form = int(re.search(rb"/AcroForm\s+(\d+) 0 R", update.object(root_of(update)))[1])
    update.objects[form] = re.sub(rb"/Fields\s*\[", b"/Fields [ %d 0 R " % field,
                                  update.object(form), count=1)
    return update.bytes()


def with_store(pdf):
    return changed(pdf, root_of(Update(pdf)), rb"<<", b"<< /DSS << /Certs [] /CRLs [] >> ")


INK = (b"/Subtype /Ink /Rect [400 40 500 60] /InkList [[400 40 450 60 500 40]] /BS << /W 1 >>")
NOTE = b"/Subtype /Text /Rect [560 40 580 60] /Contents (Vu)"
COVER = b"/Subtype /Square /Rect [50 400 540 700] /IC [1 1 1] /C [1 1 1]"
REDACT = b"/Subtype /Redact /Rect [50 700 540 720]"

SCRIPT = (b"/Subtype /Link /Rect [400 40 500 60] /A << /S /JavaScript /JS (this.dirty = 1) >>")
LINK = b"/Subtype /Link /Rect [400 40 500 60] /A << /S /URI /URI (https://www.example.org/) >>"
LAUNCH = (b"/Subtype /Ink /Rect [400 40 500 60] /InkList [[400 40 500 40]] "
          b"/AA << /E << /S /Launch /F (x) >> >>")

# What is done, how, and which levels of certification let it be: 0 is a signature that certifies
# nothing. The name is that of the attack where it is one at that level.
CHANGES = [
    ("nothing", lambda pdf: pdf, (0, 1, 2, 3), {}),
    ("a field filled in", filled, (0, 2, 3), {}),
    ("a stroke of ink", lambda pdf: annotated(pdf, INK), (0, 3), {1: ANNOTATION, 2: ANNOTATION}),
    ("a remark", lambda pdf: annotated(pdf, NOTE), (0, 3), {1: ANNOTATION, 2: ANNOTATION}),
    ("a white square over the text", lambda pdf: annotated(pdf, COVER), (),
     dict.fromkeys(range(4), ANNOTATION)),
    ("a redaction", lambda pdf: annotated(pdf, REDACT), (), dict.fromkeys(range(4), ANNOTATION)),
    ("a link that runs a script", lambda pdf: annotated(pdf, SCRIPT), (),
     dict.fromkeys(range(4), ANNOTATION)),
    ("ink that starts a program", lambda pdf: annotated(pdf, LAUNCH), (),
     dict.fromkeys(range(4), ANNOTATION)),
    ("a link to a page of the web", lambda pdf: annotated(pdf, LINK), (0, 3),
     {1: ANNOTATION, 2: ANNOTATION}),
    ("a signature field without a place", lambda pdf: with_signature_field(pdf, b"0 0 0 0"),
     (0, 2, 3), {}),
    ("a visible signature field", lambda pdf: with_signature_field(pdf, b"450 20 540 50"),
     (0, 3), {1: SNEAKY, 2: SNEAKY}),
    ("a security store", with_store, (0, 1, 2, 3), {}),
    ("the value of a field replaced", lambda pdf: changed(
        pdf, number_of_field(Update(pdf), "Ville"), rb"\(Lyon\)", b"(Nice)"), (),
     dict.fromkeys(range(4), REPLACE)),
]


def certified(pdf, certifier):
    """Each kind of change at each level."""
    for level in range(4):
        signed = certifier.sign(pdf, "signature_host", level)
        for name, change, allowed, attacks in CHANGES:
            yield (f"{name}, level {level}", change(signed),
                   INTACT if level in allowed else NOT_INTACT, attacks.get(level))
        again = certifier.sign(signed, "signature_origin")
        yield (f"a second signature, level {level}", again,
               NOT_INTACT if level == 1 else INTACT, None)


def locked(pdf, certifier):
    """Locks on fields, and a field filled in."""
    for action, names, free in ((b"All", [], False), (b"Include", [b"Date"], False),
                                (b"Include", [b"Ville"], True), (b"Exclude", [b"Date"], True),
                                (b"Exclude", [b"Ville"], False)):
        signed = certifier.sign(pdf, "signature_host", locks=(action, names))
        title = f"{action.decode()} {b' '.join(names).decode()}".strip()
        yield f"{title}: Date filled in", filled(signed), INTACT if free else NOT_INTACT, None
    host = number_of_field(Update(pdf), "signature_host")
    for names, free in ((b"(Date)", False), (b"(Ville)", True)):
        lock = b"<< /Lock << /Type /SigFieldLock /Action /Include /Fields [%s] >> " % names
        signed = certifier.sign(changed(pdf, host, rb"<<", lock), "signature_host")
        yield (f"the field's own lock {names.decode()}: Date filled in", filled(signed),
               INTACT if free else NOT_INTACT, None)
