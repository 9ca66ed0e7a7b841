"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask

from campaign import jobs
from campaign.team import audit_api, audit_pages
from campaign.team.api import api
from campaign.team.inviting import MAIL_JOB
from campaign.team.mailing import give_up, mail_invitation
from campaign.team.pages import pages
from campaign.web.navigation import Door, add_door

ROUTES = (audit_api, audit_pages)
"""Modules that add their routes to the slice's API and pages as they are imported."""


def register(app: APIFlask) -> None:
    app.register_blueprint(pages)
    app.register_blueprint(api)
    add_door(app, Door("Team", "team.team", "team.view", order=80, in_campaign=False))
    add_door(app, Door("Team", "team.campaign_team", "team.view", order=80))
    add_door(app, Door("Audit log", "team.audit", "audit.view", order=85, in_campaign=False))
    jobs.bind(app, MAIL_JOB, mail_invitation, on_failed=give_up)
