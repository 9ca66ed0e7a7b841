"""A campaign's own words: checked, per language, signed, tried on oneself, taken back, copied."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Person
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import InvalidInput, NotPermitted
from campaign.moments.house_words import HOUSE, Words
from campaign.moments.models import Kind
from campaign.moments.occasions import Occasion
from campaign.moments.wording import LONGEST_BODY, check_words, save_words, tidy, written_words
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos, make_campaign
from tests.moments.conftest import Postbox, Work, again, happen, told, wait_out
from tests.people import Someone

PAGE = "/desk/c/flaunt-your-city/messages/wording"
HOLA = {"subject": "¡Hola {name}!", "body": "Tu foto “{caption}” ha llegado.\n\nHasta pronto.", "button": "Ver"}


def write(marketer: Someone, campaign: Campaign, language: str = "", **changes: str) -> None:
    given = {"subject": "We have {caption}", "body": "Dear {name}, we have it.", "button": "Look", **changes}
    with transaction():
        save_words(marketer.actor, again(campaign), Occasion.RECEIVED, language, Words(**given))


def hear(campaign: Campaign, person: Someone, work: Work) -> None:
    assert person.person_id is not None
    photo = add_photos(again(campaign), person.person_id, 1, SubmissionState.READY)[0]
    happen("submission.received", submission_id=photo.id)
    work()


def speak(person: Someone, language: str) -> None:
    with transaction():
        db.session.execute(update(Person).where(Person.id == person.person_id).values(language=language))


def test_own_words_are_told(campaign: Campaign, marketer: Someone, fan: Someone, work: Work) -> None:
    write(marketer, campaign)
    hear(campaign, fan, work)

    (message,) = told(fan)
    assert (message.title, message.body, message.button) == ("We have Photo 1", "Dear Fan, we have it.", "Look")


@pytest.mark.parametrize(
    ("language", "title"),
    [("es", "¡Hola Fan!"), ("es-MX", "¡Hola Fan!"), ("de", "We have Photo 1"), ("en", "We have Photo 1")],
)
def test_language_of_the_reader_chooses_the_words(
    campaign: Campaign, marketer: Someone, fan: Someone, work: Work, language: str, title: str
) -> None:
    write(marketer, campaign)
    write(marketer, campaign, "es", **HOLA)
    speak(fan, language)
    hear(campaign, fan, work)

    assert told(fan)[0].title == title


def test_without_words_of_ones_own_ours_are_told(campaign: Campaign, fan: Someone, work: Work) -> None:
    speak(fan, "de")
    hear(campaign, fan, work)

    assert told(fan)[0].title == HOUSE[Occasion.RECEIVED].subject


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("subject", "Hello {nmae}", "Did you mean {name}?"),
        ("body", "Hello {name", "A field is opened and not closed"),
        ("button", "See}", "A field is closed that was not opened"),
        ("body", "Because {reason}", "There is no field {reason} here."),
        ("subject", "  ", "A message needs a subject"),
        ("body", "", "Say something to them."),
        ("button", "", "The button needs a word or two"),
        ("subject", "x" * 121, "That is 121 characters; 120 fit."),
        ("body", "x" * (LONGEST_BODY + 1), "3,000 fit."),
    ],
)
def test_words_that_could_not_be_filled_are_refused_by_name(
    campaign: Campaign, marketer: Someone, field: str, words: str, said: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        write(marketer, campaign, **{field: words})

    assert list(refusal.value.fields) == [field]
    assert said in refusal.value.fields[field]


@pytest.mark.parametrize(
    ("occasion", "said"),
    [(Occasion.DECLINED, "{reason}"), (Occasion.REJECTED, "{reason}"), (Occasion.WINNER_AHEAD, "{until}")],
)
def test_what_a_fan_must_know_cannot_be_left_out(occasion: Occasion, said: str) -> None:
    assert said in check_words(occasion, Words("Hello", "Hello {name}", "See"))["body"]


def test_hidden_characters_and_wide_gaps_are_tidied() -> None:
    tidied = tidy(Words("  Hello\n\u200b{name} ", "One\u202e two \r\n\r\n\r\n\r\nthree", " See "))

    assert (tidied.subject, tidied.body, tidied.button) == ("Hello {name}", "One two\n\nthree", "See")


def test_staff_do_not_write(campaign: Campaign, staff: Someone) -> None:
    with pytest.raises(NotPermitted):
        write(staff, campaign)


def test_page_saves_previews_resets_and_audits(campaign: Campaign, marketer: Someone) -> None:
    given = {"subject": "Ahoy {name}", "body": "We have “{caption}”.", "button": "Look"}
    preview = marketer.browser.post(f"{PAGE}/received", data=given | {"step": "preview"})
    assert (preview.status_code, "Ahoy Maria" in preview.text) == (200, True)
    assert "We have “The tram at seven”." in preview.text
    assert list(written_words(again(campaign).id)) == []

    saved = marketer.browser.post(f"{PAGE}/received", data=given)
    assert (saved.status_code, saved.location) == (302, f"{PAGE}/received")
    assert [row.subject for row in written_words(again(campaign).id)] == ["Ahoy {name}"]
    assert "everybody else" in marketer.browser.get(PAGE).text

    marketer.browser.post(f"{PAGE}/received", data=given | {"step": "reset"})
    assert list(written_words(again(campaign).id)) == []
    noted = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("wording.%")))
    assert sorted(noted) == ["wording.reset", "wording.saved"]


def test_page_keeps_what_was_written_when_it_needs_another_look(campaign: Campaign, marketer: Someone) -> None:
    answer = marketer.browser.post(f"{PAGE}/received", data={"subject": "Hello {nmae}", "body": "B", "button": "C"})

    assert answer.status_code == 422
    assert "Did you mean {name}?" in answer.text
    assert 'value="Hello {nmae}"' in answer.text


def test_words_in_a_language_are_kept_apart(campaign: Campaign, marketer: Someone) -> None:
    answer = marketer.browser.post(f"{PAGE}/received", data=HOLA | {"language": "es"})

    assert answer.location == f"{PAGE}/received?language=es"
    assert "¡Hola" in marketer.browser.get(answer.location).text
    assert "¡Hola" not in marketer.browser.get(f"{PAGE}/received").text


def test_test_message_goes_to_oneself(
    campaign: Campaign, marketer: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    given = {"subject": "Ahoy {name}", "body": "“{caption}” is here.", "button": "Look", "step": "test"}
    answer = marketer.browser.post(f"{PAGE}/received", data=given)
    work()

    assert answer.status_code == 200
    assert postbox.recipients == ["marketer@example.test"]
    assert [(one.kind, one.title) for one in told(marketer)] == [(Kind.TEST, "Ahoy Maria")]
    assert list(written_words(again(campaign).id)) == []


def test_a_person_signs(campaign: Campaign, marketer: Someone, fan: Someone, work: Work) -> None:
    assert "The people behind Flaunt your city" in marketer.browser.get(PAGE).text
    marketer.browser.post("/desk/c/flaunt-your-city/messages/sign-off", data={"name": "Ana, who plays Rosa {name}"})
    hear(campaign, fan, work)
    assert told(fan)[0].signed == "Ana, who plays Rosa {name}"

    too_long = marketer.browser.post("/desk/c/flaunt-your-city/messages/sign-off", data={"name": "x" * 81})
    assert too_long.status_code == 422
    marketer.browser.post("/desk/c/flaunt-your-city/messages/sign-off", data={"name": ""})
    assert "The people behind Flaunt your city" in marketer.browser.get(PAGE).text


def test_duplicated_campaign_begins_with_the_same_words(
    campaign: Campaign, marketer: Someone, fan: Someone, work: Work
) -> None:
    write(marketer, campaign)
    marketer.browser.post("/desk/c/flaunt-your-city/messages/sign-off", data={"name": "Ana"})
    copy = make_campaign(marketer.actor, title="Flaunt your town")
    happen("campaign.duplicated", campaign_id=again(copy).id, from_id=again(campaign).id)
    work()
    hear(copy, fan, work)

    assert [(one.title, one.signed) for one in told(fan)] == [("We have Photo 1", "Ana")]


def test_pages_are_for_marketers(
    campaign: Campaign, staff: Someone, fan: Someone, cast_member: Someone, anonymous: Someone
) -> None:
    for address in (PAGE, f"{PAGE}/received"):
        for stranger in (staff, fan, cast_member):
            assert stranger.browser.get(address).status_code == 403
        assert anonymous.browser.get(address).status_code == 302
    for address in (f"{PAGE}/received", "/desk/c/flaunt-your-city/messages/sign-off"):
        for stranger in (staff, fan, cast_member):
            assert stranger.browser.post(address, data={}).status_code == 403
        assert anonymous.browser.post(address, data={}).status_code == 401


def test_odd_requests_are_told(campaign: Campaign, marketer: Someone) -> None:
    assert marketer.browser.get(f"{PAGE}/odd").status_code == 404
    assert marketer.browser.post(f"{PAGE}/odd", data={}).status_code == 404
    assert marketer.browser.get(f"{PAGE}/received?language=xx-odd").status_code == 422
    assert marketer.browser.get("/desk/c/nowhere/messages/wording").status_code == 404


def test_every_page_of_words_opens(campaign: Campaign, marketer: Someone) -> None:
    for occasion in Occasion:
        page = marketer.browser.get(f"{PAGE}/{occasion.value}")
        assert page.status_code == 200
        assert HOUSE[occasion].button in page.text


API = "/api/v1/campaigns/flaunt-your-city/wording"


def test_api_does_what_the_pages_do(campaign: Campaign, marketer: Someone, work: Work) -> None:
    browser = marketer.browser
    listed = browser.get(API).get_json()
    assert listed["signed"] == "The people behind Flaunt your city"
    assert [one["occasion"] for one in listed["occasions"]] == [one.value for one in Occasion]
    assert browser.get(f"{API}/received").get_json()["own"] is False

    kept = browser.put(f"{API}/received?language=es", json=HOLA)
    assert (kept.status_code, kept.get_json()["own"]) == (200, True)
    shown = browser.post(f"{API}/received/preview?language=es", json=HOLA).get_json()
    assert (shown["title"], shown["problems"]) == ("¡Hola Maria!", {})
    bad = browser.post(f"{API}/received/preview", json=HOLA | {"body": "{odd}"}).get_json()
    assert "There is no field {odd} here." in bad["problems"]["body"]
    assert browser.post(f"{API}/received/test", json=HOLA).status_code == 204
    assert browser.delete(f"{API}/received?language=es").get_json()["own"] is False
    assert browser.put(f"{API}/sign-off", json={"name": "Ana"}).get_json()["signed"] == "Ana"
    assert [one.title for one in told(marketer)] == ["¡Hola Maria!"]


def test_api_refuses(campaign: Campaign, marketer: Someone, staff: Someone, anonymous: Someone) -> None:
    bad = marketer.browser.put(f"{API}/received", json=HOLA | {"body": "{odd}"})
    assert (bad.status_code, list(bad.get_json()["fields"])) == (422, ["body"])
    assert marketer.browser.get(f"{API}/odd").status_code == 404
    assert marketer.browser.get(f"{API}/received?language=odd").status_code == 422
    writes = [
        ("get", API, None),
        ("get", f"{API}/received", None),
        ("put", f"{API}/received", HOLA),
        ("delete", f"{API}/received", None),
        ("post", f"{API}/received/preview", HOLA),
        ("post", f"{API}/received/test", HOLA),
        ("put", f"{API}/sign-off", {"name": "Ana"}),
    ]
    for method, address, body in writes:
        assert getattr(staff.browser, method)(address, json=body).status_code == 403
        assert getattr(anonymous.browser, method)(address, json=body).status_code == 401


def test_told_words_stay_as_they_were(campaign: Campaign, marketer: Someone, fan: Someone, work: Work) -> None:
    hear(campaign, fan, work)
    write(marketer, campaign)
    wait_out()
    work()

    assert told(fan)[0].title == "Your photo reached us"
