"""The running product and a real Chromium. Without a browser these tests are skipped and say so; in CI they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from campaign.config import Settings
from campaign.dev import ports
from tests.journeys.house import House, open_house
from tests.journeys.phone import passport, phone, photos, slug, way
from tests.journeys.road import Road, build_road
from tests.servers import LocalServers, provide_worker_database
from tests.settings import opened_app, settings_on

__all__ = ["passport", "phone", "photos", "slug", "way"]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> Path | None:
    """The machine's Chromium, if it has one."""
    return next((Path(path) for name in CHROMIUM if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def worker_database(local_servers: LocalServers, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of the journeys' own: what people do in them stays, and is in no other test's way."""
    return provide_worker_database(local_servers, tmp_path_factory, "journeys")


@pytest.fixture(scope="session")
def settings(local_servers: LocalServers, worker_database: str) -> Settings:
    on_servers = settings_on(local_servers, worker_database)
    return on_servers.model_copy(update={"redis_url": local_servers.redis_url(1)})


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    with opened_app(settings) as application:
        yield application


@pytest.fixture(scope="session")
def road(settings: Settings) -> Iterator[Road]:
    """The way to the photo store, for the house and for its visitors."""
    port = urlsplit(str(settings.s3_endpoint_url)).port
    assert port is not None
    with build_road(port) as road:
        yield road


@pytest.fixture(scope="session")
def house(settings: Settings, road: Road, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    by_road = settings.model_copy(update={"s3_endpoint_url": road.url})
    with open_house(by_road, ports.choose(["web"])["web"], tmp_path_factory.mktemp("logs")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium()
    if found is None:
        words = "no Chromium on this machine: `apt-get install chromium`, then run `make test` again"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield running
        running.close()
