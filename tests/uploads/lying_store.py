"""A store that breaks its word, in front of the real one: for faults only."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

_METHODS = {"do_GET", "do_PUT", "do_HEAD", "do_DELETE", "do_POST"}
_PASSED_ON = {"content-length", "content-type", "etag", "last-modified"}


@dataclass
class Lies:
    """What is wrong with the store at the moment: each is a part of a path, and what happens to it."""

    cut_bodies_of: str = ""
    fail: str = ""
    swallow: str = ""
    seen: list[str] = field(default_factory=list)


@contextmanager
def lying_store(endpoint_url: str) -> Iterator[tuple[str, Lies]]:
    """The address of a proxy to `endpoint_url`, and the lies it is told to tell."""
    server = _LyingServer(endpoint_url)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.lies
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _LyingServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, endpoint_url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Proxy)
        self.endpoint_url = endpoint_url
        self.lies = Lies()


class _Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # whose clients wait a second for "100 Continue" when it never comes
    server: _LyingServer

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name in _METHODS:
            return self.answer
        raise AttributeError(name)

    def answer(self) -> None:
        lies = self.server.lies
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        lies.seen.append(f"{self.command} {self.path}")
        if lies.fail and lies.fail in self.path:
            self.reply(500, {})
        elif lies.swallow and self.command == "PUT" and lies.swallow in self.path:
            self.reply(200, {"ETag": '"made up"'})
        else:
            self.pass_on(body)

    def pass_on(self, body: bytes) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() != "expect"}
        url = self.server.endpoint_url + self.path
        told = requests.request(self.command, url, data=body, headers=headers, timeout=10)
        self.reply(told.status_code, told.headers, told.content)

    def reply(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        passed_on = {name: value for name, value in dict(headers).items() if name.lower() in _PASSED_ON}
        for name, value in ({"Content-Length": str(len(body))} | passed_on).items():
            self.send_header(name, value)
        self.end_headers()
        part = self.server.lies.cut_bodies_of
        if part and self.command == "GET" and part in self.path:
            self.close_connection = True
            body = body[: len(body) // 2]
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
