"""The secret of a mailed link: made from the invitation and the installation's own key, and kept nowhere."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from uuid import UUID


def mailed_secret(invitation_id: UUID, serial: int, secret_key: str) -> str:
    """The same for the same invitation and serial, and not to be guessed without the key: HMAC-SHA256."""
    said = f"flaunt invitation by mail {invitation_id} {serial}".encode()
    return urlsafe_b64encode(hmac.digest(secret_key.encode(), said, "sha256")).decode().rstrip("=")
