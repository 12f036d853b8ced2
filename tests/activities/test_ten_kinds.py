"""The ten kinds of activity of the first year's plan, and "spring 2027": the models hold every one without a trick."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from django.db import models

from activities.models import Activity, Capacity, Meeting, Need, Occurrence, Room, Venue
from activities.models.occurrence import SignUpState
from partners.models import Institution, Project
from tests.refusals import ask

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
RIGA = ZoneInfo("Europe/Riga")
Row = TypeVar("Row", bound=models.Model)


def riga(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=RIGA)


def checked(row: Row) -> Row:
    """The row as the admin would save it: first all of the models' own checks, then the database's."""
    row.full_clean(exclude=["during"] if isinstance(row, Meeting) else None)
    ask(row.save)
    return row


def offer(slug: str, theme: str, **fields: Any) -> Activity:
    return checked(Activity(slug=slug, title_lv=slug, theme=theme, **{"state": "published", **fields}))


def dated(activity: Activity, **fields: Any) -> Occurrence:
    return checked(Occurrence(activity=activity, **fields))


def meet(occurrence: Occurrence, begins: str, ends: str, where: Venue | str, **fields: Any) -> Meeting:
    """A meeting at a venue, or "home" or "online"; days without an hour are whole days, the last one counted."""
    starts_at, ends_at = riga(begins), riga(ends)
    is_all_day = "T" not in ends
    place = {"where": "venue", "venue": where} if isinstance(where, Venue) else {"where": where}
    return checked(
        Meeting(
            occurrence=occurrence,
            starts_at=starts_at,
            ends_at=ends_at + timedelta(days=1) if is_all_day else ends_at,
            is_all_day=is_all_day,
            **place,
            **fields,
        )
    )


def venue(slug: str) -> Venue:
    return Venue.objects.get_or_create(slug=slug, defaults={"name_lv": slug})[0]


def institution(slug: str, kind: str = "preschool") -> Institution:
    return checked(Institution(slug=slug, kind=kind, short_name_lv=slug, name_lv=slug))


def state(occurrence: Occurrence) -> SignUpState:
    timed = Occurrence.objects.timed().get(pk=occurrence.pk)
    return timed.sign_up_state(NOW, timed.starts_at)


def test_the_ten_kinds_of_the_first_plan_fit_together() -> None:
    project = checked(Project(slug="kopa", title_lv="Darbīgās kopienas", state="published"))
    schools = [institution("20-pii"), institution("13-vsk", "secondary_school")]

    # 1 and 2: helpers only, nobody looks on; organised with others who have no page here.
    drawings = offer("sienas-zimejumi", "craft", is_for_helpers=True, project=project)
    checked(Need(activity=drawings, kind="helpers", title_lv="krāsotāji", wanted=6))
    church = offer("baznica", "home", is_for_helpers=True, other_organisers_lv="Katoļu draudze")
    checked(Need(activity=church, kind="things", title_lv="kāpnes", wanted=2))
    church.organisers.set(schools)

    # 3: no limit, several places at once.
    cleanup = dated(offer("ezera-talka", "cleanup", usual_places=None))
    for place in ("gubisce", "parks"):
        meet(cleanup, "2027-04-24T10:00", "2027-04-24T13:00", venue(place))

    # 4: grown at home for weeks, handed over on one day.
    onions = dated(offer("zala-palodze", "garden"))
    growing = meet(onions, "2027-03-15", "2027-04-11", "home")
    meet(onions, "2027-04-12T11:00", "2027-04-12T12:00", venue("dienas-centrs"))

    # 5: a discreet series.
    porridge = offer("putras", "home", audience="discreet", usual_places=8)
    sessions = [dated(porridge) for _ in range(3)]
    for week, session in enumerate(sessions):
        day = f"2027-04-{6 + 7 * week:02}"
        meet(session, f"{day}T15:00", f"{day}T17:00", venue("gimenes-centrs"))

    # 6: one activity made for another.
    painting = offer("gleznosana", "craft", usual_places=12)
    easels = offer("molberti", "craft", is_for_helpers=True, made_for=painting)

    # 7: many places, several days.
    flowers = dated(offer("puku-dobes", "garden"))
    for day in (10, 11, 12):
        for place in ("smilsu-iela", "skola"):
            meet(flowers, f"2027-05-{day}T16:00", f"2027-05-{day}T18:00", venue(place))

    # 8: ages and few places, counted in children.
    ages = {"age_from": 4, "age_to": 7, "is_age_asked": True}
    safety = dated(offer("drosiba-pie-udens", "safety", unit="children", usual_places=12, **ages))
    meet(safety, "2027-05-20T11:00", "2027-05-20T12:00", venue("gubisce"))

    # 9: a large audience, counted in people.
    concert = dated(offer("gimenes-diena", "stage", usual_places=600))
    meet(concert, "2027-05-15T12:00", "2027-05-15T14:00", venue("kulturas-pils"))

    # 10: a course of rehearsals to sign up to, and a show that anybody comes to.
    puppets = offer("lellu-teatris", "stage", usual_places=10)
    rehearsals = dated(puppets, name_lv="Mēģinājumi")
    for week in range(6):
        day = riga("2027-03-04T17:00") + timedelta(weeks=week)
        text = day.replace(tzinfo=None).isoformat()
        meet(rehearsals, text, text.replace("T17", "T18"), venue("klubs"))
    show = dated(puppets, name_lv="Izrāde", is_sign_up_needed=False)
    meet(show, "2027-04-16T17:00", "2027-04-16T18:00", venue("klubs"))

    kinds = {
        each.slug: (each.occurrences.count(), Meeting.objects.filter(occurrence__activity=each).count())
        for each in Activity.objects.all()
    }
    assert kinds == {
        "sienas-zimejumi": (0, 0),
        "baznica": (0, 0),
        "ezera-talka": (1, 2),
        "zala-palodze": (1, 2),
        "putras": (3, 3),
        "gleznosana": (0, 0),
        "molberti": (0, 0),
        "puku-dobes": (1, 6),
        "drosiba-pie-udens": (1, 1),
        "gimenes-diena": (1, 1),
        "lellu-teatris": (2, 7),
    }
    places = {
        each: Capacity.objects.values_list("unit", "places").get(pk=each.pk) for each in (cleanup, safety, concert)
    }
    assert list(places.values()) == [("people", None), ("children", 12), ("people", 600)]
    assert [state(each) for each in (cleanup, safety, rehearsals, show)] == [
        SignUpState.OPEN,
        SignUpState.OPEN,
        SignUpState.OPEN,
        SignUpState.NOT_NEEDED,
    ]
    assert (growing.is_campaign, (growing.last_day - growing.first_day).days + 1) == (True, 28)
    assert list(painting.makers.all()) == [easels]
    assert set(church.organisers.all()) == set(schools)
    assert not Occurrence.objects.public().filter(pk__in=[each.pk for each in sessions]).exists()
    assert not Meeting.objects.public().filter(occurrence__activity=porridge).exists()


def test_workshops_run_side_by_side_in_rooms_of_their_own() -> None:
    club = venue("klubs")
    occurrence = dated(offer("darbnicas", "craft"))
    for name in ("Kolāža", "Sāls mīkla"):
        room = checked(Room(venue=club, name_lv=name))
        meet(occurrence, "2027-03-20T11:00", "2027-03-20T13:00", club, room=room, name_lv=name)
    assert list(occurrence.meetings.values_list("name_lv", "room__name_lv")) == [
        ("Kolāža", "Kolāža"),
        ("Sāls mīkla", "Sāls mīkla"),
    ]


def test_an_evening_online_has_a_link_and_no_venue() -> None:
    meeting = meet(
        dated(offer("vecaku-vakars", "home")),
        "2027-03-20T19:00",
        "2027-03-20T20:00",
        "online",
        online_link="https://example.lv/vakars",
    )
    assert (meeting.where, meeting.venue, meeting.is_campaign) == ("online", None, False)


def test_spring_2027_is_a_time_of_its_own_until_there_is_a_date() -> None:
    planned = offer("pavasara-talka", "cleanup", approximate_year=2027, approximate_season="spring")
    assert list(Activity.objects.undated(2027)) == [planned]
    assert state(dated(planned)) == SignUpState.UNDATED
    assert not Activity.objects.undated(2027).exists()


def test_no_field_exists_for_whoever_receives_help() -> None:
    """The windowsill gardens go to lonely elderly people: their names are nobody's to write down."""
    names = {field.name for model in (Activity, Occurrence, Meeting, Need) for field in model._meta.get_fields()}
    assert not {name for name in names if any(word in name for word in ("receiver", "recipient", "beneficiary"))}
