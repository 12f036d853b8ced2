"""The date's admin, extended from above: its places, its queue, what becomes of it, and the way to those who come."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Occurrence
from families.admin.attendance import AttendancePages
from families.admin.dates import DatePages
from families.admin.door_list import WithDoorList
from families.admin.meetings import KeptMeetingInline
from families.admin.places import PlacesPages
from families.admin.queue import QueuePages
from families.admin.rain import RainPages

admin.site.unregister(Occurrence)


@admin.register(Occurrence)
class OccurrenceAdmin(WithDoorList, PlacesPages, QueuePages, DatePages, RainPages, AttendancePages):
    """A date with its places and registrations."""

    inlines = [KeptMeetingInline]

    class Media:
        css: ClassVar = {"all": ["css/office/dates.css", "css/office/office.css"]}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the ways to all that is done with the date."""
        occurrence = self.get_object(request, object_id)
        ways = self.ways(request, self.standing(occurrence)) if occurrence is not None else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "ways": ways})

    @admin.display(description=gettext_lazy("places"))
    def places_now(self, occurrence: Occurrence) -> str:
        """How many are taken; the button above leads to where they are changed."""
        if occurrence.pk is None:
            return super().places_now(occurrence)
        now = super().places_now(occurrence)
        waiting = occurrence.capacity.waiting
        return format_html("{} · {}: {}", now, _("parties waiting"), waiting) if waiting else now
