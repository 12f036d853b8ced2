"""A registration is moved to another date: to a later rehearsal, or to the other walk where places are left."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Occurrence
from activities.models.occurrence import OccurrenceQuerySet
from families import registering
from families.admin import deeds
from families.admin.one import OneRegistration, page_of
from families.models import Registration
from kopiena.floor import counted
from kopiena.floor.admin.office import at

Choices = list[tuple[str, Any]]


class MoveForm(deeds.StaffForm):
    """To which date."""

    occurrence = forms.ChoiceField(
        label=gettext_lazy("Move to"),
        error_messages={
            "required": gettext_lazy("Choose a date."),
            "invalid_choice": gettext_lazy("This date cannot be chosen any more. Please choose another."),
        },
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occurrence"].choices = [("", _("Choose a date")), *choices]  # type: ignore[attr-defined]
        # Whether to offer the queue: set once the party did not simply get its places there.
        self.may_wait = False


def dates_for(registration: Registration, now: datetime) -> OccurrenceQuerySet:
    """Dates to come that one signs up for, other than its own."""
    coming = Occurrence.objects.coming(now).with_whole_days().select_related("activity", "capacity")
    is_open = Q(state=Occurrence.State.PLANNED, is_sign_up_needed=True, activity__state=Activity.State.PUBLISHED)
    return coming.filter(is_open, starts_at__gt=now).exclude(pk=registration.occurrence_id)  # type: ignore[misc]


def choices_for(registration: Registration, now: datetime) -> Choices:
    """The same activity's dates first, then all others, each with when and how many places are free."""
    same: Choices = []
    others: Choices = []
    for date in dates_for(registration, now).order_by(F("starts_at"), "pk"):
        if date.activity_id == registration.occurrence.activity_id:
            same.append((str(date.pk), _in_words(date)))
        else:
            others.append((str(date.pk), f"{_in_words(date)} · {date.activity}"))
    return [group for group in ((_("The same activity"), same), (_("Other activities"), others)) if group[1]]


def _in_words(date: Occurrence) -> str:
    free = date.capacity.free_for_coordinator()
    begins = at(date.starts_at, is_whole_day=date.is_whole_days)
    parts = [begins, date.name_lv, _("no limit of places") if free is None else counted.places_left(free)]
    if date.capacity.waiting:
        parts.append(counted.waiting(date.capacity.waiting))
    return " · ".join(part for part in parts if part)


class Moving(OneRegistration):
    """What it held goes to the queue of the old date."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:registration_id>/parcelt/", view, name="families_registration_move"), *super().get_urls()]

    def move_view(self, request: HttpRequest, registration_id: int) -> HttpResponse:
        """Move the party to another date, where it gets places whole or, if the button says so, waits."""
        registration, now = self.found(request, registration_id), timezone.now()
        if registration.is_cancelled:
            return HttpResponseRedirect(page_of(registration.pk))
        form = MoveForm(request.POST if request.method == "POST" else None, choices=choices_for(registration, now))
        if self.is_done(request, form, lambda: self._move(request, registration, form, now)):
            registration = Registration.objects.get(pk=registration.pk)
            sentence = (
                _("The registration is moved; it waits in the queue there.")
                if registration.is_waiting
                else _("The registration is moved; it has its places there.")
            )
            return self.back_with(request, registration, sentence)
        return self.deed_page(request, "move", form, registration, title=_("Move to another date"))

    @staticmethod
    def _move(request: HttpRequest, registration: Registration, form: MoveForm, now: datetime) -> None:
        try:
            registering.move(
                registration.pk,
                int(form.cleaned_data["occurrence"]),
                staff=form.staff(request),
                may_wait="wait" in request.POST,
                now=now,
            )
        except (registering.NoRoom, registering.NeedsReason):
            form.may_wait = "wait" not in request.POST
            raise
