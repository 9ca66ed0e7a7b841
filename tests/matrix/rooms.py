"""What the names in each route's address stand for: one real thing of every kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from campaign.accounts.invitations import invite
from campaign.accounts.models import Role, RoleGrant, WebSession
from campaign.accounts.people import ensure_person
from campaign.awards.models import Release, ReleaseWords
from campaign.db import db, transaction
from campaign.moments.models import Kind, MailState, Moment
from campaign.moments.unsubscribing import unsubscribe_path
from campaign.pictures.models import Picture
from campaign.submissions.desk_models import Batch, BatchAction, BatchItem
from campaign.submissions.models import Photo
from campaign.submissions.restoring import standing
from tests.matrix.bodies import bodies_of
from tests.people import Someone
from tests.world import World, names_in_addresses, populate
from uploads.drawing.shapes import Shape
from uploads.storage import Storage

WEBP = b"RIFF\x00\x00\x00\x00WEBP"


@dataclass(frozen=True)
class Rooms:
    """`names` counts for every route, `particular` for addresses that begin so."""

    names: Mapping[str, str]
    particular: Mapping[str, Mapping[str, str]]
    bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def address(self, rule: str) -> str:
        """The rule with something real for each name in it."""
        names = dict(self.names)
        for start, own in self.particular.items():
            if rule.startswith(start):
                names |= own
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda name: names[name[1]], rule)

    def body(self, route: str) -> dict[str, Any]:
        """What is sent: nothing, unless a route would not tell an outsider from an insider without it."""
        if route in self.bodies:
            return dict(self.bodies[route])
        is_write = not route.startswith("GET ")
        return {"json": {}} if is_write and " /api/" in route else {}


def furnish(app: Flask, people: Mapping[str, Someone]) -> Rooms:
    """Make it all; commits. The fan (`f`) owns what has an owner, the cast (`c`) judges."""
    fan, judge, marketer = people["f"], people["c"], people["m"]
    world = populate(fan=fan, judge=judge, marketer=marketer)
    assert fan.person_id is not None
    store: Storage = app.extensions["flaunt_storage"]
    store.ensure_bucket()
    _hang(store, world.published.photo)
    fan.browser  # noqa: B018 -- signs in, so that there is a device
    with transaction():
        _, secret = invite(Role.CAST, world.open.id, marketer.actor)
        waiting_invitation, _ = invite(Role.STAFF, world.open.id, marketer.actor)
        invitation_id = waiting_invitation.id
        helper = ensure_person("https://people.example.test", "helper", "Helper")
        grant = RoleGrant(person_id=helper.id, role=Role.CAST, campaign_id=world.open.id)
        moment = _moment(world, fan.person_id)
        release = _release(world)
        picture = _picture(store)
        stood = standing(world.waiting)
        batch = Batch(campaign_id=world.open.id, person_id=people["s"].person_id, action=BatchAction.ASSIGN)
        batch.items.append(BatchItem(submission_id=world.waiting.id, before=stood, after=stood))
        db.session.add_all([grant, moment, picture, batch])
        db.session.flush()
        ids = {"moment": moment.id, "release": release.id, "picture": picture.id, "batch": batch.id, "role": grant.id}
        device = db.session.scalar(select(WebSession.id).where(WebSession.person_id == fan.person_id))
    token = unsubscribe_path(fan.person_id, str(app.secret_key)).rpartition("/")[2]
    return _rooms(world, {**ids, "device": device, "invitation": invitation_id}, secret, token)


def _rooms(world: World, ids: Mapping[str, UUID | None], secret: str, unsubscribe: str) -> Rooms:
    waiting, draft = str(world.waiting.id), str(world.draft_round_id)
    names = {
        **names_in_addresses(world),
        "moment_id": str(ids["moment"]),
        "release_id": str(ids["release"]),
        "batch_id": str(ids["batch"]),
        "picture_id": str(ids["picture"]),
        "occasion": "published",
        "kind": "published",
        "token": secret,
        "id": waiting,
    }
    own = {
        "/photos/": {"id": str(world.published.id)},
        "/me/messages/": {"id": str(ids["moment"])},
        "/me/devices/": {"id": str(ids["device"])},
        "/api/v1/me/devices/": {"id": str(ids["device"])},
        "/desk/batches/": {"id": str(ids["batch"])},
        "/desk/c/<slug>/messages/<uuid:id>": {"id": str(ids["moment"])},
        "/desk/team/invitations/": {"id": str(ids["invitation"])},
        "/api/v1/team/invitations/": {"id": str(ids["invitation"])},
        "/desk/team/roles/": {"id": str(ids["role"])},
        "/api/v1/team/roles/": {"id": str(ids["role"])},
        "/sign-in/": {"name": "local"},
        "/unsubscribe/": {"token": unsubscribe},
        "/media/pictures/": {"name": "96"},
        "/panel/<uuid:round_id>/marks/": {"submission_id": str(world.judged_photo_id)},
        "/api/v1/rounds/<uuid:round_id>/marks/": {"submission_id": str(world.judged_photo_id)},
        "/desk/rounds/<uuid:round_id>/edit": {"round_id": draft},
        "/desk/rounds/<uuid:round_id>/delete": {"round_id": draft},
        "/api/v1/submissions/<uuid:submission_id>/neighbours": {"submission_id": str(world.published.id)},
    }
    return Rooms(names, own, bodies_of(world))


def _hang(store: Storage, photo: Photo) -> None:
    for rendition in photo.renditions:
        store.put_bytes(rendition.key, WEBP, content_type="image/webp")
    with transaction():
        attempt = photo.renditions[0].key.split("/")[2]
        card = store.put_bytes(f"photos/{photo.id}/{attempt}/card.jpg", WEBP, content_type="image/jpeg")
        photo.card_key, photo.card_bytes, photo.card_etag = card.key, card.bytes, card.etag


def _moment(world: World, person_id: UUID) -> Moment:
    return Moment(
        person_id=person_id, campaign_id=world.open.id, kind=Kind.PUBLISHED, subject_id=world.published.id,
        submission_id=world.published.id, title="It hangs", body="Look.", button="See it",
        path=f"/photos/{world.published.id}", signed="The desk", language="en", mail=MailState.FAILED,
        mail_problem="Refused.",
    )  # fmt: skip


def _release(world: World) -> Release:
    words = ReleaseWords(campaign_id=world.open.id, version=1, text="May we show it?")
    db.session.add(words)
    db.session.flush()
    release = Release(campaign_id=world.open.id, words_id=words.id, submission_id=world.published.id)
    db.session.add(release)
    return release


def _picture(store: Storage) -> Picture:
    identity = uuid4()
    folder = f"pictures/{identity}/random/"
    stored = store.put_bytes(f"{folder}96.webp", WEBP, content_type="image/webp")
    drawn = store.put_bytes(f"{folder}card.jpg", WEBP, content_type="image/jpeg")
    size = {"name": "96", "width": 96, "height": 96, "bytes": len(WEBP), "etag": stored.etag}
    return Picture(
        id=identity, shape=Shape.SQUARE, folder=folder, sizes=[size], width=96, height=96, thumbhash="x",
        kept_at=datetime.now(UTC), card={"bytes": len(WEBP), "etag": drawn.etag},
    )  # fmt: skip
