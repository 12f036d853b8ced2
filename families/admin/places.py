"""The places of a date in the admin: how many there are, how many for groups, how many are kept for callers."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from activities.standing import Standing
from families import registering
from families.admin import deeds
from families.admin.figures import figures, queue_rule
from families.admin.ways import OccurrencePages, address_of, who_comes
from kopiena.floor.admin.office import sensible_year

MOST_PLACES = 100_000
HELD_BEFORE = timedelta(hours=24)
MINUTES = "%Y-%m-%dT%H:%M"  # what a browser's own field for a moment reads and sends


class PlacesForm(forms.Form):
    """What a place is for, how many there are, and how many groups may have."""

    unit = forms.ChoiceField(label=gettext_lazy("A place is for"), choices=Activity.Unit.choices)
    places = forms.IntegerField(
        label=gettext_lazy("Number of places"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("Empty: no limit."),
    )
    for_groups = forms.IntegerField(
        label=gettext_lazy("At most for groups"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("How many of these places groups of institutions may have. Empty: no limit."),
    )


class HeldForm(forms.Form):
    """How many places are kept for callers, and until when."""

    held = forms.IntegerField(
        label=gettext_lazy("Places kept for callers"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("0: none, all free places are for everybody."),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Kept until"),
        required=False,
        validators=[sensible_year],
        widget=forms.DateTimeInput(format=MINUTES, attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("From this moment on they are for everybody, first for those who wait."),
    )


class PlacesPages(OccurrencePages):
    """One page with two small forms."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_at("vietas/", self.places_view, "places"),
            self.page_at("vietas/zvanitajiem/", self.held_view, "held"),
            *super().get_urls(),
        ]

    def places_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """Set the number of places."""
        standing = self.standing(self.found(request, occurrence_id))
        form = _places_form(standing, request.POST if request.method == "POST" else None)
        is_valid = form.is_bound and form.is_valid()
        if is_valid and deeds.is_done(lambda: _set(request, standing, form), form):
            return self._changed(request, standing, "change", _("The places are changed."))
        # Fewer than are taken: somebody must cancel first, or a group come in a smaller number.
        is_refused = is_valid and not form.non_field_errors()
        forms_shown = {"places_form": form, "held_form": _held_form(standing)}
        return self._show(request, standing, form, **forms_shown, is_refused=is_refused)

    def held_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """Keep places for callers."""
        standing = self.standing(self.found(request, occurrence_id))
        form = _held_form(standing, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid() and deeds.is_done(lambda: _hold(request, standing, form), form):
            kept = form.cleaned_data["held"]
            words = _("The places are kept.") if kept else _("No places are kept for callers now.")
            return self._changed(request, standing, "places", words)
        return self._show(request, standing, form, places_form=_places_form(standing), held_form=form)

    def _changed(self, request: HttpRequest, standing: Standing, page: str, words: str) -> HttpResponse:
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(address_of(page, standing.occurrence))

    def _show(self, request: HttpRequest, standing: Standing, form: forms.Form, **context: Any) -> HttpResponse:
        date = standing.occurrence
        words = {"figures": figures(standing), "queue_rule": queue_rule(standing)}
        ways_out = {"who_comes": who_comes(date), "queue": address_of("queue", date)}
        return self.show(request, "places.html", _("Places"), form, standing, **words, **ways_out, **context)


def _places_form(standing: Standing, sent: Any = None) -> PlacesForm:
    capacity = standing.capacity
    now = {"unit": capacity.unit, "places": capacity.places, "for_groups": capacity.for_groups}
    return PlacesForm(sent, initial=now)


def _held_form(standing: Standing, sent: Any = None) -> HeldForm:
    """As it is; where none are kept a moment is suggested after which the queue still moves up by itself."""
    until = standing.capacity.held_until if standing.held_left else None
    if until is None and standing.promotes_until is not None:
        suggested = standing.promotes_until - HELD_BEFORE
        until = suggested if suggested > standing.now else None
    return HeldForm(sent, initial={"held": standing.held_left, "until": until})


def _set(request: HttpRequest, standing: Standing, form: forms.Form) -> None:
    given, by = form.cleaned_data, deeds.staff(request)
    registering.set_places(
        standing.occurrence.pk,
        unit=given["unit"],
        places=given["places"],
        for_groups=given["for_groups"],
        by=by,
        now=timezone.now(),
    )


def _hold(request: HttpRequest, standing: Standing, form: forms.Form) -> None:
    given, by = form.cleaned_data, deeds.staff(request)
    registering.hold_places(standing.occurrence.pk, held=given["held"], until=given["until"], by=by, now=timezone.now())
