"""What all pages of the office about one date share: who may come in, the date at the top, the ways to the others."""

from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities import admin as activities_admin
from activities.models import Meeting, Occurrence
from activities.models.occurrence import SignUpState
from activities.offer import Offer
from activities.offer import when as days_of
from activities.standing import Standing
from families.admin import deeds
from kopiena.floor import dates
from kopiena.floor.access import is_coordinator
from kopiena.floor.admin.office import at

PAGES = "admin/activities/occurrence/"


class Way(NamedTuple):
    """A button to a page about the date."""

    address: str
    words: str


class OccurrencePages(activities_admin.OccurrenceAdmin):
    """Pages of the office about one date, for coordinators alone."""

    def page_at(self, route: str, view: Any, name: str) -> URLPattern:
        """An address under the date's own. No transaction around the view: the gate makes its own."""
        named = f"activities_occurrence_{name}"
        return path(f"<int:occurrence_id>/{route}", self.admin_site.admin_view(view), name=named)

    def found(self, request: HttpRequest, occurrence_id: int) -> Occurrence:
        """The date, for a coordinator who may change it; who may see it and no more is told so."""
        occurrence = self.get_object(request, str(occurrence_id))
        if occurrence is None:
            raise Http404
        if not (is_coordinator(request.user) and self.has_change_permission(request, occurrence)):
            raise PermissionDenied
        return occurrence

    def standing(self, occurrence: Occurrence) -> Standing:
        """Where the date stands now, by the gate's own formula."""
        meetings = tuple(occurrence.meetings.order_by("starts_at", "pk"))
        return Offer(occurrence, meetings, timezone.now()).standing

    def show(
        self, request: HttpRequest, template: str, title: str, form: forms.Form, standing: Standing, **context: Any
    ) -> HttpResponse:
        """A page about the date, with the ways to the others; nothing of it stays in the browser's store."""
        occurrence = standing.occurrence
        date = {"occurrence": occurrence, "when": self.when(occurrence), "standing": standing}
        ways = {"ways": self.ways(request, standing), "back": address_of("change", occurrence)}
        return deeds.page(self, request, PAGES + template, form, title=title, **{**date, **ways, **context})

    def ways(self, request: HttpRequest, standing: Standing) -> list[Way]:
        """The pages that make sense for the date as it stands, for this member of staff."""
        date, ways = standing.occurrence, []
        may_do = is_coordinator(request.user) and self.has_change_permission(request, date)
        if may_do:
            ways.append(Way(address_of("places", date), _("Places")))
        if may_do and sees_contacts(request):
            ways.append(Way(address_of("queue", date), self._queue_words(standing)))
        if request.user.has_perm("families.view_registration"):
            ways.append(Way(who_comes(date), _("Who comes")))
        return ways + self._deeds(standing) if may_do else ways

    @staticmethod
    def _queue_words(standing: Standing) -> str:
        waiting = standing.capacity.waiting
        return f"{_('Waiting list')}: {waiting}" if waiting else _("Waiting list")

    @staticmethod
    def _deeds(standing: Standing) -> list[Way]:
        """Closing, calling off and moving, or what undoes them; what has begun can neither be closed nor called off."""
        date, found = standing.occurrence, []
        if standing.state is SignUpState.OPEN:
            found.append(Way(address_of("close", date), _("Close sign-up")))
        elif standing.state is SignUpState.CLOSED and not standing.has_begun:
            found.append(Way(address_of("open", date), _("Open sign-up again")))
        coming = list(date.meetings.filter(starts_at__gt=standing.now).values_list("is_cancelled", flat=True))
        if date.is_cancelled or any(coming):
            found.append(Way(address_of("take_up", date), _("Takes place after all")))
        if date.is_cancelled:
            found.append(Way(address_of("rain", date), _("Another reason")))
        elif coming or not standing.has_begun:
            found.append(Way(address_of("rain", date), _("Called off, another time or place")))
        return found


def time_of(meeting: Meeting, now: datetime) -> str:
    """When it begins, short enough for a button; whole days have no clock time."""
    return days_of(meeting, dates.local_day(now)) if meeting.is_all_day else at(meeting.starts_at)


def address_of(page: str, occurrence: Occurrence, *more: int) -> str:
    """The address of a page about the date: "places", "queue", "change" and so on."""
    return reverse(f"admin:activities_occurrence_{page}", args=[occurrence.pk, *more])


def who_comes(occurrence: Occurrence) -> str:
    """The list of registrations for the date."""
    return f"{reverse('admin:families_registration_changelist')}?occurrence__id__exact={occurrence.pk}"


def sees_contacts(request: HttpRequest) -> bool:
    """Whether names, phones and e-mails of those who signed up are for this member of staff."""
    return request.user.has_perms(["families.view_registration", "families.view_signup"])
