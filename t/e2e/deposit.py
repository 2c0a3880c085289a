"""A completed convention comes back: domain.md's « Recognising a deposit », row by row."""
import concurrent.futures
import hashlib
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, says, sentence, table, words  # noqa: E402
from schools import Schools, act, deposit, history, original, state  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, stranger = schools.add("Lycee"), schools.add("College"), schools.add("Voisin")
placement = schools.placement(host, capacity=500)
theirs = schools.placement(host, capacity=500)
signers = papers.Signers()
MOST = 20 * 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"


class Convention:
    def __init__(self, school=origin):
        self.fields = schools.trainee()
        self.number = schools.register(school.member, placement, **self.fields)
        self.pdf = original(school.member, self.number)

    @property
    def name(self):
        return f"{self.fields['first_name']} {self.fields['last_name']}"

    def deposits(self):
        """(finding, by hand) of each deposit."""
        return [tuple(row) for row in site.sql("SELECT finding, by_hand FROM deposit WHERE "
                                               f"convention_id = {self.number} ORDER BY id")]

    def untouched(self):
        return (state(site, self.number), history(site, self.number), self.deposits()) == (
            "not_returned", ["generate"], [])


def stored(pdf):
    """How many documents of the database have these bytes."""
    return int(site.sql("SELECT COUNT(*) FROM document WHERE sha256 = "
                        f"UNHEX('{hashlib.sha256(pdf).hexdigest()}')")[0][0])


def sign(pdf, *who):
    for name in who:
        pdf = signers.sign(pdf, f"signature_{name}")
    return pdf


def free_text(pdf, field="signature_trainee"):
    """« Lu et approuvé » typed into a signature box, as Acrobat's Fill & Sign leaves it."""
    page, x0, y0, x1, y1 = papers.field_rectangle(pdf, field)
    update = papers.Update(pdf)
    appearance = update.stream(
        b"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F << /Type /Font"
        b" /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        b"BT /F 10 Tf 2 5 Td (Lu et approuve) Tj ET")
    update.annotate(page, update.add(
        f"<< /Type /Annot /Subtype /FreeText /F 4 /Rect [{x0 + 2} {y0 + 2} {x0 + 102} {y0 + 22}] "
        f"/DA (/Helv 10 Tf) /Contents (Lu et approuve) /AP << /N {appearance} 0 R >> >>".encode()))
    return update.bytes()


def token_of(pdf):
    return re.search(rb"PARAPHE1:[\w-]{43}", pdf)[0]


def recognised(title, make, finding, answer, signed_by=(), remark=None):
    """Recognised without a word of the depositor's; the host sees by what."""
    convention = Convention()
    file = make(convention.pdf)
    page = deposit(origin.member, file)
    told = words(page)
    tap.ok(page.status == 200 and convention.deposits() == [(finding, "0")] and
           state(site, convention.number) == "pending", f"{title}: recognised, and pending",
           page.status, convention.deposits(), told[-1500:])
    tap.ok(f"Convention de {convention.name} déposée" in told and answer in told and
           all(papers.SIGNERS[who] in told for who in signed_by),
           f"{title}: the answer says whose, by what, and who signed", told[-1500:])
    seen = words(host.member.get(f"/conventions/{convention.number}"))
    tap.ok(all(papers.SIGNERS[who] in seen for who in signed_by) and (not remark or remark in seen),
           f"{title}: the host sees it", seen)
    tap.ok(host.member.get(f"/conventions/{convention.number}/retour").body == file,
           f"{title}: the host downloads what was deposited, byte for byte")
    return convention, seen


def signed_digitally():
    unaltered = "signée numériquement, non altérée"
    for count, who in enumerate((["origin"], ["origin", "guardian"],
                                 ["guardian", "origin", "trainee"]), 1):
        convention, seen = recognised(
            f"begins with the original's bytes, {count} signature{'s' * (count > 1)}",
            lambda pdf, who=who: sign(pdf, *who), "signed", unaltered, who)
        rows = table(host.member.get(f"/conventions/{convention.number}"))[1]
        tap.same([row[0] for row in rows], [sentence(f"field-signature_{name}") for name in who],
                 f"{count}: each signature is shown with its box, in the order they were made")
        tap.ok(all(re.fullmatch(r"\d\d-\d\d-\d{4} à \d\d h \d\d", row[2]) and row[3] == "Intacte" and
                   f"Délivré par CN={papers.SIGNERS[name]}" in row[4] and "valable jusqu’au" in row[4]
                   for row, name in zip(rows, who)),
               f"{count}: with its day, its integrity and its certificate", rows)
        tap.same([row[5] for row in rows],
                 [sentence("changes-signatures")] * (count - 1) + [sentence("changes-none")],
                 f"{count}: and with what came after it")
        tap.ok("Signée numériquement, et inchangée depuis sa création" in seen,
               f"{count}: the host reads that it is unaltered")
    recognised("signed, then ink beside", lambda pdf: papers.ink(sign(pdf, "origin"),
                                                                 "signature_guardian"),
               "signed", unaltered, ["origin"], sentence("inspect-added-ink"))
    recognised("ink, then signed", lambda pdf: sign(papers.ink(pdf, "signature_guardian"), "origin"),
               "signed", unaltered, ["origin"], sentence("inspect-added-ink"))
    recognised("rewritten by a tool that kept the metadata, then signed",
               lambda pdf: sign(papers.rewrite(pdf), "origin"), "signed", unaltered, ["origin"])


def signed_on_screen():
    on_screen = "signée à l’écran, sans certificat"
    told = "Signée à l’écran, sans certificat"
    _, seen = recognised("signed in ink on the screen", papers.ink, "on_screen", on_screen,
                         remark=sentence("inspect-added-ink"))
    tap.ok(told in seen, "the host reads that there is no certificate")
    recognised("text typed into a box", free_text, "on_screen", on_screen, remark=told)
    recognised("rewritten by a tool, then ink", lambda pdf: papers.ink(papers.rewrite(pdf)),
               "on_screen", on_screen, remark=told)


def not_signed():
    for title, make in (("the original as it was sent", lambda pdf: pdf),
                        ("the original rewritten by a tool", papers.rewrite)):
        convention = Convention()
        for chosen in ("", str(convention.number)):
            page = deposit(origin.member, make(convention.pdf), chosen)
            tap.ok(page.status == 422 and errors(page) == {"fichier": sentence("deposit-unsigned")}
                   and convention.untouched(), f"{title} is refused: nothing was added",
                   page.status, errors(page))


ALTERED = [
    ("page content changed by an appended revision", papers.overwrite, "inspect-page-content"),
    ("page content changed, then signed", lambda pdf: sign(papers.overwrite(pdf), "origin"),
     "inspect-page-content"),
    ("signed, then page content changed", lambda pdf: papers.overwrite(sign(pdf, "origin")),
     "inspect-page-content"),
    ("text covered by an opaque annotation", papers.cover, "inspect-text-covered"),
    ("signed, then text covered", lambda pdf: papers.cover(sign(pdf, "origin")),
     "inspect-text-covered"),
    ("bytes appended after the last revision", lambda pdf: sign(pdf, "origin") + b"\nand more",
     "inspect-trailing-bytes"),
    ("a signature that fails", lambda pdf: sign(pdf, "origin").replace(b"(fr-FR)", b"(de-DE)"),
     "inspect-digest"),
    ("signed, then rewritten by a tool", lambda pdf: papers.rewrite(sign(pdf, "origin")),
     "inspect-byte-range-malformed"),
]


def altered():
    for title, make, key in ALTERED:
        convention = Convention()
        file = make(convention.pdf)
        page = deposit(origin.member, file)
        tap.ok(page.status == 200 and page.path.startswith("/conventions/depot/") and
               "Cette convention n’a pas été reconnue" in words(page) and says(page, key),
               f"{title}: not recognised, and says what was altered", page.status,
               words(page)[-1500:])
        tap.ok(convention.untouched(), f"{title}: nothing is deposited yet", convention.deposits())
        page = origin.member.submit(page.form(page.path), {"convention": str(convention.number)})
        tap.ok(page.status == 200 and convention.deposits() == [("altered", "1")] and
               "l’établissement d’accueil en voit l’avertissement" in words(page),
               f"{title}: the depositor may choose the trainee", words(page)[-1200:])
        seen = host.member.get(f"/conventions/{convention.number}")
        tap.ok("Attention : ce fichier n’est plus la convention d’origine" in words(seen) and
               "Ce qui a été altéré" in words(seen) and says(seen, key),
               f"{title}: the host sees the warning", words(seen)[:2500])
    convention = Convention()
    page = deposit(origin.member, papers.cover(convention.pdf), str(convention.number))
    tap.ok(page.path.startswith("/conventions?") and convention.deposits() == [("altered", "1")],
           "with the trainee chosen at once an altered file is taken at once, and marked")


def another_identification():
    one, two = Convention(), Convention()
    everywhere = papers.ink(two.pdf.replace(token_of(two.pdf), token_of(one.pdf)))
    once = papers.ink(two.pdf.replace(token_of(two.pdf), token_of(one.pdf), 1))
    for file, key, title in ((everywhere, "inspect-page-content", "metadata of another convention"),
                             (once, "inspect-several-conventions", "metadata of two conventions")):
        page = deposit(origin.member, file)
        tap.ok("n’a pas été reconnue" in words(page) and says(page, key),
               f"{title}: not recognised", words(page)[-1500:])
    forged = papers.ink(two.pdf.replace(token_of(two.pdf), b"PARAPHE1:" + b"A" * 43))
    page = deposit(origin.member, forged)
    tap.ok(page.path.startswith("/conventions/depot/"),
           "an identification without our MAC is not believed", page.path)
    tap.ok(one.untouched() and two.untouched(), "none of these touches a convention")


def scans():
    convention = Convention()
    file = papers.scan(papers.ink(convention.pdf))
    page = deposit(origin.member, file)
    tap.ok(f"Est-ce la convention de {convention.name} ?" in words(page),
           "a scan is recognised by its QR code: the trainee is proposed", words(page)[-1000:])
    tap.ok(convention.untouched(), "and nothing is deposited before the depositor's word")
    address = page.path
    other = Convention()
    choice = next(form for form in page.forms
                  if form.action == address and "convention" in form.choices)
    refused = origin.member.submit(choice, {"convention": str(other.number)})
    tap.ok(refused.status == 409 and says(refused, "deposit-other-trainee") and other.untouched(),
           "it cannot be given to another trainee", refused.status)
    empty = origin.member.submit(choice, {"convention": ""})
    tap.ok(empty.status == 422 and convention.name in words(empty),
           "without an answer it is asked again", empty.status)
    page = origin.member.submit(next(form for form in page.forms if form.action == address and
                                     form.fields.get("convention") == str(convention.number)))
    tap.ok(convention.deposits() == [("scan", "1")] and "Reconnue à son code imprimé" in words(page),
           "confirmed, it is deposited", convention.deposits(), words(page)[-800:])
    tap.ok("Document numérisé" in words(host.member.get(f"/conventions/{convention.number}")),
           "the host reads that it is a scan")
    gone = origin.member.get(address)
    tap.ok(gone.status == 404 and says(gone, "upload-gone"), "the file waits no longer", gone.status)
    code = site.sql("SELECT short_code FROM convention_original WHERE convention_id = "
                    f"{other.number}")[0][0]
    page = deposit(origin.member, papers.plain(f"Code {code}"))
    tap.ok(f"Est-ce la convention de {other.name} ?" in words(page),
           "a paper with nothing but the short code as text is proposed, too", words(page)[-800:])
    chosen = Convention()
    deposit(origin.member, papers.scan(chosen.pdf, 110), str(chosen.number))
    tap.same(chosen.deposits(), [("scan", "1")],
             "with the trainee chosen beforehand, the scan of that trainee is taken at once")


def nothing_to_recognise():
    convention = Convention()
    file = papers.plain("Une lettre")
    page = deposit(origin.member, file)
    tap.ok("Aucune identification n’a été trouvée dans le fichier" in words(page),
           "a PDF without anything: not recognised, and asks for the trainee", words(page)[-800:])
    again = origin.member.submit(page.form(page.path), {"convention": ""})
    tap.same(again.status, 422, "without an answer it is asked again")
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: origin.member.submit(
            page.form(page.path), {"convention": str(convention.number)}, follow=False), range(3)))
    tap.ok(sorted(answer.status for answer in answers)[0] == 303 and
           convention.deposits() == [("unknown", "1")],
           "confirmed three times at once it is deposited once",
           [answer.status for answer in answers], convention.deposits())
    seen = words(host.member.get(f"/conventions/{convention.number}"))
    tap.ok("La plateforme n’a pas reconnu ce fichier" in seen, "the host sees that it was by hand")


def refusals():
    mine, other = Convention(), Convention()
    page = deposit(origin.member, papers.ink(mine.pdf), str(other.number))
    tap.ok(page.status == 409 and errors(page) == {"fichier": sentence("deposit-other-trainee")} and
           other.name not in errors(page)["fichier"], "another trainee than the one chosen is refused")
    tap.same(page.form("/conventions/depot").fields["convention"], str(other.number),
             "the choice is kept")
    foreign = Convention(stranger)
    page = deposit(origin.member, papers.ink(foreign.pdf))
    tap.ok(page.status == 403 and errors(page) == {"fichier": sentence("deposit-foreign")} and
           foreign.fields["last_name"] not in page.text and stranger.name not in page.text,
           "another establishment's is refused without telling whose it is", page.status)
    tap.ok(mine.untouched() and other.untouched() and foreign.untouched(), "nothing has changed")

    page = deposit(host.member, papers.ink(mine.pdf))
    tap.ok(page.status == 403 and says(page, "convention-not-yours-to-move") and mine.untouched(),
           "the host's member may not deposit", page.status)
    deposit(host.admin, papers.ink(mine.pdf))
    tap.same(mine.deposits(), [("on_screen", "0")], "the host's admin may")
    act(host.member, mine.number, "valider")
    for chosen in ("", str(mine.number)):
        page = deposit(origin.member, papers.ink(mine.pdf, "signature_guardian"), chosen)
        tap.ok(page.status == 409 and says(page, "convention-deposit-closed") and
               len(mine.deposits()) == 1, "onto a validated convention nothing is deposited",
               page.status)
    page = deposit(origin.member, papers.ink(mine.pdf))
    tap.same(page.status, 409, "not even the same file again")


def once():
    convention = Convention()
    file = sign(convention.pdf, "origin")
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(lambda _: deposit(origin.member, file, follow=False), range(6)))
    tap.same([page.status for page in pages], [303] * 6, "the same file six times at once is taken")
    tap.same((convention.deposits(), history(site, convention.number)),
             ([("signed", "0")], ["generate", "deposit"]), "and has one effect")
    page = deposit(origin.admin, file, name="copie.pdf")
    tap.ok("Ce fichier était déjà déposé" in words(page) and len(convention.deposits()) == 1,
           "the same file by somebody else says that it is there", words(page)[-800:])
    tap.same(stored(file), 1, "it is stored once")
    mails = site.sql("SELECT COUNT(*) FROM message WHERE name = 'convention-deposited' AND "
                     f"convention_id = {convention.number}")
    tap.same(mails, [["1"]], "and one e-mail asks for the validation")

    crowded = Convention()
    files = [papers.ink(crowded.pdf, f"signature_{who}") for who in papers.SIGNERS]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda file: deposit(origin.member, file, follow=False), files))
    versions = [origin.member.get(f"/conventions/{crowded.number}/versions/{row}").body
                for row in range(2, 6)]
    tap.ok([page.status for page in pages] == [303] * 4 and sorted(versions) == sorted(files),
           "of four different files at once none is lost: all are in the history",
           [page.status for page in pages], [len(version) for version in versions])


def many_pages(count):
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (
                   count, b" ".join(b"%d 0 R" % (number + 3) for number in range(count)))]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * count
    return papers.assemble(objects)


def unusable_files():
    """Each has its own message, at the file; nothing is kept, and the choice stays."""
    convention = Convention()
    padding = b"%" * (MOST + 1 - len(convention.pdf))
    files = [
        ("an encrypted PDF", papers.encrypt(convention.pdf), 422, "inspect-encrypted"),
        ("an empty file", b"", 422, "form-file-empty"),
        ("a text file", b"Bonjour", 422, "inspect-not-pdf"),
        ("a word processor's file", b"PK\x03\x04" + bytes(2000), 422, "inspect-not-pdf"),
        ("a damaged picture", papers.images(convention.pdf, 40)[0][:300], 422, "inspect-not-image"),
        ("a file of 20 MB and a byte", convention.pdf + padding, 422, "form-file-too-large"),
        ("a damaged PDF", b"%PDF-1.7\n" + bytes(range(256)) * 40, 422, "inspect-damaged"),
        ("half a convention", convention.pdf[:len(convention.pdf) // 2], 422, "inspect-cut-off"),
        ("a convention that lacks its last 24 bytes", convention.pdf[:-24], 422,
         "inspect-cut-off"),
        ("a PDF of 201 pages", many_pages(201), 422, "inspect-too-many-pages"),
    ]
    told = set()
    for title, file, status, key in files:
        for chosen in ("", str(convention.number)):
            page = deposit(origin.member, file, chosen)
            tap.ok(page.status in (status, 413) and errors(page) == {"fichier": sentence(key)} and
                   "#fichier" in links(page), f"{title} is refused in its own words",
                   page.status, errors(page))
            tap.ok(convention.untouched() and not stored(file) and
                   page.form("/conventions/depot").fields["convention"] == chosen,
                   f"{title}: nothing is kept, and the choice stays")
        told.add(sentence(key))
    tap.same(len(told), 8, "each kind has a message of its own")
    page = origin.member.submit(origin.member.get("/conventions").form("/conventions/depot"))
    tap.ok(page.status == 422 and errors(page) == {"fichier": sentence("form-file-required")},
           "without a file it is asked for", page.status, errors(page))
    filled = papers.plain()
    filled += b"%" * (MOST - len(filled) - 7) + b"\n%%EOF\n"
    page = deposit(origin.member, filled)
    tap.ok(page.status == 200 and page.path.startswith("/conventions/depot/"),
           "a file of exactly 20 MB is looked at", page.status, errors(page))


def names():
    """The name of the file is the depositor's: shown as text, never more."""
    convention = Convention()
    name = "<b>É&amp;\".pdf"
    deposit(origin.member, papers.ink(convention.pdf), name=name)
    page = host.member.get(f"/conventions/{convention.number}")
    tap.ok("<b>É" not in page.text and "É&amp;amp;" in page.text,
           "a file's name is shown as it is, without effect",
           re.findall("« [^»]*pdf »", page.text))
    long = Convention()
    page = deposit(origin.member, papers.ink(long.pdf), name="é" * 400 + ".pdf")
    tap.ok(page.status == 200 and len(long.deposits()) == 1,
           "a name far too long does not stand in the way", page.status)


def pictures():
    convention = Convention()
    deposit(origin.member, papers.ink(convention.pdf))
    page = host.member.get(f"/conventions/{convention.number}")
    shown = {}
    for link in sorted(set(links(page))):
        match = re.fullmatch(rf"/conventions/{convention.number}/images/(\w+)/(\d)", link)
        if match:
            answer = host.member.get(link)
            tap.ok(answer.status == 200 and answer.headers.get_content_type() == "image/png" and
                   answer.body.startswith(PNG) and
                   int.from_bytes(answer.body[16:20], "big") == 900,
                   f"the picture {match[1]}/{match[2]} is a PNG, 900 pixels wide",
                   answer.status, answer.headers)
            shown[match[1], match[2]] = answer.body
    tap.same(sorted(shown), [("original", "1"), ("original", "2"), ("retour", "1"), ("retour", "2")],
             "each page is shown beside the original's")
    tap.ok(shown["original", "1"] == shown["retour", "1"] and
           shown["original", "2"] != shown["retour", "2"],
           "what was added shows on the page where it was added, and nowhere else")
    for path in ("original/3", "retour/3", "retour/999"):
        tap.same(host.member.get(f"/conventions/{convention.number}/images/{path}").status, 404,
                 f"there is no page {path}")


def pictures_of_a_long_text():
    """A host may have a text of its own, which takes more pages than the standard one."""
    wordy = schools.add("Bavard")
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as text:
        for number in range(1, 41):
            text.write(f"## Article {number} – Objet\n\n{'Le stage est une observation. ' * 12}\n\n")
        text.flush()
        site.paraphe("establishment", "text", "--uai", wordy.uai, text.name)
    convention = schools.register(origin.member, schools.placement(wordy))
    pdf = original(origin.member, convention)
    page = wordy.member.get(f"/conventions/{convention}")
    shown = [link for link in sorted(set(links(page))) if "/images/original/" in link]
    tap.ok(len(shown) > 2 and len(shown) == len(papers.Update(pdf).pages()),
           "every page of a longer convention is shown", shown)
    tap.same([wordy.member.get(link).status for link in shown], [200] * len(shown),
             "and can be looked at")


try:
    signed_digitally()
    signed_on_screen()
    not_signed()
    altered()
    another_identification()
    scans()
    nothing_to_recognise()
    refusals()
    once()
    unusable_files()
    names()
    pictures()
    pictures_of_a_long_text()
finally:
    signers.close()
tap.end()
