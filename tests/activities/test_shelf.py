"""The shelves of an institution or a project."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from activities import lines, shelf
from activities.models import Occurrence
from activities.shelf import shelf_of
from partners.models import Institution, Project
from tests.activities.conftest import riga

Make = Callable[..., Any]


@pytest.fixture
def project(db: None) -> Project:
    return Project.objects.create(slug="pagalms", title_lv="Pagalms", state="published")


def titles(cards: list[str]) -> list[str]:
    return [re.findall(r"<h3><a[^>]*>([^<]*)</a>", card)[0] for card in cards]


def test_it_sorts_coming_undated_and_past(
    project: Project, make_occurrence: Make, make_activity: Make, now: datetime
) -> None:
    make_occurrence(project=project, title_lv="Vēlāk", starts_at=now + timedelta(days=9))
    make_occurrence(project=project, title_lv="Drīz", starts_at=now + timedelta(days=2))
    make_occurrence(title_lv="Cita projekta")
    make_activity(project=project, title_lv="Rudenī", approximate_year=2027, approximate_season="autumn")
    planned_once = make_activity(project=project, approximate_year=2020)
    opening = make_occurrence(project=project, starts_at=riga(2020, 1, 23, 15)).activity
    last_week = make_occurrence(project=project, starts_at=now - timedelta(days=6)).activity
    Occurrence.objects.create(activity=make_activity(project=project, title_lv="Bez laika"))
    found = shelf_of(project, now)
    assert (titles(found.coming), titles(found.undated)) == (["Drīz", "Vēlāk"], ["Rudenī", "Bez laika"])
    assert [(line.activity, line.when) for line in found.past.rows] == [
        (last_week, "Notika 23. februārī"),
        (opening, "Notika 2020. gada 23. janvārī"),
        (planned_once, "Iecerēts: 2020. gads"),
    ]


def test_an_institution_has_its_own_and_a_closed_one_too(make_occurrence: Make, now: datetime) -> None:
    closed = Institution.objects.create(
        slug="slegta", kind="other", short_name_lv="x", name_lv="x", closed_on=now.date(), is_partner=False
    )
    make_occurrence(title_lv="Talka").activity.organisers.add(closed)
    make_occurrence(title_lv="Cita")
    assert titles(shelf_of(closed, now).coming) == ["Talka"]


def test_what_did_not_take_place_says_so(project: Project, make_occurrence: Make, now: datetime) -> None:
    make_occurrence(project=project, starts_at=now - timedelta(days=3), occurrence={"state": "cancelled"})
    assert [line.when for line in shelf_of(project, now).past.rows] == ["Nenotika"]


def test_too_much_for_a_page_leads_to_the_list_and_to_further_pages(
    project: Project, make_occurrence: Make, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_CARDS", 2)
    monkeypatch.setattr(lines, "A_PAGE", 2)
    for day in (1, 2, 3, -1, -2, -3):
        make_occurrence(project=project, starts_at=now + timedelta(days=day))
    found = shelf_of(project, now)
    assert (len(found.coming), found.has_more, len(found.past.rows), found.past.next) == (2, True, 2, 2)


def test_three_queries_however_much_there_is(
    project: Project, make_occurrence: Make, make_activity: Make, now: datetime, django_assert_num_queries: Make
) -> None:
    for count in (1, 3):
        for _ in range(count):
            make_occurrence(project=project)
            make_occurrence(project=project, starts_at=now - timedelta(days=3))
            make_activity(project=project, approximate_year=2027)
        with django_assert_num_queries(4 + 2 + 1):  # the catalogue's four are asked once after a change
            shelf_of(project, now)
