"""Intake, moderation and the gallery: a fan's photo from its ticket to the wall."""

from __future__ import annotations

from campaign.submissions.bindings import register

__all__ = ["register"]
