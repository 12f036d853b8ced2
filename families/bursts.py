"""Bursts of junk: which registrations look like one, what clearing them would free, and those cleared lately."""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q, Sum

from activities.models import Occurrence
from activities.standing import Standing
from families.models import Registration, SignUp
from families.models.registration import RegistrationQuerySet
from families.moving_up import would_move_up

MOST = 500  # shown, and cleared, at once
LISTED_FOR = timedelta(days=7)
START = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def clearable(now: datetime) -> RegistrationQuerySet:
    """Live registrations sent over the web for dates to come, in the order they came."""
    coming = Occurrence.objects.coming(now).filter(state=Occurrence.State.PLANNED)
    rows = Registration.objects.live().filter(sign_up__channel=SignUp.Channel.WEB)
    rows = rows.filter(occurrence__in=coming.order_by().values("pk"))
    return rows.select_related("sign_up", "occurrence__activity").order_by("created_at", "pk")


def matching(
    since: datetime, until: datetime, *, occurrence_id: int | None = None, text: str = "", now: datetime
) -> RegistrationQuerySet:
    """Those sent from `since` to the end of the minute `until`, with the text in name or e-mail."""
    rows = clearable(now).filter(created_at__gte=since, created_at__lt=until + timedelta(minutes=1))
    if occurrence_id is not None:
        rows = rows.of(occurrence_id)
    if text:
        rows = rows.filter(Q(sign_up__contact_name__icontains=text) | Q(sign_up__email__icontains=text))
    return rows


@dataclass(frozen=True)
class Burst:
    """Registrations that may be junk, and what clearing all of them would do."""

    registrations: list[Registration]
    found: int  # more than are shown where there are too many
    places: int
    moving_up: int

    @classmethod
    def of(cls, rows: RegistrationQuerySet, now: datetime) -> "Burst":
        shown = list(rows[:MOST])
        places = sum(each.seats for each in shown if each.is_placed)
        return cls(shown, rows.count(), places, moving_up_without(shown, now))


def moving_up_without(gone: Iterable[Registration], now: datetime) -> int:
    """How many waiting parties would get places if these were no more."""
    by_date: dict[int, list[Registration]] = defaultdict(list)
    for registration in gone:
        by_date[registration.occurrence_id].append(registration)
    dates = Occurrence.objects.timed().with_meetings_held().select_related("activity", "capacity")
    standings = (Standing.of(date, date.capacity, now) for date in dates.filter(pk__in=by_date))
    return sum(_moving_up_at(standing, by_date[standing.occurrence.pk]) for standing in standings)


def _moving_up_at(standing: Standing, gone: list[Registration]) -> int:
    if not standing.promotes:
        return 0
    without = copy(standing.capacity)
    without.taken -= sum(each.seats for each in gone if each.is_placed)
    waiting = Registration.objects.of(without.pk).in_queue().exclude(pk__in=[each.pk for each in gone])
    return len(would_move_up(waiting, without.free_for_web(standing.now), without.free_for_groups()))


@dataclass(frozen=True)
class Cleared:
    """A burst that was cleared: when, how many, how many places they held or waited for."""

    cleared_at: datetime
    count: int
    seats: int

    @property
    def number(self) -> int:
        """Its moment as it stands in an address, in microseconds."""
        return as_number(self.cleared_at)


def cleared_lately(now: datetime) -> list[Cleared]:
    """Those of the last seven days, the latest first."""
    rows = Registration.objects.filter(cancelled_for=Registration.CancelledFor.JUNK, cancelled_at__gt=now - LISTED_FOR)
    found = rows.order_by().values_list("cancelled_at").annotate(count=Count("pk"), all_seats=Sum("seats"))
    return [Cleared(moment, count, seats) for moment, count, seats in found.order_by("-cancelled_at") if moment]


def cleared_at(moment: datetime) -> RegistrationQuerySet:
    """What was cleared at that moment and has not come back."""
    rows = Registration.objects.filter(cancelled_for=Registration.CancelledFor.JUNK, cancelled_at=moment)
    return rows.select_related("sign_up", "occurrence__activity").order_by("created_at", "pk")


def can_come_back(moment: datetime, now: datetime) -> int:
    """How many of them could still come back: their date is to come, and they were not erased."""
    coming = Occurrence.objects.timed().filter(starts_at__gt=now, state=Occurrence.State.PLANNED)  # type: ignore[misc]
    rows = cleared_at(moment).filter(sign_up__erased_at__isnull=True)
    return rows.filter(occurrence__in=coming.order_by().values("pk")).count()


def moved_up_at(moment: datetime) -> int:
    """How many parties got the places that came free at that moment."""
    dates = cleared_at(moment).order_by().values("occurrence")
    return Registration.objects.placed().filter(placed_at=moment, occurrence__in=dates).count()


def as_number(moment: datetime) -> int:
    """The moment in microseconds since 1970."""
    return (moment - START) // MICROSECOND


def as_moment(number: int) -> datetime | None:
    """The moment of a number; None where there is no such day."""
    try:
        return START + number * MICROSECOND
    except OverflowError:
        return None
