"""Providers that answer by a form: their page makes the browser POST to us, from another site.

The cookie that remembers the sign-in is Lax, so no browser sends it along with such a POST, and it should stay so.
What arrived is therefore only handed back to the browser as a GET of the ordinary callback, which the cookie does
travel with; there the state is checked as ever. Nothing is done and nothing is set here.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from urllib.parse import urlencode

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import PROVES_ITSELF
from campaign.accounts.pages import pages
from campaign.accounts.people import LONGEST_NAME
from campaign.accounts.providers import provider_named
from campaign.errors import NotFound
from campaign.wording import one_line

PASSED_ON = ("state", "code", "iss", "error")
LONGEST = 2_000
"""Characters of one field; no provider's code is nearly as long, and an address has to hold them."""


@pages.post("/sign-in/<name>/callback")
def callback_by_form(name: str) -> ResponseReturnValue:
    """Turn the provider's form into the address of the callback."""
    if not provider_named(name).answers_by_form:
        raise NotFound("This way of signing in comes back by another door. Start again from the sign-in page.")
    found = {field: request.form.get(field, "") for field in PASSED_ON}
    found["called"] = _name_in(request.form.get("user", ""))
    kept = {field: value for field, value in found.items() if value and len(value) <= LONGEST}
    return redirect(f"{url_for('accounts.callback', name=name)}?{urlencode(kept)}", HTTPStatus.SEE_OTHER)


setattr(callback_by_form, PROVES_ITSELF, True)  # it does nothing by itself, and the state is checked where it leads


def _name_in(user: str) -> str:
    """Apple says what somebody is called once, at their first sign-in, in a field beside the code."""
    try:
        said = json.loads(user[:LONGEST])["name"]
        return one_line(" ".join(str(said.get(part) or "") for part in ("firstName", "lastName")))[:LONGEST_NAME]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""
