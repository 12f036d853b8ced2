"""Fetches what the page of one activity tells: three queries, however many dates it has, each composed only once."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject

from activities.models import Activity, Meeting, Need, Occurrence
from activities.models.activity import ActivityQuerySet
from activities.offer import Offer, in_time
from activities.story import Story
from kopiena.floor.composed import Composed
from kopiena.floor.said import in_language
from partners.models import Institution


def in_three(name: str) -> list[str]:
    """A text's fields in the three languages."""
    return [f"{name}_{code}" for code in ("lv", "ru", "en")]


def told(rows: Any, *fields: str) -> ArraySubquery:
    """The rows that belong to the outer one, told along with it: a list of these fields."""
    return ArraySubquery(rows.values(told=JSONObject(**{field: field for field in fields})))


def _one(slug: Combinable) -> ActivityQuerySet:
    organising = Activity.organisers.through.objects.filter(activity=OuterRef(OuterRef("pk")))
    organisers = Institution.objects.filter(pk__in=organising.values("institution")).order_by("name_lv", "pk")
    needs = Need.objects.filter(activity=OuterRef("pk")).order_by("pk")
    makers = Activity.objects.public().filter(made_for=OuterRef("pk")).order_by(in_language("title", "lv"), "pk")
    return (
        Activity.objects.public()
        .filter(slug=slug)
        .select_related("project", "made_for")
        .annotate(
            organisers_told=told(organisers, "slug", *in_three("name")),
            needs_told=told(needs, "wanted", "taken", *in_three("title")),
            makers_told=told(makers, "slug", *in_three("title")),
        )
        .order_by()
    )


ACTIVITY = Composed(_one)
OCCURRENCES = Composed(lambda activity: Occurrence.objects.filter(activity=activity).select_related("capacity"))
MEETINGS = Composed(
    lambda activity: Meeting.objects.filter(occurrence__activity=activity).select_related("venue", "room")
)


def story_of(slug: str, now: datetime) -> Story | None:
    """What is told of the activity with this address; None where it is not for everybody or not there."""
    row: Any = ACTIVITY.one(slug)
    if row is None:
        return None
    meetings = defaultdict(list)
    for meeting in MEETINGS.rows(row.pk):
        meetings[meeting.occurrence_id].append(meeting)
    offers = []
    for occurrence in OCCURRENCES.rows(row.pk):
        occurrence.activity = row
        offers.append(Offer(occurrence, tuple(meetings[occurrence.pk]), now))
    organisers = [Institution(**each) for each in row.organisers_told]
    known = row.organisers.get_queryset()
    known._result_cache, known._prefetch_done = organisers, True
    row._prefetched_objects_cache = {"organisers": known}  # where those who ask the activity itself find them
    return Story(
        row,
        in_time(offers, now),
        now,
        organisers=organisers,
        all_needs=[Need(**each) for each in row.needs_told],
        made_by=[Activity(**each) for each in row.makers_told],
    )
