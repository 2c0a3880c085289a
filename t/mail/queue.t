#!/usr/bin/python3
"""`paraphe mail-queue`: what the operator sees of the outbox, and does about it."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from world import BUILD, Tap, World  # noqa: E402

tap = Tap()


def paraphe(world, *arguments):
    """The exit status, and all that was said, non-breaking spaces as spaces."""
    done = subprocess.run([os.path.join(BUILD, "paraphe"), "mail-queue", "--config",
                           world.config(), *arguments], encoding="utf-8",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout.replace("\u00a0", " ")


def says(world, arguments, status, words, title):
    got, said = paraphe(world, *arguments)
    tap.ok(got == status and all(part in said for part in words), title, got, said)


with World() as world:
    world.start_smtpd()
    says(world, [], 0, ["Aucun message n’est en difficulté."], "an empty outbox has no trouble")
    sent, refused, waiting = [world.enqueue(f"{to}@school.example")
                              for to in ("plain", "refuse", "grey")]
    world.options["mail_operator"] = ""
    world.deliver([sent, refused, waiting])
    tap.same(world.sql("SELECT COUNT(*) FROM message WHERE name = 'mail-given-up'"), [["0"]],
             "where no operator is set, no notice is written")
    says(world, [], 0,
         ["« envoyé » : 1", "« non remis » : 1", "« en attente » : 1",
          f"n° {refused}  non remis  Convention à signer  à refuse@school.example",
          "ne connaît pas l’adresse du destinataire", "réponse : RCPT: 550 5.1.1",
          f"n° {waiting}  en attente", "prochaine tentative le", "a demandé de revenir plus tard"],
         "the list tells the lost and the delayed, why, and in whose words")
    tap.ok(f"n° {sent} " not in paraphe(world)[1], "what was sent is only counted")
    says(world, ["--retry", str(refused)], 0, [f"n° {refused} est remis en file"],
         "a lost message is put back")
    tap.same(world.row(refused, "state, attempts"), ["queued", "0"], "as a new one")
    world.sql(f"UPDATE message SET to_address = 'right@school.example' WHERE id = {refused}")
    world.deliver([refused])
    tap.same(len(world.messages("right@school.example")), 1, "and goes once its cause is mended")
    says(world, ["--retry", str(sent)], 1, ["Ce message n’existe pas"],
         "what was sent is not sent again")
    says(world, ["--retry", "12x"], 2, ["n’est pas un numéro"], "a number must be one")
    says(world, ["--again", "1"], 2, ["--retry"], "an unknown option names the known one")
tap.end()
