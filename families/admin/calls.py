"""The call list in the admin: whom to ring up, a tick for each who was, and the same on paper."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Occurrence
from families import call_list, calling
from families.admin import deeds
from families.admin.one import OneRegistration
from families.admin.ways import sees_contacts
from kopiena.floor.admin.office import at

FOLDER = "admin/families/calls"


class Calls(OneRegistration):
    """For coordinators who see contacts: GET shows, POST ticks or takes a tick back."""

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [
            path("zvani/", site.admin_view(self.calls_view), name="families_calls"),
            path("zvani/drukat/", site.admin_view(self.calls_sheet_view), name="families_calls_sheet"),
            *super().get_urls(),
        ]

    def calls_view(self, request: HttpRequest) -> HttpResponse:
        """Calls owed, and those made within a day."""
        occurrence_id = self._date_asked(request)
        if request.method == "POST":
            return self._tick(request, occurrence_id)
        now = timezone.now()
        made = call_list.made(now, occurrence_id)
        ticked = _number(request.GET.get("ticked", ""))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Call list"),
            "calls": call_list.owed(now, occurrence_id),
            "made": made,
            "ticked": next((call for call in made if call.notice.pk == ticked), None),
            "address": _address("families_calls", occurrence_id),
            **_about(occurrence_id),
        }
        return TemplateResponse(request, f"{FOLDER}/list.html", context)

    def calls_sheet_view(self, request: HttpRequest) -> HttpResponse:
        """One sheet to print, with boxes to tick."""
        occurrence_id, now = self._date_asked(request), timezone.now()
        context = {
            "calls": call_list.owed(now, occurrence_id),
            "printed_at": at(now),
            "back": _address("families_calls", occurrence_id),
            **_about(occurrence_id),
        }
        return render(request, f"{FOLDER}/sheet.html", context)

    def _date_asked(self, request: HttpRequest) -> int | None:
        """The date whose calls alone are asked for; refuses whoever may not see contacts."""
        self.only_coordinators(request)
        if not sees_contacts(request):
            raise PermissionDenied
        return _number(request.GET.get("date", ""))

    def _tick(self, request: HttpRequest, occurrence_id: int | None) -> HttpResponse:
        now, by = timezone.now(), deeds.staff(request)
        called, not_called = (_number(request.POST.get(name, "")) for name in ("called", "not_called"))
        ticked = {}
        if called is not None:
            ticked = {"ticked": called}
            if not calling.mark_called(called, by=by, now=now):
                self.message_user(request, _("This call is not owed any more."), messages.WARNING)
        elif not_called is not None:
            if calling.take_back(not_called, now=now):
                self.message_user(request, _("The tick is taken back: this call is owed again."), messages.SUCCESS)
            else:
                self.message_user(request, _("This tick cannot be taken back any more."), messages.WARNING)
        return HttpResponseRedirect(_address("families_calls", occurrence_id, **ticked))


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else None


def _address(name: str, occurrence_id: int | None, **also: int) -> str:
    asked = ({} if occurrence_id is None else {"date": occurrence_id}) | also
    return reverse(f"admin:{name}") + (f"?{urlencode(asked)}" if asked else "")


def _about(occurrence_id: int | None) -> dict[str, Any]:
    """The one date that was asked for, in words; not the name of one that is to stay unseen."""
    if occurrence_id is None:
        return {"only": "", "sheet": _address("families_calls_sheet", None)}
    date = Occurrence.objects.timed().with_whole_days().select_related("activity").filter(pk=occurrence_id).first()
    is_named = date is not None and not date.activity.is_discreet
    only = _("one date")
    if date is not None and is_named:
        only = f"{date.activity} · {at(date.starts_at, is_whole_day=date.is_whole_days)}"
    return {"only": only, "sheet": _address("families_calls_sheet", occurrence_id)}
