"""Numbers of an institution's own group at all meetings of one activity: a campaign of several days in one go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.offer import when
from families import attending
from families.attending import Whose
from families.forms.attendance import ROWS_AT_ONCE, Asked, AttendanceForm
from families.own_meetings import held, own_meetings
from families.roll import save
from kopiena.floor import dates
from partners import desk as frame
from partners.acting import Desk, member_required
from partners.models import Institution


@dataclass(frozen=True)
class Days:
    """The activity and a form with a row for each meeting that has begun, the latest first."""

    activity: Activity
    form: AttendanceForm


def days(institution: Institution, activity_id: int, now: datetime, *, data: Any = None) -> Days | None:
    """The page; None where the institution has held no meeting of such an activity. Two queries."""
    own = held(own_meetings(institution), now).filter(occurrence__activity=activity_id)
    found = list(own.select_related("occurrence__activity").order_by("-starts_at", "-pk")[:ROWS_AT_ONCE])
    if not found:
        return None
    known = attending.noted(*(meeting.pk for meeting in found))
    asked = []
    for meeting in found:
        whose = Whose(meeting.pk, institution=institution.pk)
        asked.append(Asked(whose, capfirst(when(meeting, dates.local_day(now))), known.get(whose), more=meeting))
    return Days(found[0].occurrence.activity, AttendanceForm(data, asked=asked))


@member_required
def days_page(request: HttpRequest, desk: Desk, activity_id: int) -> HttpResponse:
    """A pair of numbers for each day."""
    now, data = timezone.now(), request.POST if request.method == "POST" else None
    made = days(desk.institution, activity_id, now, data=data)
    if made is None:
        raise Http404
    if data is not None and save(made.form, by=desk.user, now=now):
        messages.success(request, _("The numbers are saved."))
        return redirect(request.path)
    return frame.page(request, desk, "desk/days.html", {"days": made})
