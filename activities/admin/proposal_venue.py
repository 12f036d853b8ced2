"""A place that an institution wrote in words becomes a venue: one that is known, or a new one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.admin.proposal_pages import ProposalPages, SeenForm, page_of
from activities.models import Venue
from activities.proposing import where
from kopiena.floor.addresses import free_address


class VenueForm(SeenForm):
    """One of those the portal knows; else the name and address of a new one."""

    venue = forms.ModelChoiceField(
        label=gettext_lazy("A venue the portal knows"),
        queryset=Venue.objects.order_by("name_lv", "pk"),
        required=False,
        empty_label=gettext_lazy("None of these: a new one"),
        error_messages={"invalid_choice": gettext_lazy("Choose a venue from the list.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the new venue (Latvian)"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Its address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        given = super().clean() or {}
        if "venue" in self.errors:
            return given
        if given.get("venue") and given.get("name"):
            self.add_error("name", _("Choose a venue from the list, or write a new one: not both."))
        if not given.get("venue") and not given.get("name") and "name" not in self.errors:
            self.add_error("name", _("Choose a venue from the list, or write the name of a new one."))
        return given

    def venue_meant(self) -> Venue:
        """The venue, made where it is new; ask it of a valid form."""
        known: Venue | None = self.cleaned_data["venue"]
        if known is not None:
            return known
        name = self.cleaned_data["name"]
        return Venue.objects.create(
            slug=free_address(Venue, name), name_lv=name, address=self.cleaned_data.get("address", "")
        )


class ProposalVenue(ProposalPages):
    """Before an activity is approved whose place is only words."""

    def venue_view(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        """Choose the venue or make one; the institution's words stay beside it."""
        proposal = self.found(request, proposal_id, to_decide=True)
        if not where.wants_venue(proposal):
            self.message_user(request, _("It waits for no venue any more."), messages.INFO)
            return HttpResponseRedirect(page_of(proposal))
        place = str(proposal.content.get("place") or "")
        form = VenueForm(request.POST if request.method == "POST" else None)

        def deed() -> None:
            with transaction.atomic():  # a venue nobody needed is not kept
                venue = form.venue_meant()
                where.choose_venue(proposal.pk, form.cleaned_data["revision"], venue)
                self.log_change(request, proposal, [{"changed": {"fields": ["venue"]}}])

        if self.is_done(form, deed):
            return self.back_with(request, proposal, _("The venue is chosen. Now it can be approved."))
        return self.show(request, "venue", proposal, _("Choose the venue"), form=form, place=place)
