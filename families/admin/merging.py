"""Two registrations with the same contact become one; what would happen is said before."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families import registering
from families.admin import deeds
from families.admin.one import OneRegistration, contact_of, page_of
from families.admin.pair import FIRST, SECOND, TOGETHER, Pair
from families.models import Registration


class MergeForm(forms.Form):
    """Which is kept; where they look like two families, a tick of its own."""

    way = forms.ChoiceField(
        label=gettext_lazy("What shall be done"),
        choices=[
            (FIRST, gettext_lazy("Keep the first")),
            (SECOND, gettext_lazy("Keep the second")),
            (TOGETHER, gettext_lazy("Both parties come")),
        ],
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    is_sure = forms.BooleanField(label=gettext_lazy("Yes, it is one family, or they come as one"), required=False)
    seen = forms.CharField(required=False)  # what the page showed; it shows anew what is there now

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = pair

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("seen") != self.pair.seen:
            raise forms.ValidationError(_("They have changed since you opened this page. Please look once more."))
        if self.pair.differences and not cleaned.get("is_sure"):
            self.add_error("is_sure", _("They look like two families. Tick this if they are one all the same."))
        return cleaned

    def ways(self) -> list[dict[str, Any]]:
        """Each way with its sentence, for the page."""
        chosen = self["way"].value()
        return [
            {"value": value, "label": label, "words": self.pair.outcome(value).words, "is_chosen": chosen == value}
            for value, label in self.fields["way"].choices  # type: ignore[attr-defined]
        ]


class Merging(OneRegistration):
    """Side by side, and one of three ways."""

    def get_urls(self) -> list[URLPattern]:
        address = "<int:registration_id>/apvienot/<int:other_id>/"
        view = self.admin_site.admin_view(self.merge_view)
        return [path(address, view, name="families_registration_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest, registration_id: int, other_id: int) -> HttpResponse:
        """Join the two; what cannot be joined is not there."""
        registration, other = self.found(request, registration_id), self.found(request, other_id)
        pair = Pair.of(registration, other)
        if pair is None:
            raise Http404
        form = MergeForm(request.POST if request.method == "POST" else None, pair=pair)
        if self.is_done(request, form, lambda: self._merge(request, pair, form)):
            kept = pair.outcome(form.cleaned_data["way"]).kept
            return self.back_with(request, kept, _("The registrations are joined."))
        cards = [{"registration": each, "contact": contact_of(each), "page": page_of(each.pk)} for each in pair.both]
        context = {"title": _("Join two registrations"), "pair": pair, "cards": cards}
        return self.deed_page(request, "merge", form, registration, **context)

    @staticmethod
    def _merge(request: HttpRequest, pair: Pair, form: MergeForm) -> None:
        way = form.cleaned_data["way"]
        kept, other = (pair.second, pair.first) if way == SECOND else (pair.first, pair.second)
        registering.merge(kept.pk, other.pk, together=way == TOGETHER, by=deeds.staff(request), now=timezone.now())


def others_with_contact_of(registration: Registration) -> list[Registration]:
    """Live registrations for the same date from other forms with the same phone or e-mail; none for a group."""
    if registration.is_cancelled or registration.is_group:
        return []
    same = Registration.objects.with_contact_of(registration.sign_up).of(registration.occurrence_id)
    return list(same.live().filter(is_group=False).select_related("sign_up").order_by("queue_number"))
