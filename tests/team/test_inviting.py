"""Inviting by link and by mail."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text

from campaign.accounts.accepting import accept_invitation
from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.accounts.invitations import find_invitation, revoke_invitation
from campaign.accounts.models import Invitation, Person, Role
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted
from campaign.jobs.models import Job
from campaign.team import mailing
from campaign.team.inviting import Means, Wish, invite_to_team, renew_in_team
from campaign.team.mailing import compose, letter_to_send
from tests.people import Someone
from tests.submissions.conftest import Work
from tests.team.conftest import invited

KEY = "a secret that is only good for tests"
MAILS = Means(mails=True, secret_key=KEY)
NO_MAILS = Means(mails=False, secret_key=KEY)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of every mail handed over."""
    handed: list[str] = []
    monkeypatch.setattr(mailing, "deliver", lambda message: handed.append(f"{message.to} {message.body}"))
    return handed


def ask(actor: Actor, means: Means = MAILS, **wish: object) -> tuple[Invitation, str | None]:
    given = {"role": Role.CAST, "campaign_id": None} | wish
    with transaction():
        return invite_to_team(actor, Wish(**given), means)  # type: ignore[arg-type]  # the wish is the test's own


def person(someone: Someone) -> Person:
    return db.session.get_one(Person, someone.person_id)


def test_link_gives_the_role_and_names_the_giver(own_marketer: Someone, campaign: Campaign, fan: Someone) -> None:
    _, secret = ask(own_marketer.actor, campaign_id=campaign.id, note=" Welcome   aboard ")
    assert secret is not None
    assert find_invitation(secret).note == "Welcome aboard"
    with transaction():
        grant = accept_invitation(secret, person(fan))
    assert (grant.role, grant.campaign_id, grant.granted_by) == (Role.CAST, campaign.id, own_marketer.person_id)
    actions = db.session.execute(
        select(AuditEntry.action, AuditEntry.actor_id).where(AuditEntry.campaign_id == campaign.id)
    )
    assert {("invitation.created", own_marketer.person_id), ("invitation.used", fan.person_id),
            ("role.granted", own_marketer.person_id)} <= {tuple(row) for row in actions}  # fmt: skip


def test_marketer_invites_to_their_own_campaign_only(
    own_marketer: Someone, own_staff: Someone, elsewhere: Campaign, campaign: Campaign
) -> None:
    for somebody, campaign_id in ((own_marketer, elsewhere.id), (own_marketer, None), (own_staff, campaign.id)):
        with pytest.raises(NotPermitted):
            ask(somebody.actor, campaign_id=campaign_id)


def test_admin_of_one_campaign_cannot_be_invited(own_marketer: Someone, admin: Someone, campaign: Campaign) -> None:
    for somebody in (own_marketer, admin):
        with pytest.raises(Conflict):
            ask(somebody.actor, role=Role.ADMIN, campaign_id=campaign.id)


@pytest.mark.parametrize(
    ("wish", "means", "field"),
    [
        ({"email": "not an address"}, MAILS, "email"),
        ({"email": "a@b@c"}, MAILS, "email"),
        ({"email": "Ada <ada@example.test>"}, MAILS, "email"),
        ({"email": "a" * 250 + "@b.test"}, MAILS, "email"),
        ({"email": "ada@example.test"}, NO_MAILS, "email"),
        ({"note": "x" * 301}, MAILS, "note"),
    ],
)
def test_what_cannot_be_used_is_told(admin: Someone, wish: dict[str, str], means: Means, field: str) -> None:
    with pytest.raises(InvalidInput) as problem:
        ask(admin.actor, means, **wish)
    assert list(problem.value.fields) == [field]


def test_new_link_closes_the_one_before(admin: Someone, fan: Someone) -> None:
    invitation, first = ask(admin.actor)
    with transaction():
        _, second = renew_in_team(admin.actor, invitation.id, MAILS)
    with pytest.raises(NotFound):
        accept_invitation(str(first), person(fan))
    assert accept_invitation(str(second), person(fan)).role is Role.CAST


def test_link_taken_back_gives_nothing(admin: Someone, fan: Someone) -> None:
    invitation, secret = ask(admin.actor)
    with transaction():
        revoke_invitation(admin.actor, invitation.id)
    with pytest.raises(Conflict, match="taken back"):
        accept_invitation(str(secret), person(fan))
    with pytest.raises(Conflict, match="Invite anew"):
        renew_in_team(admin.actor, invitation.id, MAILS)


def test_used_one_is_neither_renewed_nor_taken_back(admin: Someone, fan: Someone) -> None:
    invitation, secret = ask(admin.actor)
    with transaction():
        accept_invitation(str(secret), person(fan))
    with pytest.raises(Conflict):
        renew_in_team(admin.actor, invitation.id, MAILS)
    with pytest.raises(Conflict):
        revoke_invitation(admin.actor, invitation.id)


def test_stranger_learns_nothing_of_an_invitation(own_marketer: Someone, fan: Someone) -> None:
    invitation, _ = invited()
    for somebody in (own_marketer, fan):
        with pytest.raises(NotPermitted):
            revoke_invitation(somebody.actor, invitation.id)


def test_mail_brings_a_link_that_opens(
    admin: Someone, campaign: Campaign, fan: Someone, sent: list[str], work: Work
) -> None:
    campaign_id = campaign.id
    invitation, secret = ask(admin.actor, campaign_id=campaign_id, email=" ada@example.test ", note="Come!")
    invitation_id = invitation.id
    assert secret is None
    work("team.invitation_mail")
    assert len(sent) == 1
    assert "ada@example.test" in sent[0]
    assert "“Come!”" in sent[0]
    assert "Admin invites you to join “Flaunt your city” as one of the cast." in sent[0]
    link = sent[0].split("/invitations/")[1].split()[0]
    with transaction():
        assert accept_invitation(link, person(fan)).campaign_id == campaign_id
    assert db.session.get_one(Invitation, invitation_id).sent_at is not None


def test_neither_row_nor_job_holds_the_mailed_link(admin: Someone) -> None:
    invitation, _ = ask(admin.actor, email="ada@example.test")
    letter = letter_to_send(invitation.id, 0, KEY, "http://localhost")
    assert letter is not None
    secret = letter.url.rpartition("/")[2]
    rows = [*db.session.scalars(text("SELECT invitation::text FROM invitation"))]
    payloads = [str(payload) for payload in db.session.scalars(select(Job.payload))]
    assert secret not in "".join(rows + payloads)
    assert find_invitation(secret).id == invitation.id


@pytest.mark.parametrize("end", ["revoke", "renew", "accept"])
def test_mail_whose_invitation_changed_is_not_sent(
    admin: Someone, fan: Someone, sent: list[str], work: Work, end: str
) -> None:
    invitation, _ = ask(admin.actor, email="ada@example.test")
    letter = letter_to_send(invitation.id, 0, KEY, "http://localhost")
    assert letter is not None
    with transaction():
        if end == "revoke":
            revoke_invitation(admin.actor, invitation.id)
        elif end == "renew":
            renew_in_team(admin.actor, invitation.id, MAILS)
        else:
            accept_invitation(letter.url.rpartition("/")[2], person(fan))
    work("team.invitation_mail")
    assert len(sent) == (1 if end == "renew" else 0)


def test_sent_once_however_often_the_job_runs(admin: Someone, sent: list[str], work: Work) -> None:
    payload = {"invitation_id": str(ask(admin.actor, email="ada@example.test")[0].id), "serial": 0}
    work("team.invitation_mail")
    with transaction():
        db.session.add(Job(kind="team.invitation_mail", payload=payload))
    work("team.invitation_mail")
    assert len(sent) == 1


def test_address_that_is_refused_is_told_to_whoever_invited(
    admin: Someone, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_message: object) -> None:
        raise mailing.Undeliverable("The mail server does not take mail for this address: “550 no”.")

    monkeypatch.setattr(mailing, "deliver", refuse)
    invitation_id = ask(admin.actor, email="ada@example.test")[0].id
    work("team.invitation_mail")
    kept = db.session.get_one(Invitation, invitation_id)
    assert (kept.sent_at, kept.send_problem) == (None, "The mail server does not take mail for this address: “550 no”.")


def test_html_shows_words_as_words(app: Flask, admin: Someone) -> None:
    invitation, _ = ask(admin.actor, email="ada@example.test", note="<b>Come</b> & see")
    letter = letter_to_send(invitation.id, 0, KEY, "http://localhost")
    assert letter is not None
    message = compose(letter)
    assert "&lt;b&gt;Come&lt;/b&gt; &amp; see" in message.alternatives[0][0]
    assert "“<b>Come</b> & see”" in message.body


def test_key_that_was_changed_is_told(admin: Someone) -> None:
    invitation, _ = ask(admin.actor, email="ada@example.test")
    assert letter_to_send(invitation.id, 0, "another key altogether, also long enough", "http://localhost") is None
    assert "SECRET_KEY" in db.session.get_one(Invitation, invitation.id).send_problem


def test_invitation_page_tells_who_and_what(admin: Someone, fan: Someone) -> None:
    invitation, secret = ask(admin.actor, note="See you on set")
    page = fan.browser.get(f"/invitations/{secret}")
    assert "Admin invites you to join every campaign as one of the cast." in page.text
    assert "See you on set" in page.text
    with transaction():
        revoke_invitation(admin.actor, invitation.id)
    page = fan.browser.get(f"/invitations/{secret}")
    assert (page.status_code, "This invitation was taken back" in page.text) == (200, True)
    refusal = fan.browser.post(f"/invitations/{secret}")
    assert (refusal.status_code, "taken back" in refusal.text) == (409, True)
