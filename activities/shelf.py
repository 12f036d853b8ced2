"""The activities of an institution or a project: coming, without a date yet, past. Three queries at any size."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

from activities import lines
from activities.cards import Card
from activities.lines import Lines
from activities.models import Activity, Meeting, Occurrence
from activities.models.activity import ActivityQuerySet
from activities.offer import Offer, in_time
from kopiena.floor import dates as days

MOST_CARDS = 30
SEASONS_IN_ORDER = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True)
class Shelf:
    """What stands on the page; what is too much for it is found in the list."""

    coming: list[Card]
    undated: list[Card]
    has_more: bool
    past: Lines

    @property
    def is_empty(self) -> bool:
        return not (self.coming or self.undated or self.past.rows)


def shelf_of(of: Q, now: datetime) -> Shelf:
    """The soonest first, then what has no date yet, then the past with the latest first. `of` says whose."""
    ahead = list(_ahead(now).filter(of)[: MOST_CARDS + 1])
    offers = _offers(ahead[:MOST_CARDS], now)
    cards = [Card(activity, now, known=offers[activity.pk]) for activity in ahead[:MOST_CARDS]]
    return Shelf(
        coming=[card for card in cards if card.next],
        undated=[card for card in cards if not card.next],
        has_more=len(ahead) > MOST_CARDS,
        past=lines.past(of, Meeting.objects.all(), now),
    )


def _ahead(now: datetime) -> ActivityQuerySet:
    """What is still to come: the next one first, then what has no date yet by its year and season."""
    meetings = Meeting.objects.filter(occurrence__activity=OuterRef("pk"))
    next_at = meetings.filter(ends_at__gt=now).order_by("starts_at").values("starts_at")[:1]
    still_planned = Q(approximate_year__isnull=True) | Q(approximate_year__gte=days.local_day(now).year)
    by_season = Case(
        *(When(approximate_season=season, then=Value(place)) for place, season in enumerate(SEASONS_IN_ORDER)),
        default=Value(len(SEASONS_IN_ORDER)),
    )
    activities = Activity.objects.public().annotate(next_at=Subquery(next_at))
    return activities.filter(Q(next_at__isnull=False) | (~Exists(meetings) & still_planned)).order_by(
        F("next_at").asc(nulls_last=True), F("approximate_year").asc(nulls_last=True), by_season, "title_lv", "pk"
    )


def _offers(activities: Sequence[Activity], now: datetime) -> dict[int, list[Offer]]:
    """The dates of each that are not over, whole: a course under way with its meetings gone by. One query."""
    by_pk = {activity.pk: activity for activity in activities}
    ahead = Meeting.objects.filter(occurrence=OuterRef("pk"), ends_at__gt=now)
    still = Occurrence.objects.filter(Exists(ahead), activity__in=by_pk)
    dates: dict[Occurrence, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.filter(occurrence__in=still).select_related("occurrence__capacity", "venue"):
        dates[meeting.occurrence].append(meeting)
    found: dict[int, list[Offer]] = defaultdict(list)
    for occurrence, meetings in dates.items():
        occurrence.activity = by_pk[occurrence.activity_id]
        found[occurrence.activity_id].append(Offer(occurrence, tuple(meetings), now))
    return defaultdict(list, {pk: in_time(offers, now) for pk, offers in found.items()})
