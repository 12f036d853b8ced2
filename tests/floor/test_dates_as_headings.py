"""Several days as a heading, as a week of the calendar has it, and the last day of what is open."""

from datetime import UTC, date, datetime

import pytest

from kopiena.floor import dates

WEEKS = {
    "in one month": (date(2027, 3, 22), date(2027, 3, 28)),
    "over two": (date(2027, 3, 29), date(2027, 4, 4)),
    "over two years": (date(2026, 12, 28), date(2027, 1, 3)),
}


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ("in one month", ["2027. gada 22.–28. marts", "22–28 марта 2027 года", "22–28 March 2027"]),
        ("over two", ["2027. gada 29. marts – 4. aprīlis", "29 марта – 4 апреля 2027 года", "29 March – 4 April 2027"]),
        (
            "over two years",
            [
                "2026. gada 28. decembris – 2027. gada 3. janvāris",
                "28 декабря 2026 года – 3 января 2027 года",
                "28 December 2026 – 3 January 2027",
            ],
        ),
    ],
)
def test_several_days_are_a_heading(week: str, expected: list[str]) -> None:
    assert [dates.days_label(*WEEKS[week], code) for code in ("lv", "ru", "en")] == expected


def test_beside_its_own_year_it_needs_none() -> None:
    said = [dates.days_label(*days, code, with_year=False) for days in WEEKS.values() for code in ("lv", "ru", "en")]
    assert said == [
        *("22.–28. marts", "22–28 марта", "22–28 March"),
        *("29. marts – 4. aprīlis", "29 марта – 4 апреля", "29 March – 4 April"),
        *("28. decembris – 3. janvāris", "28 декабря – 3 января", "28 December – 3 January"),
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("lv", ["līdz 7. decembrim", "līdz 2026. gada 7. decembrim"]),
        ("ru", ["до 7 декабря", "до 7 декабря 2026 года"]),
        ("en", ["until 7 December", "until 7 December 2026"]),
    ],
)
def test_the_last_day_is_said(language: str, expected: list[str]) -> None:
    last = datetime(2026, 12, 6, 22, 30, tzinfo=UTC)  # in Riga it is the 7th already
    said = [dates.until(last, language, today=today) for today in (date(2026, 11, 23), date(2027, 1, 1))]
    assert said == expected
