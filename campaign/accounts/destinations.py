"""Where somebody goes next: back to the page of ours that asked them to sign in, and nowhere else."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

HOME = "/"
LONGEST = 600
"""Characters, as kept: three of them fit into the cookie that remembers sign-ins under way."""
KEPT = "%/?#[]@!$&'()*+,;=:~"
"""What stands for itself in an address; anything else is percent-encoded."""


def safe_next(url: str | None) -> str:
    r"""The path if it stays on this site, else the first page.

    Browsers read `//host`, `/\host` and `/<tab>/host` as other sites, so those characters have no place here at all.
    """
    if not url or not url.startswith("/") or url.startswith("//"):
        return HOME
    if "\\" in url or not url.isprintable():
        return HOME
    parts = urlsplit(url)
    path = quote(url, safe=KEPT)
    return path if not parts.scheme and not parts.netloc and len(path) <= LONGEST else HOME
