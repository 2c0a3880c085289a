#!/usr/bin/python3
"""Another's parser (Python's email package) reads what src/mail/mime.c writes."""
import email
import email.header
import email.policy
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from tap import Tap  # noqa: E402

tap = Tap()
program = os.path.join(os.environ.get("PARAPHE_BUILD", "."), "t/unit/mail_mime")
raw = subprocess.run([program, "--sample"], stdout=subprocess.PIPE, check=True).stdout
message = email.message_from_bytes(raw, policy=email.policy.default)

SUBJECT = ("Convention de Zoë ŁUKASZEWSKA-D’ARTAGNAN à signer – stage du 03-02-2027, "
           "découverte des métiers de l’électricité 𝄞 X-Intruder: yes")
TEXT = ("Déposez la convention.\n\n.\n..deux points\nFrom nobody\n  \n"
        "Une ligne très très longue, avec des espaces insécables\u00a0: et puis encore "
        "plus longue, = et = et =20, sans fin ni cesse, jusqu’au bout du monde.")

tap.same(message["Subject"], SUBJECT, "the subject is read as it was meant")
recipient = message["To"].addresses
tap.same(len(recipient), 1, "there is one recipient")
tap.same(recipient[0].addr_spec, "ce.0751234a@ac-paris.example", "the recipient's address is read")
legacy = email.message_from_bytes(raw)
tap.same(str(email.header.make_header(email.header.decode_header(legacy["To"]))),
         "Lycée « Œuvre », D’Alembert Bcc: intruder@example.org <ce.0751234a@ac-paris.example>",
         "the recipient's name is read, line ends made spaces")
tap.same(sorted(k.lower() for k in message.keys()),
         sorted(["from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version",
                 "content-type"]),
         "there is no header but ours, so none was injected")
tap.same(message["Date"].datetime.isoformat(), "2027-02-04T08:55:30+00:00", "the date is read")
tap.same(message["Auto-Submitted"], "auto-generated", "the message says that a machine wrote it")

kinds = [part.get_content_type() for part in message.walk()]
tap.same(kinds, ["multipart/mixed", "multipart/alternative", "text/plain", "text/html",
                 "application/pdf"],
         "mixed holds the alternative of text and HTML, then the attachment")
plain = message.get_body(("plain",))
tap.same(plain.get_content().replace("\r\n", "\n"), TEXT, "the text is read as it was written")
tap.same(message.get_body(("html",)).get_content().strip(), "<p>Déposez la convention.</p>",
         "the HTML is read as it was written")
attachment = list(message.iter_attachments())[0]
NAME = "Convention de Zoë ŁUKASZEWSKA-D’ARTAGNAN – stage du 03-02-2027 « électricité ».pdf"
tap.same(attachment.get_filename(), NAME, "the file name is read in full")
tap.same(attachment.get_content(), b"\x01%PDF\r\n.\xff" * 1000, "the attachment's bytes are intact")
tap.same(attachment["Content-Type"].params["name"].isascii(), True,
         "there is an ASCII name for programs that know no other")
tap.same([d for part in message.walk() for d in part.defects], [], "the parser finds no defect")
tap.same(max(map(len, raw.split(b"\r\n"))) <= 78, True, "no line is over 78 bytes")
tap.same(re.search(rb"(?<!\r)\n|\r(?!\n)", raw), None, "every line ends in CRLF")
tap.same(all(byte < 128 for byte in raw), True, "the whole message is ASCII")
tap.end()
