"""After signing in, people stay on this site."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.accounts.destinations import safe_next

SITE = "https://photos.example.test"
TEMPTING = st.text(st.sampled_from("/\\:@?#.%\t\n\r eviltshp\u2028\u3002\uff0f"), max_size=30)


def as_browsers_read(url: str) -> str:
    """WHATWG URL: tabs and line ends are dropped, backslashes are slashes, spaces and controls at the ends go."""
    cleaned = url.strip("".join(map(chr, range(33))))
    cleaned = cleaned.translate({9: None, 10: None, 13: None}).replace("\\", "/")
    return urljoin(f"{SITE}/sign-in", cleaned)


@pytest.mark.parametrize(
    "path", ["/", "/c/flaunt-your-city/enter", "/photos/1?from=mine#top", "/c/x?a=%2F%2Fevil.test"]
)
def test_path_of_ours_is_kept(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://evil.test",
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "/\n/evil.test",
        " //evil.test",
        "javascript:alert(1)",
        "c/x",
        "/" + "a" * 2000,
        "/" + "é" * 200,
    ],
)
def test_other_address_leads_home(url: str | None) -> None:
    assert safe_next(url) == "/"


@given(st.one_of(TEMPTING, st.text(), TEMPTING.map(lambda end: f"/{end}")))
@example("/%09/evil.test")
@example("/..//evil.test")
@example("/\ud800")
def test_any_words_stay_on_this_site(url: str) -> None:
    kept = safe_next(url)
    assert kept.isascii()
    parts = urlsplit(as_browsers_read(kept))
    assert (parts.scheme, parts.netloc) == ("https", "photos.example.test")


def test_letters_of_the_world_are_percent_encoded() -> None:
    assert safe_next("/c/münchen") == "/c/m%C3%BCnchen"
