"""The list of activities: its filters live in the address, and an empty result knows which of them to drop."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Subquery, Value, When

from activities.models import Activity, Meeting, Occurrence
from activities.models.activity import ActivityQuerySet
from kopiena.floor import dates

SEASONS_IN_ORDER = ("winter", "spring", "summer", "autumn")


@dataclass(frozen=True)
class Filters:
    """What a visitor chose; empty where nothing is."""

    theme: str = ""
    institution: str = ""  # its slug
    age: int | None = None
    free: bool = False

    @property
    def chosen(self) -> dict[str, str]:
        """The choices as they stand in the address, the empty ones left out."""
        values = {
            "theme": self.theme,
            "institution": self.institution,
            "age": "" if self.age is None else str(self.age),
            "free": "1" if self.free else "",
        }
        return {name: value for name, value in values.items() if value}

    def query(self, page: int = 1) -> str:
        """What stands after the list's address: "?theme=garden&page=2" or nothing."""
        wanted = self.chosen | ({"page": str(page)} if page > 1 else {})
        return f"?{urlencode(wanted)}" if wanted else ""

    def without(self, name: str) -> "Filters":
        """The same choice with one filter dropped."""
        return replace(self, **{name: getattr(Filters(), name)})


@dataclass(frozen=True)
class Drop:
    """A filter that an empty result could do without, and how many activities that would show."""

    name: str
    query: str
    count: int


def on_offer(now: datetime) -> ActivityQuerySet:
    """What is still to come: the next one first, then what has no date yet by its year and season."""
    meetings = Meeting.objects.filter(occurrence__activity=OuterRef("pk"))
    next_at = meetings.filter(ends_at__gt=now).order_by("starts_at").values("starts_at")[:1]
    still_planned = Q(approximate_year__isnull=True) | Q(approximate_year__gte=dates.local_day(now).year)
    by_season = Case(
        *(When(approximate_season=season, then=Value(place)) for place, season in enumerate(SEASONS_IN_ORDER)),
        default=Value(len(SEASONS_IN_ORDER)),
    )
    activities = Activity.objects.public().annotate(next_at=Subquery(next_at))
    return activities.filter(Q(next_at__isnull=False) | (~Exists(meetings) & still_planned)).order_by(
        F("next_at").asc(nulls_last=True), F("approximate_year").asc(nulls_last=True), by_season, "title_lv", "pk"
    )


def found(filters: Filters, now: datetime) -> ActivityQuerySet:
    """The activities that suit every filter."""
    activities = on_offer(now)
    if filters.theme:
        activities = activities.filter(theme=filters.theme)
    if filters.institution:
        activities = activities.filter(_is_organised_by(filters.institution))
    if filters.age is not None:
        activities = activities.for_age(filters.age)
    if filters.free:
        activities = activities.filter(_has_free_places(now))
    return activities


def drops(filters: Filters, now: datetime) -> list[Drop]:
    """Which single filter to drop so that an empty result is not: one query, asked only then."""
    activities = on_offer(now).annotate(
        is_of_institution=_is_organised_by(filters.institution) if filters.institution else _true(),
        has_free_places=_has_free_places(now) if filters.free else _true(),
    )
    fitting = [
        {
            "theme": filters.theme in ("", activity.theme),
            "institution": activity.is_of_institution,
            "age": filters.age is None or activity.fits_age(filters.age),
            "free": activity.has_free_places,
        }
        for activity in activities
    ]
    counts = {
        name: sum(all(fits for other, fits in row.items() if other != name) for row in fitting)
        for name in filters.chosen
    }
    return [Drop(name, filters.without(name).query(), count) for name, count in counts.items() if count]


def _true() -> Value:
    return Value(True, output_field=BooleanField())


def _is_organised_by(slug: str) -> Exists:
    organisers = Activity.organisers.through.objects
    return Exists(organisers.filter(activity=OuterRef("pk"), institution__slug=slug))


def _has_free_places(now: datetime) -> Exists:
    """A date one may still come to: without sign-up, without a limit, or with places left for the web."""
    places = F("capacity__places") - F("capacity__taken")
    has_places = (
        Q(capacity__places__isnull=True)
        | Q(capacity__held_until__gt=now, capacity__places__gt=F("capacity__taken") + F("capacity__held"))
        | (Q(capacity__held_until__isnull=True) | Q(capacity__held_until__lte=now)) & Q(places_left__gt=0)
    )
    is_not_closed = Q(sign_up_closes_at__isnull=True) | Q(sign_up_closes_at__gt=now)
    dates_ahead = Occurrence.objects.filter(activity=OuterRef("pk")).coming(now)
    held = Meeting.objects.filter(occurrence=OuterRef("pk"), ends_at__gt=now, is_cancelled=False)
    return Exists(
        dates_ahead.annotate(places_left=places)
        .exclude(state=Occurrence.State.CANCELLED)
        .filter(Exists(held))
        .filter(Q(is_sign_up_needed=False) | (Q(starts_at__gt=now) & is_not_closed & has_places))
    )
