#!/usr/bin/python3
"""The schools of a browser's test and what happens to their papers, for t/lib/world.mjs.

Reads one call a line, {"call": name, "with": {…}}, and answers {"result": …} or {"error": …}.
Files go both ways in base64. The functions named Clerk.call_… are the calls.
"""
import base64
import json
import os
import re
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import papers  # noqa: E402
import schools  # noqa: E402
from paraphe_site import Site  # noqa: E402
from reading import plain  # noqa: E402


def packed(content):
    return base64.b64encode(content).decode()


def unpacked(text):
    return base64.b64decode(text)


def text_of(mail, kind):
    part = mail.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""


class Clerk:
    def __init__(self, directory):
        self.site = Site(directory)
        self.schools = schools.Schools(self.site)
        self.known = {}
        self.signers = None

    def call_school(self, name, title=None, ends=None):
        """A new school, known by that name; title is what it is called on screen."""
        school = schools.School(self.schools, name, ends or str(schools.days(300)), title)
        self.known[name] = school
        return {"name": school.name, "email": school.email, "uai": school.uai}

    def call_account(self, role, school=None, name=None):
        """The address of a new account; its password is schools.PASSWORD."""
        if role == "operator":
            return self.schools.operator.address
        return self.known[school].account(role, name)

    def call_placement(self, school, **options):
        """A new placement's number."""
        days = {key: schools.days(options.pop(key)) for key in ("day", "closes") if key in options}
        return self.schools.placement(self.known[school], **days, **options)

    def call_register(self, school, placement, **changes):
        """Registers a trainee as that school's secretary; the number of the convention."""
        return self.schools.register(self.known[school].member, placement, **changes)

    def call_original(self, school, convention):
        return packed(schools.original(self.known[school].member, convention))

    def call_deposit(self, school, pdf, convention=""):
        """Deposits as that school's secretary; the path one is led to."""
        page = schools.deposit(self.known[school].member, unpacked(pdf), str(convention))
        if page.status != 200:
            raise RuntimeError(f"the deposit was not taken ({page.status})")
        return page.path

    def call_act(self, school, convention, event, reason=None):
        """A move by that school's admin: valider, invalider, regenerer, annuler."""
        page = schools.act(self.known[school].admin, convention, event, reason)
        if page.status != 200:
            raise RuntimeError(f"{event} was not taken ({page.status})")

    def call_paper(self, how, pdf=None, **options):
        """What papers.py makes of a file: sign (fields), ink, scan, overwrite, plain …"""
        if how != "sign":
            return packed(getattr(papers, how)(*([unpacked(pdf)] if pdf else []), **options))
        self.signers = self.signers or papers.Signers()
        content = unpacked(pdf)
        for field in options["fields"]:
            content = self.signers.sign(content, field)
        return packed(content)

    def call_mail(self, to, subject, count=1):
        """The newest message to that address whose subject is that, once there are so many."""
        found = []

        def wanted(mail):
            return to in mail["To"] and plain(mail["Subject"]) == plain(subject)

        if not self.site.wait_for_mail(lambda mail: wanted(mail)
                                       and len(self.matching(wanted)) >= count):
            return None
        found = self.matching(wanted)
        return {"subject": found[-1]["Subject"], "count": len(found),
                "text": text_of(found[-1], "plain"), "html": text_of(found[-1], "html"),
                "files": [packed(part.get_content()) for part in found[-1].iter_attachments()]}

    def matching(self, wanted):
        return [mail for mail in self.site.mails() if wanted(mail)]

    def call_sql(self, statement):
        return self.site.sql(statement)

    def close(self):
        if self.signers:
            self.signers.close()


def main(directory):
    clerk = Clerk(directory)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"result": getattr(clerk, "call_" + asked["call"])(**asked["with"])}
        except Exception:  # the test that called says what it wanted and did not get
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
    clerk.close()


if __name__ == "__main__":
    main(sys.argv[1])
