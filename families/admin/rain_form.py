"""The form of the rainy morning: will not take place, another time, another place; and why."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Meeting, Room, Venue
from families import reasons
from families.registering import Rescheduled
from kopiena.floor.admin.office import sensible_year

OFF, TIME, PLACE = "off", "time", "place"
OWN = "own"
REASONS = frozenset({"reason", "reason_lv", "reason_ru", "reason_en"})
TIMES = frozenset({"day", "begins", "ends"})
# What the page hides while this is chosen.
HIDDEN = {OFF: TIMES | {"where"}, TIME: REASONS, PLACE: REASONS | TIMES}
LONGEST_REASON = 300
WHATS = [
    (OFF, gettext_lazy("Will not take place")),
    (TIME, gettext_lazy("Another time")),
    (PLACE, gettext_lazy("Another place")),
]


def _words(label: Any, language: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"lang": language, "autocomplete": "off"}),
    )


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


class ReasonForm(forms.Form):
    """Why it will not take place: a ready sentence, or own words in one language at least."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        error_messages={"required": gettext_lazy("Choose why, or say it in your own words.")},
    )
    reason_lv = _words(gettext_lazy("In Latvian"), "lv")
    reason_ru = _words(gettext_lazy("In Russian"), "ru")
    reason_en = _words(gettext_lazy("In English"), "en")

    def __init__(self, data: Any = None, *, off: Sequence[Meeting], today: date, **kwargs: Any) -> None:
        """`off` are all meetings that are called off once this is done: the sentence stands at each of them."""
        super().__init__(data, **kwargs)
        self.ready = reasons.ready(off, today)
        self.fields["reason"].choices = [*((each.code, each.lv) for each in self.ready), (OWN, _("In my own words"))]  # type: ignore[attr-defined]

    @staticmethod
    def chosen_of(date_or_row: Any) -> dict[str, str]:
        """What is said now, as the form shows it."""
        said = {f"reason_{language}": getattr(date_or_row, f"reason_{language}") for language in reasons.LANGUAGES}
        if not any(said.values()):
            return {}
        known = (each.code for each in reasons.READY if each.texts() == said)
        return {"reason": next(known, OWN), **said}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        words = [f"reason_{language}" for language in reasons.LANGUAGES]
        is_wrong = any(name in self.errors for name in words)
        if given.get("reason") == OWN and not is_wrong and not any(given.get(name) for name in words):
            self.add_error("reason_lv", _("Say why, in one language at least: families read it on their page."))
        return given

    def texts(self) -> dict[str, str]:
        """The reason as the deeds take it."""
        given = self.cleaned_data
        if given["reason"] == OWN:
            return {f"reason_{language}": given[f"reason_{language}"] for language in reasons.LANGUAGES}
        return next(each for each in self.ready if each.code == given["reason"]).texts()


class RainForm(ReasonForm):
    """What becomes of the chosen meetings; only the part that was chosen is asked of what was sent."""

    what = forms.ChoiceField(label=gettext_lazy("What changes?"), choices=WHATS)
    day = forms.DateField(
        label=capfirst(gettext_lazy("day")),
        validators=[sensible_year],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    begins = _clock(capfirst(gettext_lazy("from, o'clock")))
    ends = _clock(capfirst(gettext_lazy("until, o'clock")))
    where = forms.ChoiceField(label=gettext_lazy("Where"), required=False)

    def __init__(
        self, data: Any = None, *, meetings: Sequence[Meeting], initial: dict[str, Any], **kwargs: Any
    ) -> None:
        self.meetings = list(meetings)
        super().__init__(data, initial={"what": OFF, **self._as_it_is(), **initial}, **kwargs)
        if not self.meetings:  # no date yet, so there is nothing to move
            self.fields["what"].choices = WHATS[:1]  # type: ignore[attr-defined]
            for name in ("day", "begins", "ends", "where"):
                del self.fields[name]
            return
        if all(meeting.is_all_day for meeting in self.meetings):
            del self.fields["begins"], self.fields["ends"]
        self.fields["where"].choices = self._places()  # type: ignore[attr-defined]
        self._ask_only_what_was_chosen()

    def _ask_only_what_was_chosen(self) -> None:
        """What the page hides may stay empty; what was typed there stays, too."""
        what = self["what"].value()
        for name in self.fields.keys() & {"reason", *TIMES}:
            self.fields[name].required = name not in HIDDEN.get(what, frozenset())

    def clean(self) -> dict[str, Any]:
        what = self.cleaned_data.get("what", OFF)
        for name in HIDDEN[what]:
            self.errors.pop(name, None)  # nobody sees that part of the page
        return super().clean() if what == OFF else self.cleaned_data

    # Where and when

    @property
    def first(self) -> Meeting:
        """The meeting whose time and place the fields show; the others move by as many days."""
        return self.meetings[0]

    def _as_it_is(self) -> dict[str, Any]:
        if not self.meetings:
            return {}
        begins, ends = timezone.localtime(self.first.starts_at), timezone.localtime(self.first.ends_at)
        places = {_place_of(meeting) for meeting in self.meetings}
        where = places.pop() if len(places) == 1 else ""
        clocks = {"begins": _minute(begins), "ends": _minute(ends)}
        return {"day": begins.date(), **clocks, "where": where}

    def _places(self) -> list[tuple[str, str]]:
        found = [] if self.initial["where"] else [("", _("Each where it is now"))]
        for venue in Venue.objects.prefetch_related("rooms"):
            found.append((f"venue:{venue.pk}", venue.name_lv))
            found += [(f"room:{room.pk}", f"{venue.name_lv}, {room.name_lv}") for room in venue.rooms.all()]
        words = dict(Meeting.Where.choices)
        return [*found, *((where, capfirst(str(words[where]))) for where in ("home", "online"))]

    def rescheduled(self) -> list[Rescheduled]:
        """The meetings as they shall be. Raises ValidationError for a moment that the clock change skips or repeats."""
        is_timed = self.cleaned_data["what"] == TIME
        place = self._place() if "where" in self.changed_data else None
        found = []
        for meeting in self.meetings:
            starts_at, ends_at = self._times(meeting) if is_timed else (meeting.starts_at, meeting.ends_at)
            where, venue, room = place or (meeting.where, meeting.venue, meeting.room)
            found.append(Rescheduled(meeting.pk, starts_at, ends_at, where=where, venue=venue, room=room))
        return found

    def _place(self) -> tuple[str, Venue | None, Room | None] | None:
        kind, _colon, number = self.cleaned_data["where"].partition(":")
        if kind == "room":
            room = Room.objects.select_related("venue").get(pk=number)
            return Meeting.Where.VENUE, room.venue, room
        if kind == "venue":
            return Meeting.Where.VENUE, Venue.objects.get(pk=number), None
        return (kind, None, None) if kind else None

    def _times(self, meeting: Meeting) -> tuple[datetime, datetime]:
        begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        by = self.cleaned_data["day"] - timezone.localdate(self.first.starts_at)
        from_clock, to_clock = self._clock("begins", meeting, begins), self._clock("ends", meeting, ends)
        return _moment(begins.date() + by, from_clock), _moment(ends.date() + by, to_clock)

    def _clock(self, name: str, meeting: Meeting, now: datetime) -> time:
        """The time typed, where it was changed at all: of several meetings each else keeps its own."""
        is_typed = name in self.changed_data and not meeting.is_all_day
        return self.cleaned_data[name] if is_typed else now.time()


def _minute(moment: datetime) -> time:
    """As the field shows it, so that a second beyond is no change."""
    return moment.time().replace(second=0, microsecond=0)


def _place_of(meeting: Meeting) -> str:
    if meeting.room_id:
        return f"room:{meeting.room_id}"
    return f"venue:{meeting.venue_id}" if meeting.venue_id else str(meeting.where)


def _moment(day: date, clock: time) -> datetime:
    return from_current_timezone(datetime.combine(day, clock))


def new_beginning(form: RainForm) -> datetime | None:
    """When the first of them begins as typed, or nothing while that cannot be said."""
    if not form.is_bound or not form.is_valid() or form.cleaned_data["what"] == OFF:
        return None
    try:
        return min(each.starts_at for each in form.rescheduled())
    except (ValidationError, ValueError):
        return None
