"""The date's admin, extended from above: its places through the gate, and the way to those who come."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities import admin as activities_admin
from activities.models import Activity, Occurrence
from families import registering
from families.admin import deeds
from families.admin.door_list import WithDoorList
from kopiena.floor.access import is_coordinator

MOST_PLACES = 100_000


class PlacesForm(forms.Form):
    """What a place is for, and how many there are."""

    unit = forms.ChoiceField(label=gettext_lazy("A place is for"), choices=Activity.Unit.choices)
    places = forms.IntegerField(
        label=gettext_lazy("Number of places"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("Empty: no limit."),
    )


admin.site.unregister(Occurrence)


@admin.register(Occurrence)
class OccurrenceAdmin(WithDoorList, activities_admin.OccurrenceAdmin):
    """A date with its places and registrations."""

    def get_urls(self) -> list[URLPattern]:
        places = self.admin_site.admin_view(self.places_view)
        return [
            path("<int:occurrence_id>/vietas/", places, name="activities_occurrence_places"),
            *super().get_urls(),
        ]

    def places_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """Set the number of places. No transaction around it: the gate makes its own."""
        occurrence = self.get_object(request, str(occurrence_id))
        if occurrence is None:
            raise Http404
        if not (is_coordinator(request.user) and self.has_change_permission(request, occurrence)):
            raise PermissionDenied
        capacity = occurrence.capacity
        form = PlacesForm(request.POST or None, initial={"unit": capacity.unit, "places": capacity.places})
        if (
            request.method == "POST"
            and form.is_valid()
            and deeds.is_done(lambda: self._set(request, occurrence, form), form)
        ):
            self.message_user(request, _("The places are changed."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:activities_occurrence_change", args=[occurrence.pk]))
        context = {"title": _("Places"), "occurrence": occurrence, "capacity": capacity, "when": self.when(occurrence)}
        return deeds.page(self, request, "admin/activities/occurrence/places.html", form, **context)

    @staticmethod
    def _set(request: HttpRequest, occurrence: Occurrence, form: forms.Form) -> None:
        given = form.cleaned_data
        registering.set_places(
            occurrence.pk, unit=given["unit"], places=given["places"], by=deeds.staff(request), now=timezone.now()
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the ways to the places and to those who come."""
        ways = {
            "may_set_places": is_coordinator(request.user) and self.has_change_permission(request),
            "may_see_registrations": request.user.has_perm("families.view_registration"),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **ways})

    @admin.display(description=gettext_lazy("places"))
    def places_now(self, occurrence: Occurrence) -> str:
        """How many are taken; the button above leads to where they are changed."""
        if occurrence.pk is None:
            return super().places_now(occurrence)
        now = super().places_now(occurrence)
        waiting = occurrence.capacity.waiting
        return format_html("{} · {}: {}", now, _("parties waiting"), waiting) if waiting else now
