"""Bursts of junk: which registrations look like one, what clearing them would free, and those cleared lately."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q, Sum

from activities.models import Meeting, Occurrence
from activities.standing import Standing
from families.models import Registration, SignUp
from families.models.registration import RegistrationQuerySet

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
        return cls(shown, rows.count(), places, would_move_up(shown, now))


def would_move_up(gone: Iterable[Registration], now: datetime) -> int:
    """How many waiting parties would get places if these were no more, as the gate gives them."""
    by_date: dict[int, list[Registration]] = defaultdict(list)
    for registration in gone:
        by_date[registration.occurrence_id].append(registration)
    dates = Occurrence.objects.timed().select_related("activity", "capacity").filter(pk__in=by_date)
    return sum(_moving_up_at(date, by_date[date.pk], now) for date in dates)


def _moving_up_at(date: Occurrence, gone: list[Registration], now: datetime) -> int:
    capacity = date.capacity
    has_no_meeting_left = not Meeting.objects.filter(occurrence=date, is_cancelled=False).exists()
    standing = Standing(date, capacity, date.starts_at, has_no_meeting_left, now)
    if capacity.places is None or not standing.promotes:
        return 0
    placed = [each for each in gone if each.is_placed]
    free = capacity.places - capacity.taken - standing.held_left + sum(each.seats for each in placed)
    for_groups = capacity.free_for_groups()
    count = 0
    # One walk is enough: what did not fit does not fit later either, since places only become fewer.
    waiting = Registration.objects.of(date.pk).in_queue().exclude(pk__in=[each.pk for each in gone])
    for seats, is_group in waiting.values_list("seats", "is_group"):
        if seats > free or (is_group and for_groups is not None and seats > for_groups):
            continue
        free -= seats
        if is_group and for_groups is not None:
            for_groups -= seats
        count += 1
    return count


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
