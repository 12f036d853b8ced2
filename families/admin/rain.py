"""The rainy morning: one page on which a date is called off or moved, and everybody who comes or waits is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Meeting, Occurrence
from families import notices, registering
from families.admin import deeds
from families.admin.rain_form import OFF, PLACE, TIME, RainForm, ReasonForm, new_beginning
from families.admin.ways import OccurrencePages, address_of, sees_contacts, time_of, who_comes
from families.at_hand import call_list
from families.models import Registration
from families.reach import Reach
from kopiena.floor import dates
from kopiena.floor.models import Notice

ALL = "visas"


@dataclass(frozen=True)
class Choice:
    """Which meetings of a date the page is about."""

    occurrence: Occurrence
    meetings: tuple[Meeting, ...]  # all of the date, the soonest first
    chosen: tuple[Meeting, ...]
    now: datetime

    @classmethod
    def of(cls, occurrence: Occurrence, request: HttpRequest, now: datetime) -> Self:
        """Those sent, else those named in the address, else the next one that takes place."""
        meetings = tuple(occurrence.meetings.select_related("venue", "room").order_by("starts_at", "pk"))
        coming = [each for each in meetings if each.starts_at > now]
        held = [each for each in coming if not each.is_cancelled]
        asked = request.GET.get("reize", "")
        sent = set(request.POST.getlist("meeting"))
        if sent:
            chosen = [each for each in meetings if str(each.pk) in sent]
        elif asked == ALL:
            chosen = held
        else:
            chosen = [each for each in coming if str(each.pk) == asked] or held[:1] or coming[:1]
        return cls(occurrence, meetings, tuple(chosen), now)

    @property
    def is_off(self) -> bool:
        """Whether what was chosen is called off already, so that only the reason can be changed."""
        return self.occurrence.is_cancelled or bool(self.chosen and all(each.is_cancelled for each in self.chosen))

    @property
    def has_begun(self) -> bool:
        """Whether nothing of it is to come, so that nothing can be called off or moved."""
        return bool(self.meetings) and not any(each.starts_at > self.now for each in self.meetings)

    @property
    def off(self) -> list[Meeting]:
        """All that is to come and called off once the chosen ones are."""
        coming = [each for each in self.meetings if each.ends_at > self.now]
        if self.occurrence.is_cancelled:
            return coming
        return [each for each in coming if each.is_cancelled or each in self.chosen]

    @property
    def starts_at(self) -> datetime | None:
        return min((each.starts_at for each in self.chosen), default=None)

    @property
    def whens(self) -> list[str]:
        return [self._when(each) for each in self.chosen]

    @property
    def others(self) -> list[dict[str, Any]]:
        """The ways to choose other meetings; empty where there is one only."""
        coming = [each for each in self.meetings if each.starts_at > self.now]
        if len(coming) < 2 or self.occurrence.is_cancelled:
            return []
        held = [each for each in coming if not each.is_cancelled]
        ways = [self._way(str(each.pk), self._when(each), [each], is_off=each.is_cancelled) for each in coming]
        return [*ways, self._way(ALL, _("All that are to come"), held)] if len(held) > 1 else ways

    def _when(self, meeting: Meeting) -> str:
        """Short enough for a button; whole days have no clock time."""
        return time_of(meeting, self.now)

    def _way(self, asked: str, words: str, meetings: list[Meeting], *, is_off: bool = False) -> dict[str, Any]:
        is_current = list(self.chosen) == meetings
        return {"address": f"?reize={asked}", "words": words, "is_current": is_current, "is_off": is_off}


class RainPages(OccurrencePages):
    """Nenotiks, cits laiks, cita vieta."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_at("lietus/", self.rain_view, "rain"),
            self.page_at("lietus/pazinots/", self.told_view, "told"),
            *super().get_urls(),
        ]

    def rain_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """GET asks, POST does; what is called off already can be given another reason."""
        occurrence = self.found(request, occurrence_id)
        choice = Choice.of(occurrence, request, timezone.now())
        data = request.POST if request.method == "POST" else None
        if choice.is_off:
            return self._correct(request, choice, data)
        said = ReasonForm.chosen_of(occurrence)
        form = RainForm(data, meetings=choice.chosen, initial=said, off=choice.off, today=dates.local_day(choice.now))
        if form.is_bound and form.is_valid() and deeds.is_done(lambda: _do(request, choice, form), form):
            return HttpResponseRedirect(address_of("told", occurrence))
        return self._ask_about(request, choice, form)

    def _correct(self, request: HttpRequest, choice: Choice, data: Any) -> HttpResponse:
        occurrence, said = choice.occurrence, ReasonForm.chosen_of(choice.occurrence)
        form = ReasonForm(data, initial=said, off=choice.off, today=dates.local_day(choice.now))

        def correct() -> None:
            if request.POST.get("what"):  # sent from a page on which it still took place
                raise registering.Refused(_("This date is already marked as not taking place."))
            registering.correct_reason(occurrence.pk, reason=form.texts(), by=deeds.staff(request), now=timezone.now())

        if form.is_bound and form.is_valid() and deeds.is_done(correct, form):
            self.message_user(request, _("The reason is changed."), messages.SUCCESS)
            return HttpResponseRedirect(address_of("change", occurrence))
        return self._ask_about(request, choice, form)

    def _ask_about(self, request: HttpRequest, choice: Choice, form: ReasonForm) -> HttpResponse:
        occurrence = choice.occurrence
        everybody = Registration.objects.of(occurrence.pk).live().select_related("sign_up").order_by("pk")
        sooner = new_beginning(form) if isinstance(form, RainForm) else None
        starts_at = min(filter(None, [choice.starts_at, sooner]), default=None)
        context = {
            "choice": choice,
            "reach": Reach.of(everybody, starts_at=starts_at, now=choice.now),
            "may_see_contacts": sees_contacts(request),
            "who_comes": who_comes(occurrence),
            "take_up": address_of("take_up", occurrence),
        }
        title = _("Another reason") if choice.is_off else _("Called off, another time or place")
        return self.show(request, "rain.html", title, form, self.standing(occurrence), **context)

    def told_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """What has been written down to be sent and who is to be called, with the way to the call list."""
        occurrence = self.found(request, occurrence_id)
        abouts = [notices.about(pk) for pk in Registration.objects.of(occurrence.pk).values_list("pk", flat=True)]
        told = Notice.objects.about(*abouts).filter(kind__in=[notices.CALLED_OFF, notices.MOVED])
        told = told.exclude(state=Notice.State.WITHDRAWN)
        last = told.filter(created_at=told.aggregate(last=Max("created_at"))["last"])  # of the last deed only
        context = {
            "letters": last.letters().count(),
            "calls": told.calls().owed().count(),
            "call_list": call_list(occurrence.pk),
            "change": address_of("change", occurrence),
        }
        form = ReasonForm(off=(), today=timezone.localdate())
        return self.show(request, "told.html", _("Done"), form, self.standing(occurrence), **context)


def _do(request: HttpRequest, choice: Choice, form: RainForm) -> None:
    """Through the gate; a refusal is raised."""
    occurrence, by, now = choice.occurrence, deeds.staff(request), timezone.now()
    chosen = [each.pk for each in choice.chosen]
    if len(chosen) < len(set(request.POST.getlist("meeting"))):
        raise registering.Refused(_("This meeting is no longer here."))
    if form.cleaned_data["what"] == OFF:
        registering.call_off(occurrence.pk, reason=form.texts(), meetings=chosen, by=by, now=now)
        return
    try:
        wanted = form.rescheduled()
    except ValidationError as wrong:  # an hour the clock change skips or repeats
        raise registering.Refused(" ".join(wrong.messages), field="begins") from wrong
    if not registering.reschedule(occurrence.pk, wanted, by=by, now=now):
        nothing = {TIME: _("Choose another time or another place."), PLACE: _("Choose another place.")}
        raise registering.Refused(nothing[form.cleaned_data["what"]])
