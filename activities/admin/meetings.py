"""Meetings on the page of their date: days and clock times apart, whole days by the day alone."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminTimeWidget
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Meeting
from kopiena.floor.admin.office import FORM_FIELDS, Day, WebAddress

MIDNIGHT = time()


def said_by(rule: str) -> Any:
    """The sentence of a rule of the database, told here since this form has other fields for times than the model."""
    return next(known.violation_error_message for known in Meeting._meta.constraints if known.name == rule)


class Clock(forms.TimeField):
    """A clock time; whole days need none."""

    widget = AdminTimeWidget(format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class MeetingForm(forms.ModelForm):
    """When and where. The last day may be left empty: the same day."""

    begins_on = Day(label=capfirst(_("day")), widget=AdminDateWidget)
    begins_clock = Clock(label=capfirst(_("from, o'clock")))
    ends_on = Day(
        label=capfirst(_("last day")),
        widget=AdminDateWidget,
        required=False,
        help_text=_("Empty: ends on the same day."),
    )
    ends_clock = Clock(label=capfirst(_("until, o'clock")))

    class Meta:
        model = Meeting
        fields = [
            "is_all_day",
            "where",
            "venue",
            "room",
            "holds_room",
            "is_cancelled",
            "name_lv",
            "name_ru",
            "name_en",
            "online_link",
        ]
        field_classes = {"online_link": WebAddress}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial.update(self._times_of(self.instance))

    @staticmethod
    def _times_of(meeting: Meeting) -> dict[str, Any]:
        begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        if meeting.is_all_day:
            return {"begins_on": meeting.first_day, "ends_on": meeting.last_day}
        return {
            "begins_on": begins.date(),
            "begins_clock": begins.time(),
            "ends_on": ends.date() if ends.date() != begins.date() else None,
            "ends_clock": ends.time(),
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("room") and not given.get("venue") and given.get("where") == Meeting.Where.VENUE:
            given["venue"] = given["room"].venue
        if given.get("begins_on") and not {"begins_clock", "ends_on", "ends_clock"} & self.errors.keys():
            self._set_times(given["begins_on"], given.get("ends_on") or given["begins_on"])
        return given

    def _set_times(self, first: date, last: date) -> None:
        given = self.cleaned_data
        if given.get("is_all_day"):
            begins = self._moment("begins_on", first, MIDNIGHT)
            ends = self._moment("ends_on", last + timedelta(days=1), MIDNIGHT)
        else:
            begins = self._moment("begins_clock", first, given.get("begins_clock"))
            ends = self._moment("ends_clock", last, given.get("ends_clock"))
        if begins and ends and ends <= begins:
            self.add_error(
                "ends_on" if given.get("is_all_day") else "ends_clock", said_by("meeting_ends_after_it_begins")
            )
        elif begins and ends:
            self._hold(begins, ends)

    def _hold(self, begins: datetime, ends: datetime) -> None:
        """Of what stands in the calendar somebody may know the time; of all else it is simply another."""
        meeting = self.instance
        if meeting.pk is not None and meeting.occurrence.activity.state == Activity.State.PUBLISHED:
            meeting.move(begins, ends)
        else:
            meeting.starts_at, meeting.ends_at = begins, ends

    def _moment(self, field: str, day: date, clock: time | None) -> datetime | None:
        """The moment in Riga; an hour the clock change skips or repeats is said beside the field."""
        if clock is None:
            self.add_error(field, _("Give the time, or tick that it takes whole days."))
            return None
        try:
            return from_current_timezone(datetime.combine(day, clock))
        except ValidationError as error:
            self.add_error(field, error)
            return None


class MeetingFormSet(forms.BaseInlineFormSet):
    """The meetings of one date; a room is never booked twice, neither by each other nor by those of another date."""

    def clean(self) -> None:
        super().clean()
        forms_kept = [
            form
            for form in self.forms
            if (form.has_changed() or form.instance.pk) and not form.errors and not form.cleaned_data.get("DELETE")
        ]
        holding = [form for form in forms_kept if self._holds_room(form.instance)]
        for place, form in enumerate(holding):
            earlier = [other.instance for other in holding[:place]]
            if any(self._clash(form.instance, other) for other in earlier) or self._is_taken(form.instance):
                form.add_error("room", said_by("meeting_room_never_booked_twice"))

    @staticmethod
    def _holds_room(meeting: Meeting) -> bool:
        return bool(meeting.room_id and meeting.holds_room and not meeting.is_cancelled)

    @staticmethod
    def _clash(one: Meeting, other: Meeting) -> bool:
        return one.room_id == other.room_id and one.starts_at < other.ends_at and other.starts_at < one.ends_at

    def _is_taken(self, meeting: Meeting) -> bool:
        here = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        booked = Meeting.objects.between(meeting.starts_at, meeting.ends_at).exclude(pk__in=here)
        return booked.filter(room=meeting.room_id, holds_room=True, is_cancelled=False).exists()


class MeetingInline(admin.StackedInline):
    """When and where people meet."""

    model = Meeting
    form = MeetingForm
    formset = MeetingFormSet
    formfield_overrides = FORM_FIELDS
    autocomplete_fields = ["venue", "room"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("begins_on", "begins_clock"),
                    ("ends_on", "ends_clock"),
                    "is_all_day",
                    "where",
                    "venue",
                    "room",
                    "holds_room",
                    "is_cancelled",
                ]
            },
        ),
        (_("More"), {"classes": ["collapse"], "fields": ["name_lv", "name_ru", "name_en", "online_link"]}),
    ]

    def get_extra(self, request: Any, obj: Any = None, **kwargs: Any) -> int:
        """A new date has one meeting ready to fill in."""
        return 1 if obj is None else 0
