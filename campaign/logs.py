"""A log line is an event with fields. Never a token, an e-mail address or a signed address."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog


def current_request_id() -> str | None:
    """The id of the request, or of the job's request, that this thread is working for."""
    found: str | None = structlog.contextvars.get_contextvars().get("request_id")
    return found


def configure_logs(log_format: Literal["json", "console"]) -> None:
    """Send structlog and the standard library's loggers to standard error in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if log_format == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                render,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("rq").setLevel(logging.WARNING)
    logging.getLogger("botocore").setLevel(logging.WARNING)
