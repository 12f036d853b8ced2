"""Activities, dates, meetings and places: what the database refuses, and each word at its exact moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from activities.models import Activity, Capacity, KnownWord, Meeting, Need, Occurrence, Proposal, Room, Venue
from activities.models.occurrence import SignUpState
from partners.models import Institution, Project
from tests.refusals import Breaks, Change, ask, refused_by

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2027-03-01T10:00+00:00")
HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)
AT_HOME = {"where": "home", "venue": None, "room": None}

BREAKS: Breaks = [
    ("activity_age_from_is_human", lambda: Activity.objects.update(age_from=121)),
    ("activity_age_to_is_human", lambda: Activity.objects.update(age_to=121)),
    ("activity_ages_in_order", lambda: Activity.objects.update(age_from=7, age_to=6)),
    ("activity_audience_is_known", lambda: Activity.objects.update(audience="all")),
    ("activity_state_is_known", lambda: Activity.objects.update(state="lost")),
    ("activity_theme_is_known", lambda: Activity.objects.update(theme="cars")),
    ("activity_unit_is_known", lambda: Activity.objects.update(unit="seats")),
    ("activity_season_has_a_year", lambda: Activity.objects.update(approximate_season="spring")),
    ("activity_season_is_known", lambda: Activity.objects.update(approximate_year=2027, approximate_season="flood")),
    ("activity_year_is_ours", lambda: Activity.objects.update(approximate_year=1999)),
    ("activity_year_is_ours", lambda: Activity.objects.update(approximate_year=2101)),
    ("activity_is_not_made_for_itself", lambda: Activity.objects.update(made_for=F("id"))),
    ("activity_has_a_title", lambda: Activity.objects.update(title_lv="", title_ru="", title_en="")),
    ("proposal_is_of_one_kind", lambda: Proposal.objects.filter(kind="project").update(kind="activity")),
    ("proposal_is_of_one_kind", lambda: Proposal.objects.filter(kind="activity").update(kind="project")),
    ("proposal_is_of_one_kind", lambda: Proposal.objects.update(kind="quest")),
    ("proposal_is_of_one_kind", lambda: Proposal.objects.filter(kind="project").update(within=F("id"))),
    ("proposal_state_is_known", lambda: Proposal.objects.update(state="lost")),
    ("proposal_language_is_ours", lambda: Proposal.objects.update(language="de")),
    ("proposal_proposed_says_when", lambda: Proposal.objects.update(state="proposed")),
    ("proposal_returned_says_why", lambda: Proposal.objects.update(state="returned")),
    ("proposal_approved_became_something", lambda: Proposal.objects.update(state="approved")),
    (
        "proposal_approved_became_something",
        lambda: Proposal.objects.update(state="approved", decided_at=NOW, project=None, activity=None),
    ),
    (
        "proposal_one_change_of_a_project",
        lambda: Proposal.objects.filter(kind="project").update(project=Project.objects.earliest("pk")),
    ),
    (
        "proposal_one_change_of_an_activity",
        lambda: Proposal.objects.filter(kind="activity").update(activity=Activity.objects.earliest("pk")),
    ),
    ("Activity.slug", lambda: Activity.objects.update(slug="a")),
    ("Activity.invitation_id", lambda: Activity.objects.update(invitation_id="a")),
    ("Venue.slug", lambda: Venue.objects.update(slug="a")),
    ("room_name_once_in_a_venue", lambda: Room.objects.update(name_lv="A")),
    (
        "occurrence_sign_up_closes_after_it_opens",
        lambda: Occurrence.objects.update(sign_up_opens_at=NOW, sign_up_closes_at=NOW),
    ),
    ("occurrence_state_is_known", lambda: Occurrence.objects.update(state="moved")),
    ("capacity_unit_is_known", lambda: Capacity.objects.update(unit="seats")),
    ("capacity_never_overbooked", lambda: Capacity.objects.update(places=1, taken=2)),
    ("capacity_groups_are_among_the_taken", lambda: Capacity.objects.update(taken_by_groups=1)),
    (
        "capacity_groups_keep_to_their_limit",
        lambda: Capacity.objects.update(taken=2, taken_by_groups=2, for_groups=1),
    ),
    ("capacity_held_places_lapse", lambda: Capacity.objects.update(held=1)),
    ("capacity_waiting_have_numbers", lambda: Capacity.objects.update(waiting=2, last_queue_number=1)),
    (
        "capacity_without_limit_nobody_waits",
        lambda: Capacity.objects.update(places=None, waiting=1, last_queue_number=1),
    ),
    ("known_word_once", lambda: KnownWord.objects.bulk_create(KnownWord(form="a", lemma="a") for _ in "aa")),
    ("need_kind_is_known", lambda: Need.objects.update(kind="money")),
    ("need_wants_something", lambda: Need.objects.update(wanted=0)),
    ("meeting_ends_after_it_begins", lambda: Meeting.objects.update(ends_at=F("starts_at"))),
    ("meeting_where_is_known", lambda: Meeting.objects.update(**{**AT_HOME, "where": "moon"})),
    ("meeting_has_a_venue_when_at_a_venue", lambda: Meeting.objects.update(venue=None, room=None)),
    ("meeting_has_a_venue_when_at_a_venue", lambda: Meeting.objects.update(where="online")),
    (
        "meeting_room_needs_its_venue",
        lambda: Meeting.objects.update(**{**AT_HOME, "room": Room.objects.earliest("pk")}),
    ),
    ("meeting_is_moved_to_another_start", lambda: Meeting.objects.update(moved_from=F("starts_at"))),
    ("meeting_room_never_booked_twice", lambda: Meeting.objects.update(room=Room.objects.earliest("pk"))),
]

FITS: list[Change] = [
    lambda: Activity.objects.update(age_from=7, age_to=7),
    lambda: Activity.objects.update(age_from=0, age_to=120),
    lambda: Activity.objects.update(approximate_year=2000),
    lambda: Activity.objects.update(approximate_year=2100, approximate_season="year"),
    *(lambda theme=theme: Activity.objects.update(theme=theme) for theme in Activity.Theme.values),
    *(lambda state=state: Activity.objects.update(state=state) for state in Activity.State.values),
    *(lambda audience=audience: Activity.objects.update(audience=audience) for audience in Activity.Audience.values),
    *(lambda unit=unit: Activity.objects.update(unit=unit) for unit in Activity.Unit.values),
    *(lambda unit=unit: Capacity.objects.update(unit=unit) for unit in Activity.Unit.values),
    *(
        lambda season=season: Activity.objects.update(approximate_year=2027, approximate_season=season)
        for season in Activity.Season.values
    ),
    lambda: Occurrence.objects.update(sign_up_opens_at=NOW, sign_up_closes_at=NOW + INSTANT),
    lambda: Occurrence.objects.update(state="cancelled"),
    lambda: Capacity.objects.update(held=3, held_until=NOW),
    lambda: Capacity.objects.update(places=0),
    lambda: Capacity.objects.update(places=None),
    lambda: Meeting.objects.update(**AT_HOME),
    lambda: Meeting.objects.update(**{**AT_HOME, "where": "online", "online_link": "https://example.lv/a"}),
    lambda: Meeting.objects.update(moved_from=F("starts_at") - INSTANT),
    lambda: Meeting.objects.update(moved_from=F("starts_at") + INSTANT),
    lambda: Need.objects.update(kind="things", wanted=1),
    lambda: Activity.objects.update(title_lv="", title_en=""),
    lambda: Proposal.objects.update(state="proposed", proposed_at=NOW),
    lambda: Proposal.objects.update(state="returned", note="Kad?"),
    lambda: Proposal.objects.update(state="approved", decided_at=NOW),
    lambda: Proposal.objects.filter(kind="project").update(
        state="approved", decided_at=NOW, project=Project.objects.earliest("pk")
    ),
    *(lambda code=code: Proposal.objects.update(language=code) for code in ("lv", "ru", "en")),
]


@pytest.fixture
def offered(make_occurrence: Callable[..., Occurrence]) -> None:
    """Two activities with a date, a need and a meeting each, at the same time in two rooms of one venue."""
    for name in "AB":
        occurrence = make_occurrence()
        venue = Venue.objects.get(slug="mezgls")
        room = Room.objects.create(venue=venue, name_lv=name)
        Meeting.objects.filter(occurrence=occurrence).update(room=room)
        Need.objects.create(activity=occurrence.activity, kind="helpers", title_lv="palīgi")
    Venue.objects.create(slug="parks", name_lv="Parks")
    institution = Institution.objects.create(
        slug="20-pii", kind="preschool", short_name_lv="20. PII", name_lv="20. PII"
    )
    whole = {"institution": institution, "language": "lv", "created_at": NOW, "saved_at": NOW}
    for activity in Activity.objects.order_by("pk"):
        project = Project.objects.create(slug=activity.slug, title_lv="Zaļā palodze")
        Proposal.objects.create(kind="project", project=project, **whole)
        Proposal.objects.create(kind="activity", activity=activity, **whole)


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize(("constraint", "change"), BREAKS)
def test_the_database_refuses(constraint: str, change: Change) -> None:
    model, _, field = constraint.partition(".")
    refused = refused_by(change)
    assert refused == constraint if not field else refused.startswith(f"activities_{model.lower()}_{field}_")


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize("change", FITS)
def test_the_database_accepts_what_just_fits(change: Change) -> None:
    ask(change)


@pytest.mark.parametrize("audience", Activity.Audience.values)
@pytest.mark.parametrize("state", Activity.State.values)
def test_only_what_is_published_and_open_is_public(
    make_occurrence: Callable[..., Occurrence], state: str, audience: str
) -> None:
    activity = make_occurrence(state=state, audience=audience).activity
    everywhere = (
        activity.is_public,
        Activity.objects.public().exists(),
        Occurrence.objects.public().exists(),
        Meeting.objects.public().exists(),
    )
    assert everywhere == ((state, audience) == ("published", "open"),) * 4
    assert activity.is_discreet is (audience == "discreet")


@pytest.mark.parametrize(
    ("age_from", "age_to", "fit"),
    [(None, None, [0, 3, 4, 7, 8, 17]), (4, 7, [4, 7]), (4, None, [4, 7, 8, 17]), (None, 7, [0, 3, 4, 7])],
)
def test_an_age_fits_from_the_lower_to_the_upper_both_counted(
    make_activity: Callable[..., Activity], age_from: int | None, age_to: int | None, fit: list[int]
) -> None:
    activity = make_activity(age_from=age_from, age_to=age_to)
    ages = [0, 3, 4, 7, 8, 17]
    assert [age for age in ages if activity.fits_age(age)] == fit


def test_undated_is_what_has_a_year_and_no_date(make_activity: Callable[..., Activity]) -> None:
    wanted = make_activity(approximate_year=2027, approximate_season="spring")
    make_activity(approximate_year=2026)
    make_activity()
    dated = make_activity(approximate_year=2027)
    Occurrence.objects.create(activity=dated)
    assert list(Activity.objects.undated(2027)) == [wanted]


def test_the_first_publishing_is_remembered(make_activity: Callable[..., Activity]) -> None:
    activity = make_activity(state="draft", published_at=None)
    activity.publish(NOW)
    activity.state = "archived"
    activity.publish(NOW + HOUR)
    assert (activity.state, activity.published_at) == ("published", NOW)


def meet(occurrence: Occurrence, starts_at: datetime, ends_at: datetime, **fields: Any) -> Meeting:
    return Meeting.objects.create(
        **{"occurrence": occurrence, "starts_at": starts_at, "ends_at": ends_at, "where": "home", **fields}
    )


def test_a_date_is_timed_by_the_bounds_of_its_meetings(make_activity: Callable[..., Activity]) -> None:
    course, undated = (Occurrence.objects.create(activity=make_activity()) for _ in range(2))
    meet(course, NOW + 5 * HOUR, NOW + 6 * HOUR)
    meet(course, NOW, NOW + 9 * HOUR)
    bounds = {each.pk: (each.starts_at, each.ends_at) for each in Occurrence.objects.timed()}
    assert bounds == {course.pk: (NOW, NOW + 9 * HOUR), undated.pk: (None, None)}


def test_a_date_is_past_from_the_very_moment_its_last_meeting_ends(make_activity: Callable[..., Activity]) -> None:
    course, undated = (Occurrence.objects.create(activity=make_activity()) for _ in range(2))
    meet(course, NOW - 9 * HOUR, NOW - 8 * HOUR)
    meet(course, NOW - HOUR, NOW)
    assert list(Occurrence.objects.coming(NOW - INSTANT)) == [course]
    assert list(Occurrence.objects.past(NOW - INSTANT)) == []
    assert list(Occurrence.objects.coming(NOW)) == []
    assert list(Occurrence.objects.past(NOW)) == [course]
    assert undated.pk is not None  # it is neither to come nor past


def test_the_soonest_comes_first_and_the_latest_past_first(make_activity: Callable[..., Activity]) -> None:
    made = [Occurrence.objects.create(activity=make_activity()) for _ in range(3)]
    for occurrence, hours in zip(made, (3, 1, 2), strict=True):
        meet(occurrence, NOW + hours * HOUR, NOW + (hours + 1) * HOUR)
    assert list(Occurrence.objects.coming(NOW)) == [made[1], made[2], made[0]]
    assert list(Occurrence.objects.past(NOW + 9 * HOUR)) == [made[0], made[2], made[1]]


def test_a_meeting_is_between_if_it_touches_the_half_open_span(make_activity: Callable[..., Activity]) -> None:
    occurrence = Occurrence.objects.create(activity=make_activity())
    spans = [(-2, 0), (-1, 1), (1, 2), (3, 5), (4, 6), (-9, 9)]
    made = {span: meet(occurrence, NOW + span[0] * HOUR, NOW + span[1] * HOUR) for span in spans}
    found = list(Meeting.objects.between(NOW, NOW + 4 * HOUR))
    assert found == [made[span] for span in [(-9, 9), (-1, 1), (1, 2), (3, 5)]]


def test_sign_up_closes_when_told_and_never_after_the_beginning() -> None:
    assert Occurrence().closes_at(NOW) == NOW
    assert Occurrence(sign_up_closes_at=NOW - HOUR).closes_at(NOW) == NOW - HOUR
    assert Occurrence(sign_up_closes_at=NOW + HOUR).closes_at(NOW) == NOW


def test_freed_places_go_to_the_queue_until_told_or_18_hours_before() -> None:
    assert Occurrence().promotes_until(NOW) == datetime.fromisoformat("2027-02-28T16:00+00:00")
    assert Occurrence(promote_until=NOW - HOUR).promotes_until(NOW) == NOW - HOUR


@pytest.mark.parametrize(
    ("fields", "starts_at", "state"),
    [
        ({}, NOW + INSTANT, SignUpState.OPEN),
        ({}, NOW, SignUpState.CLOSED),
        ({"sign_up_closes_at": NOW + INSTANT}, NOW + HOUR, SignUpState.OPEN),
        ({"sign_up_closes_at": NOW}, NOW + HOUR, SignUpState.CLOSED),
        ({"sign_up_opens_at": NOW}, NOW + HOUR, SignUpState.OPEN),
        ({"sign_up_opens_at": NOW + INSTANT}, NOW + HOUR, SignUpState.NOT_YET),
        ({"sign_up_opens_at": NOW + HOUR}, NOW - HOUR, SignUpState.CLOSED),
        ({}, None, SignUpState.UNDATED),
        ({"state": "cancelled"}, NOW + HOUR, SignUpState.CANCELLED),
        ({"state": "cancelled"}, None, SignUpState.CANCELLED),
        ({"is_sign_up_needed": False}, NOW + HOUR, SignUpState.NOT_NEEDED),
        ({"is_sign_up_needed": False}, None, SignUpState.NOT_NEEDED),
    ],
)
def test_whether_one_may_sign_up_is_said_to_the_instant(
    fields: dict[str, Any], starts_at: datetime | None, state: SignUpState
) -> None:
    assert Occurrence(**fields).sign_up_state(NOW, starts_at) == state


@pytest.mark.parametrize(
    ("fields", "held", "web", "coordinator"),
    [
        ({"places": None, "taken": 500}, 0, None, None),
        ({"places": 10, "taken": 4}, 0, 6, 6),
        ({"places": 10, "taken": 4, "held": 3, "held_until": NOW + INSTANT}, 3, 3, 6),
        ({"places": 10, "taken": 4, "held": 3, "held_until": NOW}, 0, 6, 6),
        ({"places": 10, "taken": 8, "held": 3, "held_until": NOW + HOUR}, 3, 0, 2),
        ({"places": 10, "taken": 10}, 0, 0, 0),
        ({"places": 0, "taken": 0}, 0, 0, 0),
    ],
)
def test_places_kept_for_callers_are_the_coordinators_and_not_the_webs(
    fields: dict[str, Any], held: int, web: int | None, coordinator: int | None
) -> None:
    capacity = Capacity(**fields)
    assert (capacity.held_left(NOW), capacity.free_for_web(NOW), capacity.free_for_coordinator()) == (
        held,
        web,
        coordinator,
    )


def test_places_are_born_with_the_date_whoever_makes_it(make_activity: Callable[..., Activity]) -> None:
    activity = make_activity(unit="families", usual_places=7)
    saved = Occurrence.objects.create(activity=activity)
    (in_bulk,) = Occurrence.objects.bulk_create([Occurrence(activity=activity)])
    with connection.cursor() as cursor:
        columns = [field.column for field in Occurrence._meta.local_fields if field.column not in ("id", "activity_id")]
        copied = ", ".join(columns)
        cursor.execute(
            f"INSERT INTO activities_occurrence (activity_id, {copied}) SELECT activity_id, {copied} "
            "FROM activities_occurrence WHERE id = %s RETURNING id",
            [saved.pk],
        )
        raw = cursor.fetchone()[0]
    activity.usual_places = 9
    activity.save()
    assert list(Capacity.objects.order_by("pk").values_list("pk", "unit", "places", "held", "taken", "waiting")) == [
        (key, "families", 7, 0, 0, 0) for key in (saved.pk, in_bulk.pk, raw)
    ]


def test_no_limit_of_the_activity_is_no_limit_of_its_dates(make_activity: Callable[..., Activity]) -> None:
    occurrence = Occurrence.objects.create(activity=make_activity(usual_places=None))
    assert Capacity.objects.get(occurrence=occurrence).places is None


def test_whole_days_are_told_in_riga() -> None:
    week = Meeting(
        starts_at=datetime.fromisoformat("2027-04-05T00:00+03:00"),
        ends_at=datetime.fromisoformat("2027-04-10T00:00+03:00"),
        is_all_day=True,
    )
    week.clean()
    assert (week.first_day, week.last_day, week.is_campaign) == (date(2027, 4, 5), date(2027, 4, 9), True)


def test_an_evening_until_midnight_is_one_day() -> None:
    late = Meeting(
        starts_at=datetime.fromisoformat("2027-01-10T22:00+02:00"),
        ends_at=datetime.fromisoformat("2027-01-11T00:00+02:00"),
    )
    assert (late.first_day, late.last_day, late.is_campaign) == (date(2027, 1, 10), date(2027, 1, 10), False)


def test_whole_days_that_do_not_end_at_midnight_in_riga_are_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        Meeting(starts_at=NOW, ends_at=datetime.fromisoformat("2027-03-02T00:00+00:00"), is_all_day=True).clean()
    assert set(refusal.value.message_dict) == {"starts_at", "ends_at"}


def test_a_room_of_another_venue_is_refused(make_occurrence: Callable[..., Occurrence]) -> None:
    here, there = (Venue.objects.create(slug=slug, name_lv=slug) for slug in ("te", "tur"))
    meeting = make_occurrence().meetings.get()
    meeting.venue, meeting.room = here, Room.objects.create(venue=there, name_lv="A")
    with pytest.raises(ValidationError) as refusal:
        meeting.clean()
    assert set(refusal.value.message_dict) == {"room"}
