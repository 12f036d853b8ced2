"""What institutions propose, in the admin: a list, and the pages on which the coordinator decides."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from activities.admin.proposal_venue import ProposalVenue
from activities.models import Proposal
from activities.proposing import compared
from kopiena.floor.admin.office import at

WAITS = When(state=Proposal.State.PROPOSED, then=Value(0))
SINCE = When(state=Proposal.State.PROPOSED, then="proposed_at")


@admin.register(Proposal)
class ProposalAdmin(ProposalVenue):
    """What waits for an answer first; there is no form of it here, for its words are the institution's."""

    list_display = ["title_shown", "state", "kind_shown", "institution", "proposed"]
    list_filter = ["state", "kind", "institution"]
    list_select_related = ["institution"]
    search_fields = ["content__title", "institution__short_name_lv", "institution__name_lv"]

    class Media:
        css: ClassVar = {"all": ["css/office/proposals.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return super().get_queryset(request).select_related("institution", "project", "activity", "decided_by")

    def get_ordering(self, request: HttpRequest) -> Any:
        """Those that wait first, the oldest of them first; then what was written last."""
        return [Case(WAITS, default=Value(1)), Case(SINCE), "-saved_at", "-pk"]

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("apstiprinat/", self.approve_view, "approve"),
            ("atdot/", self.return_view, "return"),
            ("norises-vieta/", self.venue_view, "venue"),
            ("prieksskats/", self.preview_view, "preview"),
        ]
        ours = [
            path(f"<int:proposal_id>/{route}", self.admin_site.admin_view(view), name=f"activities_proposal_{name}")
            for route, view, name in pages
        ]
        return [*ours, *super().get_urls()]

    @admin.display(description=_("title"))
    def title_shown(self, proposal: Proposal) -> str:
        return proposal.title or f"#{proposal.pk}"

    @admin.display(description=_("kind"), ordering="kind")
    def kind_shown(self, proposal: Proposal) -> str:
        return compared.kind_in_words(proposal)

    @admin.display(description=_("sent to the centre"), ordering="proposed_at")
    def proposed(self, proposal: Proposal) -> str:
        return at(proposal.proposed_at) if proposal.proposed_at else self.get_empty_value_display()
