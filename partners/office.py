"""What the coordinator's pages about institutions' people share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from kopiena.floor.models import User
from partners.refusals import Refused


def staff(request: HttpRequest) -> User:
    """Who does the deed; the admin lets only signed-in staff come this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def only_with(request: HttpRequest, *rights: str) -> None:
    """Refuse whoever lacks one of these rights."""
    if not request.user.has_perms(rights):
        raise PermissionDenied


def is_done(form: forms.Form, deed: Callable[[], Any]) -> bool:
    """Try the deed of a valid form; a refusal stands in the form afterwards, beside its field where it has one."""
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return form.is_valid()


def page(
    page_admin: admin.ModelAdmin, request: HttpRequest, template: str, form: forms.Form, **context: Any
) -> HttpResponse:
    """A page of the admin around the form."""
    frame = {**page_admin.admin_site.each_context(request), "opts": page_admin.opts}
    return TemplateResponse(request, template, {**frame, "form": form, **context})
