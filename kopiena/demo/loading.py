"""Brings the demonstration into the database: first what is offered, then who signs up, through the gate."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from activities.models import Activity, Meeting, Need, Occurrence, Room, Venue
from kopiena.demo.made_up import sign_up_guests
from kopiena.demo.plan import plan
from kopiena.demo.planned import PlannedActivity, PlannedMeeting, PlannedOccurrence
from kopiena.demo.projects import PROJECTS
from kopiena.demo.venues import INSTEAD_OF_THE_REAL_ONE, REAL_VENUE, REAL_VENUE_SLUG, ROOMS, VENUES
from kopiena.floor.dates import local_day
from partners.models import Institution, Project

EXAMPLE = {
    "lv": "Šis ir paraugs, kas rāda, kā portāls darbojas. Īstenībā tas nenotiks.",
    "ru": "Это пример, который показывает, как работает портал. На самом деле этого не будет.",
    "en": "This is an example that shows how the portal works. It will not really take place.",
}

SLUG_PREFIX = "paraugs-"


def load(now: datetime) -> Counter[str]:
    """Activities of the ten weeks after `now` and made-up families in them; nothing where a demonstration is already.

    What is offered comes in one transaction; each family then signs up in one of its own, as the gate demands.
    """
    made: Counter[str] = Counter()
    if Activity.objects.filter(is_demo=True).exists():
        return made
    for occurrence, planned in _offer(now, made):
        made["families signed up"] += sign_up_guests(occurrence, planned, now)
    return made


@transaction.atomic
def _offer(now: datetime, made: Counter[str]) -> list[tuple[Occurrence, PlannedOccurrence]]:
    venues, rooms, projects = _venues(), _rooms(), _projects()
    activities: dict[str, Activity] = {}
    offered: list[tuple[Occurrence, PlannedOccurrence]] = []
    for number, planned in enumerate(plan(local_day(now))):
        activity = Activity(
            slug=SLUG_PREFIX + planned.key,
            state=Activity.State.PUBLISHED,
            # One after another, so that "new" has an order.
            published_at=now - timedelta(days=4, hours=7 * number),
            is_demo=True,
            project=projects.get(planned.project),
            made_for=activities.get(planned.made_for),
            **_with_example(planned.fields),
        )
        activity.save()
        activities[planned.key] = activity
        _add_organisers_and_needs(activity, planned)
        for each in planned.occurrences:
            occurrence = Occurrence.objects.create(activity=activity, is_demo=True, **each.fields)
            Meeting.objects.bulk_create(_meeting(occurrence, one, venues, rooms) for one in each.meetings)
            offered.append((occurrence, each))
            made["meetings"] += len(each.meetings)
        made["activities"] += 1
    return offered


def _venues() -> dict[str, Venue]:
    venues = {key: Venue.objects.create(is_demo=True, **fields) for key, fields in VENUES.items()}
    real = Venue.objects.filter(slug=REAL_VENUE_SLUG).first()
    return {**venues, REAL_VENUE: real or venues[INSTEAD_OF_THE_REAL_ONE]}


def _rooms() -> dict[str, Room]:
    house = Venue.objects.get(slug=VENUES["house"]["slug"])
    return {key: Room.objects.create(venue=house, **names) for key, names in ROOMS.items()}


def _projects() -> dict[str, Project]:
    projects = {}
    for key, fields in PROJECTS.items():
        own = {name: value for name, value in fields.items() if name != "institutions"}
        for code, sentence in EXAMPLE.items():
            own[f"story_{code}"] += f"\n\n{sentence}"
        projects[key] = Project.objects.create(is_demo=True, state=Project.State.PUBLISHED, **own)
        projects[key].institutions.set(Institution.objects.filter(slug__in=fields["institutions"]))
    return projects


def _with_example(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with a sentence at the end of the description that says what this is."""
    written = {f"description_{code}": sentence for code, sentence in EXAMPLE.items() if f"description_{code}" in fields}
    return {**fields, **{name: f"{fields[name]}\n\n{sentence}" for name, sentence in written.items()}}


def _add_organisers_and_needs(activity: Activity, planned: PlannedActivity) -> None:
    activity.organisers.set(Institution.objects.filter(slug__in=planned.organisers))
    Need.objects.bulk_create(Need(activity=activity, is_demo=True, **need) for need in planned.needs)


def _meeting(
    occurrence: Occurrence, planned: PlannedMeeting, venues: dict[str, Venue], rooms: dict[str, Room]
) -> Meeting:
    return Meeting(
        occurrence=occurrence,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        is_all_day=planned.is_all_day,
        where=planned.where,
        venue=venues[planned.venue] if planned.venue else None,
        room=rooms[planned.room] if planned.room else None,
        online_link=planned.online_link,
        **planned.name,
    )
