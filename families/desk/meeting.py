"""One meeting at the desk: who signed up, how many came, and the sheet for the door."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Meeting
from families import attending
from families.attending import Numbers, Whose
from families.desk.lines import Line, lines, with_all_said
from families.door_list import DoorList, door_list
from families.forms.attendance import AttendanceForm
from families.own_meetings import is_held, own_meetings
from families.roll import PAGE, roll, save
from partners import desk as frame
from partners.acting import Desk, member_required
from partners.models import Institution


@dataclass(frozen=True)
class AtMeeting:
    """What the desk shows of one meeting; the list is None once it has closed itself, and then no name is read."""

    line: Line
    list: DoorList | None
    page: Page | None  # the parties shown at once
    form: AttendanceForm | None  # None: it has not begun, or never will
    has_more_meetings: bool
    others_came: Numbers | None  # own groups of the other organisers
    signed_up_came: Numbers | None  # of those who signed up, once the list is closed

    @property
    def meeting(self) -> Meeting:
        return self.line.meeting


def at_meeting(
    meeting: Meeting, institution: Institution, now: datetime, *, data: Any = None, number: str | None = None
) -> AtMeeting:
    """The page of one meeting (`with_all_said`); as many queries for a hundred parties as for one."""
    is_open = now < attending.list_closes_at(meeting)
    made = door_list(meeting, with_phones=False, with_codes=False, now=now) if is_open else None
    known = attending.noted(meeting.pk)
    ours = {institution.pk: _("Our own group that had not signed up")}
    called = roll(meeting, made.rows if made is not None else None, ours, known, data=data, number=number)
    form = called.form if is_held(meeting, now) else None
    shown = {Whose(meeting.pk, institution=institution.pk), Whose(meeting.pk)}
    groups = [it for whose, it in known.items() if whose.registration is None and whose not in shown]
    parties = [it for whose, it in known.items() if whose.registration is not None]
    own = own_meetings(institution).filter(occurrence__activity=meeting.occurrence.activity_id, starts_at__lte=now)
    return AtMeeting(
        line=lines([meeting], now)[0],
        list=made,
        page=called.page,
        form=form,
        has_more_meetings=form is not None and own.exclude(pk=meeting.pk).exists(),
        others_came=_sum(groups),
        signed_up_came=_sum(parties) if made is None else None,
    )


def _sum(numbers: Collection[Numbers]) -> Numbers | None:
    return Numbers(sum(it.adults for it in numbers), sum(it.children for it in numbers)) if numbers else None


def _found(desk: Desk, meeting_id: int) -> Meeting:
    return get_object_or_404(with_all_said(own_meetings(desk.institution)), pk=meeting_id)


@member_required
def meeting_page(request: HttpRequest, desk: Desk, meeting_id: int) -> HttpResponse:
    """The list of a meeting, and how many came, to be typed in."""
    now, data = timezone.now(), request.POST if request.method == "POST" else None
    made = at_meeting(_found(desk, meeting_id), desk.institution, now, data=data, number=request.GET.get(PAGE))
    if data is not None and made.form is None:
        messages.warning(request, _("Numbers are written down once it has begun."))
        return redirect(request.path)
    if data is not None and made.form is not None and save(made.form, by=desk.user, now=now):
        messages.success(request, _("The numbers are saved."))
        return redirect(request.get_full_path())
    return frame.page(request, desk, "desk/meeting.html", {"at": made})


@member_required
def door_page(request: HttpRequest, desk: Desk, meeting_id: int) -> HttpResponse:
    """The sheet for the door; of a list that has closed itself there is none."""
    now, meeting = timezone.now(), _found(desk, meeting_id)
    if now >= attending.list_closes_at(meeting):
        return redirect("families:desk_meeting", desk.institution.slug, meeting.pk)
    made = door_list(meeting, with_phones=False, with_codes=False, now=now)
    return frame.page(request, desk, "desk/door_list.html", {"list": made, "meeting": meeting})
