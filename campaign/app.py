"""The application, put together. This is the only place that knows every slice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from apiflask import APIFlask
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign import jobs
from campaign.accounts import bindings as accounts
from campaign.accounts.authentication import cookie_name
from campaign.awards import bindings as awards
from campaign.campaigns import bindings as campaigns
from campaign.config import Settings, load_settings
from campaign.db import db
from campaign.extensions import bind, csrf
from campaign.insight import bindings as insight
from campaign.judging import bindings as judging
from campaign.logs import configure_logs
from campaign.moments import bindings as moments
from campaign.pictures import bindings as pictures
from campaign.submissions import bindings as submissions
from campaign.team import bindings as team
from campaign.web import health
from campaign.web.address import keep_to_base_url, offer_address
from campaign.web.api import describe_api
from campaign.web.assets import serve_assets
from campaign.web.compression import compress_public_answers
from campaign.web.errors import Problem, handle_errors
from campaign.web.headers import set_security_headers
from campaign.web.requests import log_requests
from campaign.web.times import add_filters
from uploads.objects import StorageSettings
from uploads.storage import Storage

TEMPLATES = Path(__file__).parent.parent / "templates"

SLICES = (pictures, accounts, campaigns, submissions, judging, awards, moments, team, insight)
"""In import order, lowest first. Each offers `register(app)`: its blueprints, jobs, subscribers and guards."""

STORE_SECONDS, STORE_ATTEMPTS = 6.0, 2
"""A store that hangs is given up before whoever waits for a page does, and before it holds every thread; jobs come
back to it by themselves."""


def create_app(settings: Settings | None = None) -> APIFlask:
    """Build the application from settings (the environment's, unless given)."""
    settings = settings or load_settings()
    configure_logs(settings.log_format)
    app = APIFlask(
        "campaign",
        title="Flaunt",
        version="1",
        docs_path=None,
        spec_path="/api/openapi.json",
        template_folder=str(TEMPLATES),
        static_folder=None,  # type: ignore[arg-type]  # WhiteNoise serves the assets
    )
    app.config.from_mapping(flask_config(settings))
    bind(app, settings, Storage(storage_settings(settings)))
    db.init_app(app)
    csrf.init_app(app)
    _compose_web(app, settings)
    jobs.register(app)
    for part in SLICES:
        part.register(app)
    return app


def _compose_web(app: APIFlask, settings: Settings) -> None:
    compress_public_answers(app, session_cookie=cookie_name(settings))
    log_requests(app)
    set_security_headers(app, settings)
    handle_errors(app)
    describe_api(app, session_cookie=cookie_name(settings))
    add_filters(app)
    offer_address(app, settings.base_url)
    serve_assets(app, live=settings.environment == "development")
    app.register_blueprint(health.pages)
    if settings.environment == "development":
        keep_to_base_url(app, settings.base_url.rstrip("/"))
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way to wrap
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def flask_config(settings: Settings) -> dict[str, object]:
    """Flask's and the extensions' settings, derived from ours."""
    secure = settings.base_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SESSION_COOKIE_NAME": "__Host-flaunt_state" if secure else "flaunt_state",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.session_days),
        "TRUSTED_HOSTS": settings.hosts,
        "MAX_CONTENT_LENGTH": settings.max_photo_bytes + 2**20,
        "MAX_FORM_MEMORY_SIZE": 2**20,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_size": settings.database_pool_size,
            "max_overflow": 5,
            "pool_pre_ping": True,
            "pool_timeout": 10,
            "hide_parameters": True,
            "connect_args": {"connect_timeout": 5, "options": "-c timezone=UTC -c statement_timeout=15000"},
        },
        "TEMPLATES_AUTO_RELOAD": settings.environment == "development",
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "VALIDATION_ERROR_STATUS_CODE": 422,
        "VALIDATION_ERROR_SCHEMA": Problem,
        "HTTP_ERROR_SCHEMA": Problem,
    }


def storage_settings(settings: Settings) -> StorageSettings:
    return StorageSettings(
        endpoint_url=settings.s3_endpoint_url,
        public_endpoint_url=settings.s3_public_endpoint_url,
        region=settings.s3_region,
        bucket=settings.s3_bucket,
        access_key_id=settings.s3_access_key_id.get_secret_value(),
        secret_access_key=settings.s3_secret_access_key.get_secret_value(),
        read_seconds=STORE_SECONDS,
        attempts=STORE_ATTEMPTS,
    )
