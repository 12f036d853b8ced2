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

from families import registering
from kopiena.floor.models import User


def staff(request: HttpRequest) -> User:
    """Who does the deed; the pages let only signed-in staff come this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def is_done(deed: Callable[[], Any], form: forms.Form) -> bool:
    """Try the deed; a refusal stands in the form afterwards, beside its field where it has one."""
    try:
        deed()
    except registering.Busy:
        form.add_error(
            None,
            forms.ValidationError(
                _("Too many people are signing up right now. Please try again in a few seconds."), code="busy"
            ),
        )
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
