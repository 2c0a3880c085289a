"""The waiting list of a full placement: joined, seen, left, and emptied by what becomes free."""
import os
import re
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from paraphe_site import site_of_tests  # noqa: E402
from reading import errors, plain, says, sentence, table, words  # noqa: E402
from schools import Schools, act, csrf, days, signed_in, state  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
site = site_of_tests()
schools = Schools(site)
host, origin, other = schools.add("Lycee"), schools.add("College"), schools.add("Autre")


def join(client, placement, follow=True, **changes):
    """Puts a trainee on the list; the trainee's last name, and the answer."""
    fields = schools.trainee(**changes)
    return fields["last_name"], client.post(f"/stages/{placement}/attente",
                                            {"csrf": csrf(client), **fields}, follow=follow)


def full(capacity=1, **options):
    """A placement with so many places, all taken; and the conventions."""
    placement = schools.placement(host, title="Plein", capacity=capacity, **options)
    return placement, [schools.register(origin.member, placement) for _ in range(capacity)]


def registered(placement):
    return [row[0] for row in site.sql(
        "SELECT t.last_name FROM registration r JOIN trainee t ON t.id = r.trainee_id "
        f"WHERE r.placement_id = {placement} AND r.active = 1 ORDER BY r.id")]


def waiting(placement):
    return [row[0] for row in site.sql(
        "SELECT t.last_name FROM waiting w JOIN trainee t ON t.id = w.trainee_id "
        f"WHERE w.placement_id = {placement} AND w.active = 1 ORDER BY w.id")]


def joining():
    placement, _ = full()
    page = origin.member.get(f"/stages/{placement}")
    tap.ok(f"/stages/{placement}/attente" in page.text
           and f"/stages/{placement}/inscription" not in page.text,
           "the sheet of a full placement offers to wait, not to register")
    form = origin.member.get(f"/stages/{placement}/attente").form(f"/stages/{placement}/attente")
    page = origin.member.submit(form)
    tap.ok(page.status == 422 and errors(page)["last_name"] == sentence("form-required"),
           "an empty form is refused at its fields", page.status)
    page = origin.member.submit(form, schools.trainee(birth_day="03-02-1912", class_name="é" * 51))
    tap.ok(page.status == 422 and sorted(errors(page)) == ["birth_day", "class_name"],
           "so is what no trainee has", errors(page))
    first, page = join(origin.member, placement)
    tap.ok(page.status == 200 and says(page, "notice-waiting-joined"), "a trainee waits",
           words(page)[:200])
    second, _ = join(other.member, placement)
    third, page = join(origin.member, placement)
    ranks = [(row[0], row[1].split()[0]) for row in table(page, 1)[1]]
    tap.same(ranks, [("n° 1", first.split()[0]), ("n° 3", third.split()[0])],
             "a school sees its own trainees, with their rank among all")
    tap.ok(second not in page.text and other.name not in page.text, "and nobody else's")
    seen = host.member.get(f"/stages/{placement}")
    tap.ok([row[3] for row in table(seen, 1)[1]] == [origin.name, other.name, origin.name]
           and not [name for name in (first, second, third) if name in seen.text],
           "the host sees how many wait, of which schools, and no name", table(seen, 1))
    tap.ok("Complet, 3 en attente" in words(origin.member.get(f"/stages?q={schools.mark}")),
           "the list says how many wait")
    page = origin.member.post(f"/stages/{placement}/attente", {
        "csrf": csrf(origin.member), **schools.trainee(last_name=first, first_name="Zoé C")})
    same = site.sql(f"SELECT first_name FROM trainee WHERE last_name = '{first}'")[0][0]
    page = origin.member.post(f"/stages/{placement}/attente", {
        "csrf": csrf(origin.member), **schools.trainee(last_name=first, first_name=same)})
    tap.ok(page.status == 409 and says(page, "trainee-already-waiting"), "nobody waits twice",
           page.status)


def leaving():
    placement, conventions = full()
    first, page = join(origin.member, placement)
    second, _ = join(other.member, placement)
    way = re.search(rf"/stages/{placement}/attente/(\d+)/retirer", page.text)
    entry = way[1]
    tap.same((other.member.get(way[0]).status, host.member.get(way[0]).status), (404, 404),
             "nobody else takes the trainee off")
    form = origin.member.get(way[0]).form(way[0])
    page = origin.member.submit(form)
    tap.ok(says(page, "notice-waiting-left") and waiting(placement) == [second],
           "a school takes its trainee off, after a question")
    page = origin.member.post(f"/stages/{placement}/attente/{entry}/retirer",
                              {"csrf": csrf(origin.member)})
    tap.ok(page.status == 409 and says(page, "waiting-ended"), "twice is told", page.status)
    tap.same(origin.member.get(way[0]).status, 409, "before and after the question")
    act(origin.member, conventions[0], "annuler")
    tap.same((registered(placement), waiting(placement)), ([second], []),
             "the place that becomes free is the next one's")
    tap.ok(site.wait_for_mail(lambda mail: other.email in mail["To"] and plain(
        mail["Subject"]).startswith("Place obtenue pour")
        and [part.get_content_type() for part in mail.iter_attachments()] == ["application/pdf"]),
        "whose school gets a mail with the convention")
    number = site.sql("SELECT c.id FROM convention c JOIN registration r ON r.id = "
                      f"c.registration_id WHERE r.placement_id = {placement} AND r.active = 1")[0][0]
    tap.ok("Liste d’attente" in words(other.member.get(f"/conventions/{number}")),
           "the convention's history says where it comes from")


def widening():
    placement, _ = full()
    first, _ = join(origin.member, placement)
    second, _ = join(other.member, placement)
    third, _ = join(origin.member, placement)
    form = host.member.get(f"/stages/{placement}/modifier").form(f"/stages/{placement}/modifier")
    page = host.member.submit(form, {"capacity": "3"})
    tap.ok(says(page, "notice-placement-changed-promoted")
           and registered(placement)[1:] == [first, second] and waiting(placement) == [third],
           "two places more are for the two who waited longest", registered(placement))


def ending():
    placement, conventions = full(day=days(20), closes=days(10))
    name, _ = join(other.member, placement)
    form = host.member.get(f"/stages/{placement}/annuler").form(f"/stages/{placement}/annuler")
    host.member.submit(form, {"reason": "Grève."})
    tap.same((state(site, conventions[0]), waiting(placement), registered(placement)),
             ("cancelled", [], []), "a placement cancelled promotes nobody")
    tap.ok(site.wait_for_mail(lambda mail: other.email in mail["To"] and "fin de l’attente" in
                              plain(mail["Subject"]) and "Grève." in
                              mail.get_body(("plain",)).get_content()),
           "who waited is told, with the reason")
    page = other.member.get(f"/stages/{placement}/attente")
    tap.ok(page.status in (404, 409), "nobody waits for it any more", page.status)
    open_one = schools.placement(host, title="Libre")
    page = origin.member.get(f"/stages/{open_one}/attente", follow=False)
    tap.same(page.headers["Location"], f"/stages/{open_one}/inscription",
             "where there is a place one is led to the registration")
    name, page = join(origin.member, open_one)
    tap.ok(page.path.startswith("/conventions/") and registered(open_one) == [name],
           "and who would wait gets it", page.path)


def at_once():
    """Places become free, trainees come and go, all at the same time: no place stays empty beside
    somebody who waits, and none is given twice."""
    placement, conventions = full(4)
    clients = [signed_in(site, origin.account("member"), "member") for _ in range(8)]
    for client in clients:
        csrf(client)
    for _ in range(3):
        join(origin.member, placement)
    statuses = []

    def cancel(client, convention):
        statuses.append(act(client, convention, "annuler", follow=False).status)

    def come(client):
        statuses.append(join(client, placement, follow=False)[1].status)

    threads = [threading.Thread(target=cancel, args=(client, convention))
               for client, convention in zip(clients[:4], conventions)]
    threads += [threading.Thread(target=come, args=(client,)) for client in clients[4:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tap.ok(statuses and all(status == 303 for status in statuses), "everybody is served", statuses)
    tap.same((len(registered(placement)), len(waiting(placement))), (4, 3),
             "four places are taken again, and three trainees wait")
    tap.same(len(set(registered(placement) + waiting(placement))), 7, "each of them once")


def known():
    """The form that registers and the one that puts on the list know the school's trainees alike."""
    name = f"CONNUE {schools.mark}"
    fields = schools.trainee(last_name=name, first_name="Zoé", class_name="3e Ω")
    schools.register(origin.member, schools.placement(host), **fields)
    number = site.sql(f"SELECT id FROM trainee WHERE last_name = '{name}'")[0][0]
    free, (taken, _) = schools.placement(host), full()
    for path in (f"/stages/{free}/inscription", f"/stages/{taken}/attente"):
        page = origin.member.get(f"{path}?q=zoe+connue")
        tap.ok(f'href="{path}?stagiaire={number}"' in page.text, f"{path}: who is known is found",
               words(page)[:400])
        page = origin.member.get(f"{path}?q=connue")
        form = origin.member.get(f"{path}?stagiaire={number}").form(path)
        tap.same({key: form.fields[key] for key in fields}, fields, f"{path}: and fills the form")
        page = origin.member.get(f"{path}?q=personne+de+ce+nom")
        tap.ok("Aucun élève ne correspond" in words(page), f"{path}: nobody is told as such")
        tap.ok(name not in other.member.get(f"{path}?q=connue").text and
               other.member.get(f"{path}?stagiaire={number}").status == 404,
               f"{path}: another school neither finds nor gets the trainee")
        page = origin.member.submit(form)
        tap.same(page.status, 200, f"{path}: what was filled in is taken")
    tap.same((registered(free), waiting(taken)), ([name], [name]), "and it is the same trainee")
    tap.same(site.sql(f"SELECT COUNT(*) FROM trainee WHERE last_name = '{name}'"), [["1"]],
             "not made anew")


joining()
leaving()
known()
widening()
ending()
at_once()
tap.end()
