"""What becomes of a date, in the admin: its sign-up closed or opened again, what was called off taken up again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import Occurrence
from activities.standing import Standing
from families import registering
from families.admin import deeds
from families.admin.ways import OccurrencePages, address_of, who_comes
from families.models import Registration
from kopiena.floor import counted


class DatePages(OccurrencePages):
    """Each deed asks on a page of its own; one button does it."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_at("slegt/", self.close_view, "close"),
            self.page_at("atvert/", self.open_view, "open"),
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
