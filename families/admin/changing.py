"""A party is changed for the family: they called, and come in another number."""

from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from families import registering
from families.admin import deeds
from families.admin.one import OneRegistration, page_of
from families.forms import PartyForm
from families.forms.party import COUNTS, as_asked, as_typed, typed_with_row_added
from families.registering.rules import LARGEST_PARTY


class ChangeForm(deeds.StaffForm, PartyForm):
    """The family's own form, with a reason where a rule is let pass."""

    @property
    def counts(self) -> list[BoundField]:
        """The numbers."""
        return [self[name] for name in COUNTS if name in self.fields]

    @property
    def child_rows(self) -> list[tuple[int, list[BoundField]]]:
        """The fields of each child, where ages are asked."""
        numbers = range(1, self.rows + 1) if self.activity.is_age_asked else ()
        return [(number, [self[name] for name in self._row_names(number)]) for number in numbers]


class Changing(OneRegistration):
    """Fewer always; more if there are places for them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.party_view)
        return [path("<int:registration_id>/mainit/", view, name="families_registration_party"), *super().get_urls()]

    def party_view(self, request: HttpRequest, registration_id: int) -> HttpResponse:
        """Come in another number."""
        registration = self.found(request, registration_id)
        if registration.is_cancelled:
            return HttpResponseRedirect(page_of(registration.pk))
        asked = as_asked(registration) | {"largest": LARGEST_PARTY}

        def page(form: ChangeForm) -> HttpResponse:
            return self.deed_page(request, "party", form, registration, title=_("Change the party"))

        if request.method != "POST":
            return page(ChangeForm(initial=as_typed(registration), **asked))
        if "add_child" in request.POST or "remove_child" in request.POST:
            typed: dict[str, Any] = typed_with_row_added(request.POST.dict(), request.POST, LARGEST_PARTY)
            return page(ChangeForm(initial=typed, **asked))
        form = ChangeForm(request.POST, **asked)

        def deed() -> None:
            registering.change(registration.pk, form.party(), staff=form.staff(request), now=timezone.now())

        if self.is_done(request, form, deed):
            return self.back_with(request, registration, _("The party is changed."))
        return page(form)
