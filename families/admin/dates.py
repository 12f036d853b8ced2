"""What becomes of a date, in the admin: its sign-up closed or opened again, the date called off or taken up again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Occurrence
from activities.standing import Standing
from families import registering
from families.admin import deeds
from families.admin.ways import OccurrencePages, address_of, who_comes
from families.models import Registration
from kopiena.floor import counted

LONGEST_REASON = 300


def _reason(label: Any, language: str, example: str) -> forms.CharField:
    attributes = {"lang": language, "class": "vTextField", "placeholder": example, "autocomplete": "off"}
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_REASON, widget=forms.TextInput(attrs=attributes)
    )


class CallOffForm(forms.Form):
    """Why it will not take place, as families read it in their language; one language at least."""

    # Examples in the language of the field, whatever language the page is in.
    reason_lv = _reason(gettext_lazy("Reason in Latvian"), "lv", "Laikapstākļu dēļ šodien nenotiks.")
    reason_ru = _reason(gettext_lazy("Reason in Russian"), "ru", "Из-за погоды сегодня не состоится.")
    reason_en = _reason(gettext_lazy("Reason in English"), "en", "Not today, because of the weather.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.values()):
            self.add_error("reason_lv", _("Say why, in one language at least: families read it on their page."))
        return given


class DatePages(OccurrencePages):
    """Each deed asks on a page of its own; one button does it."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_at("slegt/", self.close_view, "close"),
            self.page_at("atvert/", self.open_view, "open"),
            self.page_at("nenotiks/", self.call_off_view, "call_off"),
            self.page_at("tomer-notiks/", self.take_up_view, "take_up"),
            *super().get_urls(),
        ]

    def close_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """Nobody can sign up from now on; the queue still moves up."""
        return self._deed(
            request,
            self.found(request, occurrence_id),
            registering.close_sign_up,
            title=_("Close sign-up"),
            explained=_("From now on nobody can sign up. Who has signed up stays, and who waits still moves up."),
            button=_("Yes, close sign-up"),
            done=_("Sign-up is closed."),
        )

    def open_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """One can sign up again."""
        return self._deed(
            request,
            self.found(request, occurrence_id),
            registering.open_sign_up,
            title=_("Open sign-up again"),
            explained=_("One can sign up again until it begins."),
            button=_("Yes, open sign-up again"),
            done=_("Sign-up is open again."),
        )

    def call_off_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """It will not take place, and families read why."""
        occurrence = self.found(request, occurrence_id)
        form = CallOffForm(request.POST if request.method == "POST" else None)
        if form.is_bound and not form.is_valid():
            return self._ask(request, occurrence, form, **_call_off_words())
        return self._deed(
            request,
            occurrence,
            lambda pk, **who: registering.call_off(pk, reason=form.cleaned_data, **who),
            form,
            done=_("The date is marked as not taking place."),
            **_call_off_words(),
        )

    def take_up_view(self, request: HttpRequest, occurrence_id: int) -> HttpResponse:
        """It takes place after all: everybody has what they had."""
        return self._deed(
            request,
            self.found(request, occurrence_id),
            registering.take_up,
            title=_("Takes place after all"),
            explained=_("Everybody has the place or the number in the queue that they had. The reason is taken off."),
            button=_("Yes, it takes place after all"),
            done=_("The date takes place after all."),
        )

    def _deed(
        self,
        request: HttpRequest,
        occurrence: Occurrence,
        deed: Callable[..., None],
        form: forms.Form | None = None,
        *,
        done: str,
        **words: Any,
    ) -> HttpResponse:
        """GET asks, POST does."""
        form = form or forms.Form(request.POST if request.method == "POST" else None)

        def do() -> None:
            deed(occurrence.pk, by=deeds.staff(request), now=timezone.now())

        if form.is_bound and deeds.is_done(do, form):
            self.message_user(request, done, messages.SUCCESS)
            return HttpResponseRedirect(address_of("change", occurrence))
        return self._ask(request, occurrence, form, **words)

    def _ask(
        self, request: HttpRequest, occurrence: Occurrence, form: forms.Form, *, title: str, **words: Any
    ) -> HttpResponse:
        standing = self.standing(occurrence)
        context = {"people": signed_up(standing), "who_comes": who_comes(occurrence), **words}
        return self.show(request, "date.html", title, form, standing, **context)


def _call_off_words() -> dict[str, str]:
    return {
        "title": _("Will not take place"),
        "explained": _(
            "Families read the reason on their pages, in the calendar and at the activity. Their registrations stay: "
            "they say who must be told, and stand again if it takes place after all. Nobody is rung up by itself."
        ),
        "button": _("Yes, it will not take place"),
        "is_hard": "yes",
    }


def signed_up(standing: Standing) -> list[tuple[str, str]]:
    """How many forms are confirmed and how many wait, and how many people they are."""
    placed, waiting = Q(status=Registration.Status.PLACED), Q(status=Registration.Status.WAITING)
    people = F("adults") + F("children") + F("children_along")
    found = Registration.objects.of(standing.occurrence.pk).aggregate(
        placed=Count("pk", filter=placed),
        placed_people=Sum(people, filter=placed, default=0),
        waiting=Count("pk", filter=waiting),
        waiting_people=Sum(people, filter=waiting, default=0),
    )
    return [
        (label, f"{counted.registrations(found[name])} ({counted.people(found[f'{name}_people'])})")
        for name, label in (("placed", _("Signed up")), ("waiting", _("On the waiting list")))
    ]
