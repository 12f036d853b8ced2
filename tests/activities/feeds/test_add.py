"""The links that put a date into one's own calendar: right at every time of the year, and only for what is to come."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from activities.feeds.add import AddLinks, add_links
from activities.models import Activity, Meeting, Occurrence
from activities.offer import offers_of
from tests.activities.conftest import riga
from tests.conftest import NOW

Make = Callable[..., Any]


def links_of(activity: Activity) -> AddLinks | None:
    (offer,) = offers_of(activity, NOW)
    return add_links(offer)


def asked(address: str) -> dict[str, str]:
    """What an address fills in."""
    assert "+" not in urlsplit(address).query  # one of them would show it
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query, strict_parsing=True).items()}


@pytest.mark.parametrize(
    ("starts_at", "google", "outlook"),
    [
        (riga(2027, 3, 27, 12), "20270327T100000Z/20270327T120000Z", "2027-03-27T10:00:00Z"),
        (riga(2027, 3, 28, 12), "20270328T090000Z/20270328T110000Z", "2027-03-28T09:00:00Z"),
        (riga(2027, 10, 30, 12), "20271030T090000Z/20271030T110000Z", "2027-10-30T09:00:00Z"),
        (riga(2027, 10, 31, 12), "20271031T100000Z/20271031T120000Z", "2027-10-31T10:00:00Z"),
    ],
)
def test_times_are_right_on_both_sides_of_a_shift_of_the_clock(
    make_occurrence: Make, starts_at: datetime, google: str, outlook: str
) -> None:
    links = links_of(make_occurrence(starts_at=starts_at).activity)
    assert links is not None
    assert asked(links.google)["dates"] == google
    assert asked(links.outlook)["startdt"] == outlook


def test_whole_days_end_with_the_day_after(make_campaign: Make) -> None:
    first, behind = riga(2027, 3, 27), riga(2027, 3, 30)
    links = links_of(make_campaign(first, riga(2027, 3, 29)))
    assert links is not None
    assert asked(links.google)["dates"] == f"{first:%Y%m%d}/{behind:%Y%m%d}"
    outlook = asked(links.outlook)
    assert (outlook["startdt"], outlook["enddt"], outlook["allday"]) == ("2027-03-27", "2027-03-30", "true")


def test_they_say_what_and_where_in_the_language_of_the_page(make_occurrence: Make) -> None:
    activity = make_occurrence(slug="talka", title_ru="Субботник & чай", summary_ru="Вместе.").activity
    with translation.override("ru"):
        links = links_of(activity)
    assert links is not None
    assert links.file == "/ru/aktivitates/talka.ics"
    page = "http://127.0.0.1:8000/ru/aktivitates/talka/"
    google, outlook = asked(links.google), asked(links.outlook)
    assert (google["text"], google["details"], google["location"]) == (
        "Субботник & чай",
        f"Вместе.\n\n{page}",
        "Mezgls, Smilšu iela 92",
    )
    assert (outlook["subject"], outlook["body"], outlook["location"]) == (
        google["text"],
        google["details"],
        google["location"],
    )
    assert (google["action"], google["ctz"], outlook["rru"]) == ("TEMPLATE", "Europe/Riga", "addevent")
    assert {urlsplit(links.google).netloc, urlsplit(links.outlook).netloc} == {
        "calendar.google.com",
        "outlook.live.com",
    }


def test_of_a_course_the_next_meeting_that_takes_place(make_occurrence: Make) -> None:
    course = make_occurrence(starts_at=NOW + timedelta(days=1))
    course.meetings.update(is_cancelled=True)
    second = NOW + timedelta(days=8)
    Meeting.objects.create(
        occurrence=course, starts_at=second, ends_at=second + timedelta(hours=1), where="online",
        online_link="https://example.lv/slepena-saite", name_lv="2. nodarbība",
    )  # fmt: skip
    links = links_of(course.activity)
    assert links is not None
    google = asked(links.google)
    assert google["dates"].startswith("20270309T100000Z")
    assert google["text"].endswith(" – 2. nodarbība")
    assert google["location"] == "Tiešsaistē"
    assert "slepena" not in links.google + links.outlook


@pytest.mark.parametrize("fields", [{"audience": "invited"}, {"audience": "discreet"}, {"state": "draft"}])
def test_what_is_not_for_everybody_has_no_links(make_occurrence: Make, fields: dict[str, str]) -> None:
    assert links_of(make_occurrence(**fields).activity) is None


def test_nor_has_what_is_over_called_off_or_without_a_date(make_occurrence: Make, make_activity: Make) -> None:
    over = make_occurrence(starts_at=NOW - timedelta(days=1))
    off = make_occurrence(occurrence={"state": "cancelled"})
    undated = Occurrence.objects.create(activity=make_activity())
    assert [links_of(each.activity) for each in (over, off, undated)] == [None, None, None]
