"""What the coordinator reads of a proposal before she answers: its words, what is published, what stands beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from activities.models import Activity, Meeting, Proposal
from activities.offer import when
from activities.proposing import compared, own_projects
from activities.proposing.activity_content import whole
from activities.proposing.activity_dates import read
from activities.proposing.compared import Line, Pictures
from activities.proposing.kinds import Row
from activities.proposing.published_dates import PublishedDates
from activities.whereabouts import place
from kopiena.floor import dates
from kopiena.floor.said import said

MOST = 10  # neighbours in time that are named


@dataclass(frozen=True)
class Neighbour:
    """A published meeting at the same time as one that is proposed."""

    activity: Activity
    title: str
    when: str
    place: str


@dataclass(frozen=True)
class Side:
    """The page in parts."""

    lines: list[Line]
    pictures: Pictures
    compared_with: Row | None
    published: Row | None
    waits_for: Proposal | None
    neighbours: list[Neighbour]
    dates: list[str]  # published and still to come

    @property
    def empty(self) -> list[str]:
        """Questions without an answer; of what is on the site that is not to be seen from the words alone."""
        return [] if self.published is not None else [line.label.rstrip("?:") for line in self.lines if line.is_empty]


def side_of(proposal: Proposal, now: datetime) -> Side:
    """The page of one proposal, its labels in Latvian."""
    is_activity, is_waiting = proposal.kind == Proposal.Kind.ACTIVITY, proposal.state == Proposal.State.PROPOSED
    return Side(
        lines=compared.lines(proposal, "lv"),
        pictures=compared.pictures(proposal),
        compared_with=compared.compared_with(proposal),
        published=compared.row_of(proposal),
        waits_for=own_projects.waits_for(proposal) if is_activity and is_waiting else None,
        neighbours=neighbours(proposal, now) if is_activity and is_waiting else [],
        dates=PublishedDates.of(proposal.activity, now).coming,
    )


def neighbours(proposal: Proposal, now: datetime) -> list[Neighbour]:
    """What is published for the same hours, the soonest first: the same families, perhaps the same room. One query.

    What lasts whole days stands beside everything, and is not named.
    """
    asked = [each for each in read(whole(proposal.content), now).dates if not each.is_all_day]
    if not asked:
        return []
    overlap = reduce(or_, (Q(starts_at__lt=each.ends_at, ends_at__gt=each.starts_at) for each in asked))
    held = Meeting.objects.filter(overlap, is_cancelled=False, is_all_day=False, occurrence__state="planned")
    found = held.filter(occurrence__activity__state=Activity.State.PUBLISHED).exclude(
        occurrence__activity=proposal.activity_id or 0
    )
    rows = found.select_related("occurrence__activity", "venue", "room").order_by("starts_at", "pk")[:MOST]
    today = dates.local_day(now)
    return [_neighbour(each, today) for each in rows]


def _neighbour(meeting: Meeting, today: date) -> Neighbour:
    activity = meeting.occurrence.activity
    return Neighbour(activity, said(activity, "title").text, when(meeting, today), place(meeting))
