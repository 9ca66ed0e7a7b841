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


def serve_assets(app: Flask) -> None:
    """Offer `asset(name)` to templates and serve the files, compressed where the build made compressed twins."""
    if not MANIFEST.is_file():
        raise AssetsMissing("The browser's assets are not built yet: run `make assets`.")
    names: dict[str, str] = json.loads(MANIFEST.read_text())
    app.jinja_env.globals["asset"] = lambda name: f"/static/dist/{names[name]}"
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's documented way to wrap
        app.wsgi_app, root=STATIC, prefix="static/", max_age=0, immutable_file_test=_is_hashed
    )


def _is_hashed(_path: str, url: str) -> bool:
    """Everything under dist/ but the manifest carries a hash of its bytes in its name."""
    return url.startswith("/static/dist/") and not url.endswith("manifest.json")
