#!/usr/bin/python3
"""TLS and logins: what is meant for a safe connection goes over none other."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from world import Tap, World  # noqa: E402

tap = Tap()
LOGIN = ["--user", "paraphe", "--password", "sésame"]


def make_certificate(world):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                    world.path("key.pem"), "-out", world.path("certificate.pem")],
                   check=True, stderr=subprocess.DEVNULL)
    return ["--certificate", world.path("certificate.pem"), "--key", world.path("key.pem")]


def attempt(world):
    number = world.enqueue()
    world.deliver([number])
    world.sql(f"UPDATE message SET state = 'sent', next_attempt_at = NULL WHERE id = {number}"
              " AND state = 'queued'")
    return world.row(number, "sent_at IS NOT NULL, error_key")


with World() as world:
    certificate = make_certificate(world)
    trusted = world.path("certificate.pem")

    world.start_smtpd(*certificate)
    world.options.update(smtp_starttls="yes")
    tap.same(attempt(world), ["0", "mail-tls-failed"],
             "a certificate that nobody vouches for is not accepted")
    world.options.update(smtp_ca_file=trusted)
    tap.same(attempt(world), ["1", ""], "STARTTLS with a certificate that is vouched for will do")
    tap.same(len(world.journal("accepted")), 1, "and only then a message is handed over")
    world.stop_smtpd()

    world.start_smtpd(*certificate, *LOGIN)
    world.options.update(smtp_user="paraphe", smtp_password="sésame")
    tap.same(attempt(world), ["1", ""], "a login is given inside TLS")
    world.options.update(smtp_password="wrong")
    tap.same(attempt(world), ["0", "mail-login-refused"], "a wrong password keeps the message")
    world.options.update(smtp_user="", smtp_password="")
    tap.same(attempt(world), ["0", "mail-login-refused"],
             "a server that wants a login we have not keeps the message")
    world.stop_smtpd()

    world.start_smtpd(*certificate, "--smtps", *LOGIN)
    world.options.update(smtp_user="paraphe", smtp_password="sésame", smtp_starttls="no")
    tap.same(attempt(world), ["1", ""], "TLS from the first byte (smtps://) will do as well")
    world.stop_smtpd()

    world.start_smtpd()
    world.options.update(smtp_user="", smtp_password="", smtp_starttls="yes")
    tap.same(attempt(world), ["0", "mail-tls-failed"],
             "a server without STARTTLS, where it is required, keeps the message")
    tap.same(world.journal("rcpt"), [], "and nothing is said in clear")
    world.stop_smtpd()
tap.end()
