"""Fingers on a touch screen, as it tells of them."""

from __future__ import annotations

from playwright.sync_api import Page


def swipe(page: Page, across: int, down: int) -> None:
    """One finger over the easel, as a touch screen tells it."""
    page.locator("[data-easel]").evaluate(
        """(easel, [across, down]) => {
            const {left, top, width, height} = easel.getBoundingClientRect();
            const touch = {pointerId: 7, pointerType: 'touch', bubbles: true};
            const at = (x, y) => ({...touch, clientX: left + width / 2 + x, clientY: top + height / 3 + y});
            easel.querySelector('[data-hang]').dispatchEvent(new PointerEvent('pointerdown', at(0, 0)));
            document.dispatchEvent(new PointerEvent('pointermove', at(across, down)));
            document.dispatchEvent(new PointerEvent('pointerup', at(across, down)));
        }""",
        [across, down],
    )


def pinch(page: Page, factor: float) -> None:
    """Two fingers that part, over the photo or the loupe."""
    page.evaluate(
        """factor => {
            const place = document.querySelector('[data-hang]');
            const touch = {clientY: 300, pointerType: 'touch', bubbles: true};
            const fire = (type, pointerId, x) =>
                place.dispatchEvent(new PointerEvent(type, {...touch, clientX: 180 + x, pointerId}));
            fire('pointerdown', 11, -40); fire('pointerdown', 12, 40);
            fire('pointermove', 12, 40 * (2 * factor - 1));
            fire('pointerup', 11, -40); fire('pointerup', 12, 40);
        }""",
        factor,
    )
