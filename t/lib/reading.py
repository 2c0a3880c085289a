"""Reads a page as somebody at the screen does: its words, its links, its tables, its sentences."""
import functools
import html.parser
import os
import re

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def plain(text):
    """On one line, with ordinary spaces for the non-breaking ones."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()


@functools.cache
def sentences():
    """The sentences of views/errors.txt by key."""
    found = {}
    with open(os.path.join(SOURCE, "views", "errors.txt"), encoding="utf-8") as file:
        for line in file:
            key, equals, text = line.partition(" = ")
            if equals and not line.startswith("#"):
                found[key.strip()] = plain(text)
    return found


def sentence(key):
    """What people read for that key; KeyError where nothing is written for it."""
    return sentences()[key]


class Reader(html.parser.HTMLParser):
    """The visible text, the addresses, the tables, and what each field's error says."""

    HIDDEN = {"title", "script", "style", "option"}

    def __init__(self):
        super().__init__()
        self.said = []
        self.links = []
        self.tables = []
        self.errors = {}
        self.open = []
        self.cell = self.error = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.open.append(tag)
        for name in ("href", "src", "action", "formaction"):
            if attributes.get(name):
                self.links.append((tag, attributes[name]))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td") and self.tables and self.tables[-1]:
            self.cell = []
        elif attributes.get("id", "").endswith("-error"):
            self.error = attributes["id"].removesuffix("-error")
            self.errors[self.error] = ""
        if tag in ("br", "p", "li", "dt", "dd", "div", "td", "th", "h1", "h2", "h3", "tr"):
            self.said.append(" ")

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass
        if tag in ("th", "td") and self.cell is not None:
            self.tables[-1][-1].append(plain("".join(self.cell)))
            self.cell = None
        elif tag == "p":
            self.error = None

    def handle_data(self, data):
        if self.open and self.open[-1] in self.HIDDEN:
            return
        self.said.append(data)
        if self.cell is not None:
            self.cell.append(data)
        if self.error is not None:
            self.errors[self.error] = plain(self.errors[self.error] + data)


def read(page):
    reader = Reader()
    reader.feed(page.text)
    return reader


def words(page):
    """The visible text on one line."""
    return plain("".join(read(page).said))


def says(page, key):
    """Whether the sentence of that key stands on the page."""
    return sentence(key) in words(page)


def links(page):
    """The addresses of a page that a browser can open by GET, in order."""
    return [address for tag, address in read(page).links if tag in ("a", "img", "link", "script")]


def table(page, number=0):
    """Heading cells and rows of cells of a table; both empty where there is none."""
    tables = read(page).tables
    return (tables[number][0], tables[number][1:]) if len(tables) > number else ([], [])


def errors(page):
    """What stands at each field: field → sentence."""
    return read(page).errors
