#!/usr/bin/python3
"""What paraphe-inspect says on the command line: its JSON has exactly the documented shape."""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib"))
from papers import Signers, assemble, plain, run  # noqa: E402
from tap import Tap  # noqa: E402

tap = Tap()
build = os.environ.get("PARAPHE_BUILD", ".")
MEMBERS = ["file", "verdict", "convention", "evidence", "pages", "signatures", "reasons", "ms"]
OF_SIGNATURE = ["field", "subfilter", "signer", "signing_time", "digest", "integrity", "covers",
                "changes_after", "status", "indication", "chain", "issuer", "valid_from",
                "valid_until", "proven_time", "timestamp"]
MANUAL = os.path.join(os.path.dirname(__file__), "..", "..", "src", "inspect", "paraphe-inspect.1")
FORM = assemble([
    b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [ 4 0 R ] /SigFlags 3 >> >>",
    b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [ 4 0 R ] >>",
    b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (signature_origin) /Rect [60 60 260 160] "
    b"/P 3 0 R /F 4 >>"])


def inspect(*arguments):
    return subprocess.run([os.path.join(build, "paraphe-inspect"), *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def objects(done):
    return [json.loads(line) for line in done.stdout.splitlines()]



def documented():
    """The JSON schema of the manual page."""
    with open(MANUAL, encoding="utf-8") as file:
        return json.loads(re.search(r"\.Bd -literal\n(.*?)\.Ed", file.read(), re.S)[1])


schema = documented()
of_signature = schema["properties"]["signatures"]["items"]
tap.same((schema["required"], list(schema["properties"])), (MEMBERS, MEMBERS),
         "the manual's schema has the members")
tap.same((of_signature["required"], list(of_signature["properties"])), (OF_SIGNATURE, OF_SIGNATURE),
         "and those of a signature")

with tempfile.TemporaryDirectory(prefix="paraphe-json-") as folder:
    def write(name, content):
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    signers = Signers()
    original = write("original.pdf", FORM)
    signed = write("signé « 1 »\n\t\\.pdf", signers.sign(FORM, "signature_origin"))
    altered = write("altered.pdf", signers.sign(FORM, "signature_origin") + b"% more\n")
    unsigned = write("unsigned.pdf", plain())
    anchors = os.path.join(folder, "anchors")
    os.mkdir(anchors)
    write("anchors/origin.pem", run("certutil", "-L", "-d", signers.database, "-n", "origin",
                                    "-a").stdout)
    signers.close()

    done = inspect("--json", signed)
    tap.same(done.returncode, 0, "it exits with 0 where all is intact")
    found = objects(done)
    tap.same(len(found), 1, "there is a line for the file")
    tap.same(list(found[0]), MEMBERS, "the object has the documented members, in their order")
    tap.same((found[0]["file"], found[0]["verdict"], found[0]["convention"], found[0]["evidence"],
              found[0]["pages"], found[0]["reasons"]),
             (signed, "intact", None, "none", 1, []), "they say what is known of the file")
    signature = found[0]["signatures"][0]
    tap.same(list(signature), OF_SIGNATURE, "a signature has its documented members")
    tap.same((signature["field"], signature["subfilter"], signature["signer"], signature["digest"],
              signature["integrity"], signature["covers"], signature["changes_after"]),
             ("signature_origin", "adbe.pkcs7.detached", "Olivier Origine", "sha256", True, "file",
              "none"), "they say what is known of the signature")
    tap.same((signature["status"], signature["indication"], signature["chain"],
              signature["proven_time"], signature["timestamp"]),
             ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", "unknown", None, False),
             "without anchors the standard has no chain")
    tap.ok(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", signature["signing_time"] or ""),
           "the time of signing is in UTC", signature)
    tap.ok(isinstance(found[0]["ms"], float) and 0 < found[0]["ms"] < 5000, "ms is a duration",
           found[0])

    done = inspect("--json", "--original", original, signed, altered, unsigned)
    found = objects(done)
    tap.same(done.returncode, 1, "it exits with 1 where one file is not intact")
    tap.same([one["verdict"] for one in found], ["intact", "altered", "altered"],
             "there is a line for each file, in their order")
    tap.same([one["file"] for one in found], [signed, altered, unsigned], "it names the files")
    tap.same([one["evidence"] for one in found], ["prefix", "prefix", "none"],
             "a file that begins with the original's bytes is known by them")
    tap.ok(found[1]["reasons"] and all(re.match(r"inspect-[a-z-]+", reason)
                                       for reason in found[1]["reasons"]),
           "reasons are keys of sentences", found[1])

    tap.same(objects(inspect("--json", unsigned))[0]["verdict"], "unsigned",
             "without the original a file can only be unsigned")

    done = inspect("--json", "--trust", anchors, signed)
    tap.same((done.returncode, objects(done)[0]["verdict"]), (0, "intact"),
             "anchors of trust change no verdict")
    signature = objects(done)[0]["signatures"][0]
    tap.same((signature["status"], signature["indication"], signature["chain"]),
             ("TOTAL-PASSED", None, "trusted"), "a certificate that is an anchor passes")
    tap.ok(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", signature["valid_until"] or "") and
           "Olivier Origine" in signature["issuer"], "its issuer and days are said", signature)
    tap.same(inspect("--json", "--trust", os.path.join(folder, "none"), signed).returncode, 2,
             "anchors that cannot be read are an error")

    done = inspect("--json", os.path.join(folder, "none.pdf"), unsigned)
    tap.same((done.returncode, len(objects(done))), (2, 1),
             "a file that cannot be read is an error, and the others are inspected")
    tap.ok(b"none.pdf" in done.stderr, "which names the file", done.stderr)
    done = inspect("--json", folder)
    tap.ok(done.returncode == 2 and "ce n’est pas un fichier" in done.stderr.decode(),
           "so is a folder", done.stderr)
    raw = os.fsencode(folder) + b"/\xff\xfe.pdf"
    os.rename(unsigned, raw)
    tap.ok(objects(inspect(b"--json", raw))[0]["file"].endswith("/\ufffd\ufffd.pdf"),
           "a name that is no text is still JSON")

    text = inspect("--trust", anchors, signed, altered).stdout.decode()
    tap.ok("SIGNÉ, INTACT" in text and "ALTÉRÉ" in text and "1. Olivier Origine" in text,
           "without --json it says so in French", text)
    tap.ok("Valide : Certificat d’une autorité reconnue" in text and "[TOTAL-PASSED]" in text
           and "Après elle : Rien" in text,
           "it says whether the signature is valid, in French and in the standard's words", text)
    tap.ok("Ce qui ne va pas :" in text and "Des données ont été ajoutées à la fin" in text
           and "inspect-" not in text, "reasons are sentences there", text)
    tap.same(len(text.splitlines()), len([line for line in text.splitlines()
                                          if line.startswith((folder, "  "))]),
             "a name with a newline stays on its line")
    tap.same(inspect().returncode, 2, "no file is an error of usage")
    tap.same(inspect("--serve", "x", "--at-once", "0").returncode, 2, "so is a number out of range")
    tap.same(inspect("--serve", "x", signed).returncode, 2, "so is serving and a file")
    tap.same(inspect("--version").returncode, 0, "it says its version")
tap.end()
