"""A burst of junk is looked for, shown with every one ticked, cleared in one go, and brought back if it was none."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Occurrence
from families import bursts, registering
from families.admin import deeds
from families.admin.one import OneRegistration, contact_of, page_of
from families.models import Registration
from kopiena.floor.admin.office import Moment, at

LOOKS_BACK = timedelta(hours=2)
# The phone's own pickers for day and time.
PICKERS: dict[str, Any] = {
    "date_format": "%Y-%m-%d",
    "time_format": "%H:%M",
    "date_attrs": {"type": "date"},
    "time_attrs": {"type": "time"},
}


class DateOfBurst(forms.ModelChoiceField):
    """A date by its activity and when it begins."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.activity} · {at(obj.starts_at, is_whole_day=obj.is_whole_days)}"


class BurstForm(forms.Form):
    """Where and when to look, and for what. Sent by POST: a name or e-mail must stand in no address."""

    occurrence = DateOfBurst(
        label=gettext_lazy("Date"),
        queryset=Occurrence.objects.none(),
        required=False,
        empty_label=gettext_lazy("All dates to come"),
    )
    since = Moment(label=gettext_lazy("Sent from"), widget=forms.SplitDateTimeWidget(**PICKERS))
    until = Moment(label=gettext_lazy("Sent until"), widget=forms.SplitDateTimeWidget(**PICKERS))
    text = forms.CharField(label=gettext_lazy("In the name or e-mail"), required=False, max_length=80)

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data, initial={"since": now - LOOKS_BACK, "until": now})
        self.now = now
        coming = Occurrence.objects.coming(now).with_whole_days().filter(state=Occurrence.State.PLANNED)
        self.fields["occurrence"].queryset = coming.select_related("activity")  # type: ignore[attr-defined]

    def burst(self) -> bursts.Burst | None:
        """What was asked for; as it opens, the last two hours; nothing where what was typed cannot be."""
        if not self.is_bound:
            return bursts.Burst.of(bursts.matching(self.now - LOOKS_BACK, self.now, now=self.now), self.now)
        if not self.is_valid():
            return None
        given = self.cleaned_data
        date = given["occurrence"]
        rows = bursts.matching(
            given["since"],
            given["until"],
            occurrence_id=date.pk if date else None,
            text=given["text"],
            now=self.now,
        )
        return bursts.Burst.of(rows, self.now)


class ChosenForm(forms.Form):
    """Exactly those that are ticked."""

    registration = forms.ModelMultipleChoiceField(
        queryset=Registration.objects.none(),
        error_messages={
            "required": gettext_lazy("Tick at least one registration."),
            "invalid_choice": gettext_lazy("Some of them have changed meanwhile. Please look once more."),
            "invalid_pk_value": gettext_lazy("Some of them have changed meanwhile. Please look once more."),
        },
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registration"].queryset = bursts.clearable(now)  # type: ignore[attr-defined]

    def clean_registration(self) -> Any:
        chosen = self.cleaned_data["registration"]
        if len(chosen) > bursts.MOST:
            raise forms.ValidationError(_("At most %(number)s at once.") % {"number": bursts.MOST})
        return chosen


class Clearing(OneRegistration):
    """All or none, and all come back in one go."""

    def get_urls(self) -> list[URLPattern]:
        def address(route: str, view: Any, name: str) -> URLPattern:
            return path(f"mestulu-vilnis/{route}", self.admin_site.admin_view(view), name=name)

        return [
            address("", self.junk_view, "families_registration_junk"),
            address("<int:number>/", self.cleared_view, "families_registration_cleared"),
            *super().get_urls(),
        ]

    def junk_view(self, request: HttpRequest) -> HttpResponse:
        """GET and the button "Show" only look; the other button clears what is ticked."""
        self.only_coordinators(request)
        now = timezone.now()
        clears = request.method == "POST" and "clear" in request.POST
        chosen = ChosenForm(request.POST if clears else None, now=now)

        def deed() -> None:
            ids = [registration.pk for registration in chosen.cleaned_data["registration"]]
            registering.clear_junk(ids, by=deeds.staff(request), now=now)

        if self.is_done(request, chosen, deed):
            return HttpResponseRedirect(cleared_page_of(bursts.as_number(now)))
        looking = BurstForm(request.POST if request.method == "POST" else None, now=now)
        burst = looking.burst()
        ticked = set(request.POST.getlist("registration"))
        # Ticked only once somebody has looked for a burst: else one tap on opening would cancel real families.
        shows = request.method == "POST" and not clears
        rows = [(each, shows or str(each.pk) in ticked) for each in (burst.registrations if burst else [])]
        context = {"title": _("A burst of junk"), "looking": looking, "burst": burst, "rows": rows, "most": bursts.MOST}
        lately = [(cleared, cleared_page_of(cleared.number)) for cleared in bursts.cleared_lately(now)]
        return deeds.page(self, request, f"{PAGES}/junk.html", chosen, lately=lately, **context)

    def cleared_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """What was cleared at that moment, with a button to bring it back."""
        self.only_coordinators(request)
        moment, now = bursts.as_moment(number), timezone.now()
        rows = list(bursts.cleared_at(moment)) if moment else []
        if moment is None or not rows:
            raise Http404
        form = forms.Form(request.POST if request.method == "POST" else None)

        def deed() -> None:
            restored = registering.restore(moment, by=deeds.staff(request), now=now)
            sentence = _("Back with places: %(placed)s. Waiting: %(waiting)s. Could not come back: %(left_out)s.")
            self.message_user(request, sentence % vars(restored), messages.SUCCESS)

        if self.is_done(request, form, deed):
            is_over = not bursts.cleared_at(moment).exists()
            junk = reverse("admin:families_registration_junk")
            return HttpResponseRedirect(junk if is_over else cleared_page_of(number))
        context = {
            "title": _("A burst of junk was cleared"),
            "cleared_at": moment,
            "rows": [(each, contact_of(each), page_of(each.pk)) for each in rows],
            "moved_up": bursts.moved_up_at(moment),
            "can_come_back": bursts.can_come_back(moment, now),
        }
        return deeds.page(self, request, f"{PAGES}/cleared.html", form, **context)


PAGES = "admin/families/registration"


def cleared_page_of(number: int) -> str:
    """Where a cleared burst is looked at and brought back."""
    return reverse("admin:families_registration_cleared", args=[number])
