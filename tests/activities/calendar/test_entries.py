"""What the calendar shows of a span of days: one query, ready words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from activities.calendar.entries import Entry, Happenings, happenings
from activities.models import Meeting, Venue
from tests.activities.conftest import riga

Make = Callable[..., Any]

SPAN = (date(2027, 3, 1), date(2027, 4, 1))


def test_an_entry_is_said_whole(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 12, 14), title_lv="Talka & „zupa”", slug="talka", theme="cleanup")
    assert happenings(*SPAN, now) == Happenings(
        by_day={
            date(2027, 3, 12): (
                Entry(
                    address="/aktivitates/talka/",
                    title="Talka &amp; „zupa”",
                    theme="cleanup",
                    first_day=date(2027, 3, 12),
                    last_day=date(2027, 3, 12),
                    clock="14.00",
                    hours="14.00–16.00",
                    span="",
                    off="",
                    where="Mezgls",
                ),
            )
        },
        campaigns=(),
    )


def test_a_campaign_is_said_whole(make_campaign: Make, now: datetime) -> None:
    make_campaign(riga(2027, 3, 2), riga(2027, 3, 9), title_lv="Sīpollociņi", slug="loki", theme="garden")
    assert happenings(*SPAN, now) == Happenings(
        by_day={},
        campaigns=(
            Entry(
                address="/aktivitates/loki/",
                title="Sīpollociņi",
                theme="garden",
                first_day=date(2027, 3, 2),
                last_day=date(2027, 3, 9),
                clock="",
                hours="",
                span="no 2. līdz 9. martam",
                off="",
                where="Mājās",
            ),
        ),
    )


def test_a_whole_day_has_no_hours_and_is_no_campaign(make_campaign: Make, now: datetime) -> None:
    make_campaign(riga(2027, 3, 28), riga(2027, 3, 28))  # the day of the clock change: 23 hours
    found = happenings(*SPAN, now)
    (entry,) = found.by_day[date(2027, 3, 28)]
    assert (entry.clock, entry.hours, entry.span, found.campaigns) == ("", "", "", ())


def test_an_evening_past_midnight_stays_on_its_evening(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 12, 23), title_lv="Balle")
    make_occurrence(starts_at=riga(2027, 2, 28, 23), title_lv="Februāra balle")
    found = happenings(*SPAN, now)
    assert {day: [str(entry.title) for entry in entries] for day, entries in found.by_day.items()} == {
        date(2027, 3, 12): ["Balle"]
    }
    assert found.campaigns == ()


def test_meetings_side_by_side_are_one_entry_with_each_place_once(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=riga(2027, 3, 12, 14))
    first = occurrence.meetings.get()
    at = {"occurrence": occurrence, "starts_at": first.starts_at, "ends_at": first.ends_at}
    Meeting.objects.create(**at, where="online")
    Meeting.objects.create(**at, where="venue", venue=first.venue)
    Meeting.objects.create(**at, where="home")
    other = Venue.objects.create(slug="parks", name_lv="Parks <pie upes>")
    Meeting.objects.create(**at, where="venue", venue=other)
    (entry,) = happenings(*SPAN, now).by_day[date(2027, 3, 12)]
    assert entry.where == "Mezgls, Parks &lt;pie upes&gt;, mājās, tiešsaistē"


def test_of_meetings_side_by_side_those_called_off_name_no_place(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=riga(2027, 3, 12, 14))
    first = occurrence.meetings.get()
    other = Meeting.objects.create(
        occurrence=occurrence, starts_at=first.starts_at, ends_at=first.ends_at, where="online", is_cancelled=True
    )
    (entry,) = happenings(*SPAN, now).by_day[date(2027, 3, 12)]
    assert (entry.off, entry.where) == ("", "Mezgls")
    Meeting.objects.exclude(pk=other.pk).update(is_cancelled=True)
    (entry,) = happenings(*SPAN, now).by_day[date(2027, 3, 12)]
    assert (entry.off, entry.where) == ("Nenotiks", "Mezgls, tiešsaistē")


def test_what_is_called_off_says_so_in_the_tense_of_its_time(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 12, 14), occurrence={"state": "cancelled"})
    for moment, word in ((now, "Nenotiks"), (now + timedelta(days=30), "Nenotika")):
        (entry,) = happenings(*SPAN, moment).by_day[date(2027, 3, 12)]
        assert entry.off == word


def test_a_text_in_another_language_carries_its_own(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 3, 12, 14), title_lv="Talka <1>", title_ru="")
    with translation.override("ru"):
        (entry,) = happenings(*SPAN, now).by_day[date(2027, 3, 12)]
    assert (entry.title, entry.where) == (
        '<span lang="lv">Talka &lt;1&gt;</span>',
        '<span lang="lv">Mezgls</span>',
    )
    assert entry.address.startswith("/ru/aktivitates/")


def test_a_kept_entry_is_never_older_than_its_row(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=riga(2027, 3, 12, 14), title_lv="Talka", slug="talka")
    activity, meeting = occurrence.activity, occurrence.meetings.get()

    def seen(moment: datetime = now) -> tuple[str, ...]:
        (entry,) = happenings(*SPAN, moment).by_day[date(2027, 3, 12)]
        return (entry.in_month, entry.in_days)

    lines = [seen(), seen()]
    assert lines[0] == lines[1]
    for row, fields in (
        (activity, {"title_lv": "Liela talka"}),
        (activity, {"theme": "garden"}),
        (activity, {"slug": "liela-talka"}),
        (meeting, {"ends_at": riga(2027, 3, 12, 17)}),
        (meeting, {"starts_at": riga(2027, 3, 12, 13)}),
        (meeting.venue, {"name_lv": "Parks"}),
        (meeting, {"is_cancelled": True}),
    ):
        type(row).objects.filter(pk=row.pk).update(**fields)
        lines.append(seen())
    lines.append(seen(now + timedelta(days=30)))  # nothing changed but the time
    assert len(set(lines)) == len(lines) - 1
    assert lines[-1] == (
        '<a class="month__event theme--garden" href="/aktivitates/liela-talka/"><span class="month__time">13.00</span> '
        "<del>Liela talka</del> <strong>Nenotika</strong></a>\n",
        '<a href="/aktivitates/liela-talka/">Liela talka</a>'
        '<p><strong class="places places--none">Nenotika</strong></p>'
        '<p class="quiet">13.00–17.00, Parks</p>\n',
    )


def test_words_remembered_in_one_language_are_not_said_in_another(make_occurrence: Make, now: datetime) -> None:
    occurrence = make_occurrence(starts_at=riga(2027, 3, 12, 14), title_lv="Talka", title_ru="Субботник")
    occurrence.meetings.update(where="online", venue=None)
    seen = {}
    for code in ("lv", "ru", "en", "lv"):
        with translation.override(code):
            (entry,) = happenings(*SPAN, now).by_day[date(2027, 3, 12)]
            seen[code] = (entry.clock, str(entry.where), str(entry.title))
    assert seen == {
        "lv": ("14.00", "Tiešsaistē", "Talka"),
        "ru": ("14.00", "Онлайн", "Субботник"),
        "en": ("14:00", "Online", "Lake clean-up 1"),
    }


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": "discreet"},
        {"audience": "invited"},
        {"state": "draft"},
        {"state": "proposed"},
        {"state": "returned"},
        {"state": "archived"},
    ],
    ids=str,
)
def test_only_what_anybody_may_see_is_in_it(
    make_occurrence: Make, make_campaign: Make, now: datetime, hidden: dict[str, str]
) -> None:
    make_occurrence(starts_at=riga(2027, 3, 12, 14), **hidden)
    make_campaign(riga(2027, 3, 2), riga(2027, 3, 9), **hidden)
    assert happenings(*SPAN, now).is_empty


def test_it_is_one_query_whatever_the_number(
    make_occurrence: Make, make_campaign: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence(starts_at=riga(2027, 3, 12, 14))
            make_campaign(riga(2027, 3, 5), riga(2027, 3, 6))
        with django_assert_num_queries(1):
            happenings(*SPAN, now)
