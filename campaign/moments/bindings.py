"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.extensions import mail
from campaign.moments import tasks
from campaign.moments.api import api
from campaign.moments.bell import ring
from campaign.moments.delivery import mail_config
from campaign.moments.desk import desk
from campaign.moments.outbox import outbox
from campaign.moments.pages import pages
from campaign.moments.postman import give_up
from campaign.moments.telling import MAIL_JOB
from campaign.moments.wording_api import api as wording_api
from campaign.moments.wording_pages import wording_pages
from campaign.web.navigation import Door, add_door

SUBSCRIPTIONS = {
    "submission.received": tasks.received,
    "submission.rejected": tasks.rejected,
    "submission.published": tasks.decided,
    "submission.declined": tasks.decided,
    "submission.decision_undone": tasks.undone,
    "submission.withdrawn": tasks.withdrawn,
    "release.asked": tasks.release_asked,
    "round.opened": tasks.round_opened,
    "round.reminded": tasks.round_reminded,
    "round.reopened": tasks.round_opened,
    "round.closed": tasks.round_closed,
    "campaign.announcement_near": tasks.announcement_near,
    "campaign.announcement_moved": tasks.announcement_moved,
    "campaign.announcement_called_off": tasks.announcement_moved,
    "campaign.announced": tasks.announced,
    "campaign.duplicated": tasks.duplicated,
}
"""Which event is followed by what. Each is a job of its own: `moments.submission.received` and so on."""


def register(app: APIFlask) -> None:
    """The bell, the pages, the API, the way mails leave, and what happens when something happened."""
    settings = app.extensions["flaunt_settings"]
    app.config.update(mail_config(settings))
    mail.init_app(app)
    for blueprint in (pages, desk, wording_pages, api, wording_api):
        app.register_blueprint(blueprint)
    if settings.environment == "development":
        app.register_blueprint(outbox)
    app.context_processor(ring)
    add_door(app, Door("Messages", "moments_desk.messages", "moments.watch", order=60))
    for event, handler in SUBSCRIPTIONS.items():
        jobs.subscribe(app, event, f"moments.{event}", handler)
    jobs.bind(app, tasks.DECISION_JOB, tasks.tell_decision)
    jobs.bind(app, tasks.RESULT_JOB, tasks.tell_result)
    jobs.bind(app, MAIL_JOB, tasks.mail_moment, on_failed=give_up)
