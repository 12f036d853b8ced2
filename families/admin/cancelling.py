"""A registration is cancelled for the centre."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families import registering
from families.admin import deeds
from families.admin.one import OneRegistration, page_of


class CancelForm(forms.Form):
    """Whether somebody has to hear of it by phone."""

    is_wished = forms.BooleanField(
        label=gettext_lazy("The family asked for it: nobody needs to be rung up"), required=False
    )


class Cancelling(OneRegistration):
    """Placed or waiting: what it held goes to the others."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.cancel_view)
        return [path("<int:registration_id>/atcelt/", view, name="families_registration_cancel"), *super().get_urls()]

    def cancel_view(self, request: HttpRequest, registration_id: int) -> HttpResponse:
        """Cancel for the centre."""
        registration = self.found(request, registration_id)
        if registration.is_cancelled:
            return HttpResponseRedirect(page_of(registration.pk))

        def deed() -> None:
            is_called = not form.cleaned_data["is_wished"]
            registering.cancel(registration.pk, by=deeds.staff(request), is_called=is_called, now=timezone.now())

        form = CancelForm(request.POST if request.method == "POST" else None)
        if self.is_done(request, form, deed):
            return self.back_with(request, registration, _("The registration is cancelled."))
        return self.deed_page(request, "cancel", form, registration, title=_("Cancel the registration"))
