"""What the composition promises about cookies and logs, whatever the slices do."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from campaign.app import flask_config
from campaign.config import Settings
from campaign.db import db


@pytest.mark.parametrize(
    ("base_url", "name"),
    [("https://photos.example.test", "__Host-flaunt_state"), ("http://localhost", "flaunt_state")],
)
def test_state_cookie_is_bound_to_the_host_where_it_can_be(settings: Settings, base_url: str, name: str) -> None:
    config = flask_config(settings.model_copy(update={"base_url": base_url}))

    assert config["SESSION_COOKIE_NAME"] == name
    assert config["SESSION_COOKIE_SECURE"] is base_url.startswith("https")


def test_trouble_with_the_database_is_told_without_what_people_wrote(app: Flask, database: None) -> None:
    with pytest.raises(DBAPIError) as raised:
        db.session.execute(text("SELECT 1 FROM nowhere WHERE address = :address"), {"address": "someone@example.test"})

    assert "someone@example.test" not in str(raised.value)


def test_store_that_hangs_is_given_up_within_twenty_seconds(app: Flask) -> None:
    given = app.extensions["flaunt_storage"].settings

    assert (given.connect_seconds + given.read_seconds) * given.attempts <= 20
