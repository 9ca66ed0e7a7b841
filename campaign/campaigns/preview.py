"""A draft's public page as a fan will see it, for the desk alone."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.campaigns.desk import for_desk
from campaign.campaigns.models import Stage, State
from campaign.campaigns.pages import pages, public_page

SHOWN = {State.SCHEDULED: "Before it opens", State.OPEN: "While it is open", State.CLOSED: "After it has closed"}


@pages.get("/desk/c/<slug>/preview")
def desk_preview(slug: str) -> ResponseReturnValue:
    """Once it is launched there is nothing to preview: the page itself is there."""
    campaign = for_desk(slug)
    if campaign.stage is not Stage.DRAFT:
        return redirect(url_for("campaigns.show", slug=slug))
    chosen = next((state for state in SHOWN if state.value == request.args.get("as")), State.OPEN)
    page = public_page(campaign)
    page |= {"campaign": replace(page["campaign"], state=chosen), "entries_left": None, "can_manage": False}
    return render_template("desk/preview.html", **page, shown=SHOWN, chosen=chosen)
