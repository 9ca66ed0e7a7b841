"""A second PUT to a ticket that was used, at every step of the photo's way: what people see stays byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageChops, ImageStat
from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.db import db, transaction
from campaign.jobs import runner
from campaign.jobs.models import Job, JobState
from campaign.submissions.arrival import complete_submission
from campaign.submissions.intake import Issued
from campaign.submissions.leftovers import sweep_incoming
from campaign.submissions.models import SubmissionState
from campaign.submissions.moderation import publish_submission
from campaign.submissions.queries import submission_of
from campaign.submissions.renditions import media_paths
from tests.faults.fans import Fan, NotTaken, bring, open_house, take_ticket
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import encoded, patches
from tests.faults.stock import sha256
from tests.people import meet
from tests.uploads.lying_store import Lies, lying_store

FAULT = "second_put"
ROUNDS = {Scale.SHORT: 1, Scale.FULL: 40}
SIZE = (400, 300)
MOMENTS = {
    "completed": "",
    "downloaded": "GET /{bucket}/incoming/",
    "stored": "PUT /{bucket}/originals/",
    "rendered": "PUT /{bucket}/photos/",
    "checked": "GET /{bucket}?list-type",
    "ready": "",
    "published": "",
}
"""When the second PUT comes: after a step of ours, or when the store has answered that request."""
FEWEST_SHOWN = 4
"""Two renditions at least, the card and the original."""
MOST_DIFFERENCE = 12.0
"""Between a rendition and the photo it was made of, as the mean of 256 shades."""


@dataclass
class Attempted:
    """What the second PUTs changed."""

    puts: int = 0
    taken: int = 0
    """By the store: the ticket's signature lives on. Nobody may see anything of it."""
    changed: list[str] = field(default_factory=list)


def run(ground: Ground, scale: Scale) -> Outcome:
    found = Attempted()
    with (
        lying_store(ground.servers.s3_endpoint_url) as (address, lies),
        ground.house(FAULT, scale, through=address) as house,
    ):
        campaign_id, fans = open_house(house, len(MOMENTS))
        desk = Desk(house, lies, campaign_id, meet(house.app, "staff").actor, found)
        for number in range(ROUNDS[scale]):
            for fan, moment in zip(fans, MOMENTS, strict=True):
                desk.try_at(moment, fan, number)
            if number % 10 == 9:
                house.say(f"{found.puts} second PUTs")
    wanted = ROUNDS[scale] * (2 * len(MOMENTS) - 1)
    missed = [f"{wanted - found.puts} PUTs found no moment to come in"] if found.puts != wanted else []
    return Outcome(
        promises=(8,),
        tried=f"second PUTs to a used ticket, at {len(MOMENTS)} moments of a photo's way",
        times=found.puts,
        lost=len(found.changed),
        figures={"taken_by_the_store": found.taken},
        broken=tuple(missed + found.changed[:5]),
    )


@dataclass
class Desk:
    """Brings photos all the way into the gallery, with a second PUT on the way."""

    house: House
    lies: Lies
    campaign_id: UUID
    staff: Actor
    found: Attempted

    def try_at(self, moment: str, fan: Fan, number: int) -> None:
        """One photo, whose ticket is used again at that moment, and once more at the end."""
        pictures = [patches(2 * number + second, SIZE) for second in (0, 1)]
        first, second = of_one_length([encoded(picture, "JPEG", quality=80) for picture in pictures])
        issued = take_ticket(self.house, self.campaign_id, fan, first)
        submission_id, again = issued.submission.id, partial(self._again, issued, second)
        bring(issued, first)
        complete_submission(fan.actor, submission_id, storage=self.house.store)
        if moment == "completed":
            again()
        with self._when(MOMENTS[moment].format(bucket=self.house.settings.s3_bucket), again):
            work()
        if moment == "ready":
            again()
        self._check(submission_id, moment, {sha256(first): pictures[0], sha256(second): pictures[1]})
        with transaction():
            publish_submission(self.staff, submission_id)
        work()
        before = self._shown(submission_id)
        again()
        sweep_incoming()
        work()
        if self._shown(submission_id) != before or len(before) < FEWEST_SHOWN:
            self.found.changed.append(f"{moment}: what is shown changed")

    def _again(self, issued: Issued, second: bytes) -> None:
        self.found.puts += 1
        try:
            bring(issued, second)
        except NotTaken:
            return
        self.found.taken += 1

    @contextmanager
    def _when(self, part: str, act: Callable[[], None]) -> Iterator[None]:
        """Act once, when the store has answered such a request and before we hear of it."""

        def notice(asked: str) -> None:
            if part and part in asked:
                self.lies.before = nothing
                act()

        self.lies.before = notice
        try:
            yield
        finally:
            self.lies.before = nothing

    def _check(self, submission_id: UUID, moment: str, sent: dict[str, Image.Image]) -> None:
        """Ready, and all of one photo: of the second only where it came before we had looked at the first."""
        submission = submission_of(submission_id)
        photo = submission.photo
        told = f"{moment}: {submission.state} {submission.reason}"
        if submission.state is not SubmissionState.READY or photo.sha256 not in sent:
            self.found.changed.append(f"{told}, bytes that nobody sent")
            return
        if moment != "completed" and photo.sha256 != next(iter(sent)):
            self.found.changed.append(f"{told}, with the second photo's bytes")
        if sha256((self.house.objects / str(photo.original_key)).read_bytes()) != photo.sha256:
            self.found.changed.append(f"{told}, with another original")
        for rendition in photo.renditions:
            if difference((self.house.objects / rendition.key).read_bytes(), sent[photo.sha256]) > MOST_DIFFERENCE:
                self.found.changed.append(f"{told}, {rendition.name} shows another photo")

    def _shown(self, submission_id: UUID) -> dict[str, str]:
        """What anybody gets of the photo, and the original in the store."""
        photo = submission_of(submission_id).photo
        shown = {f"original of {photo.sha256}": sha256((self.house.objects / str(photo.original_key)).read_bytes())}
        client = self.house.app.test_client()
        for path in media_paths(photo):
            answer = client.get(path, base_url=self.house.settings.base_url)
            shown[path] = f"{answer.status_code} {sha256(answer.data)}"
        db.session.rollback()
        return shown


def nothing(_asked: str) -> None:
    """What happens when nothing is to happen."""


def work() -> None:
    """Do what is due, as workers would, until nothing is left."""
    due = select(Job.id).where(Job.state == JobState.DUE, Job.kind.like("photo.%"))
    while jobs := list(db.session.scalars(due)):
        db.session.rollback()
        for job_id in jobs:
            runner.run(str(job_id))
    db.session.rollback()


def of_one_length(photos: list[bytes]) -> list[bytes]:
    """The JPEGs with a comment each, so that both are as long: a ticket is for a length."""
    length = max(len(photo) for photo in photos) + 4
    return [commented(photo, b" " * (length - len(photo) - 4)) for photo in photos]


def commented(photo: bytes, words: bytes) -> bytes:
    return photo[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + photo[2:]


def difference(rendition: bytes, photo: Image.Image) -> float:
    """Mean difference of two pictures' shades, at a small size."""
    with Image.open(BytesIO(rendition)) as shown:
        pair = [picture.convert("L").resize((64, 48)) for picture in (shown, photo)]
    return float(ImageStat.Stat(ImageChops.difference(*pair)).mean[0])
