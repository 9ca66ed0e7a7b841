"""What is asked of every page that people look at: it fits, keeps nobody out, and asks nobody else for anything."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from campaign.cli import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = frozenset({"serious", "critical"})
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    """axe-core, as npm installed it."""
    return AXE.read_text()


def barriers(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it is now: rule, where, and what to do."""
    page.evaluate(axe_source())
    found: dict[str, Any] = page.evaluate(
        "standards => axe.run({runOnly: {type: 'tag', values: standards}, resultTypes: ['violations']})", STANDARDS
    )
    return [
        f"{violation['id']} ({violation['impact']}) at {node['target'][0]}: {node['failureSummary']}"
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def hidden_width(page: Page) -> int:
    """CSS pixels by which the page is wider than its screen."""
    hidden: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return hidden
