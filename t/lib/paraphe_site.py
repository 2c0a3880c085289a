"""A whole real site for end-to-end tests: conf/demo with the build of PARAPHE_BUILD.

    site = site_of_tests()              the shared one (PARAPHE_SITE), or else one of its own
    site = Site.start(directory)        one of its own, in an empty directory; site.stop() ends it
    client = site.client()              a browser without JavaScript: cookies, forms, redirects
    page = client.sign_in("admin@…", "…")
    page = client.submit(page.form("/conventions/depot"), {"convention": "0"}, {"file": (…)})
    site.paraphe("licence", "add", …)   the operator's command line
    site.sql("SELECT …")                rows of the database, as lists of strings
    site.wait_for_mail(lambda mail: "DUPONT" in mail["Subject"])

Several test files share one site, at the same time: a test makes establishments of its own.
On the command line: `paraphe_site.py start DIR [--empty]` and `paraphe_site.py stop DIR`.
"""
import atexit
import email
import email.policy
import html.parser
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DEMO = os.path.join(SOURCE, "conf", "demo")


def free_port():
    """A port of loopback on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Shell:
    """The database's client, kept open: to start one for each statement takes longer than it."""

    def __init__(self, command):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True, encoding="utf-8")
        atexit.register(self.close)

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def ask(self, statement):
        """The rows, and what it complained of; a complaint ends the client."""
        end = uuid.uuid4().hex
        rows = []
        try:
            self.process.stdin.write(f"{statement};\nSELECT '{end}';\n")
            self.process.stdin.flush()
            for line in self.process.stdout:
                if line == end + "\n":
                    return rows, ""
                rows.append(line.rstrip("\n").split("\t"))
        except BrokenPipeError:
            pass
        self.process.wait()
        self.errors.seek(0)
        return rows, self.errors.read().decode("utf-8", "replace") or "the client ended"


class Site:
    """A running site, known by the directory of its demo."""

    def __init__(self, directory):
        self.directory = os.path.abspath(directory)
        self.build = os.environ.get("PARAPHE_BUILD") or os.path.join(SOURCE, "var", "build")
        with open(os.path.join(self.directory, "ports"), encoding="ascii") as ports:
            self.port, self.smtp_port = (int(port) for port in ports.read().split())
        with open(os.path.join(self.directory, "run-directory"), encoding="utf-8") as run:
            self.run = run.read().strip()
        self.url = f"https://localhost:{self.port}"
        self.configuration = os.path.join(self.directory, "paraphe.conf")
        self.certificate = os.path.join(self.directory, "tls", "certificate.pem")
        self.lock = threading.Lock()
        self.shell = None  # of the database
        self.delivered = {}  # messages by file name: when they came, and what they say

    @classmethod
    def start(cls, directory, *options):
        """Starts a site in that directory; options are conf/demo's, e.g. "--empty"."""
        build = os.environ.get("PARAPHE_BUILD")
        chosen = [] if os.path.exists(os.path.join(directory, "ports")) else [
            "--port", str(free_port()), "--smtp-port", str(free_port())]
        done = subprocess.run([DEMO, "start", "--dir", directory, *chosen,
                               *(["--build", build] if build else []), *options],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            subprocess.run([DEMO, "reset", "--dir", directory], check=False,
                           stdout=subprocess.DEVNULL)
            raise RuntimeError("the site did not start:\n" + done.stdout)
        return cls(directory)

    def stop(self):
        subprocess.run([DEMO, "stop", "--dir", self.directory], check=True,
                       stdout=subprocess.DEVNULL)

    def remove(self):
        """Stops the site and deletes what it kept."""
        subprocess.run([DEMO, "reset", "--dir", self.directory], check=True,
                       stdout=subprocess.DEVNULL)
        shutil.rmtree(self.directory, ignore_errors=True)

    def process(self, server):
        """The process number of nginx, paraphed, smtp or mariadb."""
        with open(os.path.join(self.directory, "pid", server), encoding="ascii") as file:
            return int(file.read())

    def log(self, name):
        """What a server has logged so far: "paraphed", "nginx", "nginx-access" …"""
        path = os.path.join(self.directory, "log", name + ".log")
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def client(self, address=None):
        """A new browser; address is the one of loopback that it comes from, e.g. "127.3.2.1"."""
        return Client(self, address)

    def paraphe(self, *arguments, given="", fails=False):
        """Runs the operator's program; given is its standard input. Returns what it printed, on
        both outputs where it is to fail."""
        done = subprocess.run([os.path.join(self.build, "paraphe"), "--config", self.configuration,
                               *arguments], input=given, capture_output=True, text=True,
                              check=False)
        if (done.returncode != 0) != fails:
            raise RuntimeError(f"paraphe {' '.join(arguments)}: {done.returncode}\n{done.stderr}")
        return done.stdout + done.stderr if fails else done.stdout

    def sql(self, statement):
        """The rows of a statement; NULL reads as "NULL". For looking, and to age what is dated: what
        changes something outdates the pages that workers keep for all (src/http/cache.h)."""
        if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", statement, re.I):
            statement += "; UPDATE platform_revision SET number = number + 1 WHERE shard = 0"
        with self.lock:
            rows, complaint = self.ask(statement)
            if re.search(r"ERROR (2006|2013)\b", complaint):  # the server was started anew
                rows, complaint = self.ask(statement)
        if complaint:
            raise RuntimeError(f"{statement}: {complaint}")
        return rows

    def ask(self, statement):
        if self.shell is None or self.shell.process.poll() is not None:
            self.shell = Shell(["mariadb", "--no-defaults", "--batch", "--skip-column-names",
                                f"--socket={self.run}/db.sock", "paraphe",
                                "--default-character-set=utf8mb4", "--unbuffered"])
        return self.shell.ask(statement)

    def mails(self):
        """All messages delivered so far, oldest first."""
        new = os.path.join(self.directory, "mail", "new")
        if not os.path.isdir(new):
            return []
        with self.lock:
            for name in set(os.listdir(new)) - set(self.delivered):
                path = os.path.join(new, name)
                with open(path, "rb") as file:
                    message = email.message_from_binary_file(file, policy=email.policy.default)
                self.delivered[name] = (os.stat(path).st_mtime_ns, message)
            return [message for _, message in sorted(self.delivered.values(),
                                                     key=lambda one: one[0])]

    def wait_for_mail(self, wanted, seconds=60):
        """The first message for which wanted(message) holds; None if it does not come in time."""
        until = time.monotonic() + seconds
        while True:
            for message in self.mails():
                if wanted(message):
                    return message
            if time.monotonic() > until:
                return None
            time.sleep(0.1)


def site_of_tests():
    """The site that t/check started, or one of this test's own, removed at its end."""
    shared = os.environ.get("PARAPHE_SITE")
    if shared == "failed":
        print("Bail out! The site that tests share did not start.")
        sys.exit(1)
    if shared:
        return Site(shared)
    site = Site.start(tempfile.mkdtemp(prefix="paraphe-site-"))
    atexit.register(site.remove)
    return site


class Form:
    """A form of a page: where it goes, and the fields as the browser would send them."""

    def __init__(self, attributes):
        self.action = attributes.get("action") or ""
        self.method = (attributes.get("method") or "get").lower()
        self.identity = attributes.get("id") or ""
        self.fields = {}
        self.choices = {}  # select and radio: field → values offered
        self.files = []  # names of file fields


class Forms(html.parser.HTMLParser):
    """Reads the forms of a page."""

    def __init__(self):
        super().__init__()
        self.forms = []
        self.form = self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        attributes = {name: value if value is not None else "" for name, value in attrs}
        name = attributes.get("name")
        if tag == "form":
            self.form = Form(attributes)
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input" and name:
            self.input(name, attributes)
        elif tag == "select" and name:
            self.select = name
            self.form.choices[name] = []
        elif tag == "option" and self.select:
            value = attributes.get("value", "")
            self.form.choices[self.select].append(value)
            if "selected" in attributes or self.select not in self.form.fields:
                self.form.fields[self.select] = value
        elif tag == "textarea" and name:
            self.area = name
            self.form.fields[name] = ""

    def input(self, name, attributes):
        kind = attributes.get("type", "text").lower()
        value = attributes.get("value", "")
        if kind == "file":
            self.form.files.append(name)
        elif kind in ("radio", "checkbox"):
            self.form.choices.setdefault(name, []).append(value)
            if "checked" in attributes:
                self.form.fields[name] = value or "on"
        elif kind not in ("submit", "button", "image", "reset") and "disabled" not in attributes:
            self.form.fields[name] = value

    def handle_data(self, data):
        if self.form is not None and self.area:
            self.form.fields[self.area] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


class Page:
    """An answer."""

    def __init__(self, status, headers, body, path):
        self.status = status
        self.headers = headers  # http.client.HTTPMessage: page.headers["Location"]
        self.body = body
        self.path = path  # path and query of the address it came from
        self.text = body.decode("utf-8", "replace") if (
            headers.get_content_maintype() == "text") else ""

    @property
    def forms(self):
        reader = Forms()
        reader.feed(self.text)
        return reader.forms

    def form(self, action):
        """The form whose action begins so; KeyError if there is none."""
        for form in self.forms:
            if form.action.startswith(action) or form.identity == action:
                return form
        raise KeyError(f"no form {action} on {self.path} ({self.status})")


class Client:
    """Somebody's browser, without JavaScript."""

    def __init__(self, site, address=None):
        self.site = site
        self.source = (address, 0) if address else None
        self.cookies = {}
        self.trust = ssl.create_default_context(cafile=site.certificate)

    def request(self, method, path, body=None, headers=None):
        """One request and its answer, redirects not followed."""
        connection = http.client.HTTPSConnection("localhost", self.site.port, timeout=60,
                                                 context=self.trust, source_address=self.source)
        sent = {"Accept": "text/html", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            page = Page(answer.status, answer.headers, answer.read(), path)
        finally:
            connection.close()
        for line in page.headers.get_all("Set-Cookie") or []:
            self.keep_cookie(line)
        return page

    def keep_cookie(self, line):
        first, *attributes = [part.strip() for part in line.split(";")]
        name, _, value = first.partition("=")
        if "max-age=0" in (attribute.lower() for attribute in attributes) or not value:
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def follow(self, page):
        for _ in range(10):
            if page.status not in (301, 302, 303, 307):
                return page
            target = urllib.parse.urljoin(self.site.url + page.path, page.headers["Location"])
            parts = urllib.parse.urlsplit(target)
            page = self.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        raise RuntimeError(f"redirected in circles at {page.path}")

    def get(self, path, follow=True):
        page = self.request("GET", path)
        return self.follow(page) if follow else page

    def post(self, path, fields, files=None, follow=True, headers=None):
        """Posts fields as they are; files is {name: (file name, bytes, media type)}, or a list of
        such for a field with several."""
        headers = {"Origin": self.site.url, **(headers or {})}
        if files is None:
            body = urllib.parse.urlencode(fields).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        else:
            body, headers["Content-Type"] = multipart(fields, files)
        page = self.request("POST", path, body, headers)
        return self.follow(page) if follow else page

    def submit(self, form, changes=None, files=None, follow=True):
        """Sends a form of a page with what it holds (its CSRF token too), some of it changed; a
        change to None leaves the field out."""
        fields = {name: value for name, value in {**form.fields, **(changes or {})}.items()
                  if value is not None}
        if form.method == "get":
            query = urllib.parse.urlencode(fields)
            return self.get(f"{form.action.split('?')[0]}?{query}", follow)
        if files is None and form.files:
            files = {name: ("", b"", "application/octet-stream") for name in form.files}
        return self.post(form.action, fields, files, follow)

    def sign_in(self, address, password):
        page = self.get("/connexion")
        return self.submit(page.form("/connexion"), {"email": address, "password": password})


def multipart(fields, files):
    """A multipart/form-data body as browsers write it, and its media type."""
    boundary = "----paraphe" + uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'
                     .encode() + b"\r\n")
    for name, (file_name, content, kind) in (
            (name, file) for name, given in files.items()
            for file in (given if isinstance(given, list) else [given])):
        quoted = file_name.replace('"', "%22")
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '
                     f'filename="{quoted}"\r\nContent-Type: {kind}\r\n\r\n'.encode()
                     + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), (
        f"multipart/form-data; boundary={boundary}")


def main(arguments):
    if len(arguments) < 2 or arguments[0] not in ("start", "stop"):
        sys.exit(__doc__)
    if arguments[0] == "start":
        try:
            print(Site.start(*arguments[1:]).url)
        except RuntimeError as error:
            sys.exit(str(error))
    else:
        Site(arguments[1]).stop()


if __name__ == "__main__":
    main(sys.argv[1:])
