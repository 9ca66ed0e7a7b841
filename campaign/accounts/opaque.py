"""Random words that open something. Whoever holds one gets in, so our rows keep only its SHA-256."""

from __future__ import annotations

import secrets
from hashlib import sha256

RANDOM_BYTES = 32


def new_secret(prefix: str = "") -> tuple[str, bytes]:
    """A fresh secret with 256 random bits, and the 32 bytes by which its row is found."""
    secret = prefix + secrets.token_urlsafe(RANDOM_BYTES)
    return secret, fingerprint(secret)


def fingerprint(secret: str) -> bytes:
    """The SHA-256 of a secret, whatever characters somebody sent."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
