"""The people of a journey: each with a browser of their own, doing what their part does, by what they see."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 760}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PATIENCE = 20_000  # milliseconds


@dataclass
class Visitor:
    """Somebody at a browser; `subject` names the persona they sign in as."""

    base_url: str
    page: Page
    subject: str
    problems: list[str] = field(default_factory=list)

    @classmethod
    def arrive(cls, browser: Browser, base_url: str, subject: str, screen: dict[str, Any]) -> Visitor:
        """A fresh browser; `problems` collects what its scripts and its policy had to say."""
        page = browser.new_context(**screen).new_page()
        page.set_default_timeout(PATIENCE)
        visitor = cls(base_url, page, subject)
        page.on("pageerror", lambda problem: visitor.problems.append(f"{page.url}: {problem}"))
        page.on("console", lambda said: said.type == "error" and visitor.problems.append(f"{page.url}: {said.text}"))
        return visitor

    def open(self, path: str) -> None:
        self.page.goto(self.base_url + path)

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=label).first.click()

    def confirm(self, label: str) -> None:
        """Press a button that asks first, and say yes."""
        self.press(label)
        self.page.get_by_role("dialog").get_by_role("button", name=label).click()

    def choose_persona(self) -> None:
        """From the sign-in page through the provider and back."""
        self.page.get_by_role("link", name="Continue with").click()
        self.page.locator(f"button[name=sub][value={self.subject}]").click()

    def accept_invitation(self, link: str) -> None:
        self.page.goto(link)
        self.page.get_by_role("link", name="Sign in to accept").click()
        self.choose_persona()
        self.press("Accept as")
        expect(self.page.locator("body")).to_contain_text("Welcome!")


class Fan(Visitor):
    def send_photo(self, slug: str, photo: Path, caption: str) -> None:
        """From the campaign's page, past the question about age and the sign-in, to “it reached us”."""
        self.open(f"/c/{slug}")
        self.page.get_by_role("link", name="Add my photo").click()
        self.press("Yes, I am")
        self.choose_persona()
        self.page.locator("input[name=photo]").set_input_files(photo)
        expect(self.page.get_by_role("img", name="The photo you chose")).to_be_visible()
        self.page.get_by_label("What do we see?").fill(caption)
        self.page.get_by_label("Where is it?").fill("Lisbon")
        self.page.get_by_role("checkbox").check()
        self.press("Send my photo")
        expect(self.page.get_by_role("heading", name="Your photo reached us")).to_be_visible()

    def see_my_photos(self) -> Page:
        self.open("/me/photos")
        return self.page


class Moderator(Visitor):
    def publish_all(self, slug: str, captions: list[str]) -> None:
        """Publish what waits, one after the other, as the desk puts them forward."""
        for _ in captions:
            self.open(f"/desk/c/{slug}/moderation")
            self.press("Publish")
            expect(self.page.locator("main")).to_contain_text("It hangs in the gallery now.")
        self.open(f"/c/{slug}")
        for caption in captions:
            expect(self.page.locator("#gallery").get_by_alt_text(caption)).to_be_visible()


class Marketer(Visitor):
    def make_campaign(self, title: str, slug: str, brief: str) -> None:
        self.open("/desk/campaigns/new")
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Address").fill(slug)
        self.page.get_by_label("What do you ask for?").fill(brief)
        self.page.get_by_label("Rules").fill("You took the photo yourself.")
        self.press("Save the draft")
        self.confirm("Launch")
        expect(self.page.locator("main")).to_contain_text("It is launched")

    def move(self, slug: str, label: str, said: str) -> None:
        self.open(f"/desk/c/{slug}")
        self.confirm(label)
        expect(self.page.locator("main")).to_contain_text(said)

    def open_round(self, slug: str, judges: int) -> str:
        """Prepare a round with everybody of the cast, open it, and return its address at the desk."""
        self.open(f"/desk/c/{slug}/rounds/new")
        self.page.locator("#quorum").fill(str(judges))
        self.press("Save the round")
        self.confirm("Open")
        expect(self.page.locator("main")).to_contain_text("The round is open")
        return self.page.url

    def choose(self, round_url: str, *, winner: str, finalist: str) -> None:
        """Close the round, and choose from its result."""
        self.page.goto(round_url)
        self.confirm("Close")
        self.page.get_by_label(f"Winner: {winner}").check()
        self.page.get_by_label(f"Finalist: {finalist}").check()
        self.press("Save finalists and winners")


class Judge(Visitor):
    def sit_down(self, title: str) -> None:
        self.open("/panel")
        self.page.locator("li", has_text=title).get_by_role("link").first.click()
        expect(self.page.locator("[data-easel] img").first).to_be_visible()

    def look(self) -> None:
        """Wait until the photo is drawn: before that no vote is taken."""
        expect(self.page.locator("[data-easel]")).to_have_attribute("data-state", "here")

    @property
    def caption(self) -> str:
        return self.page.locator("[data-caption]").inner_text()

    @property
    def progress(self) -> str:
        return self.page.locator("[data-part=count]").inner_text()
