"""Meetings on the page of their date, once somebody has signed up: what concerns those people goes through the gate."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from activities.admin.meetings import MeetingForm, MeetingInline
from activities.models import Capacity, Occurrence
from families.models import Registration

# Whoever signed up must be told of a change of these.
TOLD = ("begins_on", "begins_clock", "ends_on", "ends_clock", "is_all_day", "where", "venue", "room", "is_cancelled")


class KeptMeetingForm(MeetingForm):
    """Of a meeting that people have signed up for, time, place and "will not take place" are to look at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_kept = self.instance.pk is not None
        if not self.is_kept:
            return
        self.sent = [name for name in TOLD if self._is_sent_otherwise(name)]
        for name in TOLD:
            self.fields[name].disabled = True
        self._lay_tools_aside()
        page = reverse("admin:activities_occurrence_rain", args=[self.instance.occurrence_id])
        self.fields["begins_on"].help_text = format_html(
            '{} <a class="rain-way" href="{}?reize={}">{}</a>',
            _("People have signed up, so they are told of every change:"),
            page,
            self.instance.pk,
            _("Called off, another time or place"),
        )

    def _lay_tools_aside(self) -> None:
        """No "today", no clock face, no "add a venue" beside what is only to look at."""
        for day, clock in (("begins_on", "begins_clock"), ("ends_on", "ends_clock")):
            self.fields[day].widget = forms.DateInput(format="%d.%m.%Y.", attrs={"disabled": True})
            self.fields[clock].widget = forms.TimeInput(format="%H.%M", attrs={"disabled": True})
        for name in ("venue", "room"):
            for deed in ("add", "change", "delete", "view"):
                setattr(self.fields[name].widget, f"can_{deed}_related", False)

    def _is_sent_otherwise(self, name: str) -> bool:
        """Whether a page opened before the first sign-up, or a forged one, brings something else than is written."""
        field, named = self.fields[name], self.add_prefix(name)
        if not self.is_bound or named not in self.data:  # a browser leaves out what is to look at
            return False
        sent = field.widget.value_from_datadict(self.data, self.files, named)
        return field.has_changed(self.get_initial_for_field(field, name), sent)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.is_kept and self.sent:
            self.add_error(
                None,
                _(
                    "People have signed up for this meeting. Its time and place are changed, and it is called off, on "
                    "the page “Called off, another time or place”, so that everybody is told."
                ),
            )
        return given


class KeptMeetingInline(MeetingInline):
    """Meetings can be added; those that people have signed up for are neither moved nor deleted here."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if _has_people(request, obj):
            kwargs["form"] = KeptMeetingForm
        return super().get_formset(request, obj, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _has_people(request, obj)


def _has_people(request: HttpRequest, date: Occurrence | None) -> bool:
    """Whether anybody comes or waits; asked once for a page.

    A page that is sent holds the places until it is saved, so that nobody signs up in between.
    """
    if date is None or date.pk is None:
        return False
    known: dict[int, bool] = request.__dict__.setdefault("_dates_with_people", {})
    if date.pk not in known:
        if request.method == "POST":
            Capacity.objects.select_for_update(no_key=True).filter(pk=date.pk).first()
        known[date.pk] = Registration.objects.of(date.pk).live().exists()
    return known[date.pk]
