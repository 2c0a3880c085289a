#!/usr/bin/python3
"""What the e-mails say: each of them, as its reader gets it."""
import html.parser
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from world import Tap, World  # noqa: E402

tap = Tap()
WHO = "Zoë ŁUKASZEWSKA"
URL = "https://paraphe.example/conventions/12"
LETTERS = {
    "convention-generated": (f"Convention de {WHO} à signer",
                             "Faites signer la convention jointe"),
    "convention-deposited": (f"Convention de {WHO} à valider", "Vérifiez la convention"),
    "convention-validated": (f"Convention de {WHO} validée", "Vous n’avez plus rien à faire"),
    "convention-incomplete": (f"Convention de {WHO} incomplète", "Complétez la convention"),
    "convention-invalidated": (f"Convention de {WHO} à refaire",
                               "Faites signer la convention de nouveau"),
    "convention-regenerated": (f"Convention de {WHO} à signer de nouveau",
                               "Faites signer de nouveau la convention"),
    "convention-reissued": (f"Nouvelle convention de {WHO} à signer",
                            "Faites signer la nouvelle convention jointe"),
    "registration-cancelled": (f"Inscription de {WHO} annulée", "Vous n’avez rien à faire"),
}
WITH_REASON = {"convention-incomplete", "convention-invalidated", "convention-regenerated",
               "registration-cancelled"}


class Reader(html.parser.HTMLParser):
    """The words, elements and links of a page."""

    def __init__(self, text):
        super().__init__()
        self.words, self.links, self.elements = [], [], set()
        self.feed(text)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        if tag == "a":
            self.links.append(dict(attrs))

    def handle_data(self, data):
        self.words.append(data)


def squeezed(text):
    return " ".join(text.split())


def check(world, name, message):
    subject, first = LETTERS[name]
    text = message.get_body(("plain",)).get_content()
    page = message.get_body(("html",)).get_content()
    reader = Reader(page)
    tap.same(message["Subject"], f"{subject} – stage du 03-02-2027",
             f"{name}: the subject says who and what")
    tap.ok(text.startswith(first), f"{name}: the first line says what to do", text)
    tap.ok(not any(mark in text + page for mark in ("{{", "}}", "**", "\\")),
           f"{name}: no mark of the template is left", text)
    tap.ok(f"\n{URL}\n" in text.replace("\r\n", "\n"), f"{name}: the text has the address in clear",
           text)
    tap.same([link["href"] for link in reader.links],
             [URL, URL, "https://paraphe.example"],
             f"{name}: the page has a button, the address in clear, and the platform's")
    tap.same(sum("display:inline-block" in link["style"] for link in reader.links), 1,
             f"{name}: one button")
    tap.ok("« Métiers de l’électricité *2* »" in squeezed(text) and
           "« Métiers de l’électricité *2* »" in reader.text,
           f"{name}: a title with marks of Markdown stands as it was typed", text)
    tap.ok("mercredi 3 février 2027" in squeezed(text), f"{name}: the day is written in words")
    if name in WITH_REASON:
        tap.ok("# la signature du <responsable>" in squeezed(text.replace("> ", " "))
               and "# la signature du <responsable>" in reader.text
               and "responsable" not in reader.elements,
               f"{name}: the reason stands as it was typed", text)
    if not first.startswith(("Vérifiez", "Faites signer la nouvelle")):
        return
    tap.ok("Mme Martin (Lycée Jules-Ferry)" in squeezed(text), f"{name}: it says who acted")


with World() as world:
    world.start_smtpd()
    numbers = {name: world.enqueue(f"{name}@school.example", name) for name in LETTERS}
    world.deliver(list(numbers.values()))
    for name in LETTERS:
        [message] = world.messages(f"{name}@school.example")
        check(world, name, message)
        keep = os.environ.get("PARAPHE_KEEP_LETTERS")  # to look at them
        if keep:
            for kind in ("plain", "html"):
                with open(os.path.join(keep, f"{name}.{kind}"), "w", encoding="utf-8") as file:
                    file.write(message.get_body((kind,)).get_content())
tap.end()
