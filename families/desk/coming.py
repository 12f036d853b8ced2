"""Who comes: the meetings of an institution's own activities, this week's first, the older ones after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from activities.models.meeting import RIGA, MeetingQuerySet
from families.desk.lines import Line, lines, with_all_said
from families.own_meetings import own_meetings
from kopiena.floor import dates
from partners import desk as frame
from partners.acting import Desk, member_required
from partners.models import Institution

AT_ONCE = 30
LATER, EARLIER = "velak", "agrak"  # the parameters that turn the two longer lists


@dataclass(frozen=True)
class Part:
    """One list of meetings, turned page by page."""

    lines: list[Line]
    page: Page
    parameter: str


@dataclass(frozen=True)
class Coming:
    """This week (what is over in it too), what comes later, what was earlier."""

    this_week: list[Line]
    later: Part
    earlier: Part

    @property
    def is_empty(self) -> bool:
        return not (self.this_week or self.later.lines or self.earlier.lines)


def coming(institution: Institution, asked: dict[str, str], now: datetime) -> Coming:
    """The page; `asked` says which page of the longer lists. Seven queries at most, however many meetings there are."""
    monday = dates.local_day(now) - timedelta(days=dates.local_day(now).weekday())
    begins, ends = _midnight(monday), _midnight(monday + timedelta(days=7))
    own = with_all_said(own_meetings(institution))
    week = list(own.between(begins, ends))
    later = _page(own.filter(starts_at__gte=ends).order_by("starts_at", "pk"), asked.get(LATER))
    earlier = _page(own.filter(ends_at__lte=begins).order_by("-starts_at", "-pk"), asked.get(EARLIER))
    after, before = list(later), list(earlier)
    made = lines([*week, *after, *before], now)
    borders = len(week), len(week) + len(after)
    return Coming(
        this_week=made[: borders[0]],
        later=Part(made[borders[0] : borders[1]], later, LATER),
        earlier=Part(made[borders[1] :], earlier, EARLIER),
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=RIGA)


def _page(meetings: MeetingQuerySet, number: str | None) -> Page:
    """Whatever the address says: a page that is not there is the nearest one."""
    return Paginator(meetings, AT_ONCE).get_page(number)


@member_required
def coming_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Meetings with their counts, and the way to the list of each."""
    made = coming(desk.institution, request.GET.dict(), timezone.now())
    return frame.page(request, desk, "desk/coming.html", {"coming": made})
