"""The page on which a person says who they are, and what its forms do. The pages join the slice's blueprint."""

from __future__ import annotations

from itertools import groupby
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor, session_secret
from campaign.accounts.idempotency import naturally_idempotent
from campaign.accounts.languages import LANGUAGES
from campaign.accounts.models import Person, WebSession
from campaign.accounts.pages import pages
from campaign.accounts.permissions import require
from campaign.accounts.profile import (
    ZONES,
    About,
    choose_picture,
    edit_profile,
    is_here,
    my_devices,
    my_profile,
    sign_out_device,
    sign_out_elsewhere,
)
from campaign.db import db, transaction
from campaign.errors import InvalidInput
from campaign.pictures.keeping import draw_picture
from campaign.web.forms import Form
from campaign.web.times import plural
from uploads.drawing.shapes import Shape

MAIL_CHOICES = "moments.choices"
"""The page of another slice where a person says which messages they want by mail."""


@pages.get("/me/profile")
def profile() -> ResponseReturnValue:
    actor = current_actor()
    return _page(actor, _form_of(my_profile(actor)))


@pages.post("/me/profile")
def save_profile() -> ResponseReturnValue:
    actor = current_actor()
    given = request.form
    about = About(given.get("display_name", ""), given.get("language", ""), given.get("time_zone") or None)
    try:
        with transaction():
            edit_profile(actor, about)
    except InvalidInput as problem:
        return _page(actor, Form(given.to_dict(), problem.fields)), 422
    flash("Saved. Your name stands everywhere as you wrote it.")
    return redirect(url_for("accounts.profile"))


@pages.post("/me/picture")
@naturally_idempotent
def save_picture() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, "profile.edit")
    chosen = request.files.get("picture")
    try:
        picture_id = draw_picture(chosen.stream if chosen and chosen.filename else None, shape=Shape.SQUARE)
        with transaction():
            choose_picture(actor, picture_id)
    except InvalidInput as problem:
        form = _form_of(my_profile(actor))
        form.errors = problem.fields
        return _page(actor, form), 422
    flash("That is your picture now.")
    return redirect(url_for("accounts.profile"))


@pages.post("/me/picture/removal")
def remove_picture() -> ResponseReturnValue:
    with transaction():
        choose_picture(current_actor(), None)
    flash("Your picture is deleted. Your initials stand in its place.")
    return redirect(url_for("accounts.profile"))


@pages.post("/me/devices/<uuid:id>/sign-out")
def end_device(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    with transaction():
        sign_out_device(current_actor(), id)
    flash("Signed out there.")
    return redirect(url_for("accounts.profile"))


@pages.post("/me/devices/elsewhere/sign-out")
def end_elsewhere() -> ResponseReturnValue:
    with transaction():
        ended = sign_out_elsewhere(current_actor(), session_secret())
    flash(f"Signed out in {plural(ended, 'other place')}." if ended else "You were signed in nowhere else.")
    return redirect(url_for("accounts.profile"))


def _form_of(person: Person) -> Form:
    named = ("display_name", "language", "time_zone")
    return Form({name: getattr(person, name) for name in named})


def _page(actor: Actor, form: Form) -> str:
    db.session.rollback()
    person = my_profile(actor)
    mail = MAIL_CHOICES if MAIL_CHOICES in current_app.view_functions else None
    return render_template(
        "accounts/profile.html",
        person=person,
        form=form,
        languages=LANGUAGES.items(),
        zones=_zones(person.time_zone),
        devices=[_device(one) for one in my_devices(actor)],
        mail_choices=url_for(mail) if mail else None,
    )


def _zones(kept: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Regions, each with its zones and their names; a zone that was kept before stays to be chosen."""
    known = ZONES if kept is None or kept in ZONES else (kept, *ZONES)
    regions = groupby(known, key=lambda zone: zone.partition("/")[0])
    return [(region, [(zone, _zone_name(zone)) for zone in zones]) for region, zones in regions]


def _zone_name(zone: str) -> str:
    """`Buenos Aires, Argentina` for America/Argentina/Buenos_Aires."""
    return ", ".join(reversed(zone.split("/")[1:] or [zone])).replace("_", " ")


def _device(device: WebSession) -> SimpleNamespace:
    shown: dict[str, Any] = {
        "id": device.id,
        "name": device.device or "A browser",
        "since": device.created_at,
        "is_here": is_here(device, session_secret()),
    }
    return SimpleNamespace(**shown)
