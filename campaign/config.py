"""Every setting, read once from the environment into one frozen object. `.env.example` lists them all."""

from __future__ import annotations

import os
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from uploads.cores import count_cores
from uploads.limits import Limits

SHORTEST_SECRET = 32
LONGEST_DECODING = 240
"""Seconds: an attempt at a photo, with its way to and from the store, is ended after 300."""
RATE = re.compile(r"[1-9][0-9]* ?/ ?(second|minute|hour|day)")


class SettingsProblem(Exception):
    """The environment cannot be used. The text has one line per variable."""


class Provider(BaseModel):
    """One provider that people may sign in with: OpenID Connect, or plain OAuth 2 with a call for the profile.

    `issuer` names whose people they are; with OpenID Connect it is also where the provider describes itself. The
    fields say where a plain profile has what we need, with dots for names within names.
    """

    model_config = ConfigDict(frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    label: str
    issuer: str
    client_id: str
    client_secret: SecretStr = SecretStr("")
    scope: str = "openid profile email"
    kind: Literal["openid", "oauth2"] = "openid"
    response_mode: Literal["query", "form_post"] = "query"
    authorize_url: str | None = None
    token_url: str | None = None
    client_auth: Literal["basic", "post"] = "basic"
    profile_url: str | None = None
    subject_field: str = "id"
    name_field: str = "name"
    email_field: str = "email"

    @model_validator(mode="after")
    def _know_where(self) -> Self:
        if self.kind == "oauth2" and not (self.authorize_url and self.token_url and self.profile_url):
            raise ValueError("a provider of kind oauth2 needs authorize_url, token_url and profile_url")
        return self


class Settings(BaseSettings):
    """The installation's settings. Sizes are bytes, times are seconds unless a name says otherwise."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, env_file_encoding="utf-8")

    environment: Literal["production", "development", "test"] = "production"
    secret_key: SecretStr
    base_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = Field(default=0, ge=0, le=10)

    database_url: str
    database_pool_size: int = Field(default=10, ge=1)
    redis_url: str

    s3_endpoint_url: str | None = None
    s3_public_endpoint_url: str | None = None
    s3_region: str = "us-east-1"
    s3_bucket: str
    s3_access_key_id: SecretStr
    s3_secret_access_key: SecretStr
    media_url: str | None = None
    purge_url: str | None = None

    mail_server: str | None = None
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_use_tls: bool | None = None
    mail_use_ssl: bool = False
    mail_username: str | None = None
    mail_password: SecretStr = SecretStr("")
    mail_from: str | None = None
    mail_timeout: float = Field(default=15, gt=0, le=120)
    mail_folder: Path | None = None

    oidc_providers: tuple[Provider, ...]
    session_days: int = Field(default=30, ge=1)

    max_photo_bytes: int = Field(default=Limits().max_bytes, ge=1)
    max_photo_pixels: int = Field(default=Limits().max_pixels, ge=1)
    decoder_memory: int = Field(default=Limits().decoder_memory, ge=256 * 2**20)
    decoder_cpu: int = Field(default=Limits().decoder_cpu, ge=1, le=LONGEST_DECODING)
    decoder_wall: float = Field(default=Limits().decoder_wall, ge=1, le=LONGEST_DECODING)
    decoder_file_bytes: int = Field(default=Limits().decoder_file_bytes, ge=2**20)
    decoder_open_files: int = Field(default=Limits().decoder_open_files, ge=16)
    ticket_seconds: int = Field(default=900, ge=60, le=3600)

    rate_limits: bool = True
    rate_of_writes: str = "300/minute"
    rate_of_reads: str = "1200/minute"

    web_processes: int = Field(default=2, ge=1)
    web_threads: int = Field(default=8, ge=1)
    worker_processes: int = Field(default_factory=count_cores, ge=1)
    log_format: Literal["json", "console"] = "json"

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, given: SecretStr) -> SecretStr:
        if len(given.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"needs at least {SHORTEST_SECRET} characters; `openssl rand -hex 32` makes one")
        return given

    @field_validator("base_url")
    @classmethod
    def _can_be_opened(cls, given: str) -> str:
        if urlsplit(given).scheme not in {"http", "https"} or not urlsplit(given).netloc:
            raise ValueError("is the address people open, such as https://photos.example.org")
        return given

    @field_validator("oidc_providers")
    @classmethod
    def _at_least_one(cls, given: tuple[Provider, ...]) -> tuple[Provider, ...]:
        if not given:
            raise ValueError("names at least one provider, so that people can sign in")
        return given

    @field_validator("rate_of_writes", "rate_of_reads")
    @classmethod
    def _can_be_counted(cls, given: str) -> str:
        if not RATE.fullmatch(given):
            raise ValueError("is a number for each second, minute, hour or day, such as 300/minute")
        return given

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.is_production and urlsplit(self.base_url).scheme != "https":
            raise ValueError("BASE_URL starts with https:// in production, so that cookies travel safely")
        _refuse_odd_mail(self)
        return self

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def starttls(self) -> bool:
        """Whether the mail connection is encrypted once it was opened; yes, unless it is from the start."""
        return not self.mail_use_ssl if self.mail_use_tls is None else self.mail_use_tls

    @property
    def hosts(self) -> list[str]:
        """Host names the application answers to: TRUSTED_HOSTS, or BASE_URL's own."""
        return list(self.trusted_hosts) or [urlsplit(self.base_url).hostname or "localhost"]


def _refuse_odd_mail(given: Settings) -> None:
    if given.mail_use_ssl and given.mail_use_tls:
        raise ValueError("MAIL_USE_TLS and MAIL_USE_SSL exclude each other; port 465 wants SSL, port 587 TLS")
    if given.mail_server and "@" not in parseaddr(given.mail_from or "")[1]:
        raise ValueError("MAIL_FROM is the address mails come from, such as Photos <photos@example.org>")
    if given.mail_folder and given.is_production:
        raise ValueError("MAIL_FOLDER keeps mails from people, so it is for development; set MAIL_SERVER instead")


def load_settings() -> Settings:
    """Read the environment; raises `SettingsProblem` that names every bad variable at once.

    Where DATABASE_URL is absent and a local stack wrote `$FLAUNT_HOME/dev.env`, that file is read too, so that
    `flaunt …` commands speak to the stack that `flaunt dev` runs.
    """
    local = None
    if "DATABASE_URL" not in os.environ:
        local = Path(os.environ.get("FLAUNT_HOME") or "var") / "dev.env"
    try:
        return Settings(_env_file=local)  # the rest comes from the environment
    except ValidationError as problem:
        raise SettingsProblem("\n".join(_line(error) for error in problem.errors())) from None
    except SettingsError as problem:
        raise SettingsProblem(f"{problem}: lists are written as JSON") from None


def _line(error: ErrorDetails) -> str:
    name = ".".join(str(part) for part in error["loc"]).upper()
    if error["type"] == "missing":
        return f"{name}: is not set; .env.example says what it is for"
    words = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {words}" if name else words
