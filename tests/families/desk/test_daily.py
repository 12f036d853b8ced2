"""Each morning an institution's people hear what is new and what is tomorrow: one letter for each day, or none."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command

from activities.models import Meeting, Occurrence
from families import registering
from families.desk import daily
from families.desk.daily import DeskDay
from kopiena.floor.models import Notice, User
from partners.models import Institution, Membership
from tests.activities.proposing.story import institution, person
from tests.gate import signs_up

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
HOUR, DAY, MOMENT = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)
BEGINS = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)  # a Saturday, 14.00 in Riga
NINE = datetime(2027, 3, 26, 7, 0, tzinfo=UTC)  # 09.00 in Riga on the day before
EIGHT = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)  # 08.00 in Riga on some day before
MIDNIGHT = datetime(2027, 3, 26, 22, 0, tzinfo=UTC)  # in Riga the 27th begins


def owed(kind: str) -> list[tuple[str, str, str]]:
    """About what, to whom, in which language."""
    found = Notice.objects.filter(kind=kind).order_by("pk")
    return list(found.values_list("about", "recipient", "language"))


@pytest.fixture
def teacher() -> User:
    return person(language="ru")


@pytest.fixture
def ours(make_occurrence: Dates, teacher: User) -> Callable[..., Occurrence]:
    """Makes a date of the institution's own."""

    def make(of: Institution | None = None, **fields: Any) -> Occurrence:
        made = make_occurrence(**{"starts_at": BEGINS, "places": 20, **fields})
        made.activity.organisers.add(of or institution())
        return made

    return make


def test_what_a_letter_is_about_is_read_back() -> None:
    at = DeskDay(3, date(2027, 3, 26), 5)
    assert str(at) == "institution:3:2027-03-26:user:5"
    assert DeskDay.of(str(at)) == at


def test_the_worker_finds_and_sends_both(ours: Any) -> None:
    signs_up(ours(), now=NINE - 2 * HOUR)
    with time_machine.travel(NINE, tick=False):
        for _ in range(2):
            call_command("work", once=True, stdout=StringIO())
    told = Notice.objects.filter(kind__in=["tomorrow", "new_sign_ups"]).values_list("kind", "state")
    assert sorted(told) == [("new_sign_ups", "sent"), ("tomorrow", "sent")]
    assert sorted(each.subject for each in mail.outbox if each.to == ["ilze@example.lv"]) == [
        "Завтра: Субботник у озера 1",
        "Новые записи: 1",
    ]


# Tomorrow


def test_tomorrow_is_told_at_nine_the_day_before_and_not_sooner(ours: Any, teacher: User) -> None:
    ours()
    assert daily.owe_tomorrow(NINE - MOMENT) == 0
    assert daily.owe_tomorrow(NINE) == 1
    about = f"institution:{institution().pk}:2027-03-27:user:{teacher.pk}"
    assert owed("tomorrow") == [(about, "ilze@example.lv", "ru")]


def test_found_twice_and_late_it_is_one_and_on_the_day_itself_none(ours: Any) -> None:
    ours()
    for at in (NINE + 6 * HOUR, NINE + 6 * HOUR, MIDNIGHT - MOMENT, MIDNIGHT, NINE + DAY):
        daily.owe_tomorrow(at)
    assert len(owed("tomorrow")) == 1
    Notice.objects.all().delete()
    for at in (MIDNIGHT, NINE + DAY):
        assert daily.owe_tomorrow(at) == 0


def test_two_workers_at_once_write_one(ours: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    signs_up(ours(), now=EIGHT - HOUR)
    monkeypatch.setattr(daily, "_known", lambda kind, days: set())  # neither sees what the other writes
    for _ in range(2):
        assert (daily.owe_tomorrow(NINE), daily.owe_new_sign_ups(EIGHT)) == (1, 1)
    assert (len(owed("tomorrow")), len(owed("new_sign_ups"))) == (1, 1)


def test_several_dates_of_a_day_are_one_letter_and_each_institution_has_its_own(ours: Any) -> None:
    both = ours()
    both.activity.organisers.add(institution("13-vsk"))
    ours(starts_at=BEGINS + HOUR)
    person("pirma@example.lv", of=institution("13-vsk"), role="manager")
    person("otra@example.lv", of=institution("13-vsk"))
    daily.owe_tomorrow(NINE)
    assert [to for _about, to, _language in owed("tomorrow")] == [
        "ilze@example.lv",
        "pirma@example.lv",
        "otra@example.lv",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda date: date.meetings.update(is_cancelled=True),
        lambda date: Occurrence.objects.update(state="cancelled"),
        lambda date: type(date.activity).objects.update(state="archived"),
        lambda date: type(date.activity).objects.update(audience="discreet"),
        lambda date: date.activity.organisers.clear(),
        lambda date: User.objects.update(is_active=False),
        lambda date: Membership.objects.all().delete(),
    ],
    ids=["meeting off", "date off", "archived", "discreet", "not theirs", "disabled", "removed"],
)
def test_of_what_is_not_so_nothing_is_owed(ours: Any, change: Callable[[Occurrence], Any]) -> None:
    occurrence = ours()
    signs_up(occurrence, now=EIGHT - HOUR)
    change(occurrence)
    daily.owe_tomorrow(NINE)
    assert owed("tomorrow") == []
    if not occurrence.meetings.filter(is_cancelled=True):  # sign-ups of a date put off are still sign-ups
        daily.owe_new_sign_ups(EIGHT)
        assert owed("new_sign_ups") == []


def test_each_day_of_a_course_is_told_of(ours: Any) -> None:
    meeting = ours().meetings.get()
    Meeting.objects.create(
        occurrence=meeting.occurrence,
        starts_at=BEGINS + DAY,
        ends_at=BEGINS + DAY + HOUR,
        where="venue",
        venue=meeting.venue,
    )
    for days in range(3):
        daily.owe_tomorrow(NINE + days * DAY)
    assert [DeskDay.of(about).day.day for about, *_ in owed("tomorrow")] == [27, 28]


# New sign-ups


def test_once_a_day_what_came_until_eight_is_told(ours: Any, teacher: User) -> None:
    occurrence = ours()
    signs_up(occurrence, now=EIGHT - HOUR)
    assert daily.owe_new_sign_ups(EIGHT - MOMENT) == 0
    assert [daily.owe_new_sign_ups(EIGHT + late) for late in (0 * HOUR, HOUR, 6 * HOUR)] == [1, 0, 0]
    about = f"institution:{institution().pk}:2027-03-10:user:{teacher.pk}"
    assert owed("new_sign_ups") == [(about, "ilze@example.lv", "ru")]


def test_where_nothing_is_new_nothing_is_told(ours: Any) -> None:
    occurrence = ours()
    signs_up(occurrence, now=EIGHT - HOUR)
    daily.owe_new_sign_ups(EIGHT)
    signs_up(occurrence, now=EIGHT + DAY + HOUR)
    assert [daily.owe_new_sign_ups(EIGHT + days * DAY) for days in (1, 2, 3)] == [0, 1, 0]
    registering.cancel(signs_up(occurrence, now=EIGHT + 3 * DAY + HOUR).pk, now=EIGHT + 3 * DAY + 2 * HOUR)
    assert daily.owe_new_sign_ups(EIGHT + 4 * DAY) == 0


def test_a_day_that_was_missed_is_told_with_the_next_one(ours: Any) -> None:
    occurrence = ours()
    for days in range(3):
        signs_up(occurrence, now=EIGHT - HOUR + days * DAY)
    daily.owe_new_sign_ups(EIGHT)
    daily.owe_new_sign_ups(EIGHT + 2 * DAY)
    found = Notice.objects.filter(kind="new_sign_ups").order_by("pk")
    assert [datetime.fromisoformat(each.details["since"]) for each in found] == [EIGHT - 7 * DAY, EIGHT]


def test_who_came_to_the_institution_yesterday_hears_of_what_came_since(ours: Any) -> None:
    occurrence = ours()
    signs_up(occurrence, now=EIGHT - 2 * DAY)
    user = person("jauna@example.lv")
    Membership.objects.filter(user=user).update(since=EIGHT - DAY)
    daily.owe_new_sign_ups(EIGHT)
    assert [to for _about, to, _language in owed("new_sign_ups")] == ["ilze@example.lv"]


def test_of_what_is_over_nobody_is_told(ours: Any) -> None:
    occurrence = ours(starts_at=EIGHT - 3 * HOUR)
    signs_up(occurrence, now=EIGHT - 4 * HOUR)
    assert daily.owe_new_sign_ups(EIGHT) == 0


def test_few_questions_however_many_people_and_dates(ours: Any, django_assert_num_queries: Any) -> None:
    for number in range(4):
        signs_up(ours(starts_at=BEGINS + number * HOUR), now=NINE - 2 * HOUR)
        person(f"{number}@example.lv")
    assert daily.owe_due(NINE) == 10
    with django_assert_num_queries(6):  # of each letter: what there is, whose, what is known
        daily.owe_due(NINE + HOUR)
