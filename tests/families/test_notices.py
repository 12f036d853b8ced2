"""Which deed owes whom which word, and whether as a letter or as a call."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from activities.models import Occurrence
from families import registering
from families.models import Registration
from families.parties import Party
from families.registering import Sender
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.gate import ANNA, boss, calls, signs_up, staff

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)
BY_MAIL = Sender(name="Ольга", language="ru", email="olga@example.lv", has_declared=True)
BY_BOTH = Sender(name="Ilze", language="lv", email="ilze@example.lv", phone="+37120000000", has_declared=True)


@pytest.fixture
def date(make_occurrence: Callable[..., Occurrence]) -> Dates:
    def make(places: int | None = 10, **fields: Any) -> Occurrence:
        return make_occurrence(places=places, **fields)

    return make


def owed(registration: Registration) -> list[tuple[str, int, str]]:
    """What is owed about it: kind, revision, way; in the order of being written."""
    ours = Notice.objects.filter(about=f"registration:{registration.pk}").owed().order_by("pk")
    return list(ours.values_list("kind", "revision", "channel"))


def test_who_signs_up_with_an_e_mail_gets_a_letter_in_her_language(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    notice = Notice.objects.get()
    assert (notice.about, notice.kind, notice.revision) == (f"registration:{ours.pk}", "placed", 0)
    assert (notice.channel, notice.recipient, notice.language, notice.details) == ("mail", "olga@example.lv", "ru", {})
    assert (notice.created_at, notice.state) == (NOW, "owed")


def test_who_waits_gets_a_letter_that_says_so(date: Dates) -> None:
    occurrence = date(1)
    signs_up(occurrence)
    assert owed(signs_up(occurrence, sender=BY_MAIL)) == [("waiting", 0, "mail")]


def test_who_has_just_read_the_answer_and_has_no_e_mail_is_not_rung_up(date: Dates) -> None:
    occurrence = date(1)
    assert owed(signs_up(occurrence)) == []
    assert owed(signs_up(occurrence)) == []


def test_a_demonstration_is_told_nothing_of_being_signed_up(date: Dates) -> None:
    assert owed(signs_up(date(), sender=BY_MAIL, is_demo=True)) == []


def test_freed_places_are_told_by_letter_or_by_call(date: Dates) -> None:
    occurrence = date(2)
    leaving = signs_up(occurrence, 2)
    by_mail, by_phone = signs_up(occurrence, sender=BY_MAIL), signs_up(occurrence)
    registering.cancel(leaving.pk, now=NOW)
    assert owed(by_mail) == [("promoted", 1, "mail")]
    assert owed(by_phone) == [("promoted", 1, "call")]
    assert list(Notice.objects.filter(state="withdrawn").values_list("kind", "reason")) == [("waiting", "overtaken")]


def test_within_a_day_of_the_beginning_everybody_with_a_phone_is_rung_up_as_well(date: Dates) -> None:
    begins = NOW + 2 * DAY
    ours = signs_up(date(starts_at=begins), sender=BY_BOTH)
    at = begins - timedelta(hours=24)
    registering.call_off(ours.occurrence_id, reason={"reason_lv": "Lietus."}, by=boss(), now=at)
    assert [each for each in owed(ours) if each[0] == "called_off"] == [("called_off", 1, "mail")]
    registering.take_up(ours.occurrence_id, by=boss(), now=at)
    registering.call_off(ours.occurrence_id, reason={}, by=boss(), now=at + timedelta(microseconds=1))
    assert [each for each in owed(ours) if each[0] == "called_off"] == [
        ("called_off", 3, "mail"),
        ("called_off", 3, "call"),
    ]


def test_a_changed_party_is_told_once_however_often_it_changed(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    for adults in (2, 3):
        registering.change(ours.pk, Party(adults=adults), now=NOW)
    assert owed(ours) == [("placed", 0, "mail"), ("changed", 2, "mail")]


def test_who_fits_once_the_party_is_smaller_hears_that_places_came_free_and_no_more(date: Dates) -> None:
    occurrence = date(2)
    signs_up(occurrence)
    ours = signs_up(occurrence, 2, sender=BY_MAIL)
    registering.change(ours.pk, Party(adults=1), now=NOW)
    assert owed(ours) == [("promoted", 2, "mail")]


def test_who_cancels_gets_that_alone(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    registering.cancel(ours.pk, now=NOW)
    assert owed(ours) == [("cancelled", 1, "mail")]
    assert Notice.objects.get(kind="placed").state == "withdrawn"


def test_whom_the_centre_cancels_is_rung_up_where_there_is_no_e_mail(date: Dates) -> None:
    ours = signs_up(date())
    registering.cancel(ours.pk, by=boss(), now=NOW)
    assert owed(ours) == [("cancelled", 1, "call")]


def test_junk_is_told_nothing_and_what_waited_to_be_sent_to_it_is_withdrawn(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    registering.clear_junk([ours.pk], by=boss(), now=NOW)
    assert list(Notice.objects.values_list("kind", "state", "reason")) == [("placed", "withdrawn", "not_so")]


def test_who_was_taken_for_junk_and_waits_since_hears_of_it(date: Dates) -> None:
    occurrence = date(1)
    ours = signs_up(occurrence, sender=BY_MAIL)
    registering.clear_junk([ours.pk], by=boss(), now=NOW)
    signs_up(occurrence)
    registering.restore(NOW, by=boss(), now=NOW + DAY)
    assert owed(ours) == [("waiting", 2, "mail")]


def test_placed_by_hand_is_told_like_places_that_came_free(date: Dates) -> None:
    occurrence = date(2)
    leaving = signs_up(occurrence, 2)
    ours = signs_up(occurrence, sender=BY_MAIL)
    late = occurrence.meetings.get().starts_at - timedelta(hours=5)
    registering.cancel(leaving.pk, now=late)
    assert owed(ours) == [("waiting", 0, "mail"), ("no_place", 0, "mail")]
    registering.place_by_hand(ours.pk, staff=staff(), now=late)
    assert owed(ours) == [("promoted", 1, "mail")]


def test_moved_to_another_date_she_hears_of_the_old_and_the_new_one(date: Dates) -> None:
    old, new = date(), date()
    ours = signs_up(old, sender=BY_MAIL)
    registering.move(ours.pk, new.pk, staff=staff(), now=NOW)
    assert owed(ours) == [("moved", 1, "mail")]
    details = Notice.objects.get(kind="moved").details
    assert details["date"] == old.pk
    assert [each["meeting"] for each in details["old"]] == [old.meetings.get().pk]


def test_moved_twice_before_it_was_sent_is_one_word_with_the_oldest_date(date: Dates) -> None:
    first, second, third = date(), date(), date()
    ours = signs_up(first, sender=BY_MAIL)
    for target in (second, third):
        registering.move(ours.pk, target.pk, staff=staff(), now=NOW)
    assert owed(ours) == [("moved", 2, "mail")]
    details = Notice.objects.owed().get().details
    assert (details["date"], [each["meeting"] for each in details["old"]]) == (first.pk, [first.meetings.get().pk])


def test_joined_registrations_are_told_once_at_each_address(date: Dates) -> None:
    occurrence = date()
    kept, other = signs_up(occurrence, sender=BY_MAIL), signs_up(occurrence, sender=BY_MAIL)
    registering.merge(kept.pk, other.pk, together=True, by=boss(), now=NOW)
    assert [each for each in owed(kept) if each[0] != "twice"] == [("placed", 0, "mail"), ("changed", 1, "mail")]
    assert owed(other) == []


def test_the_other_address_of_joined_registrations_hears_that_its_own_ended(date: Dates) -> None:
    occurrence = date()
    elsewhere = Sender(name="Ilze", language="lv", email="ilze2@example.lv", phone="+37120000000")
    kept, other = signs_up(occurrence, sender=BY_BOTH), signs_up(occurrence, sender=elsewhere)
    registering.merge(kept.pk, other.pk, together=False, by=boss(), now=NOW)
    assert owed(other) == [("cancelled", 1, "mail")]


def test_a_second_sign_up_with_a_known_contact_is_told_to_its_owner_alone(date: Dates) -> None:
    occurrence = date()
    owner = signs_up(occurrence, sender=BY_BOTH)
    second = signs_up(occurrence, sender=ANNA)
    assert owed(owner) == [("placed", 0, "mail"), ("twice", second.pk, "mail")]
    twice = Notice.objects.get(kind="twice")
    assert (twice.recipient, twice.language, twice.details) == ("ilze@example.lv", "lv", {"second": second.pk})
    assert owed(second) == []


def test_a_second_sign_up_for_another_date_is_nobodys_concern(date: Dates) -> None:
    signs_up(date(), sender=BY_BOTH)
    signs_up(date(), sender=BY_BOTH)
    assert not Notice.objects.filter(kind="twice").exists()


def test_who_calls_and_leaves_an_e_mail_gets_the_letter_too(date: Dates) -> None:
    assert owed(calls(date(), sender=BY_MAIL)) == [("placed", 0, "mail")]


def test_erased_she_is_owed_nothing_and_nothing_of_her_is_left(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_BOTH)
    Notice.objects.update(answer="451 ilze@example.lv: later")
    registering.erase(ours.sign_up_id, now=NOW)
    assert list(Notice.objects.values_list("kind", "state", "reason", "recipient", "answer")) == [
        ("placed", "withdrawn", "not_so", "", "")
    ]


def test_a_letter_in_somebodys_hand_is_taken_out_of_it_when_she_is_erased(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    Notice.objects.update(state="sending", claimed_until=NOW)
    registering.erase(ours.sign_up_id, now=NOW)
    assert Notice.objects.values_list("state", "reason", "recipient").get() == ("withdrawn", "erased", "")


def test_called_off_and_taken_up_before_anybody_heard_nobody_hears_of_either(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    Notice.objects.update(state="sent", sent_at=NOW)
    registering.call_off(ours.occurrence_id, reason={"reason_lv": "Lietus."}, by=boss(), now=NOW)
    assert owed(ours) == [("called_off", 1, "mail")]
    registering.take_up(ours.occurrence_id, by=boss(), now=NOW)
    assert owed(ours) == []


@pytest.mark.parametrize("state", [{"state": "sent", "sent_at": NOW}, {"state": "failed", "reason": "refused"}])
def test_who_heard_the_bad_news_hears_the_good(date: Dates, state: dict[str, Any]) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    registering.call_off(ours.occurrence_id, reason={}, by=boss(), now=NOW)
    Notice.objects.update(**state)
    registering.take_up(ours.occurrence_id, by=boss(), now=NOW)
    assert owed(ours) == [("taken_up", 2, "mail")]


def test_who_missed_a_letter_because_the_date_was_off_hears_that_it_takes_place(date: Dates) -> None:
    ours = signs_up(date(), sender=BY_MAIL)
    registering.call_off(ours.occurrence_id, reason={}, by=boss(), now=NOW)
    Notice.objects.filter(kind="placed").withdraw("not_so")  # as the worker does when it comes to it
    registering.take_up(ours.occurrence_id, by=boss(), now=NOW)
    assert owed(ours) == [("taken_up", 2, "mail")]
