"""« Options »: an admin keeps the establishment's data, its images and the conventions' text; everybody
keeps their own name and password."""
import base64
import hashlib
import os
import random
import re
import struct
import sys
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import SOURCE, errors, links, plain, says, sentence, words  # noqa: E402
from schools import (PASSWORD, Schools, csrf, days, deposit, french, original,  # noqa: E402
                     signed_in)
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")

DATA = {"name": f"Lycée Été {schools.mark}", "address": "2 place de l’Œuvre",
        "postal_code": "38100", "city": "Grenoble", "phone": "04 76 00 30 41",
        "email": f"direction.{schools.mark}@ecole.example", "head_name": f"Zoé Tête {schools.mark}",
        "head_title": "proviseure adjointe", "board_day": "14-03-2026"}
LENGTHS = {"name": 200, "address": 300, "city": 100, "head_name": 150, "head_title": 150}
MISTAKES = [  # field, what is typed, the key of the sentence
    ("postal_code", "6910", "postal-code-invalid", "a postal code of four digits"),
    ("postal_code", "6910A", "postal-code-invalid", "a postal code with a letter"),
    ("phone", "zéro quatre", "form-not-phone", "a telephone number in words"),
    ("email", "direction@nulle-part", "form-not-email", "an e-mail without a domain"),
    ("email", "a" * 300 + "@ecole.example", "form-not-email", "an e-mail too long"),
    ("board_day", "31-02-2026", "form-not-day", "a day that does not exist"),
    ("board_day", "hier", "form-not-day", "a day in words"),
    ("board_day", french(days(1)), "board-day-future", "a day to come"),
]


def png(width, height, colour=(200, 30, 40), rows=None):
    """A PNG of one colour; rows: how many of them the file really has."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    line = b"\0" + bytes(colour) * width
    pixels = line * (height if rows is None else rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))


def pages_text(pdf):
    """What a PDF says, on one line."""
    return plain(papers.run("pdftotext", "-layout", "-", "-", input=pdf).stdout.decode())


def title_of(pdf):
    return re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", pdf.decode("utf-8", "replace"),
                     re.S)[1]


def row(school):
    return site.sql("SELECT name, address, postal_code, city, phone, email, head_name, head_title, "
                    f"board_day, uai FROM establishment WHERE id = {school.number}")[0]


def revision(school):
    return int(site.sql("SELECT number FROM establishment_revision WHERE "
                        f"establishment_id = {school.number}")[0][0])


def counted(table, where):
    return int(site.sql(f"SELECT COUNT(*) FROM {table} WHERE {where}")[0][0])


def kept_files(content):
    """How many documents are exactly that."""
    return counted("document", f"sha256 = X'{hashlib.sha256(content).hexdigest()}'")


def establishment():
    page = host.admin.get("/options")
    form = page.form("/options?version=")
    tap.ok(host.uai in words(page) and host.uai not in form.fields.values(),
           "the UAI is shown, and is no field")
    tap.same([form.fields["name"], form.fields["board_day"]], [host.name, "15-01-2026"],
             "the form shows the data as they are")
    before = row(host)
    refused_data(form, before)
    old = revision(other)
    page = host.admin.submit(form, {**DATA, "uai": "0750001A", "phone": "+33 4 76 00 30 41"})
    tap.ok(page.status == 200 and says(page, "notice-establishment-changed"),
           "good data are taken, and the page says for which conventions", words(page)[:200])
    tap.same(row(host), [*list(DATA.values())[:-1], "2026-03-14", host.uai],
             "they are kept, the UAI as it was")
    tap.ok(revision(other) > old, "pages that workers keep are made anew, also other schools'")
    page = host.admin.submit(form, {**DATA, "name": "Autre nom"})
    tap.ok(page.status == 409 and says(page, "establishment-out-of-date") and
           page.form("/options?version=").fields["name"] == "Autre nom",
           "from a page that is out of date nothing is written, and what was typed is kept",
           page.status)
    tap.same(row(host)[0], DATA["name"], "the other's data stand")
    page = host.admin.submit(host.admin.get("/options").form("/options?"), {"board_day": ""})
    tap.ok(page.status == 200 and row(host)[8] == "NULL", "the day of the board may be left out")
    longest = {name: "é" * most for name, most in LENGTHS.items()}
    page = other.admin.submit(other.admin.get("/options").form("/options?"), longest)
    tap.same((page.status, row(other)[0]), (200, "é" * 200), "fields as long as they may be are taken")
    tap.same(other.admin.get("/options/apercu").status, 200, "and are drawn")


def refused_data(form, before):
    required = [name for name in DATA if name != "board_day"]
    page = host.admin.submit(form, {name: "" for name in DATA})
    tap.ok(page.status == 422 and errors(page) == {name: sentence("form-required")
                                                   for name in required},
           "all that is missing is told at once, each at its field", errors(page))
    for name, most in LENGTHS.items():
        page = host.admin.submit(form, {**DATA, name: "é" * (most + 1)})
        wanted = {name: sentence("form-too-long").replace("{most}", str(most))}
        tap.ok(page.status == 422 and errors(page) == wanted, f"{name} of {most + 1} characters is refused",
               page.status, errors(page))
    for name, typed, key, title in MISTAKES:
        page = host.admin.submit(form, {**DATA, name: typed})
        kept = page.form("/options?").fields if page.status == 422 else {}
        tap.ok(page.status == 422 and errors(page) == {name: sentence(key)} and
               f"#{name}" in links(page), f"{title} is refused at its field", page.status, errors(page))
        tap.ok(kept.get(name) == typed and kept.get("city") == DATA["city"],
               f"{title}: everything typed is kept")
    tap.same(row(host), before, "what was refused changes nothing")


def refused_image(use, content, key, title, status=422, name="image.png"):
    before = images()
    page = host.admin.post(f"/options/images/{use}", {"csrf": csrf(host.admin)},
                           {use: (name, content, "image/png")})
    tap.ok(page.status == status and errors(page) == {use: sentence(key)} and
           f"#{use}" in links(page), f"{title} is refused at its field", page.status, errors(page))
    tap.same((kept_files(content), images()), (0, before), f"{title}: nothing is kept")


def images():
    return site.sql(f"SELECT logo_id, signature_id FROM establishment WHERE id = {host.number}")[0]


def picture(client, number):
    page = client.get(f"/options/apercu/{number}")
    return page.body if page.headers.get_content_type() == "image/png" else b""


def pixels():
    """The colours of the images in force, by what they were decoded to."""
    return [site.sql("SELECT i.width, i.height, HEX(SUBSTR(p.bytes, 1, 3)) FROM establishment e "
                     f"JOIN image i ON i.id = e.{column} JOIN document_part p ON p.document_id = "
                     f"i.pixels_id AND p.number = 0 WHERE e.id = {host.number}")
            for column in ("logo_id", "signature_id")]


def the_images():
    form = host.admin.get("/options/images").form("/options/images/logo")
    page = host.admin.submit(form)
    tap.ok(page.status == 422 and errors(page) == {"logo": sentence("form-file-required")},
           "no file at all is told at its field", page.status, errors(page))
    good = png(60, 20)
    jpeg = papers.images(papers.plain())[0]
    for use in ("logo", "signature"):
        refused_image(use, papers.plain(), "inspect-not-image", f"{use}: a PDF called .png")
        refused_image(use, b'<svg xmlns="http://www.w3.org/2000/svg"/>', "inspect-not-image",
                      f"{use}: an SVG")
        refused_image(use, b"GIF89a" + bytes(60), "inspect-not-image", f"{use}: a GIF")
        refused_image(use, b"", "form-file-empty", f"{use}: an empty file")
        refused_image(use, png(30000, 30000, rows=0), "inspect-image-too-large",
                      f"{use}: a PNG that says it has 900 million pixels", 413)
        refused_image(use, good[:len(good) // 2], "inspect-not-image", f"{use}: a PNG cut in half")
        refused_image(use, jpeg[:len(jpeg) // 2], "image-damaged", f"{use}: a JPEG cut in half")
        refused_image(use, b"\x89PNG\r\n\x1a\n" + bytes(200), "inspect-not-image",
                      f"{use}: a PNG's first bytes and nothing else")
        refused_image(use, png(20, 20) + bytes(5 * 1024 * 1024), "image-file-too-large",
                      f"{use}: a file of more than 5 MB", 413)
    empty = picture(host.admin, 1)
    tap.ok(empty.startswith(b"\x89PNG"), "without images the preview has its picture")
    old = revision(host)
    page = host.admin.submit(form, files={"logo": ("logo.png", good, "image/png")})
    tap.ok(page.status == 200 and says(page, "notice-image-set"), "a PNG is taken as logo",
           words(page)[:200])
    tap.ok(revision(host) > old, "the establishment's revision is raised")
    tap.ok(kept_files(good) > 0, "the file itself is kept")
    with_logo = picture(host.admin, 1)
    tap.ok(with_logo.startswith(b"\x89PNG") and with_logo != empty,
           "and the preview's first page is another")
    page = host.admin.submit(page.form("/options/images/signature"),
                             files={"signature": ("x.jpg", jpeg, "image/jpeg")})
    tap.ok(page.status == 200 and says(page, "notice-image-set"), "a JPEG is taken as signature")
    (logo,), (signature,) = pixels()
    tap.ok(logo == ["60", "20", "C81E28"] and signature[2] == "FFFFFF",
           "both are kept as pixels", logo, signature)
    page = host.admin.submit(form, files={"logo": ("n", png(50, 50, (0, 90, 0)), "image/png")})
    tap.same(pixels()[0], [["50", "50", "005A00"]], "another logo takes the first one's place")
    drawn = host.admin.get("/options/apercu").body
    embedded = papers.Update(drawn).pdf.count(b"/Subtype /Image")
    tap.ok(embedded >= 2, "the preview carries both images", embedded)
    page = host.admin.submit(page.form("/options/images/logo/retirer"))
    page = host.admin.submit(page.form("/options/images/signature/retirer"))
    tap.ok(says(page, "notice-image-removed") and images() == ["NULL", "NULL"],
           "both can be removed")
    tap.ok("retirer" not in page.text and "Aucun logo" in words(page),
           "then nothing is offered to be removed")
    page = host.admin.post("/options/images/logo/retirer", {"csrf": csrf(host.admin)})
    tap.same(page.status, 200, "removed twice is removed")
    tap.same(picture(host.admin, 1)[:8], b"\x89PNG\r\n\x1a\n", "and the preview is drawn without them")
    tap.same(host.admin.get("/options/apercu/9").status, 404, "a page that the preview has not is 404")


def wording(client=None):
    return (client or host.admin).get("/options/convention").form("/options/convention")


def save(form, text, client=None):
    return (client or host.admin).submit(form, {"text": text})


def texts():
    return site.sql(f"SELECT id, text IS NULL FROM wording WHERE establishment_id = {host.number} "
                    "ORDER BY id")


def in_force():
    return site.sql("SELECT COALESCE(REPLACE(convention_text, '\\n', '|'), 'standard') FROM "
                    f"establishment WHERE id = {host.number}")[0][0]


REFUSED = [  # text, the key of the sentence, the line, what stands there
    ("Un.\n\nBonjour {{trainee_nam}}.", "view-no-such-name", 3, "Bonjour {{trainee_nam}}."),
    ("Bonjour {{trainee_name}.", "view-tag-open", 1, "Bonjour {{trainee_name}."),
    ("A\nB {{ }}", "view-tag-name", 2, "B {{ }}"),
    ("A\nB {{trainee name}}", "view-tag-name", 2, "B {{trainee name}}"),
    ("{{#place}}à {{place}}", "view-unclosed", 1, "{{#place}}à {{place}}"),
    ("A\n\n\n{{/place}} fin", "view-unopened", 4, "{{/place}} fin"),
    ("Z {{{place}}}", "view-two-braces", 1, "Z {{{place}}}"),
    ("{{> partial/field}}", "wording-markup", 1, "{{> partial/field}}"),
    ("{{#place}}" * 70 + "{{/place}}" * 70, "view-nested", 1, "{{#place}}{{#place}}"),
]


def refused_texts():
    form = wording()
    for address in ("", "/apercu", "/pdf"):
        form.action = "/options/convention" + address
        page = save(form, "")
        tap.ok(page.status == 422 and errors(page) == {"text": sentence("form-required")},
               f"{form.action}: an empty text is refused", page.status, errors(page))
        page = save(form, "é" * 40001)
        tap.ok(page.status == 422 and "40000 caractères au plus" in errors(page)["text"],
               f"{form.action}: a text of more than 40,000 characters is refused", page.status)
        for text, key, line, shown in REFUSED:
            page = save(form, text)
            said = errors(page).get("text", "")
            tap.ok(page.status == 422 and said.startswith(sentence(key)) and
                   f"(Ligne {line} : « {shown}" in said and "#text" in links(page),
                   f"{form.action}: {shown[:30]} is refused with its line and the reason",
                   page.status, said)
            tap.same(page.form("/options/convention").fields["text"].lstrip("\n"), text,
                     f"{form.action}: {shown[:30]} is kept as it was typed")
    for address in ("", "/pdf"):
        form.action = "/options/convention" + address
        page = save(form, "# Titre\n\n" * 3900)
        tap.ok(page.status == 422 and errors(page) == {"text": sentence("convention-too-long")},
               f"{form.action}: a text of more than 20 pages is refused", page.status, errors(page))
    tap.same((texts(), in_force()), ([], "standard"), "no refused text is kept")


def previews():
    text = "## Article unique\n\nPour **{{trainee_name}}**, à {{host_name}}.\n\n<script>x</script>"
    form = wording()
    form.action = "/options/convention/apercu"
    page = save(form, text)
    tap.ok(page.status == 200 and "<strong>Camille EXEMPLE</strong>" in page.text and
           DATA["name"] in words(page) and "qui n’est pas enregistré" in words(page),
           "the preview shows the text typed, filled with the example", words(page)[:300])
    tap.ok("<script>x" not in page.text, "raw HTML is not let through")
    tap.same(page.form("/options/convention").fields["text"].lstrip("\n"), text,
             "and the form keeps what was typed")
    form.action = "/options/convention/pdf"
    page = save(form, text)
    said = pages_text(page.body)
    tap.ok(page.headers.get_content_type() == "application/pdf" and "Camille EXEMPLE" in said and
           "Article unique" in said and DATA["name"] in said, "the same as a PDF", said[:300])
    tap.ok(title_of(page.body).startswith("Aperçu – ") and "Convention de stage – Aperçu" in said,
           "which is marked « Aperçu » in its title", title_of(page.body))
    tap.ok(b"/FT /Sig" not in page.body, "and has no field to sign in")
    again = save(form, text).body
    tokens = {re.search(rb"PARAPHE1:([\w-]{43})", pdf)[1].decode() for pdf in (page.body, again)}
    tap.same(len(tokens), 2, "each preview has an identification of its own")
    tap.same([host.admin.get(f"/c/{token}").status for token in sorted(tokens)], [404, 404],
             "that leads nowhere")
    numbers = [base64.urlsafe_b64decode(token + "=")[:16].hex() for token in tokens]
    stored = [counted("convention_original", f"public_id = X'{number}'") for number in numbers]
    tap.same((kept_files(page.body), stored), (0, [0, 0]), "nothing of it is stored")
    tap.same((texts(), in_force()), ([], "standard"), "nor the text")
    for file, title in ((page.body, "a preview"), (papers.scan(page.body), "its scan")):
        answer = deposit(host.admin, file)
        tap.ok("Aucune identification" in words(answer), f"{title} is no convention to deposit",
               answer.status, words(answer)[:300])


def wordings():
    page = host.admin.get("/options/convention")
    standard = wording().fields["text"].lstrip("\n")
    with open(os.path.join(SOURCE, "views", "convention.md"), encoding="utf-8") as file:
        tap.same(standard, file.read().rstrip("\n"), "the form begins with the standard text")
    with open(os.path.join(SOURCE, "src", "pdf", "text_view.h"), encoding="utf-8") as file:
        variables = re.findall(r"X\(S, TEXT, (\w+)\)", file.read())
    unexplained = [name for name in variables if f"<code>{{{{{name}}}}}</code>" not in page.text]
    tap.ok(variables and not unexplained, "every variable is explained", unexplained)
    tap.ok("texte-type" not in page.text, "the standard text cannot be reset to itself")
    page = save(wording(), standard)
    tap.same((page.status, texts()), (200, []), "the standard text saved as it is is no other text")

    first = wording()
    page = save(first, "## Premier\n\nTexte {{trainee_name}}.")
    tap.ok(page.status == 200 and says(page, "notice-wording-changed") and
           "## Premier" in page.form("/options/convention").fields["text"],
           "a text is taken", page.status, words(page)[:200])
    tap.same(in_force(), "## Premier||Texte {{trainee_name}}.", "and in force")
    page = save(first, "## Premier\n\nTexte {{trainee_name}}.")
    tap.same((page.status, len(texts())), (200, 1), "the same text twice is one version")
    page = save(first, "## Autre")
    tap.ok(page.status == 409 and says(page, "wording-out-of-date") and
           page.form("/options/convention").fields["text"].lstrip("\n") == "## Autre",
           "from a page that is out of date nothing is written, and what was typed is kept",
           page.status)
    page = save(wording(), "## Second\n\nTexte de {{host_name}}.")
    tap.same((page.status, len(texts())), (200, 2), "each text is a version")
    restored(page)
    reset()


def restored(page):
    number = texts()[0][0]
    tap.ok(f"/options/convention/versions/{number}" in links(page) and
           f"Admin {host.mark}" in words(page),
           "the versions are listed, with who wrote them")
    page = host.admin.get(f"/options/convention/versions/{number}")
    tap.ok("Texte Camille EXEMPLE" in words(page) and "Texte {{trainee_name}}." in page.text,
           "an earlier version is shown, filled and as it is written", words(page)[:300])
    stale = page.form(f"/options/convention/versions/{number}/reprendre")
    page = host.admin.submit(stale)
    tap.ok(says(page, "notice-wording-restored") and in_force().startswith("## Premier"),
           "and can be taken again")
    save(wording(), "## Troisième")
    page = host.admin.submit(stale)
    tap.ok(page.status == 409 and says(page, "wording-out-of-date") and
           in_force() == "## Troisième", "but not from a page that is out of date", page.status)
    site.sql(f"UPDATE wording SET text = 'Bonjour {{{{gone}}}}.' WHERE id = {number}")
    page = host.admin.get(f"/options/convention/versions/{number}")
    tap.ok(says(page, "view-no-such-name") and "Ligne 1" in words(page),
           "a text that a later release refuses says so", words(page)[:300])
    page = host.admin.submit(page.form(f"/options/convention/versions/{number}/reprendre"))
    tap.ok(page.status == 422 and in_force() == "## Troisième", "and is not taken", page.status)
    for client, who in ((other.admin, "another school's admin"), (origin.admin, "the origin's")):
        page = client.get(f"/options/convention/versions/{number}")
        tap.same(page.status, 404, f"{who} does not see it")
        page = client.post(f"/options/convention/versions/{number}/reprendre",
                           {"csrf": csrf(client), "version": "0"})
        tap.same(page.status, 404, f"{who} cannot take it")
    tap.same(host.admin.get("/options/convention/versions/999999999").status, 404,
             "a version that does not exist is 404")


def reset():
    before = len(texts())
    form = host.admin.get("/options/convention").form("/options/convention/texte-type")
    page = host.admin.submit(form, {"version": "1"})
    tap.same((page.status, in_force()), (409, "## Troisième"), "a reset names the text it saw")
    page = host.admin.submit(form)
    tap.ok(says(page, "notice-wording-reset") and in_force() == "standard",
           "the standard text can be taken again")
    tap.same([len(texts()), texts()[-1][1]], [before + 1, "1"], "which is a version too")
    page = host.admin.submit(form)
    tap.same((page.status, len(texts())), (200, before + 1), "twice is once")


def next_convention():
    """What is changed is on the next convention; what was drawn keeps its bytes."""
    placement = schools.placement(host)
    earlier = schools.register(origin.member, placement)
    kept = original(origin.member, earlier)
    save(wording(), "## Article nouveau\n\nAccueil par {{host_head}} de {{trainee_name}}.")
    host.admin.submit(host.admin.get("/options").form("/options?"),
                      {"city": "Nouvelleville", "head_name": "Nina NOUVELLE"})
    host.admin.post("/options/images/logo", {"csrf": csrf(host.admin)},
                    {"logo": ("l.png", png(80, 80), "image/png")})
    tap.same(original(origin.member, earlier), kept, "an earlier original keeps its bytes")
    fields = schools.trainee()
    later = original(origin.member, schools.register(origin.member, placement, **fields))
    said = pages_text(later)
    tap.ok("Nouvelleville" in said and "Nina NOUVELLE" in said and "Article nouveau" in said and
           f"Accueil par Nina NOUVELLE de {fields['first_name']}" in said,
           "the next convention has the new data and the new text", said[:600])
    tap.ok(b"/Subtype /Image" in later and b"/Subtype /Image" not in kept, "and the new logo")
    tap.ok("Aperçu" not in said and "Article nouveau" not in pages_text(kept),
           "and is no preview")
    page = origin.member.get(f"/stages/{placement}")
    tap.ok(DATA["name"] in words(page), "other pages show the new name")


def members():
    for client, title in ((host.member, "a member"), (schools.operator, "an operator")):
        for address in ("/options", "/options/images", "/options/apercu", "/options/apercu/1",
                        "/options/convention", "/options/convention/versions/1"):
            tap.same(client.get(address).status, 403, f"{title} is refused {address}")
        token = client.get("/options/profil").form("/deconnexion").fields["csrf"]
        for address in ("/options", "/options/images/logo", "/options/images/logo/retirer",
                        "/options/images/signature", "/options/images/signature/retirer",
                        "/options/convention", "/options/convention/apercu",
                        "/options/convention/pdf", "/options/convention/texte-type",
                        "/options/convention/versions/1/reprendre"):
            page = client.post(address, {"csrf": token, "text": "X", "version": "0"})
            tap.same(page.status, 403, f"{title} cannot post to {address}")
        page = client.get("/options/profil")
        tap.ok(page.status == 200 and "Parties des options" not in page.text and
               "/options/profil" in links(page), f"{title} finds their own account in the menu")
    tap.ok("/options" in links(host.admin.get("/conventions")), "an admin finds the options there")


def profile():
    address = host.account("member", f"Ancien {schools.mark}")
    client, elsewhere = (signed_in(site, address, "member") for _ in range(2))
    form = client.get("/options/profil").form("/options/profil")
    tap.ok(address in words(client.get("/options/profil")), "the profile says whose it is")
    page = client.submit(form, {"name": "  "})
    tap.ok(page.status == 422 and errors(page) == {"name": sentence("form-required")},
           "a name is needed", page.status, errors(page))
    page = client.submit(form, {"name": "é" * 151})
    tap.ok(page.status == 422 and list(errors(page)) == ["name"] and
           page.form("/options/profil").fields["name"] == "é" * 151, "and not a longer one", page.status)
    client.get("/conventions")
    page = client.submit(form, {"name": f"Nouveau <b> {schools.mark}"})
    tap.ok(says(page, "notice-profile-renamed"), "another name is taken", page.status)
    tap.ok(f"Nouveau <b> {schools.mark}" in words(client.get("/conventions")) and
           "Nouveau <b>" not in client.get("/conventions").text,
           "and stands on every page, as text")
    password(address, client, elsewhere)


def password(address, client, elsewhere):
    source = f"127.{random.randrange(1, 250)}.{random.randrange(1, 250)}.7"
    client.source = (source, 0)  # failures are counted against all who come from one address
    form = client.get("/options/profil").form("/options/profil/mot-de-passe")
    new = "cinq mots sans aucune suite"
    good = {"old_password": PASSWORD, "new_password": new, "new_password_again": new}
    required = sentence("form-required")
    for changes, wanted, title in (
            ({name: "" for name in good}, {name: required for name in good}, "nothing"),
            ({"new_password": "court", "new_password_again": "court"},
             {"new_password": sentence("password-too-short")}, "five characters"),
            ({"new_password": "é" * 11, "new_password_again": "é" * 11},
             {"new_password": sentence("password-too-short")}, "eleven characters, 22 bytes"),
            ({"new_password_again": new + "x"},
             {"new_password_again": sentence("password-differs")}, "two that differ"),
            ({"new_password": "x" * 1025, "new_password_again": "x" * 1025},
             {name: sentence("form-too-long").replace("{most}", "1024")
              for name in ("new_password", "new_password_again")}, "1,025 characters"),
            ({"new_password": "é" * 1000, "new_password_again": "é" * 1000},
             {"new_password": sentence("password-too-long")}, "2,000 bytes"),
            ({"old_password": "un autre mot"}, {"old_password": sentence("password-wrong")},
             "a wrong old one")):
        page = client.submit(form, {**good, **changes})
        tap.ok(page.status == 422 and errors(page) == wanted, f"password: {title} is refused",
               page.status, errors(page))
        tap.ok(new not in page.text and PASSWORD not in page.text, f"password: {title}: none is shown")
    tap.same(elsewhere.get("/conventions", follow=False).status, 200, "nobody is signed out by that")
    page = client.submit(form, good)
    tap.ok(page.status == 200 and says(page, "notice-password-changed"), "a good one is taken",
           page.status, words(page)[:300])
    tap.same(client.get("/conventions", follow=False).status, 200, "this browser stays signed in")
    tap.same(elsewhere.get("/conventions", follow=False).status, 303, "the others are signed out")
    tap.same(client.submit(form, good).status, 403, "a form of the ended session is refused")
    page = site.client(source).sign_in(address, PASSWORD)
    tap.ok(says(page, "sign-in-wrong"), "the old password no longer works")
    newcomer = site.client()
    newcomer.sign_in(address, new)
    tap.same(newcomer.get("/conventions", follow=False).status, 200, "the new one does")
    form = client.get("/options/profil").form("/options/profil/mot-de-passe")
    for _ in range(6):
        page = client.submit(form, {**good, "old_password": "essai"})
    tap.ok(page.status == 429 and errors(page) == {"old_password": sentence("sign-in-throttled")},
           "guessing the old password is throttled as signing in is", page.status, errors(page))
    tap.ok(new not in site.log("paraphed"), "no password is logged")


establishment()
the_images()
refused_texts()
previews()
wordings()
next_convention()
members()
profile()
tap.end()
