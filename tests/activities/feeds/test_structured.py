"""What search engines are told of an activity keeps schema.org's rules for Event, and says what the page says."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from activities.models import Activity, Capacity, Meeting, Occurrence, Venue
from partners.models import Institution
from tests.activities.conftest import riga
from tests.conftest import NOW

Make = Callable[..., Any]
Fetch = Callable[..., Any]
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ODD = "Talka</script><script>alert(1)</script> & <!-- \u2028 ēdieni"

DAY, MOMENT = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
TIME, URL, WORDS = rf"{DAY}|{MOMENT}", r"https?://\S+", r"(?s).+"
# Of each type: what must be there, and what each known property may be: a pattern, types, or a Python type.
RULES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "Event": (
        {"name", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "url"},
        {
            "name": WORDS,
            "description": WORDS,
            "url": URL,
            "image": URL,
            "startDate": TIME,
            "endDate": TIME,
            "previousStartDate": TIME,
            "eventStatus": "https://schema.org/Event(Scheduled|Cancelled|Rescheduled)",
            "eventAttendanceMode": "https://schema.org/(Online|Offline|Mixed)EventAttendanceMode",
            "location": {"Place", "VirtualLocation"},
            "organizer": {"Organization"},
            "typicalAgeRange": r"\d+-\d*",
            "inLanguage": "lv|ru|en",
            "maximumAttendeeCapacity": int,
            "isAccessibleForFree": bool,
            "subEvent": {"Event"},
        },
    ),
    "Place": ({"name", "address"}, {"name": WORDS, "address": {"PostalAddress"}}),
    "PostalAddress": (
        {"addressCountry"},
        {"streetAddress": WORDS, "addressLocality": WORDS, "postalCode": r"LV-?\d{4}", "addressCountry": "LV"},
    ),
    "VirtualLocation": ({"url"}, {"url": URL}),
    "Organization": ({"name"}, {"name": WORDS, "url": URL}),
}


def faults(data: dict[str, Any]) -> list[str]:
    """What schema.org would not understand."""
    kind = data.get("@type", "")
    if kind not in RULES:
        return [f"no such type: {kind}"]
    needed, known = RULES[kind]
    found = [f"{kind} without {name}" for name in needed - set(data)]
    for name, value in data.items():
        if name == "@context" and value == "https://schema.org":
            continue
        if name != "@type" and name not in known:
            found.append(f"{kind} has no {name}")
        for one in value if isinstance(value, list) else [value]:
            found += [] if name == "@type" or name not in known else _faults_of(f"{kind}.{name}", one, known[name])
    if kind == "Event" and not found:
        found += _faults_of_times(data)
    return found


def _faults_of(name: str, value: Any, rule: Any) -> list[str]:
    if isinstance(rule, str):
        return [] if isinstance(value, str) and re.fullmatch(rule, value) else [f"{name}: {value!r}"]
    if isinstance(rule, set):
        return faults(value) if isinstance(value, dict) and value["@type"] in rule else [f"{name}: {value!r}"]
    return [] if type(value) is rule else [f"{name}: {value!r}"]


def _faults_of_times(data: dict[str, Any]) -> list[str]:
    begins, ends = (datetime.fromisoformat(data[name]).astimezone(UTC) for name in ("startDate", "endDate"))
    return ["ends before it begins"] if ends < begins else []


@pytest.fixture
def told(fetch: Fetch) -> Callable[..., list[dict[str, Any]]]:
    """The events in the block of an activity's page."""

    def read(slug: str, language: str = "") -> list[dict[str, Any]]:
        blocks = BLOCK.findall(fetch(f"{language}/aktivitates/{slug}/").content.decode())
        events = [json.loads(block) for block in blocks]
        return events[0] if events and isinstance(events[0], list) else events

    return read


def test_everything_known_is_told_and_keeps_the_rules(told: Any, make_occurrence: Make) -> None:
    date_of = make_occurrence(
        slug="talka",
        title_lv="Talka",
        title_ru="Субботник",
        summary_lv="Kopā.",
        summary_ru="Вместе.",
        age_from=4,
        age_to=7,
        is_in_latvian=True,
        is_in_russian=True,
        is_free=True,
    )
    Venue.objects.update(address="Smilšu iela 92, Daugavpils, LV-5400", name_ru="Узел")
    institution = Institution.objects.create(
        slug="20-pii", kind="preschool", short_name_lv="20", name_lv="20. PII", name_ru="20-й детский сад"
    )
    date_of.activity.organisers.add(institution)
    (event,) = told("talka", "/ru")
    assert faults(event) == []
    site = "http://127.0.0.1:8000"
    event.pop("image", None)
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Субботник",
        "description": "Вместе.",
        "url": f"{site}/ru/aktivitates/talka/",
        "organizer": {"@type": "Organization", "name": "20-й детский сад", "url": f"{site}/ru/iestades/20-pii/"},
        "typicalAgeRange": "4-7",
        "inLanguage": ["lv", "ru"],
        "isAccessibleForFree": True,
        "startDate": "2027-03-11T12:00:00+02:00",
        "endDate": "2027-03-11T14:00:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Узел",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Smilšu iela 92",
                "addressLocality": "Daugavpils",
                "postalCode": "LV-5400",
                "addressCountry": "LV",
            },
        },
        "maximumAttendeeCapacity": 10,
    }


def test_what_is_not_known_is_not_told(told: Any, make_occurrence: Make) -> None:
    make_occurrence(slug="talka", places=None)
    Venue.objects.update(address="")
    (event,) = told("talka")
    assert faults(event) == []
    assert not set(event) & {"isAccessibleForFree", "typicalAgeRange", "inLanguage", "organizer", "description"}
    assert not set(event) & {"maximumAttendeeCapacity", "subEvent", "previousStartDate"}
    assert event["location"]["address"] == {"@type": "PostalAddress", "addressCountry": "LV"}


@pytest.mark.parametrize(
    ("age_from", "age_to", "said"),
    [
        (4, 7, "4-7"),
        (4, None, "4-"),
        (None, 7, "0-7"),
        (0, 3, "0-3"),
        (0, None, None),
        (None, None, None),
        (0, 0, "0-0"),
    ],
)
def test_ages(told: Any, make_occurrence: Make, age_from: Any, age_to: Any, said: Any) -> None:
    make_occurrence(slug="talka", age_from=age_from, age_to=age_to)
    (event,) = told("talka")
    assert (event.get("typicalAgeRange"), faults(event)) == (said, [])


@pytest.mark.parametrize(("unit", "most"), [("people", 10), ("children", None), ("families", None)])
def test_how_many_is_told_where_a_place_is_a_persons(told: Any, make_occurrence: Make, unit: str, most: Any) -> None:
    make_occurrence(slug="talka", unit=unit)
    assert told("talka")[0].get("maximumAttendeeCapacity") == most


@pytest.mark.parametrize(
    ("starts_at", "said"),
    [
        (riga(2027, 3, 27, 12), "2027-03-27T12:00:00+02:00"),
        (riga(2027, 3, 28, 12), "2027-03-28T12:00:00+03:00"),
        (riga(2027, 10, 30, 12), "2027-10-30T12:00:00+03:00"),
        (riga(2027, 10, 31, 12), "2027-10-31T12:00:00+02:00"),
    ],
)
def test_moments_bear_their_offset(told: Any, make_occurrence: Make, starts_at: datetime, said: str) -> None:
    make_occurrence(slug="talka", starts_at=starts_at)
    (event,) = told("talka")
    assert (event["startDate"], faults(event)) == (said, [])


def test_whole_days_are_days_and_the_last_is_said_itself(told: Any, make_campaign: Make) -> None:
    make_campaign(riga(2027, 3, 27), riga(2027, 3, 29), slug="maja")
    (event,) = told("maja")
    assert faults(event) == []
    assert (event["startDate"], event["endDate"], event["location"]["name"]) == ("2027-03-27", "2027-03-29", "Mājās")


def test_what_is_called_off_or_moved_says_so(told: Any, make_occurrence: Make) -> None:
    moved = make_occurrence(slug="talka")
    meeting = moved.meetings.get()
    meeting.move(meeting.starts_at + timedelta(days=1), meeting.ends_at + timedelta(days=1))
    meeting.save()
    off = make_occurrence(activity=moved.activity, starts_at=NOW + timedelta(days=20))
    Occurrence.objects.filter(pk=off.pk).update(state="cancelled")
    both = told("talka")
    assert [fault for event in both for fault in faults(event)] == []
    assert [(event["eventStatus"].rpartition("/")[2], event.get("previousStartDate")) for event in both] == [
        ("EventRescheduled", "2027-03-11T12:00:00+02:00"),
        ("EventCancelled", None),
    ]


def test_a_course_is_one_event_with_its_meetings(told: Any, make_occurrence: Make) -> None:
    course = make_occurrence(slug="kurss", title_lv="Kurss")
    for week in range(1, 30):
        starts_at = NOW + timedelta(days=10 + 7 * week)
        Meeting.objects.create(
            occurrence=course, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), where="online",
            online_link="https://example.lv/slepena-saite", name_lv=f"{week}. nodarbība", is_cancelled=week == 1,
        )  # fmt: skip
    (event,) = told("kurss")
    assert faults(event) == []
    assert (event["startDate"], event["endDate"][:10]) == ("2027-03-11T12:00:00+02:00", "2027-09-30")
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]
    parts = event["subEvent"]
    assert len(parts) == 20
    assert parts[1]["name"] == "Kurss – 1. nodarbība"
    assert [part["eventStatus"].rpartition("/")[2] for part in parts[:3]] == [
        "EventScheduled", "EventCancelled", "EventScheduled",
    ]  # fmt: skip
    assert "slepena" not in json.dumps(event)


def test_of_many_dates_the_next_twenty_are_told(told: Any, make_occurrence: Make) -> None:
    first = make_occurrence(slug="talka", starts_at=NOW - timedelta(days=3))
    for day in range(1, 25):
        make_occurrence(activity=first.activity, starts_at=NOW + timedelta(days=day))
    events = told("talka")
    assert [fault for event in events for fault in faults(event)] == []
    assert [date.fromisoformat(event["startDate"][:10]) for event in events] == [
        date(2027, 3, 1) + timedelta(days=day) for day in range(1, 21)
    ]


def test_what_is_over_or_has_no_date_tells_nothing(told: Any, make_occurrence: Make, make_activity: Make) -> None:
    make_occurrence(slug="bijusi", starts_at=NOW - timedelta(days=2))
    make_activity(slug="bez-datuma")
    Occurrence.objects.create(activity=Activity.objects.get(slug="bez-datuma"))
    assert (told("bijusi"), told("bez-datuma")) == ([], [])


def test_what_is_made_up_says_so(told: Any, make_occurrence: Make) -> None:
    make_occurrence(slug="paraugs", is_demo=True, summary_lv="Kopā.")
    assert told("paraugs")[0]["description"] == (
        "Šis ir paraugs: datums ir izdomāts, lai parādītu, kā portāls darbojas. Kopā."
    )


def test_no_title_ends_the_block_or_begins_another(fetch: Fetch, told: Any, make_occurrence: Make) -> None:
    make_occurrence(slug="talka", title_lv=ODD, summary_lv=ODD)
    (event,) = told("talka")
    assert (event["name"], event["description"]) == (ODD, ODD)
    assert "<script>" not in fetch("/aktivitates/talka/").content.decode()


@override_settings(SITE_URL="https://kopiena.example.lv")
def test_addresses_are_those_of_the_site(told: Any, make_occurrence: Make) -> None:
    make_occurrence(slug="talka")
    assert told("talka")[0]["url"] == "https://kopiena.example.lv/aktivitates/talka/"


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("Smilšu iela 92", {"streetAddress": "Smilšu iela 92"}),
        ("Smilšu iela 92, 2. korpuss", {"streetAddress": "Smilšu iela 92, 2. korpuss"}),
        ("Daugavpils", {"streetAddress": "Daugavpils"}),
        ("Parka iela 1, Krāslava", {"streetAddress": "Parka iela 1", "addressLocality": "Krāslava"}),
    ],
)
def test_an_address_is_taken_apart_only_where_it_is_plain(
    told: Any, make_occurrence: Make, address: str, parts: dict[str, str]
) -> None:
    make_occurrence(slug="talka")
    Venue.objects.update(address=address)
    (event,) = told("talka")
    known = {"@type": "PostalAddress", "addressCountry": "LV"}
    assert event["location"]["address"] == known | parts


def test_the_finder_of_faults_finds_them(told: Any, make_occurrence: Make) -> None:
    Capacity.objects.filter(pk=make_occurrence(slug="talka").pk).update(places=5)
    (event,) = told("talka")
    assert faults({**event, "startDate": "2027-03-11T12:00:00"}) == ["Event.startDate: '2027-03-11T12:00:00'"]
    assert faults({**event, "endDate": "2027-03-10"}) == ["ends before it begins"]
    assert faults({**event, "price": "0"}) == ["Event has no price"]
    assert faults({**event, "isAccessibleForFree": "yes"}) == ["Event.isAccessibleForFree: 'yes'"]
    assert faults({name: value for name, value in event.items() if name != "location"}) == ["Event without location"]
