"""« Courriels »: the operator filters the outbox, looks at a message without reading it, and has what
did not arrive sent anew or given up."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import links, says, sentence, table, words  # noqa: E402
from schools import Schools, csrf  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
operator = schools.operator
host, origin = schools.add("Lycee"), schools.add("College")
placement = schools.placement(host)


class Message:
    """The e-mail of a registration, once it was sent."""

    def __init__(self):
        self.fields = schools.trainee()
        self.convention = schools.register(origin.member, placement, **self.fields)
        self.number = site.sql(f"SELECT id FROM message WHERE convention_id = {self.convention}")[0][0]
        self.comes_to("sent")

    def column(self, name):
        return site.sql(f"SELECT {name} FROM message WHERE id = {self.number}")[0][0]

    def comes_to(self, state):
        until = time.monotonic() + 20
        while self.column("state") != state and time.monotonic() < until:
            time.sleep(0.05)
        return self.column("state") == state

    def make(self, state):
        """What a mailer would have left behind."""
        late = "UTC_TIMESTAMP() + INTERVAL 1 DAY" if state == "queued" else "NULL"
        key, said = {"failed": ("mail-mailbox-full", "552 5.2.2 <plein> mailbox full"),
                     "queued": ("mail-deferred", "451 4.7.1 later")}[state]
        site.sql(f"UPDATE message SET state = '{state}', next_attempt_at = {late}, attempts = 3, "
                 f"sent_at = NULL, error_key = '{key}', last_error = '{said}' "
                 f"WHERE id = {self.number}")


def listed(tab="", search=None):
    """The page of a tab, and its rows by the message's number."""
    query = f"?q={search or schools.mark}&taille=100" + (f"&etat={tab}" if tab else "")
    page = operator.get(f"/courriels{query}")
    numbers = [link.split("/")[-1] for link in links(page)
               if link.startswith("/courriels/") and link.split("/")[-1].isdigit()]
    return page, dict(zip(numbers, table(page)[1]))


def filters(lost, late, sent):
    page, rows = listed()
    tap.same(sorted(rows), sorted([lost.number, late.number]), "what must be looked after comes first")
    tap.ok("Abandonné" in rows[lost.number][3] and sentence("mail-mailbox-full") in
           rows[lost.number][4] and "552 5.2.2 <plein> mailbox full" in rows[lost.number][4],
           "with the reason and the server's own words", rows[lost.number])
    tap.ok("Nouvel essai" in rows[late.number][3] and "essais : 3" in rows[late.number][3],
           "and the next attempt", rows[late.number])
    tap.same(list(listed("abandonnes")[1]), [lost.number], "those given up have a tab")
    tap.same(list(listed("en-attente")[1]), [late.number], "those that wait, too")
    tap.ok(sent.number in listed("envoyes")[1] and lost.number not in listed("envoyes")[1],
           "and those that arrived")
    tap.ok({lost.number, late.number, sent.number} <= set(listed("tous")[1]), "and all")
    numbers = list(listed("tous")[1])
    tap.same(numbers, sorted(numbers, key=int, reverse=True), "the newest stand first")
    page = operator.get(f"/courriels?q={schools.mark}&etat=tous&tri=date&taille=100")
    tap.ok(table(page)[1][0][0] <= table(page)[1][-1][0] and "tri=-date" not in
           " ".join(links(page)), "the order can be turned round, and back")
    for order in ("date", "-date", "destinataire", "-destinataire"):
        tap.same(operator.get(f"/courriels?etat=tous&tri={order}").status, 200, f"sorted by {order}")
    tap.ok("Aucun courriel de cet onglet n’est adressé à « personne nulle part »" in
           words(listed("tous", "personne+nulle+part")[0]), "nothing found says what to try")


def sheet(lost):
    page = operator.get(f"/courriels/{lost.number}")
    shown = words(page)
    for wanted in (origin.email, origin.name, "552 5.2.2 <plein> mailbox full",
                   sentence("mail-mailbox-full"), f"n° {lost.convention} ", "Un fichier PDF"):
        tap.ok(wanted in shown, f"a message's page tells {wanted[:40]}", shown[:600])
    tap.ok("Convention de … à signer" in shown, "and its subject", shown[:600])
    names = [lost.fields["last_name"], lost.fields["first_name"], lost.fields["guardian_name"]]
    tap.ok(not [name for name in names if name in page.text or name in listed("tous")[0].text],
           "neither it nor the list names the trainee")
    site.sql(f"UPDATE trainee SET first_name = 'Autre' WHERE last_name = '{names[0]}'")
    page = operator.get(f"/courriels/{lost.number}")
    tap.ok(not [name for name in names if name in page.text] and
           sentence("mail-convention-generated") in words(page),
           "not even where the name was corrected since")
    tap.same(operator.get("/courriels/999999999").status, 404, "an unknown message is 404")


def again(lost):
    page = operator.get(f"/courriels/{lost.number}")
    page = operator.submit(page.form(f"/courriels/{lost.number}/relancer"))
    tap.ok(says(page, "notice-mail-queued") and page.path.startswith(f"/courriels/{lost.number}"),
           "sent anew from its page, one comes back there", page.path)
    tap.ok(lost.comes_to("sent"), "and it arrives")
    tap.ok("Relancer" not in words(operator.get(f"/courriels/{lost.number}")),
           "what arrived cannot be sent anew")
    lost.make("failed")
    page = operator.post(f"/courriels/{lost.number}/relancer?etat=abandonnes&q={schools.mark}",
                         {"csrf": csrf(operator)})
    tap.ok(page.path.startswith(f"/courriels?etat=abandonnes&q={schools.mark}"),
           "from a list one comes back to the list", page.path)
    tap.ok(lost.comes_to("sent"), "and it arrives again")


def abandoned(late):
    at = f"/courriels/{late.number}"
    tap.ok(f"{at}/abandonner" in links(operator.get(at)), "what waits can be given up")
    form = operator.get(f"{at}/abandonner").form(f"{at}/abandonner")
    tap.same(late.column("state"), "queued", "not before one has said yes")
    page = operator.submit(form)
    tap.ok(says(page, "notice-mail-abandoned") and "Abandonné" in words(page) and
           late.column("state") == "failed", "then it is given up", words(page)[:300])
    tap.ok(sentence("mail-abandoned") in words(origin.member.get(f"/conventions/{late.convention}")),
           "and the school reads why")
    page = operator.submit(form)
    tap.ok(page.status == 409 and says(page, "mail-not-to-abandon"), "twice is told", page.status)
    tap.same(operator.get(f"{at}/abandonner").status, 409, "also before one says yes")
    operator.submit(operator.get(at).form(f"{at}/relancer"))
    tap.ok(late.comes_to("sent") and late.column("error_key") == "", "it can still be sent anew")


def all_at_once(messages, bystander):
    for message in messages:
        message.make("failed")
    bystander.make("queued")
    page, _ = listed("abandonnes")
    ask = next(link for link in links(page) if link.startswith("/courriels/relancer?"))
    page = operator.get(ask)
    tap.ok(f"{len(messages)} courriels seront remis en file" in words(page),
           "all of a list are asked for first", words(page)[:300])
    tap.same({message.column("state") for message in messages}, {"failed"}, "and not sent before")
    form = page.form("/courriels/relancer?")
    page = operator.submit(form)
    tap.ok(says(page, "notice-mails-queued") and all(message.comes_to("sent") for message in messages),
           "then all of them arrive")
    tap.same(bystander.column("state"), "queued", "those of no such list stay as they are")
    page = operator.submit(form)
    tap.ok(page.status == 409 and says(page, "mails-none-to-retry"), "a second time there is nothing",
           page.status)
    page = operator.post("/courriels/relancer?etat=envoyes", {"csrf": csrf(operator)})
    tap.ok(page.status == 409, "what was sent is never sent anew as a list", page.status)
    tap.same(operator.post(f"/courriels/relancer?q={schools.mark}", {"csrf": csrf(operator)}).status,
             200, "what waits can be hurried")
    tap.ok(bystander.comes_to("sent"), "and arrives")


def main():
    first, second, third = Message(), Message(), Message()
    first.make("failed")
    second.make("queued")
    filters(first, second, third)
    sheet(first)
    again(first)
    abandoned(second)
    all_at_once([first, second], third)
    for path in ("/courriels", f"/courriels/{first.number}", "/courriels/relancer",
                 f"/courriels/{first.number}/abandonner"):
        tap.same(origin.admin.get(path).status, 403, f"{path} is not for schools")
    tap.end()


main()
