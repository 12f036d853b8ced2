"""A deed of the office: asked for on a page of its own, done through the gate, told in a sentence."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families import registering
from families.models import Registration
from families.registering import Staff
from kopiena.floor.models import User


class LetsPass(forms.MultipleChoiceField):
    """The rules shown on the page before, sent back with its button; a name nobody knows lets nothing pass."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        return [name for name in super().to_python(value) if self.valid_value(name)]


class StaffForm(forms.Form):
    """A form whose deed may break rules that the staff can let pass: those shown on the page before, with a reason.

    The page includes `admin/_needs_reason.html` inside its <form>; `own_fields` are all the others.
    """

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=gettext_lazy("Stays with the registration, so name nobody here."),
    )
    lets_pass = LetsPass(required=False, choices=Registration.Override.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Override -> sentence: what the deed would break, to be shown and asked about.
        self.broken: dict[str, str] = {}

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the page itself, without the reason."""
        return [field for field in self if field.name not in ("reason", "lets_pass")]

    def staff(self, request: HttpRequest) -> Staff:
        """Who does the deed, what they let pass and why; ask it of a valid form."""
        given = self.cleaned_data
        return Staff(by=staff(request), lets_pass=frozenset(given["lets_pass"]), reason=given["reason"])

    def ask(self, broken: dict[str, str]) -> None:
        """Show these rules; where the very same were shown before, only the reason is missing."""
        self.broken = broken
        if broken.keys() <= set(self.cleaned_data.get("lets_pass", ())):
            self.add_error("reason", _("Say why, please."))


def staff(request: HttpRequest) -> User:
    """Who does the deed; the pages let only signed-in staff come this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def is_done(deed: Callable[[], Any], form: forms.Form) -> bool:
    """Try the deed; a refusal stands in the form afterwards, beside its field where it has one.

    Rules that the staff may let pass stand in `form.broken` of a StaffForm.
    """
    try:
        deed()
    except registering.Busy:
        form.add_error(
            None,
            forms.ValidationError(
                _("Too many people are signing up right now. Please try again in a few seconds."), code="busy"
            ),
        )
    except registering.NeedsReason as refusal:
        if not isinstance(form, StaffForm):
            raise
        form.ask(refusal.broken)
        return False
    except registering.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return form.is_valid()


def page(
    page_admin: admin.ModelAdmin, request: HttpRequest, template: str, form: forms.Form, **context: Any
) -> HttpResponse:
    """A page of the admin around the form; 503 with Retry-After where the gate was too crowded."""
    response = TemplateResponse(
        request,
        template,
        {**page_admin.admin_site.each_context(request), "opts": page_admin.opts, "form": form, **context},
    )
    if form.has_error("__all__", code="busy"):
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = str(settings.RETRY_AFTER_SECONDS)
    return response
