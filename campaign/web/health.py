"""`/healthz`: the process lives. `/readyz`: what it stands on answers."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from campaign.db import db
from campaign.extensions import redis_from, settings, storage

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def healthz() -> ResponseReturnValue:
    return jsonify(status="alive")


@pages.get("/readyz")
def readyz() -> ResponseReturnValue:
    checks = {"database": _answers(_database), "redis": _answers(_redis), "storage": storage().reachable()}
    ready = all(checks.values())
    body = jsonify(status="ready" if ready else "waiting", **checks)
    return body, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE


def _answers(check: Callable[[], object]) -> bool:
    try:
        check()
    except (SQLAlchemyError, RedisError, OSError):
        return False
    return True


def _database() -> object:
    return db.session.execute(text("SELECT 1"))


def _redis() -> object:
    with redis_from(settings()) as client:
        return client.ping()
