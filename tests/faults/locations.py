"""Photos full of where they were taken go in: no location comes out, and originals stay out of reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import urllib3
from flask.testing import FlaskClient
from sqlalchemy import text

from campaign.db import Base, db, transaction
from campaign.submissions.moderation import publish_submission
from campaign.submissions.queries import submission_of
from campaign.submissions.renditions import media_paths
from tests.faults.fans import SLUG, Fan, hand_in, open_house
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.planted import TELLTALES, TRACES, planted
from tests.faults.second_put import work
from tests.people import Someone, meet

FAULT = "locations"
READERS = {
    Scale.SHORT: ("anonymous",),
    Scale.FULL: ("anonymous", "other_fan", "fan", "staff", "cast_member", "marketer", "admin"),
}
"""Who looks at every page: the public, and at full length also the photos' own fan and everybody at the desk."""
OPENED = {200, 304}


@dataclass
class Search:
    """What was read, and where a trace was found."""

    read: int = 0
    answers: int = 0
    found: list[str] = field(default_factory=list)

    def look(self, where: str, data: bytes, *, picture: bool = False) -> None:
        self.read += 1
        traces = (*TRACES, *TELLTALES) if picture else TRACES
        self.found += [f"{trace!r} in {where}" for trace in traces if trace in data]


def run(ground: Ground, scale: Scale) -> Outcome:
    search, blind, reached = Search(), [], []
    with ground.house(FAULT, scale, base_url="http://localhost") as house:
        campaign_id, (fan, *_) = open_house(house, 1)
        sent = _publish_all(house, campaign_id, fan)
        for kind, submission_id in sent.items():
            blind += _look_at_photo(house, kind, submission_id, search)
            reached += list(_reach_for_original(house, submission_id))
        for name in READERS[scale]:
            house.say(f"{search.read} answers, pictures and tables read; now as {name}")
            reader = Someone(house.app, name, fan.person_id) if name == "fan" else meet(house.app, name)
            _look_at_pages(house, reader, SLUG, list(sent.values()), search)
        _look_at_rows(search)
    return Outcome(
        promises=(9,),
        tried=f"pictures, answers and tables searched for what {len(sent)} photos told of their place",
        times=search.read,
        lost=len(search.found) + len(reached),
        figures={"photos": len(sent), "answers": search.answers},
        broken=tuple((search.found + reached + blind)[:5]),
    )


def _publish_all(house: House, campaign_id: UUID, fan: Fan) -> Mapping[str, UUID]:
    staff = meet(house.app, "staff").actor
    sent = {
        kind: hand_in(house, campaign_id, fan, data, filename=f"a.{kind}", content_type=content_type)
        for kind, (content_type, data) in planted().items()
    }
    work()
    for submission_id in sent.values():
        with transaction():
            publish_submission(staff, submission_id)
    work()
    return sent


def _look_at_photo(house: House, kind: str, submission_id: UUID, search: Search) -> list[str]:
    """Search the renditions and the card. Answers what would make the search blind: an original without a trace."""
    photo = submission_of(submission_id).photo
    original = (house.objects / str(photo.original_key)).read_bytes()
    made = [rendition.key for rendition in photo.renditions] + [str(photo.card_key)]
    for key in made:
        search.look(f"{kind}: {key}", (house.objects / key).read_bytes(), picture=True)
    client = house.app.test_client()
    for path in media_paths(photo):
        search.look(f"{kind}: {path}", _get(house, client, path), picture=True)
    blind = [] if original == planted()[kind][1] else [f"{kind}: the original is not kept byte for byte"]
    blind += [] if any(trace in original for trace in TRACES) else [f"{kind}: nothing was planted"]
    blind += [] if photo.has_location else [f"{kind}: the location was not noticed"]
    db.session.rollback()
    return blind


def _reach_for_original(house: House, submission_id: UUID) -> Iterator[str]:
    """Where an original answered to somebody who has no right to it."""
    key = submission_of(submission_id).photo.original_key
    db.session.rollback()
    client = house.app.test_client()
    for path in (f"/media/{key}", f"/media/originals/{key}", f"/media/photos/../{key}"):
        if client.get(path, base_url=house.settings.base_url).status_code in OPENED:
            yield f"the original at {path}"
    address = f"{house.settings.s3_endpoint_url}/{house.settings.s3_bucket}/{key}"
    if urllib3.request("GET", address, retries=False, timeout=10).status in OPENED:
        yield f"the original at {address}"


def _look_at_pages(house: House, reader: Someone, slug: str, submissions: list[UUID], search: Search) -> None:
    client: FlaskClient = reader.browser
    for path in sorted(_paths(house, slug, submissions)):
        search.look(f"{path} as {reader.name}", _get(house, client, path))
        search.answers += 1


def _paths(house: House, slug: str, submissions: Iterable[UUID]) -> Iterator[str]:
    """Every address that can be asked for with a campaign's name and a submission's id, or with nothing."""
    adapter = house.app.url_map.bind("localhost")
    for rule in house.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not rule.arguments <= {"slug", "submission_id"}:
            continue
        ids = submissions if "submission_id" in rule.arguments else [None]
        for submission_id in ids:
            given = {"slug": slug, "submission_id": submission_id}
            yield adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments})


def _get(house: House, client: FlaskClient, path: str) -> bytes:
    answer = client.get(path, base_url=house.settings.base_url)
    db.session.rollback()
    return answer.data


def _look_at_rows(search: Search) -> None:
    """All that the database holds, as text: the location itself is kept nowhere but in the original."""
    for table in Base.metadata.sorted_tables:
        rows = db.session.scalars(text(f'SELECT t::text FROM "{table.name}" AS t')).all()
        search.look(f"the table {table.name}", "\n".join(rows).encode())
    db.session.rollback()
