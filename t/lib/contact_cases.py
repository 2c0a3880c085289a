"""What t/e2e/isolation.py asks of the contacts' routes: each knows its own school's alone."""
import functools
import re

from schools import csrf  # noqa: E402


def contact_cases(case, site, schools, host, origin, signed_file):
    """The cases by route; case is the class of isolation.py."""
    @functools.cache
    def contact():
        """A contact of the host's with a person and a note, and their numbers."""
        page = host.admin.post("/contacts/nouveau", {"csrf": csrf(host.admin), "name": "Contact secret"},
                               follow=False)
        number = re.match(r"/contacts/(\d+)", page.headers["Location"])[1]
        host.admin.post(f"/contacts/{number}/personnes/nouvelle",
                        {"csrf": csrf(host.admin), "name": "Personne secrète"})
        page = host.admin.post(f"/contacts/{number}/notes", {"csrf": csrf(host.admin), "text": "Secret"})
        person = re.search(rf"/contacts/{number}/personnes/(\d+)", page.text)[1]
        note = re.search(rf"/contacts/{number}/notes/(\d+)", page.text)[1]
        return f"/contacts/{number}", f"/contacts/{number}/personnes/{person}", \
            f"/contacts/{number}/notes/{note}"

    @functools.cache
    def letter():
        """The address of a letter that the host sent to its contact."""
        number = contact()[0].rsplit("/", 1)[1]
        host.admin.post(f"/contacts/{number}/personnes/nouvelle",
                        {"csrf": csrf(host.admin), "name": "Autre secrète",
                         "email": f"secret.{schools.mark}@ecole.example"})
        form = host.admin.get(f"/contacts/ecrire?contact={number}").form("/contacts/ecrire")
        page = host.admin.submit(form, {"subject": "Objet secret", "text": "Texte secret",
                                        "etape": "envoyer"}, follow=False)
        return page.headers["Location"].split("?")[0]

    def partner():
        """The origin as a contact of the host's."""
        number = site.sql(f"SELECT id FROM contact WHERE owner_id = {host.number} AND "
                          f"partner_id = {origin.number}")[0][0]
        return f"/contacts/{number}"

    return {
        "contacts": case(lambda world: "/contacts?taille=100", foreign=200),
        "contact_new": case(lambda world: "/contacts/nouveau", foreign=200),
        "contact_create": case(lambda world: "/contacts/nouveau", lambda world: {}, foreign=422,
                               origin=422, host=422),
        "letter_write": case(lambda world: f"/contacts/ecrire?contact={contact()[0].rsplit('/', 1)[1]}",
                             origin=404),
        "letter_post": case(lambda world: "/contacts/ecrire",
                            lambda world: {"contacts": contact()[0].rsplit("/", 1)[1],
                                           "token": "A" * 22}, origin=404, host=422),
        "letter": case(lambda world: letter(), origin=404),
        "cards": case(lambda world: "/contacts/import", foreign=200),
        "cards_preview": case(lambda world: "/contacts/import", lambda world: {}, foreign=422,
                              origin=422, host=422),
        "cards_take": case(lambda world: "/contacts/import/confirmer", lambda world: {}, foreign=400,
                           origin=400, host=400),
        "cards_export": case(lambda world: "/contacts/vcard?contact=" + contact()[0].rsplit("/", 1)[1],
                             origin=404),
        "contact": case(lambda world: contact()[0], origin=404),
        "contact_edit": case(lambda world: contact()[0] + "/modifier", origin=404),
        "contact_change": case(lambda world: contact()[0] + "/modifier?version=1", lambda world: {},
                               origin=404, host=422),
        "contact_removal": case(lambda world: contact()[0] + "/supprimer", origin=404),
        "contact_remove": case(lambda world: contact()[0] + "/supprimer?version=9", lambda world: {},
                               origin=404, host=409),
        "contact_conventions": case(lambda world: partner() + "/conventions", origin=404),
        "contact_placements": case(lambda world: partner() + "/stages", origin=404),
        "person_new": case(lambda world: contact()[0] + "/personnes/nouvelle", origin=404),
        "person_add": case(lambda world: contact()[0] + "/personnes/nouvelle", lambda world: {},
                           origin=404, host=422),
        "person_edit": case(lambda world: contact()[1], origin=404),
        "person_change": case(lambda world: contact()[1] + "?version=1", lambda world: {}, origin=404,
                              host=422),
        "person_removal": case(lambda world: contact()[1] + "/supprimer", origin=404),
        "person_remove": case(lambda world: contact()[1] + "/supprimer?version=9", lambda world: {},
                              origin=404, host=409),
        "note_add": case(lambda world: contact()[0] + "/notes", lambda world: {"text": "Secret"},
                         origin=404, host=303),
        "note_removal": case(lambda world: contact()[2] + "/supprimer", origin=404),
        "note_remove": case(lambda world: f"{contact()[0]}/notes/999999999/supprimer",
                            lambda world: {}, origin=404, host=404),
    }
