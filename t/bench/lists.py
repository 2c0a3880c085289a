"""The part `lists` of t/bench/run: every list where there are 100,000 conventions (many.sql).

Each page is asked for as the host's, the origin's or an operator's people see it, with 50 rows:

    kept    the same address again and again, as the yardstick answers it: bare libfcgi sending the
            same bytes
    fresh   at addresses never asked before, so that nothing rendered earlier can serve
    alone   one such request after the other, in milliseconds
    worst   the slowest of what can be asked of the list: each column, rising and falling, the last
            page, a search that finds much, little, or nothing
"""
import http.client
import html
import os
import re
import ssl
import statistics
import time

import papers

TURNS = 3  # of a second each, bare and ours in turn; the first is for warming up
SECONDS = 2
ALONE = 7  # requests
WANTED = ("zoe", "nom4242", "introuvable")
# Larger than the demo's, as the README's database server has it.
BUFFER_POOL = 256 * 1024 * 1024

HOST = ("/", "/suivi", "/suivi?liste=a-valider", "/calendrier?mois={month}",
        "/stages",
        "/stagiaires", "/conventions", "/conventions?onglet=en-attente",
        "/conventions?onglet=validees", "/contacts", "/contacts/{contact}/conventions",
        "/contacts/{contact}/stages")
ORIGIN = HOST + ("/suivi/courriels", "/stages/{placement}", "/stages/{placement}/groupe?classe=3e+A")
OPERATOR = ("/", "/etablissements", "/etablissements?licence=terminee", "/comptes", "/courriels",
            "/courriels?etat=tous", "/historique")


def load(site, host, origin):
    """Fills the database; some seconds."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "many.sql")
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"^--.*\n", "", file.read(), flags=re.M)
    site.sql(f"SET GLOBAL innodb_buffer_pool_size = {BUFFER_POOL}")
    for statement in text.replace(":host", host).replace(":origin", origin).split(";"):
        if statement.strip():
            site.sql(statement.strip())


def numbers(site, side, other, school):
    """What {contact} and {placement} stand for: those with the most to show."""
    contact = site.sql(
        f"SELECT k.id FROM contact k JOIN convention c ON c.{side}_id = k.owner_id "
        f"AND c.{other}_id = k.partner_id WHERE k.owner_id = {school} GROUP BY k.id "
        "ORDER BY COUNT(*) DESC LIMIT 1")[0][0]
    placement = site.sql(
        f"SELECT r.placement_id FROM registration r JOIN convention c ON c.registration_id = r.id "
        f"WHERE c.{side}_id = {school} GROUP BY r.placement_id ORDER BY COUNT(*) DESC LIMIT 1")
    month = time.strftime("%Y-%m", time.localtime(time.time() + 60 * 86400))
    return {"contact": contact, "placement": placement[0][0], "month": month}


class Asker:
    """One connection of one account, as a browser keeps it."""

    def __init__(self, site, cookie):
        self.cookie = cookie
        self.connection = http.client.HTTPSConnection(
            "localhost", site.port,
            context=ssl.create_default_context(cafile=site.certificate))

    def get(self, path):
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        taken = (time.perf_counter() - start) * 1000
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return taken, body

    def leave(self):
        """The next request opens the connection anew: nginx ends those that are idle."""
        self.connection.close()


def unseen(path, number):
    """The page at an address that nobody has asked for."""
    return f"{path}{'&' if '?' in path else '?'}fois={time.time_ns()}-{number}"


def variants(path, text):
    """Other orders, the last page of each, and searches, by the page's own links."""
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', text)]
    here = path.split("?")[0]
    last = max((int(number) for link in links if link.split("?")[0] == here
                for number in re.findall(r"[?&]page=(\d+)", link)), default=1)
    orders = [path, *sorted({link for link in links
                             if link.split("?")[0] == here and "tri=" in link})]
    orders += [order.replace("tri=", "tri=-") for order in orders if "tri=-" not in order]
    found = list(dict.fromkeys(orders))
    if last > 1:
        found += [f"{order}{'&' if '?' in order else '?'}page={last}" for order in found]
    if 'name="q"' in text:
        found += [f"{path}{'&' if '?' in path else '?'}q={wanted}" for wanted in WANTED]
    return found


def measure(bench, who, cookie, path):
    asker = Asker(bench.site, cookie)
    body = asker.get(path)[1]
    asker.leave()
    file = os.path.join(bench.site.directory, "list.html")
    papers.write(file, body)
    bench.bare("page", file, "list")
    turns = [(bench.wrk("/bare-list", asker.cookie, 1), bench.wrk(path, asker.cookie, 1))
             for _ in range(TURNS + 1)][1:]
    ratio, bare, kept = sorted((ours / theirs, theirs, ours) for theirs, ours in turns)[TURNS // 2]
    fresh = bench.fresh(path, asker.cookie, SECONDS)
    alone = statistics.median(asker.get(unseen(path, number))[0] for number in range(ALONE))
    text = body.decode()
    worst = max((min(asker.get(unseen(other, number))[0] for number in range(2)), other)
                for other in variants(path, text))
    print(f"{who:8} {path:38} {len(body):7} {text.count('<tr') - 1:5} {bare:7.0f} {kept:7.0f} "
          f"{ratio:5.2f} {fresh:7.0f} {fresh / bare:5.2f} {alone:7.1f} {worst[0]:7.1f} "
          f"{worst[1]}", flush=True)
    return ratio


def run(bench, clients):
    """clients: who → ((client, cookie), side of conventions, the other side, school's id)."""
    print(f"{'lists':8} {'':38} {'bytes':>7} {'rows':>5} {'bare':>7} {'kept':>7} {'ratio':>5} "
          f"{'fresh':>7} {'ratio':>5} {'alone':>7} {'worst':>7}   (req/s; ms; aim: kept / bare at "
          "least 0.40)")
    ratios = []
    for who, ((_, cookie), side, other, school) in clients.items():
        pages = {"host": HOST, "origin": ORIGIN, "operator": OPERATOR}[who]
        values = numbers(bench.site, side, other, school) if school else {}
        ratios += [measure(bench, who, cookie, path.format(**values)) for path in pages]
    print(f"lists     the least of {len(ratios)} ratios: {min(ratios):.2f}")
