"""A FastCGI client for tests, without a web server between: one request a connection."""
import socket
import struct
import urllib.parse

BEGIN_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT = 1, 3, 4, 5, 6


def _record(kind, content):
    return struct.pack("!BBHHBx", 1, kind, 1, len(content), 0) + content


def _stream(kind, content):
    parts = [_record(kind, content[at:at + 65535]) for at in range(0, len(content), 65535)]
    return b"".join(parts) + _record(kind, b"")


def _length(number):
    return bytes([number]) if number < 128 else struct.pack("!I", number | 0x80000000)


class Answer:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        self.headers = [line.partition(": ")[::2] for line in head.decode("ascii").split("\r\n")]
        self.status = int(self.get("Status", "0")[:3])
        self.text = self.body.decode("utf-8", "replace")

    def get(self, name, otherwise=None):
        return next((v for n, v in self.headers if n.lower() == name.lower()), otherwise)


class Client:
    """Keeps cookies, as a browser does."""

    def __init__(self, path, address="192.0.2.1"):
        self.path = path
        self.address = address
        self.cookies = {}

    def send(self, method, address, headers=None, body=b"", length=None):
        """Sends a request and returns its connection, to be read by answer()."""
        parameters = {"REQUEST_METHOD": method, "REQUEST_URI": address, "REMOTE_ADDR": self.address,
                      "HTTP_HOST": "paraphe.example"}
        if self.cookies:
            parameters["HTTP_COOKIE"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        if body or length is not None:
            parameters["CONTENT_LENGTH"] = str(len(body) if length is None else length)
        parameters.update(headers or {})
        packed = b"".join(
            _length(len(n)) + _length(len(v)) + n + v
            for n, v in ((n.encode(), v.encode()) for n, v in parameters.items()))
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(30)
        connection.connect(self.path)
        try:
            connection.sendall(_record(BEGIN_REQUEST, struct.pack("!HB5x", 1, 0)) +
                               _stream(PARAMS, packed) + _stream(STDIN, body))
        except BrokenPipeError:
            pass  # answered, or dead, before all was read
        return connection

    def answer(self, connection):
        """The answer, or None where the worker died."""
        with connection, connection.makefile("rb") as stream:
            out = b""
            while True:
                head = stream.read(8)
                if len(head) < 8:
                    return None
                _, kind, _, length, padding = struct.unpack("!BBHHBx", head)
                content = stream.read(length + padding)[:length]
                if kind == STDOUT:
                    out += content
                elif kind == END_REQUEST:
                    break
        answer = Answer(out)
        for name, value in answer.headers:
            if name == "Set-Cookie":
                name, _, value = value.partition(";")[0].partition("=")
                self.cookies[name] = value
        return answer

    def get(self, address, **headers):
        return self.answer(self.send("GET", address, headers))

    def post(self, address, fields, **headers):
        headers["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
        return self.answer(self.send("POST", address, headers,
                                     urllib.parse.urlencode(fields).encode()))

    def upload(self, address, fields, name, content, **headers):
        parts = b"".join(
            f'--Grenze\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode()
            for n, v in fields.items())
        parts += (f'--Grenze\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                  "Content-Type: application/pdf\r\n\r\n").encode() + content + b"\r\n--Grenze--\r\n"
        headers["CONTENT_TYPE"] = "multipart/form-data; boundary=Grenze"
        return self.answer(self.send("POST", address, headers, parts))
