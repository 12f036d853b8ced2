"""The calendar to subscribe to and the file of one activity: two readers find in them what the pages say."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from icalendar import Calendar

from activities.models import Activity, Meeting, Occurrence, Room, Venue
from activities.models.meeting import RIGA
from tests.activities.conftest import riga
from tests.activities.feeds.conftest import READERS, by_icalendar
from tests.conftest import NOW

Make = Callable[..., Any]
Fetch = Callable[..., Any]
Reader = Callable[[bytes], list[dict[str, Any]]]
AROUND_THE_SHIFTS = [
    *(riga(2027, 3, day, hour) for day, hour in ((27, 12), (28, 1), (28, 4), (28, 12), (29, 12))),
    *(riga(2027, 10, day, hour) for day, hour in ((30, 12), (31, 1), (31, 5), (31, 12))),
    riga(2027, 11, 1, 12),
]


@pytest.mark.parametrize("reader", READERS)
def test_every_public_meeting_stands_there_at_its_time_on_both_sides_of_a_shift_of_the_clock(
    fetch: Fetch, make_occurrence: Make, reader: Reader
) -> None:
    for starts_at in AROUND_THE_SHIFTS:
        make_occurrence(starts_at=starts_at)
    read = reader(fetch("/kalendars.ics").content)
    assert [(each["start"].replace(tzinfo=None), each["start"].astimezone(UTC)) for each in read] == [
        (at.replace(tzinfo=None), at.astimezone(UTC)) for at in AROUND_THE_SHIFTS
    ]
    assert {each["end"].astimezone(UTC) - each["start"].astimezone(UTC) for each in read} == {timedelta(hours=2)}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("first", "last"),
    [((2027, 3, 27), (2027, 3, 29)), ((2027, 10, 30), (2027, 11, 1)), ((2027, 5, 1), (2027, 5, 1))],
)
def test_whole_days_are_days_and_the_end_is_the_day_after(
    fetch: Fetch, make_campaign: Make, first: Any, last: Any, reader: Reader
) -> None:
    make_campaign(riga(*first), riga(*last))
    (read,) = reader(fetch("/kalendars.ics").content)
    assert (read["start"], read["end"]) == (date(*first), date(*last) + timedelta(days=1))
    assert read["location"] == "Mājās"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/kalendars.ics", ("Ēdieni, spēles; dejas 🌱 – Darbnīca", "Kopā.", "Nams, Zāle, Smilšu iela 92, Daugavpils")),
        ("/ru/kalendars.ics", ("Ужин, игры; танцы – Мастерская", "Вместе.", "Дом, Зал, Smilšu iela 92, Daugavpils")),
        (
            "/en/kalendars.ics",
            ("Ēdieni, spēles; dejas 🌱 – Darbnīca", "Kopā.", "Nams, Zāle, Smilšu iela 92, Daugavpils"),
        ),
    ],
)
def test_it_speaks_the_language_of_its_address(
    fetch: Fetch, make_occurrence: Make, path: str, told: tuple[str, str, str], reader: Reader
) -> None:
    fields = {"title_lv": "Ēdieni, spēles; dejas 🌱", "title_ru": "Ужин, игры; танцы", "title_en": ""}
    date_of = make_occurrence(slug="svetki", summary_lv="Kopā.", summary_ru="Вместе.", theme="stage", **fields)
    venue = Venue.objects.create(slug="nams", name_lv="Nams", name_ru="Дом", address="Smilšu iela 92, Daugavpils")
    room = Room.objects.create(venue=venue, name_lv="Zāle", name_ru="Зал")
    date_of.meetings.update(venue=venue, room=room, name_lv="Darbnīca", name_ru="Мастерская")
    content = fetch(path).content
    (read,) = reader(content)
    page = "http://127.0.0.1:8000" + path.replace("kalendars.ics", "aktivitates/svetki/")
    assert (read["summary"], read["location"]) == (told[0], told[2])
    assert (read["description"], str(read["url"])) == (f"{told[1]}\n\n{page}", page)
    theme = {"/": "Teātris un svētki", "/ru/": "Театр и праздники", "/en/": "Theatre and feasts"}
    (event,) = Calendar.from_ical(content).events
    assert event["categories"].to_ical().decode() == theme[path.replace("kalendars.ics", "")]


@pytest.mark.parametrize(
    ("path", "word"), [("", "Nenotiks: "), ("/ru", "Не состоится: "), ("/en", "Will not take place: ")]
)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_called_off_stays_with_the_word_and_the_reason(
    fetch: Fetch, make_occurrence: Make, path: str, word: str, reader: Reader
) -> None:
    as_a_whole = make_occurrence(title_lv="A", title_ru="A", title_en="A")
    Occurrence.objects.filter(pk=as_a_whole.pk).update(state="cancelled", reason_lv="Lietus.", reason_ru="Дождь.")
    one_meeting = make_occurrence(title_lv="B", title_ru="B", title_en="B", starts_at=NOW + timedelta(days=11))
    one_meeting.meetings.update(is_cancelled=True)
    make_occurrence(title_lv="C", title_ru="C", title_en="C", starts_at=NOW + timedelta(days=12))
    read = reader(fetch(f"{path}/kalendars.ics").content)
    assert [(each["summary"], each["status"]) for each in read] == [
        (f"{word}A", "CANCELLED"),
        (f"{word}B", "CANCELLED"),
        ("C", "CONFIRMED"),
    ]
    assert ("Дождь." if path == "/ru" else "Lietus.") in read[0]["description"]


def test_the_link_to_what_is_online_is_in_no_file(fetch: Fetch, make_occurrence: Make) -> None:
    make_occurrence(slug="tiessaiste").meetings.update(
        where="online", venue=None, online_link="https://example.lv/slepena-saite"
    )
    for path in ("/kalendars.ics", "/aktivitates/tiessaiste.ics"):
        content = fetch(path).content
        assert by_icalendar(content)[0]["location"] == "Tiešsaistē"
        assert b"slepena" not in content.replace(b"\r\n ", b"")


def test_it_reaches_from_a_month_back_to_a_year_ahead(fetch: Fetch, make_occurrence: Make) -> None:
    for days in (-40, -32, -30, 0, 365, 368, 400):
        make_occurrence(title_lv=str(days), starts_at=NOW + timedelta(days=days))
    read = by_icalendar(fetch("/kalendars.ics").content)
    assert [each["summary"] for each in read] == ["-30", "0", "365"]


def test_the_same_facts_are_the_same_bytes_until_midnight(client: Client, make_occurrence: Make) -> None:
    for days in range(-32, 3):
        make_occurrence(starts_at=NOW + timedelta(days=days), slug=f"diena-{days + 50}")
    for path in ("/kalendars.ics", "/aktivitates/diena-52.ics", "/aktivitates.atom", "/sitemap.xml", "/robots.txt"):
        found = []
        for moment in (NOW, NOW + timedelta(minutes=1), NOW + timedelta(hours=11)):
            with time_machine.travel(moment, tick=False):
                found.append(client.get(path).content)
        assert found[0] == found[1] == found[2], path


def test_moved_it_keeps_its_name_and_a_calendar_takes_the_later_copy(fetch: Fetch, make_occurrence: Make) -> None:
    meeting = make_occurrence().meetings.get()

    def told() -> tuple[str, int, Any, Any]:
        (event,) = Calendar.from_ical(fetch("/kalendars.ics").content).events
        return str(event["uid"]), int(event["sequence"]), event["last-modified"].dt, event["dtstamp"].dt

    Meeting.objects.update(changed_at=NOW)
    Occurrence.objects.update(changed_at=NOW - timedelta(days=2))
    Activity.objects.update(changed_at=NOW - timedelta(days=3))
    before = told()
    assert before[2:] == (NOW, NOW)
    Activity.objects.update(changed_at=NOW + timedelta(days=1))  # another word in a text
    assert told() == (*before[:2], NOW + timedelta(days=1), NOW + timedelta(days=1))
    Occurrence.objects.update(changed_at=NOW + timedelta(seconds=1))  # another time, or called off
    uid, sequence, *_ = told()
    assert (uid, sequence) == (before[0], before[1] + 1)
    assert uid == f"meeting-{meeting.pk}@127.0.0.1"


@override_settings(SITE_URL="https://kopiena.example.lv")
def test_addresses_and_names_are_those_of_the_site(fetch: Fetch, make_occurrence: Make) -> None:
    meeting = make_occurrence(slug="talka").meetings.get()
    (read,) = by_icalendar(fetch("/ru/kalendars.ics").content)
    assert str(read["url"]) == "https://kopiena.example.lv/ru/aktivitates/talka/"
    assert read["uid"] == f"meeting-{meeting.pk}@kopiena.example.lv"


def test_made_up_ones_say_so(fetch: Fetch, make_occurrence: Make) -> None:
    make_occurrence(is_demo=True, title_lv="A")
    (read,) = by_icalendar(fetch("/kalendars.ics").content)
    assert read["description"].startswith("Paraugs\n\n")


# The file of one activity


def test_the_file_of_an_activity_holds_all_its_dates_still_to_come(fetch: Fetch, make_occurrence: Make) -> None:
    first = make_occurrence(slug="talka", starts_at=NOW - timedelta(hours=1))
    for days in (-1, 1, 500):
        make_occurrence(activity=first.activity, starts_at=NOW + timedelta(days=days))
    make_occurrence(slug="cita")
    response = fetch("/aktivitates/talka.ics")
    read = by_icalendar(response.content)
    assert [each["start"].astimezone(UTC) - NOW for each in read] == [
        timedelta(hours=-1),
        timedelta(days=1),
        timedelta(days=500),
    ]
    assert b"METHOD:PUBLISH\r\n" in response.content
    assert response["Content-Disposition"] == 'attachment; filename="talka.ics"'
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    subscribed = {each["uid"]: each["start"] for each in by_icalendar(fetch("/kalendars.ics").content)}
    assert all(subscribed.get(each["uid"], each["start"]) == each["start"] for each in read)


@pytest.mark.parametrize("fields", [{"audience": "invited"}, {"audience": "discreet"}, {"state": "draft"}])
def test_there_is_no_file_of_what_is_not_for_everybody(fetch: Fetch, make_occurrence: Make, fields: Any) -> None:
    make_occurrence(slug="talka", **fields)
    fetch("/aktivitates/talka.ics", 404)


def test_there_is_no_file_where_nothing_is_to_come(fetch: Fetch, make_occurrence: Make, make_activity: Make) -> None:
    make_occurrence(slug="bijusi", starts_at=NOW - timedelta(days=2))
    make_activity(slug="bez-datuma")
    for slug in ("bijusi", "bez-datuma", "nav"):
        fetch(f"/aktivitates/{slug}.ics", 404)


def test_the_zone_in_the_file_is_the_one_riga_keeps(fetch: Fetch) -> None:
    zone = Calendar.from_ical(fetch("/kalendars.ics").content).timezones[0].to_tz(lookup_tzid=False)
    hours = [datetime(year, month, 15, 12) for year in range(2026, 2037) for month in range(1, 13)]
    assert [at.replace(tzinfo=zone).utcoffset() for at in hours] == [
        at.replace(tzinfo=RIGA).utcoffset() for at in hours
    ]
