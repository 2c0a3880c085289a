"""E-mail settings and reminders: what is set in « Options » shows in the mails that really arrive; the
daily task reminds once a step, by hand once a day, and the history says so."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import papers  # noqa: E402
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, links, plain, says, sentence, words  # noqa: E402
from schools import (Schools, act, csrf, days, deposit, history, original, state,  # noqa: E402
                     version)
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")
PAGE = "/options/courriels"
CLOSING = "Bien à vous,\nle secrétariat <du lycée> *d’accueil*"


def address(name):
    return f"{name}.{schools.mark}@ecole.example"


GOOD = {"reply_to": address("stages"), "recipients": address("cpe"), "closing": CLOSING,
        "remind": "oui", "steps": "14, 7", "remind_origin": "oui", "remind_host": "oui"}


def save(changes, form=None, client=None):
    client = client or host.admin
    return client.submit(form or client.get(PAGE).form(PAGE + "?"), {**GOOD, **changes})


def mails(wanted, to):
    """The messages with that in their subject that were delivered to that address."""
    return [mail for mail in site.mails() if wanted in mail["Subject"] and to in mail["To"]]


def arrived(wanted, to):
    return site.wait_for_mail(lambda mail: wanted in plain(mail["Subject"]) and to in mail["To"])


def age(convention):
    """As if it had been made a month ago."""
    site.sql("UPDATE convention SET created_at = created_at - INTERVAL 30 DAY WHERE id = "
             f"{convention}")


def run_task():
    site.paraphe("tasks", "run", "reminders")


def reminders(convention):
    return history(site, convention).count("remind")


def the_form():
    form = host.admin.get(PAGE).form(PAGE + "?")
    tap.ok("remind" not in form.fields and form.fields["steps"] == "14, 7, 2" and
           form.fields["remind_origin"] == "oui",
           "reminders are off to begin with, and their days proposed", form.fields)
    for changes, field, key, title in (
            ({"reply_to": "nulle part"}, "reply_to", "form-not-email", "a reply address that is none"),
            ({"recipients": "a@b.example\nDupont"}, "recipients", "recipient-invalid",
             "a recipient that is no address"),
            ({"recipients": " ".join(address(f"n{i}") for i in range(6))}, "recipients",
             "recipients-too-many", "a sixth recipient"),
            ({"steps": ""}, "steps", "reminder-days-invalid", "reminders without a day"),
            ({"steps": "7 jours"}, "steps", "reminder-days-invalid", "days in words"),
            ({"steps": "0, 91"}, "steps", "reminder-days-invalid", "days out of bounds"),
            ({"remind_origin": None, "remind_host": None}, "remind_origin", "reminder-to-nobody",
             "reminders to nobody")):
        page = save(changes, form)
        kept = page.form(PAGE + "?").fields
        tap.ok(page.status == 422 and errors(page)[field].startswith(sentence(key)) and
               f"#{field}" in links(page), f"{title}: refused at its field", page.status, errors(page))
        tap.ok(all(kept.get(name, "").lstrip("\n") == value
                   for name, value in changes.items() if value) and
               kept["closing"].lstrip("\n") == CLOSING, f"{title}: what was typed is kept", kept)
    page = save({"closing": "é" * 1001}, form)
    tap.ok(page.status == 422 and "closing" in errors(page), "closing words that are too long")
    tap.same(site.sql(f"SELECT COUNT(*) FROM correspondence WHERE establishment_id = {host.number}"),
             [["0"]], "what was refused changes nothing")
    page = save({}, form)
    tap.ok(page.status == 200 and says(page, "notice-correspondence-changed"), "good settings are kept",
           words(page)[:200])
    kept = page.form(PAGE + "?").fields
    tap.ok(kept["recipients"].strip() == GOOD["recipients"] and kept["steps"] == "14, 7" and
           kept["remind"] == "oui", "and shown", kept)
    page = save({"steps": "3"}, form)
    tap.ok(page.status == 409 and says(page, "correspondence-out-of-date") and
           page.form(PAGE + "?").fields["steps"] == "3",
           "from a page that is out of date nothing is kept but what was typed", page.status)
    tap.same(host.member.get(PAGE).status, 403, "members do not change them")
    tap.ok(GOOD["reply_to"] not in other.admin.get(PAGE).text, "each admin sees its own school's")


def a_trial():
    page = host.admin.submit(host.admin.get(PAGE).form(PAGE + "/essai"))
    tap.ok(says(page, "notice-trial-sent"), "a trial mail is sent", words(page)[:200])
    for to in (host.email, GOOD["recipients"]):
        mail = arrived("Courriel d’essai", to)
        tap.ok(mail and mail["Reply-To"] == GOOD["reply_to"], f"it arrives at {to}, with Reply-To",
               mail and mail["Reply-To"])
        text = mail.get_body(("plain",)).get_content()
        tap.ok(CLOSING in text.replace("\r\n", "\n"), "and closes as was set", text)
        tap.ok("&lt;du lycée&gt; *d’accueil*" in mail.get_body(("html",)).get_content(),
               "in HTML as it was typed")
    page = host.admin.post(PAGE + "/essai", {"csrf": csrf(host.admin)})
    tap.ok(page.status == 429 and says(page, "trial-too-soon"), "not twice in a minute", page.status)


def by_step():
    placement = schools.placement(host, day=days(5), closes=days(4))
    due, returned = (schools.register(origin.member, placement) for _ in range(2))
    fresh = schools.register(origin.member, placement)
    deposit(origin.member, papers.ink(original(origin.member, returned)))
    for convention in (due, returned):
        age(convention)
    run_task()
    tap.same([reminders(one) for one in (due, returned, fresh)], [1, 0, 0],
             "what is due is reminded of; what was returned or has just been made is not")
    mail = arrived("Rappel : convention de", origin.email)
    text = mail.get_body(("plain",)).get_content()
    tap.ok(mail["Reply-To"] == GOOD["reply_to"] and f"/conventions/{due}" in text and
           "Bien à vous" in text, "the origin gets it, in the host's manner", text)
    tap.same([part.get_content()[:5] for part in mail.iter_attachments()], [b"%PDF-"],
             "with the convention to sign")
    for to in (host.email, GOOD["recipients"]):
        tap.ok(arrived("Rappels envoyés : 1 convention à rendre", to), f"{to} gets the summary")
    for _ in range(2):
        run_task()
    tap.same((reminders(due), len(mails("Rappels envoyés", host.email))), (1, 1),
             "the task may run as often as it likes: each step is sent once")
    page = host.member.get(f"/conventions/{due}")
    tap.ok("Rappel J-7 Paraphe" in words(page), "the history shows it", words(page)[-900:])
    tap.ok("intact" in site.paraphe("verify"), "and holds")
    deposit(origin.member, papers.ink(original(origin.member, due)))
    act(host.member, due, "invalider", "Il manque une page.")
    site.sql(f"UPDATE reminder SET days = 14, sent_at = sent_at - INTERVAL 1 DAY "
             f"WHERE convention_id = {due}")
    run_task()
    tap.same((state(site, due), reminders(due)), ("pending incomplete", 2),
             "at the next step an incomplete one is reminded of")
    mail = site.wait_for_mail(lambda mail: "Rappel : convention de" in plain(mail["Subject"]) and
                              "Il manque une page." in mail.get_body(("plain",)).get_content())
    tap.ok(mail and not list(mail.iter_attachments()), "with the reason, and no original")
    off = {"remind": None, "recipients": "", "reply_to": "", "closing": ""}
    tap.ok(says(save(off), "notice-correspondence-changed"), "all can be taken back")
    site.sql(f"DELETE FROM reminder WHERE convention_id = {due}")
    run_task()
    tap.same(reminders(due), 2, "then nothing is sent any more")


def by_hand():
    convention = schools.register(origin.member, schools.placement(host))
    page = host.member.get(f"/conventions/{convention}")
    tap.ok(f"/conventions/{convention}/relancer" in page.text, "the host may send one by hand")
    tap.ok("/relancer" not in origin.member.get(f"/conventions/{convention}").text, "the origin not")
    before = version(site, convention)
    page = host.member.post(f"/conventions/{convention}/relancer", {"csrf": csrf(host.member)})
    tap.ok(page.status == 200 and says(page, "notice-reminded") and reminders(convention) == 1,
           "it is sent, and stands in the history", words(page)[:300])
    tap.same(version(site, convention), before, "pages that are open stay good")
    tap.ok("Dernier rappel le" in words(page) and
           f"/conventions/{convention}/relancer" not in page.text,
           "the page says when, and offers no other for today")
    for client in (host.member, host.admin):
        page = client.post(f"/conventions/{convention}/relancer", {"csrf": csrf(client)})
        tap.ok(page.status == 409 and says(page, "reminder-too-soon"),
               f"not a second time today, by the {client.role} either", page.status)
    tap.same(reminders(convention), 1, "and none is sent")
    deposit(origin.member, papers.ink(original(origin.member, convention)))
    page = host.member.post(f"/conventions/{convention}/relancer", {"csrf": csrf(host.member)})
    tap.ok(page.status == 409 and says(page, "reminder-pointless"), "nor of one that came back")
    tap.ok("/relancer" not in host.member.get(f"/conventions/{convention}").text,
           "for which it is not offered")


the_form()
a_trial()
by_step()
by_hand()
tap.end()
