"""Who really came, written down afterwards: a whole form at once or nothing, and corrected as often as need be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting
from activities.offer import when
from families.models import Attendance, Registration
from families.own_meetings import KNOWN, is_called_off
from families.refusals import Refused
from families.retention import LISTS_OPEN
from kopiena.floor import dates
from kopiena.floor.models import User

MOST = 2000  # as the database has it: so many do not come at once


class Numbers(NamedTuple):
    """So many came; children are those who took part and those who came along."""

    adults: int
    children: int

    @property
    def people(self) -> int:
        return self.adults + self.children


class Whose(NamedTuple):
    """Whose numbers at which meeting: a registration's, an own group's that had not signed up, or of all others."""

    meeting: int
    registration: int | None = None
    institution: int | None = None

    @property
    def key(self) -> str:
        """Short and lasting: the name of its fields in a form."""
        if self.registration is not None:
            return f"{self.meeting}r{self.registration}"
        return f"{self.meeting}o" if self.institution is None else f"{self.meeting}g{self.institution}"


Noted = dict[Whose, Numbers]
Typed = Mapping[Whose, Numbers | None]


@dataclass
class Changed(Exception):
    """Somebody wrote other numbers meanwhile: `theirs` is what stands there now (None: taken out again)."""

    theirs: dict[Whose, Numbers | None]


def noted(*meeting_ids: int) -> Noted:
    """What is written down about these meetings; one query."""
    return {_whose(row): _numbers(row) for row in Attendance.objects.filter(meeting__in=meeting_ids)}


def came_to(meeting_ids: Iterable[int]) -> dict[int, Numbers]:
    """How many came to each of these meetings in all; those without numbers are not there."""
    rows = Attendance.objects.filter(meeting__in=meeting_ids).order_by().values("meeting")
    sums = rows.annotate(grown=Sum("adults"), young=Sum("children"))
    return {row["meeting"]: Numbers(row["grown"], row["young"]) for row in sums}


def list_closes_at(meeting: Meeting) -> datetime:
    """From when on an institution sees the numbers of a meeting and no list any more."""
    return meeting.ends_at + LISTS_OPEN


def note(typed: Typed, *, seen: Mapping[Whose, Numbers] | None = None, by: User, now: datetime) -> None:
    """Write all of it down, or nothing; None takes a number out again.

    `seen` is what stood in the form when it was opened: where somebody has written something else since, Changed is
    raised. Raises Refused for what cannot be: a meeting not begun, called off or unknown, too many people, somebody of
    another meeting. A registration may have come whatever its status: who cancelled and came all the same has come.
    """
    with transaction.atomic():
        meetings = _locked({whose.meeting for whose in typed})
        for meeting in meetings.values():
            _check_meeting(meeting, now)
        there = {_whose(row): row for row in Attendance.objects.filter(meeting__in=meetings)}
        _check(typed, meetings, there)
        stand = {whose: _numbers(there[whose]) if whose in there else None for whose in typed}
        if seen is not None:
            theirs = {whose: it for whose, it in stand.items() if it not in (seen.get(whose), typed[whose])}
            if theirs:
                raise Changed(theirs)
        _write({whose: it for whose, it in typed.items() if it != stand[whose]}, there, by, now)


def _locked(meeting_ids: Iterable[int]) -> dict[int, Meeting]:
    """Two forms about one meeting come one after the other; several meetings are locked in the order of their ids."""
    rows = Meeting.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=meeting_ids).order_by("pk")
    return {row.pk: row for row in rows.select_related("occurrence__activity")}


def _check_meeting(meeting: Meeting, now: datetime) -> None:
    activity = meeting.occurrence.activity
    if is_called_off(meeting):
        raise Refused(_("This meeting was called off, so nobody came."))
    if activity.audience == Activity.Audience.DISCREET or activity.state not in KNOWN:
        raise Refused(_("No numbers are kept of this activity."))
    if meeting.starts_at > now:
        today = dates.local_day(now)
        begins = when(meeting, today) if meeting.is_all_day else dates.moment(meeting.starts_at, today=today)
        raise Refused(_("Numbers are written down once it has begun: %(moment)s.") % {"moment": begins})


def _check(typed: Typed, meetings: dict[int, Meeting], there: dict[Whose, Attendance]) -> None:
    new = [whose for whose in typed if whose not in there]
    asked = {whose.registration for whose in new if whose.registration is not None}
    signed_up = dict(Registration.objects.filter(pk__in=asked).values_list("pk", "occurrence")) if asked else {}
    organise = _organisers(meetings) if any(whose.institution is not None for whose in new) else set()
    for whose in new:
        meeting = meetings.get(whose.meeting)
        if meeting is None:
            raise Refused(_("This meeting is no longer here."))
        if whose.registration is not None and signed_up.get(whose.registration) != meeting.occurrence_id:
            raise Refused(_("This registration is not for this meeting."))
        if whose.institution is not None and (whose.institution, meeting.occurrence.activity_id) not in organise:
            raise Refused(_("Only who organises an activity brings a group of their own to it."))
    if any(it is not None and not (min(it) >= 0 and max(it) <= MOST) for it in typed.values()):
        raise Refused(_("Write a whole number from 0 to 2000."))


def _organisers(meetings: dict[int, Meeting]) -> set[tuple[int, int]]:
    activities = {meeting.occurrence.activity_id for meeting in meetings.values()}
    rows = Activity.organisers.through.objects.filter(activity__in=activities)
    return set(rows.values_list("institution_id", "activity_id"))


def _write(changes: Typed, there: dict[Whose, Attendance], by: User, now: datetime) -> None:
    gone: list[int] = []
    corrected: list[Attendance] = []
    new: list[Attendance] = []
    for whose, numbers in changes.items():
        row = there.get(whose)
        if numbers is None:
            gone += [row.pk] if row is not None else []
            continue
        if row is None:
            row = Attendance(
                meeting_id=whose.meeting, registration_id=whose.registration, institution_id=whose.institution
            )
        row.adults, row.children, row.noted_at, row.noted_by = *numbers, now, by
        (corrected if row.pk else new).append(row)
    if gone:
        Attendance.objects.filter(pk__in=gone).delete()
    if corrected:
        Attendance.objects.bulk_update(corrected, ["adults", "children", "noted_at", "noted_by"])
    if new:
        Attendance.objects.bulk_create(new)


def _whose(row: Attendance) -> Whose:
    return Whose(row.meeting_id, row.registration_id, row.institution_id)


def _numbers(row: Attendance) -> Numbers:
    return Numbers(row.adults, row.children)
