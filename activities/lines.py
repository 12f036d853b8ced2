"""Lists of few words: an activity and when it is or was, a line each, cut into pages however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from activities.cards import about_when
from activities.models import Activity, Meeting, Occurrence
from activities.models.meeting import MeetingQuerySet
from activities.offer import took_place, when
from kopiena.floor import dates
from kopiena.floor.said import in_language

A_PAGE = 40


@dataclass(frozen=True)
class Line:
    """An activity with one of its times in words."""

    activity: Activity
    when: str
    is_cancelled: bool = False


@dataclass(frozen=True)
class Lines:
    """One page of them, and whether there are more before and after."""

    rows: list[Line]
    number: int = 1
    has_next: bool = False

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.has_next else None

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None


def coming(of: Q, meetings: MeetingQuerySet, now: datetime) -> Lines:
    """The first page of what is still to come, the soonest first: one query. `meetings` are those that count here."""
    ahead = _of_the_activity(meetings).filter(ends_at__gt=now)
    soonest = ahead.order_by("is_off", "starts_at", "pk")
    found = (
        Activity.objects.public()
        .filter(of)
        .annotate(told=_told(soonest), at=Subquery(soonest.values("starts_at")[:1]))
        .filter(at__isnull=False)
        .order_by("at", in_language("title", "lv"), "pk")
    )
    today = dates.local_day(now)

    def line(activity: Any) -> Line:
        meeting, is_off = _meeting(activity.told)
        return Line(activity, when(meeting, today), is_off)

    return _page([line(activity) for activity in found[: A_PAGE + 1]], 1)


def past(of: Q, meetings: MeetingQuerySet, now: datetime, number: int = 1) -> Lines:
    """A page of what is over, the latest first, then what years gone by had planned: one query."""
    ours = _of_the_activity(meetings)
    latest = ours.order_by("is_off", "-starts_at", "pk")
    any_date = Exists(Meeting.objects.filter(occurrence__activity=OuterRef("pk")))
    found = (
        Activity.objects.public()
        .filter(of)
        .annotate(told=_told(latest), at=Subquery(latest.values("starts_at")[:1]))
        .filter(
            Q(at__isnull=False) & ~Exists(ours.filter(ends_at__gt=now))
            | ~any_date & Q(approximate_year__lt=dates.local_day(now).year)
        )
        .order_by(
            F("at").desc(nulls_last=True),
            F("approximate_year").desc(nulls_last=True),
            in_language("title", "lv"),
            "pk",
        )
    )
    start = (number - 1) * A_PAGE
    return _page([_past(activity, now) for activity in found[start : start + A_PAGE + 1]], number)


def _past(activity: Any, now: datetime) -> Line:
    today = dates.local_day(now)
    if activity.told is None:
        return Line(activity, about_when(activity, today))
    meeting, is_off = _meeting(activity.told)
    return Line(activity, _("Did not take place") if is_off else took_place(meeting, today), is_off)


def _of_the_activity(meetings: MeetingQuerySet) -> Any:
    """Those of the outer activity; what is called off, itself or with its date, gives way to what takes place."""
    is_off = Q(is_cancelled=True) | Q(occurrence__state=Occurrence.State.CANCELLED)
    return meetings.filter(occurrence__activity=OuterRef("pk")).annotate(
        is_off=Case(When(is_off, then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def _told(meetings: Any) -> Subquery:
    names = ("starts_at", "ends_at", "is_all_day", "is_off")
    return Subquery(meetings.values(told=JSONObject(**{name: name for name in names}))[:1])


def _meeting(told: dict[str, Any]) -> tuple[Meeting, bool]:
    starts_at, ends_at = (datetime.fromisoformat(told[name]) for name in ("starts_at", "ends_at"))
    return Meeting(starts_at=starts_at, ends_at=ends_at, is_all_day=told["is_all_day"]), told["is_off"]


def _page(rows: Iterable[Line], number: int) -> Lines:
    found = list(rows)
    return Lines(found[:A_PAGE], number, has_next=len(found) > A_PAGE)
