"""Several conventions at once: one PDF of a copier, several files, a ZIP."""
import io
import os
import re
import sys
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import says, sentence, words  # noqa: E402
from schools import Schools, act, csrf, deposit, history, original, state  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, stranger = schools.add("Lycee"), schools.add("College"), schools.add("Voisin")
placement = schools.placement(host, capacity=500, title="Cuisine")
signers = papers.Signers()
LOT = r"/conventions/lot/(\d+)"


class Convention:
    def __init__(self, school=origin):
        self.fields = schools.trainee()
        self.number = schools.register(school.member, placement, **self.fields)
        self.pdf = original(school.member, self.number)

    @property
    def name(self):
        return f"{self.fields['last_name']} {self.fields['first_name']}"

    @property
    def state(self):
        return state(site, self.number)

    def deposits(self):
        """(finding, by hand, pages) of each deposit."""
        return [tuple(row) for row in site.sql("SELECT finding, by_hand, pages FROM deposit WHERE "
                                               f"convention_id = {self.number} ORDER BY id")]


def signed(pdf):
    """By all who sign before the host does, with a pen."""
    for field in ("signature_origin", "signature_guardian", "signature_trainee"):
        pdf = papers.ink(pdf, field)
    return pdf


def pages(*conventions, dpi=150):
    return [jpeg for convention in conventions
            for jpeg in papers.images(signed(convention.pdf), dpi)]


def blank_page():
    return papers.images(papers.plain(" "))[0]


def zipped(files, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def send(client, files, convention=""):
    """What answers to several files, (name, bytes), in the form's field."""
    return client.post("/conventions/depot", {"csrf": csrf(client), "convention": convention},
                       {"fichier": [(name, content, "application/octet-stream")
                                    for name, content in files]})


def parts(page):
    """The rows of the batch of that page."""
    number = re.fullmatch(LOT, page.path.split("?")[0])[1]
    return site.sql("SELECT id, file_name, first_page, pages, is_whole, code, COALESCE(convention_id"
                    ", 0), state, COALESCE(problem, '') FROM batch_part WHERE batch_id = "
                    f"{number} ORDER BY number")


def confirm(client, page, changes=None):
    """The one button, with what the page proposes, some of it changed; on a busy machine the page
    goes on by itself, as its script does."""
    page = client.submit(page.form(page.path.split("?")[0]), changes)
    while "data-continue" in page.text:
        page = client.submit(page.form(page.path.split("?")[0]))
    return page


def copier():
    """One PDF with thirty conventions of two pages each, as the school's copier makes it."""
    conventions = [Convention() for _ in range(30)]
    count = len(papers.images(conventions[0].pdf))
    page = deposit(origin.member, papers.bound(pages(*conventions)), name="copieur.pdf")
    rows = parts(page)
    tap.ok(page.status == 200 and "Dépôt de plusieurs conventions" in words(page),
           "one PDF of a copier leads to the page of several", page.status, words(page)[:500])
    tap.same([(int(row[6]), int(row[2]), int(row[3])) for row in rows],
             [(convention.number, 1 + count * i, count) for i, convention in enumerate(conventions)],
             "thirty conventions are thirty parts, each with its pages and its trainee")
    told = words(page)
    tap.ok("30 prêtes à déposer" in told and all(f"value=\"{convention.name} – " in page.text
                                                for convention in conventions),
           "each is proposed with its trainee")
    picture = origin.member.get(re.search(r'src="(/conventions/lot/[^"]+)"', page.text)[1])
    tap.ok(picture.status == 200 and picture.body.startswith(b"\x89PNG"),
           "and with the picture of its page")
    done = confirm(origin.member, page)
    tap.ok(all(convention.state == "pending" and
               convention.deposits() == [("scan", "1", str(count))] for convention in conventions),
           "one step deposits all of them", [convention.state for convention in conventions])
    tap.ok("30 parties déposées" in words(done) and done.path.split("?")[0] == page.path and
           not says(done, "batch-lacking"), "and the page says so", words(done)[:800])
    again = origin.member.post(page.path, {"csrf": csrf(origin.member), **page.form(page.path).fields})
    tap.ok(again.status == 200 and all(len(convention.deposits()) == 1 and history(
        site, convention.number) == ["generate", "deposit"] for convention in conventions),
        "twice in a row has no second effect")
    returned = host.member.get(f"/conventions/{conventions[7].number}/retour")
    tap.ok(returned.status == 200 and returned.body.startswith(b"%PDF-"),
           "the host downloads a convention's own pages")


def pages_without_code():
    """What nobody can tell is shown, and can be assigned, joined or set aside."""
    first, second, third = Convention(), Convention(), Convention()
    sheets = pages(first)
    strange = papers.images(papers.plain("Annexe"))[0]
    page = deposit(origin.member, papers.bound(
        [*sheets, blank_page(), strange, strange, *pages(second), strange]), name="melange.pdf")
    rows = parts(page)
    count = len(sheets)
    tap.same([(int(row[2]), int(row[3]), row[5], int(row[6])) for row in rows],
             [(1, count + 1, "ours", first.number), (count + 2, 1, "none", 0),
              (count + 3, 1, "none", 0), (count + 4, count, "ours", second.number),
              (2 * count + 4, 1, "none", 0)],
             "a blank back stays with its sheet, a page without code is a part of its own")
    tap.ok(words(page).count("Aucun code de convention n’a pu être lu") == 3,
           "the page says of each that no code was read")
    by_hand, joined, alone = rows[1][0], rows[2][0], rows[4][0]
    done = confirm(origin.member, page, {f"stagiaire-{by_hand}": f"{third.name} – nulle part"})
    tap.ok(says(done, "batch-trainee-unknown") and f"{third.name} – nulle part" in done.text and
           third.state == "not_returned",
           "who is not in the list is not found, and what was typed stays", words(done)[:1500])
    tap.same([first.state, second.state], ["pending", "pending"], "the others are deposited")
    label = re.search(rf'<option value="({re.escape(third.name)} – [^"]+)"', done.text)[1]
    done = confirm(origin.member, done, {
        f"stagiaire-{by_hand}": label, f"action-{joined}": "joindre",
        f"action-{alone}": "ecarter"})
    tap.ok(third.deposits() == [("unknown", "1", "2")],
           "two parts of one trainee are one deposit", third.deposits())
    rows = parts(done)
    tap.same([row[7] for row in rows], ["deposited"] * 4 + ["aside"],
             "what is set aside is kept")
    tap.ok("Mise de côté" in words(done) and f"action-{alone}" in done.text,
           "and stays visible")
    done = confirm(origin.member, done, {f"action-{alone}": "joindre"})
    tap.ok(says(done, "batch-nothing-to-join") and parts(done)[4][7] == "waiting",
           "what is deposited already is joined by nothing")
    fourth = Convention()
    code = site.sql("SELECT short_code FROM convention_original WHERE convention_id = "
                    f"{fourth.number}")[0][0]
    done = confirm(origin.member, done, {f"stagiaire-{alone}": code.lower(),
                                         f"action-{alone}": "deposer"})
    tap.same((fourth.state, parts(done)[4][7]), ("pending", "deposited"),
             "the code that is printed can be typed")


def several_files():
    """Digital ones keep their bytes; what cannot be deposited says why."""
    digital, scanned, plain, validated, replaced = (Convention() for _ in range(5))
    foreign = Convention(stranger)
    file = signers.sign(digital.pdf, "signature_origin")
    deposit(origin.member, papers.ink(validated.pdf))
    act(host.member, validated.number, "valider")
    site.sql("UPDATE convention_original SET replaced_at = UTC_TIMESTAMP() WHERE convention_id = "
             f"{replaced.number}")
    page = send(origin.member, [
        ("signee.pdf", file), ("photo.jpg", pages(scanned)[0]), ("vierge.pdf", plain.pdf),
        ("voisin.pdf", papers.scan(foreign.pdf)), ("validee.pdf", papers.scan(validated.pdf)),
        ("remplacee.pdf", papers.scan(replaced.pdf)), ("notes.txt", b"rien"),
        ("secret.pdf", papers.encrypt(scanned.pdf))])
    told = words(page)
    tap.same([row[5] for row in parts(page)],
             ["ours", "ours", "ours", "foreign", "ours", "replaced", "none", "none"],
             "each of several files is looked at")
    for key in ("deposit-unsigned", "batch-foreign", "convention-deposit-closed",
                "deposit-replaced", "inspect-not-pdf", "inspect-encrypted"):
        tap.ok(says(page, key), f"what is wrong is told before: {key}", told[:3000])
    tap.ok(foreign.name not in page.text and stranger.name not in page.text,
           "it is not told whose another's convention is")
    done = confirm(origin.member, page)
    tap.same([convention.state for convention in (digital, scanned, plain, foreign, validated,
                                                  replaced)],
             ["pending", "pending", "not_returned", "not_returned", "validated", "not_returned"],
             "what is ready is deposited, and nothing else")
    tap.same(digital.deposits(), [("signed", "0", digital.deposits()[0][2])],
             "a signed file goes through the recognition as ever")
    tap.ok(host.member.get(f"/conventions/{digital.number}/retour").body == file,
           "and its bytes are unchanged")
    number = parts(done)[3][0]
    label = next(re.finditer(rf'<option value="({re.escape(plain.name)} – [^"]+)"', done.text))[1]
    done = confirm(origin.member, done, {f"stagiaire-{number}": label})
    tap.ok(says(done, "deposit-foreign") and plain.state == "not_returned",
           "another establishment's is nobody's here")


def archives():
    """A ZIP is as good as its files; a bad one is refused whole."""
    first, second = Convention(), Convention()
    page = send(origin.member, [("classe.zip", zipped([
        ("3e/un.pdf", papers.scan(first.pdf)), ("3e/deux.pdf", papers.ink(second.pdf)),
        ("__MACOSX/._un.pdf", b"x"), ("3e/", b""), ("lisez-moi.txt", b"Bonjour")]))])
    tap.same([(row[1], row[5]) for row in parts(page)],
             [("un.pdf", "ours"), ("deux.pdf", "ours"), ("lisez-moi.txt", "none")],
             "the files of an archive, without what a system adds")
    done = confirm(origin.member, page)
    tap.same((first.deposits()[0][0], second.deposits()[0][0]), ("scan", "on_screen"),
             "an archive's files are deposited")
    tap.ok(says(done, "batch-lacking"), "a signature box that seems empty is told", words(done))
    for title, archive, key in (
            ("an archive that is cut short", zipped([("a.pdf", first.pdf)])[:200], "zip-damaged"),
            ("an empty archive", zipped([("a/", b"")]), "batch-empty"),
            ("too many files", zipped([(f"{i}.pdf", b"x") for i in range(101)]), "zip-too-many"),
            ("a bomb", zipped([(f"{i}.pdf", bytes(19 << 20)) for i in range(5)]), "zip-too-large")):
        page = send(origin.member, [("a.zip", archive)])
        tap.ok(says(page, key) and page.path == "/conventions/depot",
               f"{title} is refused, with the reason", page.status, words(page)[-900:])
    page = send(origin.member, [("a.zip", zipped([("large.pdf", bytes(21 << 20)),
                                                  ("bon.pdf", papers.scan(Convention().pdf))]))])
    tap.ok(says(page, "zip-file-too-large") and "1 prête" in words(page),
           "one file that is too large does not keep the others out")


def whose():
    """A batch is its account's; who may not deposit is told."""
    convention, other = Convention(), Convention()
    page = send(host.admin, [("a.pdf", papers.scan(convention.pdf)),
                             ("b.pdf", papers.scan(other.pdf))])
    tap.ok("2 prêtes à déposer" in words(page), "the host's admin may")
    tap.same([client.get(page.path).status for client in (host.member, origin.member,
                                                          stranger.admin, schools.operator)],
             [404, 404, 404, 403], "nobody else sees the batch")
    confirm(host.admin, page)
    tap.same((convention.state, other.state), ("pending", "pending"), "and they are deposited")
    convention, other = Convention(), Convention()
    page = send(host.member, [("a.pdf", papers.scan(convention.pdf)),
                              ("b.pdf", papers.scan(other.pdf))])
    tap.ok(says(page, "convention-not-yours-to-move") and "prêtes à déposer" not in words(page),
           "the host's secretary may not, and reads why", words(page)[:1500])
    confirm(host.member, page)
    tap.same((convention.state, other.state), ("not_returned", "not_returned"),
             "and deposits nothing")
    page = send(origin.member, [("a.jpg", papers.images(papers.plain("x"))[0]),
                                ("b.jpg", papers.images(papers.plain("y"))[0])],
                str(convention.number))
    tap.ok(page.text.count(f'value="{convention.name} – ') == 3,
           "a trainee who was chosen is proposed for what says nothing")
    confirm(origin.member, page)
    tap.same(convention.deposits(), [("unknown", "1", "2")], "and photos become one deposit")


def forgotten():
    page = send(origin.member, [("a.pdf", papers.plain("1")), ("b.pdf", papers.plain("2"))])
    number = re.fullmatch(LOT, page.path.split("?")[0])[1]
    documents = [row[0] for row in site.sql(
        f"SELECT document_id FROM batch_part WHERE batch_id = {number}")]
    site.sql(f"UPDATE batch SET created_at = created_at - INTERVAL 25 HOUR WHERE id = {number}")
    site.paraphe("purge")
    tap.ok(origin.member.get(page.path).status == 404 and
           site.sql(f"SELECT COUNT(*) FROM document WHERE id IN ({','.join(documents)})")[0][0]
           == "0", "a batch is forgotten after a day, with its files")
    gone = origin.member.post(page.path, {"csrf": csrf(origin.member)})
    tap.ok(gone.status == 404 and sentence("batch-gone") in words(gone),
           "and says so to who comes back")


for test in (copier, pages_without_code, several_files, archives, whose, forgotten):
    test()
signers.close()
tap.end()
