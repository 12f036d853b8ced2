"""Signing up by phone and for groups: kept places first, rules let pass with a reason, never past `places`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from activities.models import Occurrence
from families import registering
from families.models import Registration, SignUp
from families.parties import Child, Party
from families.registering import AlreadySent, NeedsReason, NoRoom, NotOpen, Refused, Sender
from tests.conftest import NOW
from tests.gate import boss, calls, capacity, group, is_clean, kindergarten, signs_up, staff, stands

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)
EVERYTHING = ("age", "window", "held", "order")


def holds(occurrence: Occurrence, held: int) -> None:
    registering.hold_places(occurrence.pk, held=held, until=NOW + DAY, by=boss(), now=NOW)


def test_who_calls_is_placed_without_any_contact_and_it_is_written_down_who_did_it(date: Dates) -> None:
    occurrence = date()
    made = calls(occurrence, 2, 1, sender=Sender(name="", language="ru"))
    sent = made.sign_up
    assert (sent.channel, sent.email, sent.phone, sent.language, sent.institution) == ("phone", "", "", "ru", None)
    assert (made.status, made.seats, made.is_group, made.overrides, made.override_reason) == (
        "placed",
        3,
        False,
        [],
        "",
    )
    assert list(LogEntry.objects.values_list("user", "object_id", "object_repr")) == [
        (boss().pk, str(made.pk), f"#{made.pk}")
    ]
    assert is_clean()


def test_callers_use_the_kept_places_first_and_then_the_others(date: Dates) -> None:
    occurrence = date(5)
    holds(occurrence, 3)
    calls(occurrence, 2)
    assert (capacity(occurrence).held, capacity(occurrence).held_until) == (1, NOW + DAY)
    calls(occurrence, 2)
    assert (capacity(occurrence).held, capacity(occurrence).held_until) == (0, None)
    assert capacity(occurrence).taken == 4
    signs_up(occurrence, 1, may_wait=False)
    assert is_clean()


def test_kept_places_are_the_callers_although_others_wait(date: Dates) -> None:
    occurrence = date(5)
    holds(occurrence, 2)
    signs_up(occurrence, 3)
    waiting = signs_up(occurrence, 2)
    made = calls(occurrence, 2)
    assert stands(occurrence) == [(1, "placed", 3), (2, "waiting", 2), (3, "placed", 2)]
    assert (made.overrides, Registration.objects.with_overtaken().get(pk=waiting.pk).overtaken) == ([], 1)
    assert is_clean()


def test_a_caller_passes_over_who_waits_only_with_a_reason(date: Dates) -> None:
    """After the moment when freed places go to the queue, they are the coordinator's to give."""
    occurrence = date(4, starts_at=NOW + DAY)
    leaving = signs_up(occurrence, 4)
    signs_up(occurrence, 2)
    late = NOW + timedelta(hours=7)
    registering.cancel(leaving.pk, now=late)
    with pytest.raises(NeedsReason) as asked:
        calls(occurrence, 3, now=late)
    sentence = "Somebody who came earlier is waiting, and these places would be enough for them."
    assert asked.value.broken == {"order": sentence}
    with pytest.raises(NeedsReason):
        calls(occurrence, 3, now=late, staff=staff("order"))  # without a reason
    with pytest.raises(NeedsReason):
        calls(occurrence, 3, now=late, staff=staff("held", reason="A twin"))  # another rule
    assert SignUp.objects.count() == 2
    made = calls(occurrence, 3, now=late, staff=staff(*EVERYTHING, reason=" A twin "))
    assert (made.status, made.overrides, made.override_reason) == ("placed", ["order"], "A twin")


def test_who_may_wait_waits_rather_than_be_asked_for_a_reason(date: Dates) -> None:
    occurrence = date(2, starts_at=NOW + DAY)
    leaving = signs_up(occurrence, 2)
    signs_up(occurrence, 2)
    late = NOW + timedelta(hours=7)
    registering.cancel(leaving.pk, now=late)
    made = calls(occurrence, 2, now=late, may_wait=True)
    assert (made.status, made.overrides) == ("waiting", [])


@pytest.mark.parametrize("may_wait", [False, True])
def test_nobody_passes_the_places_even_with_every_rule_let_pass(date: Dates, may_wait: bool) -> None:
    occurrence = date(3)
    signs_up(occurrence, 2)
    given = {"staff": staff(*EVERYTHING, reason="Please"), "may_wait": may_wait}
    if may_wait:
        assert calls(occurrence, 2, **given).is_waiting
    else:
        with pytest.raises(NoRoom, match="Free: 1 place"):
            calls(occurrence, 2, **given)
    assert capacity(occurrence).taken == 2
    assert is_clean()


@pytest.mark.parametrize(
    ("occurrence", "sentence"),
    [
        ({"sign_up_closes_at": NOW}, "Sign-up is closed."),
        ({"sign_up_opens_at": NOW + timedelta(microseconds=1)}, "Sign-up has not opened yet."),
    ],
)
def test_the_time_of_sign_up_can_be_let_pass(date: Dates, occurrence: dict[str, Any], sentence: str) -> None:
    made = date(occurrence=occurrence)
    with pytest.raises(NeedsReason) as asked:
        calls(made, may_wait=True)
    assert asked.value.broken == {"window": sentence}
    placed = calls(made, staff=staff("window", reason="She rang in time"))
    assert (placed.overrides, placed.override_reason) == (["window"], "She rang in time")


@pytest.mark.parametrize(
    "occurrence",
    [{"sign_up_closes_at": NOW + timedelta(microseconds=1)}, {"sign_up_opens_at": NOW}],
)
def test_the_moments_of_opening_and_closing_are_exact(date: Dates, occurrence: dict[str, Any]) -> None:
    assert calls(date(occurrence=occurrence)).overrides == []


def test_the_age_can_be_let_pass_and_all_that_is_broken_is_asked_at_once(date: Dates) -> None:
    occurrence = date(age_from=4, age_to=7, is_age_asked=True, occurrence={"sign_up_closes_at": NOW})
    party = Party.with_ages(1, (Child(8),))
    with pytest.raises(NeedsReason) as asked:
        calls(occurrence, party=party)
    assert list(asked.value.broken) == ["window", "age"]
    made = calls(occurrence, party=party, staff=staff("age", "window", reason="A sister"))
    assert made.overrides == ["age", "window"]


@pytest.mark.parametrize(
    ("fields", "occurrence", "sentence"),
    [
        ({"state": "draft"}, {}, "This date is no longer here. Please choose another in the calendar."),
        ({"state": "archived"}, {}, "This date is no longer here. Please choose another in the calendar."),
        ({}, {"state": "cancelled"}, "This date will not take place. Please choose another."),
        ({}, {"is_sign_up_needed": False}, "No sign-up needed here: just come."),
    ],
)
def test_what_nobody_may_is_refused_to_the_coordinator_too(
    date: Dates, fields: dict[str, Any], occurrence: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(NotOpen) as refusal:
        calls(date(occurrence=occurrence, **fields), staff=staff(*EVERYTHING, reason="Please"))
    assert refusal.value.message == sentence


def test_without_a_time_nobody_is_signed_up(date: Dates) -> None:
    occurrence = date()
    occurrence.meetings.all().delete()
    with pytest.raises(NotOpen, match="The date is not known yet"):
        calls(occurrence)


def test_by_invitation_the_coordinator_signs_up_and_the_web_does_not(date: Dates) -> None:
    occurrence = date(audience="invited")
    with pytest.raises(NotOpen):
        signs_up(occurrence)
    assert calls(occurrence).is_placed


def test_a_group_is_signed_up_for_its_institution(date: Dates) -> None:
    made = group(date(20), 2, 12)
    sent = made.sign_up
    assert (sent.channel, sent.institution, made.is_group, made.seats) == ("desk", kindergarten(), True, 14)
    assert capacity(made.occurrence).taken_by_groups == 14
    assert is_clean()


def test_a_group_may_be_larger_than_a_form_of_the_web_and_not_larger_than_a_thousand(date: Dates) -> None:
    occurrence = date(None)
    assert group(occurrence, 500, 500).seats == 1000
    with pytest.raises(Refused) as refusal:
        group(occurrence, 501, 500)
    assert refusal.value.field == "adults"


def test_where_a_place_is_for_a_family_a_group_is_refused(date: Dates) -> None:
    with pytest.raises(Refused) as refusal:
        group(date(unit="families"), 1, 5)
    assert (refusal.value.field, refusal.value.message) == (
        "institution",
        "Here each place is for a family, so a group cannot be signed up.",
    )


def test_groups_keep_to_their_limit_and_families_take_the_rest(date: Dates) -> None:
    occurrence = date(20)
    registering.set_places(occurrence.pk, unit="people", places=20, for_groups=10, by=boss(), now=NOW)
    group(occurrence, 1, 5)
    with pytest.raises(NoRoom) as refusal:
        group(occurrence, 1, 4, staff=staff(*EVERYTHING, reason="Please"))
    assert refusal.value.message == (
        "Places free for groups: 4. The group can come in a smaller number, wait, or on another date."
    )
    waiting = group(occurrence, 1, 4, may_wait=True)
    assert group(occurrence, 1, 3).is_placed
    signs_up(occurrence, 10, may_wait=False)
    assert waiting.is_waiting
    assert (capacity(occurrence).taken, capacity(occurrence).taken_by_groups) == (20, 10)
    assert is_clean()


def test_a_group_that_waits_for_its_limit_holds_up_no_family(date: Dates) -> None:
    occurrence = date(10)
    registering.set_places(occurrence.pk, unit="people", places=10, for_groups=3, by=boss(), now=NOW)
    group(occurrence, 1, 4, may_wait=True)
    assert signs_up(occurrence, 5, may_wait=False).is_placed
    assert is_clean()


def test_the_same_form_of_the_phone_twice_is_one_and_for_another_institution_another(date: Dates) -> None:
    occurrence = date()
    first = calls(occurrence, 2, token="same")
    assert calls(occurrence, 2, token="same") == first
    with pytest.raises(AlreadySent) as refusal:
        group(occurrence, 2, token="same")
    assert refusal.value.sign_up == first.sign_up
    assert capacity(occurrence).taken == 2


def test_at_a_date_without_limit_nobody_waits(date: Dates) -> None:
    occurrence = date(None)
    assert calls(occurrence, 30, may_wait=True).is_placed
    registering.set_places(occurrence.pk, unit="people", places=None, for_groups=0, by=boss(), now=NOW)
    with pytest.raises(NoRoom):
        group(occurrence, 1, 1, may_wait=True)
    assert is_clean()


def test_the_refusal_counts_only_those_who_need_a_place(date: Dates) -> None:
    party = Party(adults=1, children=3, children_along=1)
    by_children, by_people = date(2, unit="children", is_companion_seated=False), date(2, is_companion_seated=False)
    for occurrence, said in ((by_children, "Free: 2 places. In your form: 3 children"), (by_people, "form: 4 people")):
        with pytest.raises(NoRoom, match=said):
            signs_up(occurrence, party=party, may_wait=False)
