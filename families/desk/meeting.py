"""One meeting at the desk: who signed up, how many came, and the sheet for the door."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Meeting
from families import attending
from families.attending import Noted, Numbers, Whose
from families.desk.lines import Line, lines, with_all_said
from families.door_list import DoorList, door_list
from families.forms.attendance import ROWS_AT_ONCE, Asked, AttendanceForm
from families.models import Registration
from families.own_meetings import is_held, own_meetings
from families.refusals import Refused
from partners import desk as frame
from partners.acting import Desk, member_required
from partners.models import Institution

PAGE = "lapa"


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
    page = Paginator(made.rows, ROWS_AT_ONCE).get_page(number) if made is not None else None
    form = None
    if is_held(meeting, now):
        rows = asked_of(page.object_list, meeting, known) if page is not None else []
        if made is not None and page is not None and page.number == 1:
            rows += lost_of(made.rows, meeting, known, data or {})
        if page is None or page.number == 1:
            rows += rest_of(meeting, [institution], known)
        form = AttendanceForm(data, asked=rows)
    shown = {Whose(meeting.pk, institution=institution.pk), Whose(meeting.pk)}
    groups = [it for whose, it in known.items() if whose.registration is None and whose not in shown]
    parties = [it for whose, it in known.items() if whose.registration is not None]
    own = own_meetings(institution).filter(occurrence__activity=meeting.occurrence.activity_id, starts_at__lte=now)
    return AtMeeting(
        line=lines([meeting], now)[0],
        list=made,
        page=page,
        form=form,
        has_more_meetings=form is not None and own.exclude(pk=meeting.pk).exists(),
        others_came=_sum(groups),
        signed_up_came=_sum(parties) if made is None else None,
    )


def asked_of(rows: Iterable[Any], meeting: Meeting, known: Noted) -> list[Asked]:
    """A row for each party of the door list, with who signed up as what is proposed."""
    found = []
    for row in rows:
        whose = Whose(meeting.pk, registration=row.registration)
        proposed = Numbers(row.adults, row.children + row.along)
        found.append(Asked(whose, row.name, known.get(whose), proposed, more=row))
    return found


def lost_of(rows: Iterable[Any], meeting: Meeting, known: Noted, sent: Mapping[str, Any]) -> list[Asked]:
    """Registrations that had a place when their numbers were written, or when the form was opened, and have none now.

    They go without their name: who cancelled is no business of the institution's any more.
    """
    listed = {row.registration for row in rows}
    lost = {whose.registration for whose in known if whose.registration is not None} - listed
    typed = {int(found[1]) for name in sent if (found := re.fullmatch(rf"adults_{meeting.pk}r([0-9]{{1,18}})", name))}
    if typed - listed - lost:
        ours = Registration.objects.of(meeting.occurrence_id).filter(pk__in=typed - listed - lost)
        lost |= set(ours.values_list("pk", flat=True))
    label = _("A registration without a place")
    keys = [Whose(meeting.pk, registration=pk) for pk in sorted(lost)]
    return [Asked(whose, label, known.get(whose)) for whose in keys]


def rest_of(meeting: Meeting, organisers: Collection[Institution], known: Noted) -> list[Asked]:
    """Rows of all who came without having signed up: the organisers' own groups, and whoever just came."""
    own = [(Whose(meeting.pk, institution=each.pk), each) for each in organisers]
    just_came = Whose(meeting.pk)
    words = _("Our own group that had not signed up")
    names = [words if len(own) == 1 else f"{each.short_name_lv}: {words}" for _whose, each in own]
    rows = [Asked(whose, name, known.get(whose)) for (whose, _each), name in zip(own, names, strict=True)]
    return [*rows, Asked(just_came, _("All others who came"), known.get(just_came))]


def _sum(numbers: Collection[Numbers]) -> Numbers | None:
    return Numbers(sum(it.adults for it in numbers), sum(it.children for it in numbers)) if numbers else None


def is_noted(form: AttendanceForm, request: HttpRequest, now: datetime) -> bool:
    """Write down what the form holds; what stands against it is said on the form."""
    if not form.is_valid():
        return False
    user: Any = request.user
    try:
        attending.note(form.typed, seen=form.noted, by=user, now=now)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    except attending.Changed as changed:
        form.tell(changed.theirs)
    return not form.errors


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
    if data is not None and made.form is not None and is_noted(made.form, request, now):
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
