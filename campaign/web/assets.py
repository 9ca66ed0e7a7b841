"""The browser's assets: built once, served with names that change with their bytes, kept for a year."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

STATIC = Path(__file__).parent / "static"
MANIFEST = STATIC / "dist" / "manifest.json"


class AssetsMissing(Exception):
    """The assets were never built."""


def serve_assets(app: Flask, *, live: bool = False) -> None:
    """Offer `asset(name)` to templates and serve the files, compressed where the build made compressed twins.

    `live` notices a new build while the application runs, for those who work on it.
    """
    if not MANIFEST.is_file():
        raise AssetsMissing("The browser's assets are not built yet: run `make assets`.")
    built = _names()
    app.jinja_env.globals["asset"] = lambda name: f"/static/dist/{(_names() if live else built)[name]}"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's documented way to wrap
        app.wsgi_app, root=STATIC, prefix="static/", max_age=0, autorefresh=live, immutable_file_test=_is_hashed
    )


def _names() -> dict[str, str]:
    names: dict[str, str] = json.loads(MANIFEST.read_text())
    return names


def _is_hashed(_path: str, url: str) -> bool:
    """Everything under dist/ but the manifest carries a hash of its bytes in its name."""
    return url.startswith("/static/dist/") and not url.endswith("manifest.json")
