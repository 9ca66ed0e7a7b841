"""A store that breaks its word, in front of the real one: for faults only."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

_METHODS = {"do_GET", "do_PUT", "do_HEAD", "do_DELETE", "do_POST"}
_PASSED_ON = {"content-length", "content-type", "etag", "last-modified"}
_LISTED_SIZE = re.compile(rb"<Size>(\d+)</Size>")
LONGEST_STALL = 30.0


@dataclass
class Lies:
    """What is wrong with the store at the moment: each is a part of "METHOD /path", and what happens to it."""

    cut_bodies_of: str = ""
    """The length is told right, and half of the bytes come."""
    halve_bodies_of: str = ""
    """Half of the bytes come, and their length is what is told."""
    fail: str = ""
    reset: str = ""
    """The connection is closed without an answer."""
    stall: str = ""
    """Nothing is answered until the lie ends."""
    deny: str = ""
    """What is there is said not to be."""
    swallow: str = ""
    """A PUT is acknowledged and not kept."""
    keep_half_of: str = ""
    """A PUT is acknowledged, and half of it kept."""
    wrong_size_of: str = ""
    """HEAD and listings tell a length that is one too many."""
    wrong_etag_of: str = ""
    seen: list[str] = field(default_factory=list)
    told: int = 0
    """How many requests met a lie."""
    before: Callable[[str], None] = lambda _asked: None
    """Called with "METHOD /path" when the real store has answered and before anybody hears of it."""
    keep: Callable[[str, bytes, str], None] = lambda _path, _body, _kind: None
    """How half of a PUT is kept: path, bytes and content type."""

    def heal(self) -> None:
        """The store is as good as any again."""
        for one in fields(self):
            if one.type is str or one.type == "str":
                setattr(self, one.name, "")

    def meets(self, lie: str, asked: str) -> bool:
        """Whether this request meets that lie now."""
        part = getattr(self, lie)
        met = bool(part) and part in asked
        self.told += met
        return met


@contextmanager
def lying_store(endpoint_url: str) -> Iterator[tuple[str, Lies]]:
    """The address of a proxy to `endpoint_url`, and the lies it is told to tell."""
    server = _LyingServer(endpoint_url)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.lies
    finally:
        server.lies.heal()
        server.shutdown()
        server.server_close()
        thread.join()


class _LyingServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, endpoint_url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Proxy)
        self.endpoint_url = endpoint_url
        self.lies = Lies()
        self.pool = requests.Session()
        self.pool.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=32))

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what faults are about; nothing is printed."""


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # whose clients wait a second for "100 Continue" when it never comes
    server: _LyingServer

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name in _METHODS:
            return self.answer
        raise AttributeError(name)

    @property
    def asked(self) -> str:
        return f"{self.command} {self.path}"

    def answer(self) -> None:
        lies, asked = self.server.lies, self.asked
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        lies.seen.append(asked)
        if lies.meets("reset", asked) or self.stalled():
            self.close_connection = True
        elif lies.meets("fail", asked):
            self.reply(500, {})
        elif lies.meets("deny", asked):
            self.reply(404, {"Content-Type": "application/xml"}, b"<Error><Code>NoSuchKey</Code></Error>")
        elif self.command == "PUT" and lies.meets("swallow", asked):
            self.reply(200, {"ETag": '"made up"'})
        elif self.command == "PUT" and lies.meets("keep_half_of", asked):
            lies.keep(self.path, body[: len(body) // 2], str(self.headers.get("Content-Type")))
            self.reply(200, {"ETag": '"made up"'})
        else:
            self.pass_on(body)

    def stalled(self) -> bool:
        """Whether this request waited for an answer that did not come."""
        lies = self.server.lies
        if not lies.meets("stall", self.asked):
            return False
        waits = threading.Event()
        for _ in range(int(LONGEST_STALL / 0.05)):
            if not lies.stall or waits.wait(0.05):
                break
        return True

    def pass_on(self, body: bytes) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        url = self.server.endpoint_url + self.path
        told = self.server.pool.request(self.command, url, data=body, headers=headers, timeout=10)
        self.server.lies.before(self.asked)
        self.reply(told.status_code, told.headers, told.content)

    def reply(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        lies, asked = self.server.lies, self.asked
        told = {name.lower(): value for name, value in dict(headers).items() if name.lower() in _PASSED_ON}
        if self.command != "HEAD":
            if status == 200 and self.command == "GET" and lies.meets("halve_bodies_of", asked):
                body = body[: len(body) // 2]
            if "list-type" in self.path and lies.meets("wrong_size_of", asked):
                body = _LISTED_SIZE.sub(lambda size: b"<Size>%d</Size>" % (int(size[1]) + 1), body)
            told["content-length"] = str(len(body))
        elif lies.meets("wrong_size_of", asked):
            told["content-length"] = str(int(told.get("content-length", "0")) + 1)
        if "etag" in told and lies.meets("wrong_etag_of", asked):
            told["etag"] = '"00000000000000000000000000000000"'
        self.send(status, told, body)

    def send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in ({"content-length": str(len(body))} | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET" and self.server.lies.meets("cut_bodies_of", self.asked):
            self.close_connection = True
            body = body[: len(body) // 2]
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
