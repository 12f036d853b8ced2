"""The printable list of each meeting of a date, and the ways to it from the date's page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from activities.models import Meeting
from families.admin.ways import time_of
from families.door_list import door_list
from kopiena.floor.access import is_coordinator

ADDRESS = "activities_occurrence_door_list"


class WithDoorList(admin.ModelAdmin):
    """Dates with a list to print for each meeting: for whoever may see registrations, with phones for coordinators."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.door_list_view)
        return [path("<int:occurrence_id>/saraksts/<int:meeting_id>/", page, name=ADDRESS), *super().get_urls()]

    def door_list_view(self, request: HttpRequest, occurrence_id: int, meeting_id: int) -> HttpResponse:
        """One sheet; what is discreet is there for coordinators only."""
        if not request.user.has_perm("families.view_registration"):
            raise PermissionDenied
        occurrence = self.get_object(request, str(occurrence_id))
        meetings = Meeting.objects.select_related("occurrence__activity", "venue", "room")
        meeting = meetings.filter(occurrence=occurrence, pk=meeting_id).first() if occurrence else None
        if meeting is None:
            raise Http404
        may_see_phones = is_coordinator(request.user) and not meeting.occurrence.activity.is_discreet
        with_phones = may_see_phones and request.GET.get("phones") == "1"
        context = {
            "list": door_list(meeting, with_phones=with_phones, now=timezone.now()),
            "may_see_phones": may_see_phones,
            "back": reverse("admin:activities_occurrence_change", args=[occurrence_id]),
        }
        return render(request, "admin/activities/occurrence/door_list.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the way to each list, and to signing somebody up by phone."""
        lists, now = [], timezone.now()
        if object_id.isascii() and object_id.isdecimal() and len(object_id) < 12:
            lists = [
                (reverse(f"admin:{ADDRESS}", args=[object_id, meeting.pk]), time_of(meeting, now))
                for meeting in Meeting.objects.filter(occurrence=int(object_id)).order_by("starts_at", "pk")
            ]
        ways: dict[str, Any] = {"door_lists": lists, "may_sign_up_by_phone": is_coordinator(request.user)}
        ways |= {"may_see_door_lists": request.user.has_perm("families.view_registration")}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **ways})
