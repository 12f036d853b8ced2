"""Days, times, spans and years as people say them, the clock changes included."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from kopiena.floor import dates

RIGA = ZoneInfo("Europe/Riga")
IN_2027 = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2027, 4, 1), date(2027, 4, 9), "с 1 по 9 апреля"),
        (date(2027, 4, 2), date(2027, 4, 9), "со 2 по 9 апреля"),
        (date(2027, 4, 2), date(2027, 5, 2), "со 2 апреля по 2 мая"),
        (date(2027, 4, 12), date(2027, 4, 19), "с 12 по 19 апреля"),
        (date(2027, 4, 22), date(2027, 4, 29), "с 22 по 29 апреля"),
    ],
)
def test_russian_says_so_before_the_second_only(first: date, last: date, expected: str) -> None:
    assert dates.span(first, last, "ru", today=IN_2027) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "lv",
            [
                "sestdien, 2027. gada 27. martā",
                "sestdiena, 2027. gada 27. marts",
                "2027. gada 27. martā",
                "no 2027. gada 5. līdz 9. aprīlim",
                "no 2027. gada 28. aprīļa līdz 3. maijam",
            ],
        ),
        (
            "ru",
            [
                "в субботу, 27 марта 2027 года",
                "суббота, 27 марта 2027 года",
                "27 марта 2027 года",
                "с 5 по 9 апреля 2027 года",
                "с 28 апреля по 3 мая 2027 года",
            ],
        ),
        (
            "en",
            [
                "on Saturday 27 March 2027",
                "Saturday 27 March 2027",
                "27 March 2027",
                "from 5 to 9 April 2027",
                "from 28 April to 3 May 2027",
            ],
        ),
    ],
)
def test_another_year_is_said(language: str, expected: list[str]) -> None:
    today, saturday = date(2026, 11, 22), date(2027, 3, 27)
    assert [
        dates.day(saturday, language, today=today),
        dates.day_label(saturday, language, today=today),
        dates.plain_day(saturday, language, today=today),
        dates.span(date(2027, 4, 5), date(2027, 4, 9), language, today=today),
        dates.span(date(2027, 4, 28), date(2027, 5, 3), language, today=today),
    ] == expected


def test_without_today_the_clock_of_riga_decides_about_the_year() -> None:
    with time_machine.travel(datetime(2026, 12, 31, 22, 30, tzinfo=UTC), tick=False):  # in Riga it is already 2027
        assert dates.day(date(2027, 3, 27), "lv") == "sestdien, 27. martā"
        assert dates.day(date(2020, 1, 23), "lv") == "ceturtdien, 2020. gada 23. janvārī"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("lv", ["plkst. 14.00", "plkst. 9.05", "14.00–16.00", "sestdien, 27. martā, plkst. 14.00"]),
        ("ru", ["в 14.00", "в 9.05", "14.00–16.00", "в субботу, 27 марта, в 14.00"]),
        ("en", ["at 14:00", "at 9:05", "14:00–16:00", "on Saturday 27 March at 14:00"]),
    ],
)
def test_the_time_is_said(language: str, expected: list[str]) -> None:
    two = datetime(2027, 3, 27, 12, tzinfo=UTC)
    assert [
        dates.clock(two, language),
        dates.clock(datetime(2027, 3, 27, 7, 5, tzinfo=UTC), language),
        dates.clock_range(two, two + timedelta(hours=2), language),
        dates.moment(two, language, today=IN_2027),
    ] == expected


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "svētdien, 28. martā, plkst. 2.59"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "svētdien, 28. martā, plkst. 4.00"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "svētdien, 31. oktobrī, plkst. 3.30"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "svētdien, 31. oktobrī, plkst. 3.30"),
        (datetime(2027, 3, 27, 21, 59, tzinfo=UTC), "sestdien, 27. martā, plkst. 23.59"),
        (datetime(2027, 3, 27, 22, 0, tzinfo=UTC), "svētdien, 28. martā, plkst. 0.00"),
        (datetime(2027, 10, 30, 21, 0, tzinfo=UTC), "svētdien, 31. oktobrī, plkst. 0.00"),
        (datetime(2027, 10, 31, 22, 0, tzinfo=UTC), "pirmdien, 1. novembrī, plkst. 0.00"),
    ],
)
def test_both_clock_changes_and_local_midnight_are_right(utc: datetime, expected: str) -> None:
    assert dates.moment(utc, "lv", today=IN_2027) == expected


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        dates.moment(datetime(2027, 3, 27, 14), "lv")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "lv",
            [
                "sestdien, 27. martā, plkst. 14.00–16.00",
                "sestdien, 27. martā, plkst. 14.00",
                "sestdien, 27. martā, plkst. 22.00–2.00",
                "sestdien, 27. martā, plkst. 14.00 – pirmdien, 29. martā, plkst. 10.00",
                "sestdien, 27. martā",
                "no 27. līdz 29. martam",
            ],
        ),
        (
            "ru",
            [
                "в субботу, 27 марта, с 14.00 до 16.00",
                "в субботу, 27 марта, в 14.00",
                "в субботу, 27 марта, с 22.00 до 2.00",
                "суббота, 27 марта, 14.00 – понедельник, 29 марта, 10.00",
                "в субботу, 27 марта",
                "с 27 по 29 марта",
            ],
        ),
        (
            "en",
            [
                "on Saturday 27 March, 14:00–16:00",
                "on Saturday 27 March at 14:00",
                "on Saturday 27 March, 22:00–2:00",
                "Saturday 27 March, 14:00 – Monday 29 March, 10:00",
                "on Saturday 27 March",
                "from 27 to 29 March",
            ],
        ),
    ],
)
def test_when_chooses_the_words_for_the_kind_of_meeting(language: str, expected: list[str]) -> None:
    def when(start: date, end: date | None, *, is_all_day: bool = False) -> str:
        return dates.when(start, end, is_all_day=is_all_day, language=language, today=IN_2027)

    two, saturday = datetime(2027, 3, 27, 14, tzinfo=RIGA), date(2027, 3, 27)
    assert [
        when(two, datetime(2027, 3, 27, 16, tzinfo=RIGA)),
        when(two, None),
        when(two.replace(hour=22), datetime(2027, 3, 28, 2, tzinfo=RIGA)),
        when(two, datetime(2027, 3, 29, 10, tzinfo=RIGA)),
        when(saturday, saturday, is_all_day=True),
        when(saturday, date(2027, 3, 29), is_all_day=True),
    ] == expected


def test_an_all_day_end_at_midnight_is_the_day_after_the_last() -> None:
    start, end = datetime(2027, 3, 27, tzinfo=RIGA), datetime(2027, 3, 30, tzinfo=RIGA)
    assert dates.when(start, end, is_all_day=True, language="lv", today=IN_2027) == "no 27. līdz 29. martam"
    one_day = datetime(2027, 3, 28, tzinfo=RIGA)
    assert dates.when(start, one_day, is_all_day=True, language="lv", today=IN_2027) == "sestdien, 27. martā"


def test_months_and_approximate_times_are_said() -> None:
    parts = ["year", "winter", "spring", "summer", "autumn"]
    months = [dates.month(2027, 3, code) for code in ("lv", "ru", "en")]
    assert months == ["2027. gada marts", "март 2027", "March 2027"]
    assert [[dates.season(2027, part, code) for part in parts] for code in ("lv", "ru", "en")] == [
        ["2027. gads", "2027. gada ziema", "2027. gada pavasaris", "2027. gada vasara", "2027. gada rudens"],
        ["2027 год", "зима 2027 года", "весна 2027 года", "лето 2027 года", "осень 2027 года"],
        ["2027", "winter 2027", "spring 2027", "summer 2027", "autumn 2027"],
    ]
    assert [[dates.in_season(2027, part, code) for part in parts] for code in ("lv", "ru", "en")] == [
        ["2027. gadā", "2027. gada ziemā", "2027. gada pavasarī", "2027. gada vasarā", "2027. gada rudenī"],
        ["в 2027 году", "зимой 2027 года", "весной 2027 года", "летом 2027 года", "осенью 2027 года"],
        ["in 2027", "in winter 2027", "in spring 2027", "in summer 2027", "in autumn 2027"],
    ]
    assert [dates.season(2027, "", code) for code in ("lv", "ru", "en")] == ["2027. gads", "2027 год", "2027"]
    assert [dates.to_come(2027, "spring", code) for code in ("lv", "ru", "en")] == [
        "Laiks tiks precizēts: 2027. gada pavasarī",
        "Время уточняется: весна 2027 года",
        "Date to come: spring 2027",
    ]


def test_only_today_and_tomorrow_are_near() -> None:
    today = date(2027, 3, 27)
    days = [today + timedelta(days=distance) for distance in (-1, 0, 1, 2)]
    assert [dates.near(on, today, "lv") for on in days] == [None, "šodien", "rīt", None]
    assert [dates.near(on, today, "ru") for on in days] == [None, "сегодня", "завтра", None]
    assert [dates.near(on, today, "en") for on in days] == [None, "today", "tomorrow", None]
    late = datetime(2027, 3, 27, 23, tzinfo=RIGA)
    assert dates.near(datetime(2027, 3, 28, 1, tzinfo=RIGA), late, "lv") == "rīt"


def test_an_unknown_language_is_answered_in_latvian_and_the_active_one_is_the_default() -> None:
    on = date(2027, 3, 27)
    assert dates.day(on, "de", today=on) == "sestdien, 27. martā"
    with translation.override("ru"):
        assert dates.day(on, today=on) == "в субботу, 27 марта"
    with translation.override(None):
        assert dates.day(on, today=on) == "sestdien, 27. martā"


def test_templates_say_dates_and_print_nothing_for_a_missing_one() -> None:
    meeting = SimpleNamespace(
        starts_at=datetime(2027, 3, 27, 12, tzinfo=UTC), ends_at=datetime(2027, 3, 27, 14, tzinfo=UTC), missing=None
    )
    source = (
        "{% load kopiena %}{{ m.starts_at|day }}|{{ m.starts_at|moment }}|{{ m.missing|day }}{{ m.nothing|clock }}|"
        '{% when m.starts_at m.ends_at False %}|{% season 2027 "spring" %}'
    )
    with time_machine.travel(datetime(2027, 1, 10, tzinfo=UTC)), translation.override("lv"):
        printed = Template(source).render(Context({"m": meeting}))
    assert printed.split("|") == [
        "sestdien, 27. martā",
        "sestdien, 27. martā, plkst. 14.00",
        "",
        "sestdien, 27. martā, plkst. 14.00–16.00",
        "2027. gada pavasaris",
    ]


def test_the_date_block_is_one_time_read_as_people_say_it() -> None:
    with time_machine.travel(datetime(2027, 1, 10, tzinfo=UTC)), translation.override("lv"):
        html = Template("{% load kopiena %}{% date_block on %}").render(Context({"on": date(2027, 3, 27)}))
    assert html.count("<time") == 1
    for part in ('datetime="2027-03-27"', "sestdien, 27. martā", ">27<", ">marts<", ">sestd.<", 'aria-hidden="true"'):
        assert part in html
