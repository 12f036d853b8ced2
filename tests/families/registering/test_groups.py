"""A group signed up at its institution's desk: families' rules, the limit for groups, and who is not photographed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from activities.models import Capacity, Occurrence
from families import registering
from families.models import Registration, SignUp
from families.parties import Child, Party
from families.photos import Photo
from families.registering import AlreadySent, NoRoom, NotOpen, Refused
from kopiena.floor.models import Notice
from partners.models import Institution
from tests.conftest import NOW
from tests.gate import ANNA, boss, calls, capacity, class_comes, group, is_clean, kindergarten, signs_up, staff, stands

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)


def limit(occurrence: Occurrence, for_groups: int | None, places: int | None = 10, unit: str = "people") -> None:
    given: dict[str, Any] = {"unit": unit, "places": places, "for_groups": for_groups}
    registering.set_places(occurrence.pk, by=boss(), now=NOW, **given)


def test_a_class_is_placed_as_a_group_of_its_institution_and_its_contact_is_told(date: Dates) -> None:
    occurrence = date(30)
    made = class_comes(occurrence, 2, 20, sender=replace(ANNA, email="skolotaja@example.lv", needs_answer="Rampa"))
    sent = made.sign_up
    assert (sent.channel, sent.institution, sent.email) == ("desk", kindergarten(), "skolotaja@example.lv")
    assert (made.is_group, made.status, made.adults, made.children, made.seats) == (True, "placed", 2, 20, 22)
    assert (made.needs_answer, made.overrides) == ("Rampa", [])
    assert (capacity(occurrence).taken, capacity(occurrence).taken_by_groups) == (22, 22)
    assert list(Notice.objects.values_list("kind", "recipient")) == [("placed", "skolotaja@example.lv")]
    assert not LogEntry.objects.exists()  # nobody of the staff did it
    assert is_clean()


def test_a_group_has_no_privileges_kept_places_and_closed_dates_are_as_for_a_family(date: Dates) -> None:
    occurrence = date(10)
    registering.hold_places(occurrence.pk, held=6, until=NOW + DAY, by=boss(), now=NOW)
    with pytest.raises(NoRoom):
        class_comes(occurrence, 1, 4, may_wait=False)
    assert capacity(occurrence).held == 6
    late = date(10, occurrence={"sign_up_closes_at": NOW})
    with pytest.raises(NotOpen):
        class_comes(late, 1, 4)
    early = date(10, occurrence={"sign_up_opens_at": NOW + DAY})
    with pytest.raises(NotOpen, match="not opened yet"):
        class_comes(early, 1, 4)
    assert is_clean()


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"audience": "invited"}, {"audience": "discreet"}])
def test_what_is_not_public_refuses_alike_whatever_its_limit(date: Dates, fields: dict[str, Any]) -> None:
    occurrence = date(10, **fields)
    limit(occurrence, 0)
    with pytest.raises(NotOpen, match="no longer here"):
        class_comes(occurrence, 1, 4)
    assert not SignUp.objects.exists()


def test_known_ages_are_asked_as_of_a_family(date: Dates) -> None:
    occurrence = date(10, is_age_asked=True, age_from=4, age_to=7)
    with pytest.raises(Refused, match="Age: 4–7 years"):
        class_comes(occurrence, party=Party.with_ages(1, (Child(9),)))
    assert class_comes(occurrence, 1, 8).is_placed  # not known: nothing stands in the way


def test_a_group_that_does_not_fit_waits_whole_only_where_the_teacher_says_so(date: Dates) -> None:
    occurrence = date(10)
    signs_up(occurrence, 3)
    with pytest.raises(NoRoom, match="Free: 7 places"):
        class_comes(occurrence, 1, 8, may_wait=False)
    assert class_comes(occurrence, 1, 8).is_waiting
    assert stands(occurrence) == [(1, "placed", 3), (2, "waiting", 9)]
    registering.cancel(Registration.objects.earliest("pk").pk, now=NOW)
    assert stands(occurrence) == [(1, "cancelled", 3), (2, "placed", 9)]
    assert is_clean()


def test_groups_keep_to_their_limit_while_families_take_what_is_left(date: Dates) -> None:
    occurrence = date(20)
    limit(occurrence, 10, places=20)
    class_comes(occurrence, 1, 6)
    with pytest.raises(NoRoom, match="Places free for groups: 3"):
        class_comes(occurrence, 1, 3, may_wait=False)
    assert class_comes(occurrence, 1, 3).is_waiting
    assert signs_up(occurrence, 4).is_placed
    assert is_clean()


def test_a_group_larger_than_it_could_ever_be_given_places_for_is_warned(date: Dates) -> None:
    occurrence = date(20)
    limit(occurrence, 10, places=20)
    with pytest.raises(NoRoom, match=r"needs: 12\. The most a group can have here: 10\. It can wait"):
        class_comes(occurrence, 2, 10, may_wait=False)
    with pytest.raises(NoRoom, match=r"needs: 21\. The most a group can have here: 20\."):
        class_comes(date(20), 1, 20, may_wait=False)


def test_where_no_place_is_for_groups_or_each_is_for_a_family_a_group_cannot_even_wait(date: Dates) -> None:
    occurrence = date(10)
    limit(occurrence, 0)
    with pytest.raises(Refused, match="no places are meant for groups"):
        class_comes(occurrence, 1, 4)
    with pytest.raises(Refused, match="each place is for a family"):
        class_comes(date(10, unit="families"), 1, 4)
    assert not Registration.objects.exists()


def test_past_the_limit_for_groups_there_is_no_queue_where_places_have_none(date: Dates) -> None:
    occurrence = date(None)
    limit(occurrence, 10, places=None)
    assert class_comes(occurrence, 1, 5).is_placed
    with pytest.raises(NoRoom, match=r"free for groups: 4\. The group can come in a smaller number, or on another"):
        class_comes(occurrence, 1, 5)
    with pytest.raises(NoRoom, match=r"The most a group can have here: 10\. Call the centre, or"):
        class_comes(occurrence, 1, 15)
    assert is_clean()


def test_a_whole_school_comes_and_more_than_that_does_not(date: Dates) -> None:
    occurrence = date(None)
    assert class_comes(occurrence, 100, 900).seats == 1000
    with pytest.raises(Refused, match="at most 1000 people"):
        class_comes(occurrence, 101, 900)


def test_the_same_form_twice_is_one_group_and_another_content_or_institution_is_told(date: Dates) -> None:
    occurrence, other = date(30), Institution.objects.create(slug="cits", name_lv="Cits", kind="preschool")
    made = class_comes(occurrence, 1, 8, token="once")
    assert class_comes(occurrence, 1, 8, token="once") == made
    with pytest.raises(AlreadySent):
        class_comes(occurrence, 1, 9, token="once")
    with pytest.raises(AlreadySent):
        class_comes(occurrence, 1, 8, token="once", institution=other)
    with pytest.raises(AlreadySent):  # a family's form with the same token
        signs_up(occurrence, 1, 8, token="once")
    assert capacity(occurrence).taken == 9


def test_many_groups_of_one_contact_are_no_junk(date: Dates) -> None:
    occurrence = date(None)
    for _ in range(30):
        class_comes(occurrence, 1, 5)
    assert capacity(occurrence).taken_by_groups == 180


def test_parents_may_have_said_no_for_some_but_not_for_more_than_come(date: Dates) -> None:
    occurrence = date(30)
    sent = class_comes(occurrence, 1, 8, sender=replace(ANNA, may_be_photographed=True, not_photographed=8)).sign_up
    assert (sent.may_be_photographed, sent.not_photographed) == (True, 8)
    with pytest.raises(Refused, match="In the group: 8 children") as refusal:
        class_comes(occurrence, 1, 8, sender=replace(ANNA, may_be_photographed=True, not_photographed=9))
    assert refusal.value.field == "not_photographed"


def test_a_group_comes_smaller_at_any_time_and_larger_where_it_fits_also_past_what_a_family_may(date: Dates) -> None:
    occurrence = date(40)
    limit(occurrence, 30, places=40)
    made = class_comes(occurrence, 2, 23)
    assert registering.change(made.pk, Party(2, 18), now=NOW + DAY).seats == 20
    assert registering.change(made.pk, Party(3, 27), now=NOW + DAY).seats == 30
    with pytest.raises(NoRoom):
        registering.change(made.pk, Party(3, 28), now=NOW + DAY)
    registering.change(made.pk, Party(1, 8), now=NOW + 10 * DAY - timedelta(minutes=1))
    with pytest.raises(Refused, match="has begun"):
        registering.change(made.pk, Party(1, 7), now=NOW + 10 * DAY)
    assert capacity(occurrence).taken_by_groups == 9
    assert is_clean()


def test_the_answer_about_photographs_changes_and_shrinks_with_the_group(date: Dates) -> None:
    occurrence = date(30)
    sender = replace(ANNA, may_be_photographed=True, not_photographed=5)
    made = class_comes(occurrence, 1, 8, sender=sender)

    def answer() -> tuple[bool | None, int]:
        return SignUp.objects.values_list("may_be_photographed", "not_photographed").get()

    registering.change(made.pk, Party(1, 3), staff=staff(), now=NOW)  # by the office, which is not asked
    assert answer() == (True, 3)
    registering.change(made.pk, Party(1, 9), photo=Photo(is_yes=False), now=NOW)
    assert answer() == (False, 0)
    registering.change(made.pk, Party(1, 9), photo=Photo(is_yes=True, not_for=9), now=NOW)
    assert answer() == (True, 9)
    with pytest.raises(Refused):
        registering.change(made.pk, Party(1, 8), photo=Photo(is_yes=True, not_for=9), now=NOW)
    assert answer() == (True, 9)
    assert Registration.objects.get().children == 9


def test_a_familys_answer_stays_when_its_party_changes(date: Dates) -> None:
    made = signs_up(date(), 2, sender=replace(ANNA, may_be_photographed=True))
    registering.change(made.pk, Party(1), photo=Photo(is_yes=False), now=NOW)
    assert SignUp.objects.get().may_be_photographed is True


def test_groups_of_an_institution_are_its_own_and_none_where_only_the_invited_come_unseen(date: Dates) -> None:
    other = Institution.objects.create(slug="cits", name_lv="Cits", kind="preschool")
    mine = class_comes(date(), 1, 5)
    class_comes(date(), 1, 5, institution=other)
    signs_up(date(), 1, 5)
    group(date(audience="discreet"), 1, 5)
    calls(date(), 1)
    assert list(Registration.objects.groups_of(kindergarten())) == [mine]


@pytest.mark.django_db(transaction=True)
def test_of_a_family_and_a_class_that_race_for_the_last_places_one_waits(date: Dates) -> None:
    occurrence, institution, start = date(6), kindergarten(), Barrier(2)

    def race(deed: Callable[[], Any]) -> Thread:
        def run() -> None:
            start.wait()
            try:
                deed()
            finally:
                connection.close()

        return Thread(target=run)

    runners = [
        race(lambda: class_comes(occurrence, 1, 4, institution=institution)),
        race(lambda: signs_up(occurrence, 2, 2)),
    ]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    found = Registration.objects.of(occurrence.pk)
    assert sorted(found.values_list("status", flat=True)) == ["placed", "waiting"]
    counted = Capacity.objects.get(pk=occurrence.pk)
    assert counted.taken == found.placed().get().seats
    assert counted.taken_by_groups == (counted.taken if found.placed().get().is_group else 0)
    assert is_clean()
