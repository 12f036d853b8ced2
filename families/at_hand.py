"""What the coordinator has before her today and tomorrow: each date with who comes, and the calls still to be made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Sum
from django.urls import reverse

from activities.models import Activity, Meeting, Proposal
from activities.models.meeting import RIGA
from families.models import Registration
from kopiena.floor import dates
from kopiena.floor.models import Notice
from partners.models import JoinRequest

DAYS = 2


@dataclass(frozen=True)
class Row:
    """One meeting of these days."""

    meeting: Meeting
    people: int  # who come, children who only come along included
    now: datetime

    @property
    def day(self) -> date:
        """The day it is in the list for: a campaign under way belongs to today."""
        return max(self.meeting.first_day, dates.local_day(self.now))

    @property
    def clock(self) -> str:
        """ "10.00–12.00"; empty for whole days and for what began on another day."""
        if self.meeting.is_all_day or self.meeting.first_day != self.day:
            return ""
        return dates.clock_range(self.meeting.starts_at, self.meeting.ends_at)

    @property
    def is_off(self) -> bool:
        return self.meeting.is_cancelled or self.meeting.occurrence.is_cancelled

    @property
    def can_change(self) -> bool:
        """Whether it can still be called off or moved."""
        return self.meeting.starts_at > self.now

    @property
    def waiting(self) -> int:
        return self.meeting.occurrence.capacity.waiting


def rows(now: datetime) -> list[Row]:
    """What is not over today and what is tomorrow, the soonest first: two queries."""
    end = datetime.combine(dates.local_day(now) + timedelta(days=DAYS), time.min, RIGA)
    found = Meeting.objects.between(now, end).filter(occurrence__activity__state=Activity.State.PUBLISHED)
    meetings = list(found.select_related("occurrence__activity", "occurrence__capacity", "venue"))
    placed = Registration.objects.placed().filter(occurrence__in={each.occurrence_id for each in meetings})
    heads = Sum(F("adults") + F("children") + F("children_along"))
    people: dict[int, int] = dict(placed.order_by().values_list("occurrence").annotate(heads=heads))
    return [Row(meeting, people.get(meeting.occurrence_id, 0), now) for meeting in meetings]


def calls_owed() -> int:
    """How many calls are still to be made."""
    return Notice.objects.calls().owed().count()


def proposals_waiting() -> tuple[int, str]:
    """How many proposals wait for the coordinator, and where they stand."""
    address = reverse("admin:activities_proposal_changelist")
    return Proposal.objects.proposed().count(), f"{address}?state__exact={Proposal.State.PROPOSED}"


def requests_to_join() -> int:
    """How many institutions wait for an answer."""
    return JoinRequest.objects.filter(answered_at__isnull=True).count()


def call_list(occurrence_id: int | None = None) -> str:
    """The address of the call list, of one date where one is given."""
    address = reverse("admin:families_calls")
    return f"{address}?date={occurrence_id}" if occurrence_id is not None else address
