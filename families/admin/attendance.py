"""Who came, in the admin: the numbers of each meeting on its date's page, and a page on which they are written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Meeting, Occurrence
from families import attending
from families.admin import deeds
from families.admin.ways import OccurrencePages, address_of, time_of
from families.door_list import door_list
from families.own_meetings import held, is_held
from families.roll import PAGE, roll, save
from kopiena.floor import counted
from kopiena.floor.access import is_coordinator


class AttendancePages(OccurrencePages):
    """A date with how many came; of what is discreet no number is kept."""

    def get_urls(self) -> list[URLPattern]:
        page = self.page_at("atnaca/<int:meeting_id>/", self.attendance_view, "attendance")
        return [page, *super().get_urls()]

    def attendance_view(self, request: HttpRequest, occurrence_id: int, meeting_id: int) -> HttpResponse:
        """The same form as the organisers have, with a row for the own group of each of them."""
        now, occurrence = timezone.now(), self.found(request, occurrence_id)
        meetings = Meeting.objects.select_related("occurrence__activity", "venue", "room")
        meeting = meetings.filter(occurrence=occurrence, pk=meeting_id).first()
        if meeting is None or occurrence.activity.is_discreet or not is_held(meeting, now):
            raise Http404
        made = roll(
            meeting,
            door_list(meeting, with_phones=False, now=now).rows,
            self._groups(occurrence),
            attending.noted(meeting.pk),
            data=request.POST if request.method == "POST" else None,
            number=request.GET.get(PAGE),
        )
        if made.form.is_bound and save(made.form, by=deeds.staff(request), now=now):
            messages.success(request, _("The numbers are saved."))
            return HttpResponseRedirect(address_of("change", occurrence))
        title, standing = _("Who came"), self.standing(occurrence)
        also = {"page": made.page, "meeting": time_of(meeting, now) if occurrence.meetings.count() > 1 else ""}
        return self.show(request, "attendance.html", title, made.form, standing, **also)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With how many came to each meeting held, and for the coordinator the way to write it."""
        came: list[tuple[str, str, str]] = []
        if request.user.has_perm("families.view_attendance"):
            came = self._came(object_id, may_write=is_coordinator(request.user))
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "came": came})

    @staticmethod
    def _groups(occurrence: Occurrence) -> dict[int, str]:
        """The own group of each organiser."""
        words = _("%(institution)s: own group that had not signed up")
        organisers = occurrence.activity.organisers.order_by("short_name_lv", "pk")
        return {each.pk: words % {"institution": each.short_name_lv or each.name_lv} for each in organisers}

    @staticmethod
    def _came(object_id: str, *, may_write: bool) -> list[tuple[str, str, str]]:
        """When, how many, and the address of the page (none: only to look)."""
        if not (object_id.isascii() and object_id.isdecimal() and len(object_id) < 12):
            return []
        ours = Meeting.objects.filter(occurrence=int(object_id)).exclude(occurrence__activity__audience="discreet")
        now = timezone.now()
        meetings = list(held(ours, now).select_related("occurrence").order_by("starts_at", "pk"))
        numbers = attending.came_to({meeting.pk for meeting in meetings})
        found = []
        for meeting in meetings:
            it = numbers.get(meeting.pk)
            words = f"{counted.adults(it.adults)}, {counted.children(it.children)}" if it else _("not written")
            address = address_of("attendance", meeting.occurrence, meeting.pk) if may_write else ""
            found.append((time_of(meeting, now), words, address))
        return found
