"""Cancelled, past and closed are said; unpublished, discreet, invited and not there are the same nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from activities.models import Occurrence
from tests.journeys.conftest import NOTHING, PHONE, saved, sign_up_form
from tests.journeys.resident import Page, Resident

ANSWERS = [("contact_name", "Anna"), ("phone", PHONE), ("adults", "2"), ("photo", "no")]
SAID = {
    "cancelled": ("Nenotiks", "Не состоится", "Will not take place"),
    "past": ("Notika 26. februārī", "Прошло 26 февраля", "Took place on 26 February"),
    "closed": ("Pieteikšanās ir beigusies", "Запись закрыта", "Sign-up is closed"),
    "not yet": (
        "Pieteikšanās sāksies trešdien, 3. martā, plkst. 9.00",
        "Запись начнётся в среду, 3 марта, в 9.00",
        "Sign-up opens on Wednesday 3 March at 9:00",
    ),
    "not needed": ("Bez pieteikšanās – vienkārši nāciet", "Без записи – просто приходите", "No sign-up, just come"),
}


@pytest.fixture
def offered(make_occurrence: Any, now: Any) -> dict[str, Occurrence]:
    return {
        "cancelled": make_occurrence(occurrence={"state": "cancelled"}),
        "past": make_occurrence(starts_at=now - timedelta(days=3)),
        "closed": make_occurrence(occurrence={"sign_up_closes_at": now - timedelta(hours=1)}),
        "not yet": make_occurrence(occurrence={"sign_up_opens_at": now + timedelta(days=1, hours=21)}),
        "not needed": make_occurrence(occurrence={"is_sign_up_needed": False}),
    }


@pytest.mark.parametrize("state", SAID)
def test_what_cannot_be_signed_up_to_says_why_and_holds_no_form(
    resident: Resident, offered: dict[str, Occurrence], state: str
) -> None:
    for language, said in zip(("lv", "ru", "en"), SAID[state], strict=True):
        page = sign_up_form(resident, offered[state], language)
        assert page.status == 200
        assert said in page.text
        assert not list(page.document.iter("form"))


@pytest.mark.parametrize("state", SAID)
def test_a_form_sent_there_all_the_same_is_refused_with_a_sentence_and_everything_kept(
    resident: Resident, make_occurrence: Any, offered: dict[str, Occurrence], state: str
) -> None:
    occurrence = offered[state]
    changed = {name: getattr(occurrence, name) for name in ("state", "sign_up_closes_at", "sign_up_opens_at")}
    needed = occurrence.is_sign_up_needed
    Occurrence.objects.filter(pk=occurrence.pk).update(
        state="planned", sign_up_closes_at=None, sign_up_opens_at=None, is_sign_up_needed=True
    )
    meeting = occurrence.meetings.get()
    begins, ends = meeting.starts_at, meeting.ends_at
    occurrence.meetings.update(starts_at=begins + timedelta(days=30), ends_at=ends + timedelta(days=30))
    form = sign_up_form(resident, occurrence)
    Occurrence.objects.filter(pk=occurrence.pk).update(is_sign_up_needed=needed, **changed)
    occurrence.meetings.update(starts_at=begins, ends_at=ends)
    page = resident.post(form, [*form.fields(), *ANSWERS])
    assert page.status == 200
    assert len(page.errors()) == 1
    assert page.title.startswith("Kļūda:")
    assert page.typed("contact_name") == "Anna"
    assert saved() == NOTHING


def masked(answer: Any, *parts: str) -> str:
    """The page without what it was asked for."""
    source = answer.content.decode()
    for part in parts:
        source = source.replace(part, "…")
    return source


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_what_is_not_for_everybody_is_not_there_to_the_last_byte(make_occurrence: Any, prefix: str) -> None:
    hidden = [
        make_occurrence(state="draft"),
        make_occurrence(state="proposed"),
        make_occurrence(state="archived"),
        make_occurrence(audience="discreet"),
        make_occurrence(audience="invited"),
        make_occurrence(audience="discreet", occurrence={"state": "cancelled"}),
    ]
    nobody = max(each.pk for each in hidden) + 1000
    client = Client()

    def asked(method: str, number: int) -> tuple[int, str, dict[str, str]]:
        answer = getattr(client, method)(f"{prefix}/pieteikties/{number}/")
        return answer.status_code, masked(answer, f"/{number}/"), dict(answer.headers) | {"Content-Length": ""}

    for method in ("get", "post"):
        nothing = asked(method, nobody)
        assert nothing[0] == 404
        for occurrence in hidden:
            assert asked(method, occurrence.pk) == nothing
    nothing_there = client.get(f"{prefix}/aktivitates/nav-tadas/")
    for occurrence in hidden:
        slug = occurrence.activity.slug
        answer = client.get(f"{prefix}/aktivitates/{slug}/")
        assert answer.status_code == nothing_there.status_code == 404
        assert masked(answer, slug) == masked(nothing_there, "nav-tadas")


def test_an_activity_taken_back_while_the_form_was_open_is_gone(resident: Resident, make_occurrence: Any) -> None:
    occurrence = make_occurrence()
    form = sign_up_form(resident, occurrence)
    occurrence.activity.audience = "discreet"
    occurrence.activity.save()
    page: Page = resident.post(form, [*form.fields(), *ANSWERS])
    assert page.status == 404
    assert saved() == NOTHING
