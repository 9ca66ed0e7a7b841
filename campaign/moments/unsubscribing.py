"""One tap out of our mails: a link that only we can make, good for as long as mails are kept."""

from __future__ import annotations

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from campaign.errors import NotFound

CHOICES_PATH = "/me/messages/choices"


def unsubscribe_path(person_id: UUID, secret_key: str) -> str:
    return f"/unsubscribe/{_serializer(secret_key).dumps(person_id.hex)}"


def person_of_token(token: str, secret_key: str) -> UUID:
    """Whose mails the link stops; raises NotFound for one that is not ours."""
    try:
        return UUID(_serializer(secret_key).loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        raise NotFound(
            "This link is not whole. Open it from the mail once more, or sign in and choose what we mail you."
        ) from None


def _serializer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="moments.unsubscribe")
