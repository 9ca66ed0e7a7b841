"""Security headers on every answer, and how long each kind of answer may be kept."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response

from campaign.config import Settings


def content_security_policy(settings: Settings) -> str:
    """No inline script or style; photos from here, the phone's own memory and the media host; uploads to S3 only."""
    store = _origin(settings.s3_public_endpoint_url or settings.s3_endpoint_url)
    media = _origin(settings.media_url)
    rules = {
        "default-src": "'self'",
        "img-src": f"'self' data: blob: {media}",
        "connect-src": f"'self' {store}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value.strip()}" for name, value in rules.items())


def _origin(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def set_security_headers(app: Flask, settings: Settings) -> None:
    policy = content_security_policy(settings)

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        if settings.base_url.startswith("https://"):
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
