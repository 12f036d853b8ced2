"""What every deed about one registration shares: who may do it, how its page is headed, where it leads back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from families.admin import deeds
from families.models import Registration
from kopiena.floor.access import is_coordinator


def page_of(registration_id: int) -> str:
    """Where one registration is looked at."""
    return reverse("admin:families_registration_change", args=[registration_id])


def contact_of(registration: Registration) -> str:
    """How to address whoever signed up; the number where no name was given."""
    return registration.sign_up.contact_name or f"#{registration.pk}"


class OneRegistration(admin.ModelAdmin):
    """A deed is a page of its own: GET asks, POST does, for coordinators only.

    None stands in a transaction: the gate makes its own.
    """

    def found(self, request: HttpRequest, registration_id: int) -> Registration:
        """The registration the page is about; 404 where there is none, 403 for who may only look."""
        registration = self.get_object(request, str(registration_id))
        if registration is None:
            raise Http404
        self.only_coordinators(request)
        return registration

    def only_coordinators(self, request: HttpRequest) -> None:
        """Refuse everybody else."""
        if not (is_coordinator(request.user) and self.has_view_permission(request)):
            raise PermissionDenied

    def is_done(self, request: HttpRequest, form: forms.Form, deed: Any) -> bool:
        """Whether the form was sent, holds what the deed needs, and the deed is done."""
        return request.method == "POST" and form.is_valid() and deeds.is_done(deed, form)

    def back_with(self, request: HttpRequest, registration: Registration, sentence: str) -> HttpResponse:
        """To the registration's page, which says what was done."""
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(page_of(registration.pk))

    def deed_page(
        self, request: HttpRequest, deed: str, form: forms.Form, registration: Registration, **context: Any
    ) -> HttpResponse:
        """The page that asks, headed by whom and what it is about."""
        context |= {
            "registration": registration,
            "activity": registration.occurrence.activity,
            "capacity": registration.occurrence.capacity,
            "contact": contact_of(registration),
            "when": self.when(registration),  # type: ignore[attr-defined]
            "back": page_of(registration.pk),
        }
        return deeds.page(self, request, f"admin/families/registration/{deed}.html", form, **context)
