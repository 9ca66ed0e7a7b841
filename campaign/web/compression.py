"""Pages travel compressed to people who are not signed in.

To somebody who is, they do not: a page that holds that person's CSRF token beside words from the request would give the
token away by its compressed length (BREACH). A fan's first page is the one that has to be light.
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

COMPRESSED = frozenset({"text/html", "application/json", "application/problem+json"})


def compress_public_answers(app: Flask, *, session_cookie: str) -> None:
    """Brotli or gzip for whoever sends no session cookie; assets have their compressed twins from the build."""
    app.config.setdefault("COMPRESS_REGISTER", False)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_BR_LEVEL", 4)
    app.config.setdefault("COMPRESS_MIMETYPES", sorted(COMPRESSED))
    app.config.setdefault("COMPRESS_STREAMS", False)
    compress = Compress(app)

    @app.after_request
    def _compress(response: Response) -> Response:
        if session_cookie in request.cookies or response.mimetype not in COMPRESSED:
            return response
        answer: Response = compress.after_request(response)
        answer.vary.add("Cookie")
        return answer
