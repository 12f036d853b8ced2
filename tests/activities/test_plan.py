"""The year's plan."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from activities import plan as plans
from activities.models import Occurrence
from activities.plan import Plan, plan_of
from tests.activities.conftest import riga

Make = Callable[..., Any]


def told(plan: Plan) -> list[tuple[str, list[tuple[str, list[tuple[str, str, str]]]], list[str]]]:
    return [
        (
            part.name,
            [
                (month.name, [(row.activity.title_lv, row.when, row.more) for row in month.rows])
                for month in part.months
            ],
            [activity.title_lv for activity in part.undated],
        )
        for part in plan.parts
    ]


def test_it_goes_by_season_and_month_with_the_undated_after(
    make_occurrence: Make, make_activity: Make, make_campaign: Make, now: datetime
) -> None:
    make_occurrence(title_lv="Eglīte", starts_at=riga(2027, 12, 20, 12))
    concert = make_occurrence(title_lv="Koncerts", starts_at=riga(2027, 5, 15, 12)).activity
    make_occurrence(activity=concert, starts_at=riga(2027, 5, 22, 12))
    make_occurrence(activity=concert, starts_at=riga(2027, 6, 5, 12))
    make_occurrence(title_lv="Putra", starts_at=riga(2027, 1, 9, 12))
    make_campaign(riga(2027, 4, 5), riga(2027, 4, 9), title_lv="Dobes")
    make_activity(title_lv="Zīmēšana", approximate_year=2027, approximate_season="summer")
    make_activity(title_lv="Kaut kad", approximate_year=2027, approximate_season="year")
    make_activity(title_lv="Arī kaut kad", approximate_year=2027)
    make_activity(title_lv="Citgad", approximate_year=2028, approximate_season="summer")
    plan = plan_of(2027, now)
    assert told(plan) == [
        ("2027. gada ziema", [("janvāris", [("Putra", "Notika 9. janvārī", "")])], []),
        (
            "2027. gada pavasaris",
            [
                ("aprīlis", [("Dobes", "no 5. līdz 9. aprīlim", "")]),
                ("maijs", [("Koncerts", "sestdien, 15. maijā", "un vēl 1 reize")]),
            ],
            [],
        ),
        ("2027. gada vasara", [("jūnijs", [("Koncerts", "sestdien, 5. jūnijā", "")])], ["Zīmēšana"]),
        ("Gada nogale", [("decembris", [("Eglīte", "pirmdien, 20. decembrī", "")])], []),
    ]
    assert [activity.title_lv for activity in plan.some_time] == ["Arī kaut kad", "Kaut kad"]
    assert plan.years == [2027, 2028]


def test_a_year_gone_by_stays_readable(make_occurrence: Make, make_activity: Make, now: datetime) -> None:
    make_occurrence(title_lv="Atklāšana", starts_at=riga(2020, 1, 23, 15))
    make_activity(title_lv="Talka", approximate_year=2020)
    plan = plan_of(2020, now)
    assert told(plan) == [("2020. gada ziema", [("janvāris", [("Atklāšana", "Notika 23. janvārī", "")])], [])]
    assert ([activity.title_lv for activity in plan.some_time], plan.years) == (["Talka"], [2020, 2027])


def test_a_cancelled_date_is_marked(make_occurrence: Make, now: datetime) -> None:
    make_occurrence(starts_at=riga(2027, 5, 15, 12), occurrence={"state": "cancelled"})
    (row,) = plan_of(2027, now).parts[0].months[0].rows
    assert (row.is_cancelled, row.when) == (True, "sestdien, 15. maijā")


def test_a_date_without_a_time_leaves_the_activity_among_the_undated(make_activity: Make, now: datetime) -> None:
    Occurrence.objects.create(activity=make_activity(approximate_year=2027))
    assert len(plan_of(2027, now).some_time) == 1


def test_only_what_anybody_may_see_is_planned(make_occurrence: Make, make_activity: Make, now: datetime) -> None:
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(starts_at=riga(2029, 3, 12, 14), **hidden)
        make_activity(approximate_year=2029, **hidden)
    plan = plan_of(2029, now)
    assert (plan.is_empty, plan.years) == (True, [2027])


def test_three_queries_however_much_there_is(
    make_occurrence: Make, make_activity: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence(starts_at=riga(2027, 5, 15, 12))
            make_activity(approximate_year=2027)
        with django_assert_num_queries(3):
            assert told(plan_of(2027, now))


def test_a_month_too_full_for_the_page_says_how_much_more_there_is(
    make_occurrence: Make, make_activity: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "MOST", 2)
    for _ in range(5):
        make_occurrence(starts_at=riga(2027, 5, 15, 12))
        make_activity(approximate_year=2027)
    plan = plan_of(2027, now)
    (month,) = plan.parts[0].months
    assert (len(month.rows), month.more) == (2, "un vēl 3 aktivitātes")
    assert (len(plan.some_time), plan.more) == (2, "un vēl 3 aktivitātes")
