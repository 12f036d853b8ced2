"""The days of a month one below the other."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation

from activities.calendar.agenda import agenda_of
from activities.calendar.ways import Way
from tests.activities.conftest import riga

Make = Callable[..., Any]

MARCH = date(2027, 3, 1)


def test_only_busy_days_stand_in_it_in_order_with_the_words_of_their_date_block(
    make_occurrence: Make, now: datetime
) -> None:
    make_occurrence(starts_at=riga(2027, 3, 20, 9), title_lv="Vēlāk")
    make_occurrence(starts_at=riga(2027, 3, 1, 15), title_lv="Pēcpusdiena")
    make_occurrence(starts_at=riga(2027, 3, 1, 9), title_lv="Rīts")
    agenda = agenda_of(MARCH, now)
    assert [
        (
            day.iso,
            day.numeral,
            day.month,
            day.weekday,
            day.label,
            day.is_today,
            [str(each.title) for each in day.entries],
        )
        for day in agenda.ahead
    ] == [
        ("2027-03-01", "1", "marts", "pirmd.", "pirmdien, 1. martā", True, ["Rīts", "Pēcpusdiena"]),
        ("2027-03-20", "20", "marts", "sestd.", "sestdien, 20. martā", False, ["Vēlāk"]),
    ]
    assert agenda.gone == []


def test_of_this_month_the_days_gone_come_last(make_occurrence: Make, now: datetime) -> None:
    for day in (5, 10, 20):
        make_occurrence(starts_at=riga(2027, 3, day, 12))
    for later, ahead, gone in ((9, [10, 20], [5]), (99, [5, 10, 20], []), (-99, [5, 10, 20], [])):
        agenda = agenda_of(MARCH, now + timedelta(days=later))
        assert ([day.date.day for day in agenda.ahead], [day.date.day for day in agenda.gone]) == (ahead, gone)


def test_campaigns_stand_apart(make_campaign: Make, now: datetime) -> None:
    make_campaign(riga(2027, 2, 20), riga(2027, 3, 3), title_lv="Izstāde")
    agenda = agenda_of(MARCH, now)
    assert [str(campaign.title) for campaign in agenda.campaigns] == ["Izstāde"]
    assert (agenda.ahead, agenda.is_empty) == ([], False)


def test_it_turns_within_its_own_view(db: None, now: datetime) -> None:
    agenda = agenda_of(date(2027, 12, 1), now)
    assert (agenda.label, agenda.address) == ("2027. gada decembris", "/kalendars/2027-12/dienas/")
    assert agenda.previous == Way("/kalendars/2027-11/dienas/", "novembris")
    assert agenda.next == Way("/kalendars/2028-01/dienas/", "2028. gada janvāris")
    assert agenda.now == Way("/kalendars/2027-03/dienas/", "Šomēnes")
    assert [way.is_here for way in agenda.views] == [False, False, True]
    assert agenda_of(MARCH, now).now is None
    assert (agenda_of(date(2000, 1, 1), now).previous, agenda_of(date(2100, 12, 1), now).next) == (None, None)
    assert agenda.is_empty


def test_its_addresses_are_those_of_the_language(db: None, now: datetime) -> None:
    agenda_of(MARCH, now).views  # noqa: B018  # whatever is remembered, is remembered in Latvian
    with translation.override("en"):
        assert [way.address for way in agenda_of(MARCH, now).views] == [
            "/en/kalendars/2027-03/",
            "/en/kalendars/2027-n09/",
            "/en/kalendars/2027-03/dienas/",
        ]
