"""What judging costs: a judge's cycle over HTTP, planning into the database, and the result of the stars."""

from __future__ import annotations

import os

from campaign.app import create_app
from campaign.db import db
from tests.bench.figures import record
from tests.bench.judging_cycle import run_cycle
from tests.bench.judging_planning import run_planning
from tests.bench.judging_scoring import run_scoring
from tests.servers import LocalServers, migrate, start_servers
from tests.settings import settings_on


def run() -> None:
    """All of it, in one run of a few minutes."""
    record("judging", run_scoring())
    told = start_servers(owner=os.getpid())
    servers = LocalServers(home=told["home"], ports=told["ports"], secrets=told["secrets"], worker=0)
    for name, measure in (("planning", lambda _: run_planning()), ("cycle", run_cycle)):
        address = servers.new_database(f"bench_judging_{name}", template="template1")
        migrate(address)
        settings = settings_on(servers, address)
        app = create_app(settings)
        with app.app_context():
            record("judging", measure(settings))
            db.session.remove()
            db.engine.dispose()
        servers.drop_database(f"bench_judging_{name}")
