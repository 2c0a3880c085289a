"""Addresses as they come: unusual ones, by HEAD, from a QR code, refused by nginx, and in the log."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import words  # noqa: E402
from schools import PASSWORD, Schools, original  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin = schools.add("Lycee"), schools.add("College")
convention = schools.register(origin.member, schools.placement(host))
client = origin.member

BEYOND = ["page=99999999999", "page=99999999999999999999999", "page=-1", "page=0", "taille=-1",
          "taille=99999999999999999999", "tri=--nom", "tri=", "onglet=autre", "depose=999999999",
          "avis=../x", "onglet=a&onglet=b", "q=%25", "q=_", "=", "&&", "inconnu=1"]


def unusual_queries():
    for query in BEYOND:
        page = client.get(f"/conventions?{query}")
        tap.ok(page.status == 200 and schools.mark in page.text,
               f"the list takes {query} for what is usual", page.status)
    for query in ("tri=%00", "q=%FF", "q=%ED%A0%80", "q=%"):
        page = client.get(f"/conventions?{query}")
        tap.ok(page.status in (200, 400) and "Référence" not in words(page),
               f"{query} is no fault of the platform", page.status)


def numbers():
    for path in (f"/conventions/{convention}/versions/{2**32 + 1}",
                 f"/conventions/{convention}/images/original/{2**32 + 1}",
                 f"/conventions/{convention}/versions/2", f"/conventions/{2**64 + convention}",
                 f"/conventions/0{convention}", f"/conventions/{convention}/"):
        tap.same(client.get(path).status, 404, f"there is no {path}")


def heads():
    for path in ("/conventions", f"/conventions/{convention}", f"/conventions/{convention}/conv",
                 "/stages", "/nulle-part", "/assets/paraphe.css"):
        whole, head = client.get(path), client.request("HEAD", path)
        tap.same((head.status, head.headers["Content-Length"], head.headers["Content-Type"],
                  head.body),
                 (whole.status, whole.headers["Content-Length"], whole.headers["Content-Type"], b""),
                 f"HEAD {path} answers as GET does, without the page")


def only_forms():
    """What changes something is no link: mail scanners and browsers open links by themselves."""
    for path in (f"/conventions/{convention}/valider", f"/conventions/{convention}/regenerer",
                 "/conventions/depot", "/deconnexion"):
        page = client.get(path)
        tap.ok(page.status == 405 and page.headers["Allow"] == "POST",
               f"GET {path} is refused, and says what is allowed", page.status)


def from_the_code():
    """What the QR code says is opened by a telephone that nobody is signed in on."""
    token = re.search(rb"PARAPHE1:([\w-]{43})", original(client, convention))[1].decode()
    stranger, telephone = site.client(), site.client()
    page = telephone.get(f"/c/{token}")
    tap.ok(page.path.startswith("/connexion?retour="), "the code asks to sign in first", page.path)
    page = telephone.submit(page.form("/connexion"),
                            {"email": client.address, "password": PASSWORD})
    tap.same(page.path, f"/conventions/{convention}", "and then leads to the convention")
    tap.same(schools.add("Autre").member.get(f"/c/{token}").status, 404,
             "a school that the convention does not concern finds nothing there")
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    tap.same(client.get(f"/c/{forged}").status, 404, "a forged code leads nowhere")
    for elsewhere in ("//ailleurs.example/", "https://ailleurs.example/", "/\\ailleurs.example"):
        page = stranger.get("/connexion?retour=" + elsewhere)
        tap.same(page.form("/connexion").fields["retour"], "/",
                 f"after the sign-in nobody is sent to {elsewhere}")


def refused_by_nginx():
    for path, status in (("/assets/rien.css", 404), ("/assets/", 403), ("/c/%00", 400),
                         ("/" + "a" * 9000, 414)):
        page = client.request("GET", path)
        tap.ok(page.status == status and "ne s’ouvre pas" in page.text,
               f"{path[:20]} is refused by nginx in French", page.status, page.text[:200])
        tap.ok('class="brand"' in page.text and "/assets/paraphe.css" in page.text,
               "on a page that looks like the others", page.text[:200])
    page = client.get("/nulle-part")
    tap.ok(page.status == 404 and "<h1>Cette page est introuvable</h1>" in page.text,
           "a page that does not exist is called so", page.status, page.text[:200])
    page = client.get("/invitation?jeton=passe")
    tap.ok(page.status == 404 and "<h1>Cette action n’est pas possible</h1>" in page.text and
           "Ce lien d’invitation n’est plus valable" in page.text,
           "an invitation that is over is no missing page", page.status, page.text[:200])


def logged():
    client.get(f"/conventions?q=SECRET+{schools.mark}")
    client.get("/stages", follow=False)
    client.request("GET", "/stages", headers={"Referer": f"{site.url}/conventions?q=AUSSI"})
    log = site.log("nginx-access")
    tap.ok('"GET /conventions HTTP' in log, "nginx logs what was asked for")
    tap.ok("SECRET" not in log and "AUSSI" not in log and schools.mark not in log,
           "but neither the words of a search nor the page before")


unusual_queries()
numbers()
heads()
only_forms()
from_the_code()
refused_by_nginx()
logged()
tap.end()
