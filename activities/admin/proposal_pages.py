"""The pages about one proposal: side by side with what is published, approve, return, as the public will see it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Proposal
from activities.proposing import beside, compared, deciding
from activities.proposing.drafts import NotNow
from activities.proposing.kinds import kind_of
from activities.proposing.where import wants_venue
from kopiena.floor.access import is_coordinator, kept_private
from kopiena.floor.admin.office import ReadOnlyAdmin
from kopiena.floor.models import User

PAGES = "admin/activities/proposal"
RIGHT = "activities.change_proposal"


class SeenForm(forms.Form):
    """`revision` says which words were read when the button was pressed."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            gettext_lazy("It was changed since you opened this page. Please look at it once more."),
        ),
    )


class ReturnForm(forms.Form):
    """What should be different, in words for the institution."""

    note = forms.CharField(
        label=gettext_lazy("What should be different?"),
        help_text=gettext_lazy("The institution gets exactly these words by e-mail and sees them above its draft."),
        validators=[MaxLengthValidator(deciding.LONGEST_NOTE)],  # a browser told of it would cut in silence
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Write what should be different."),
            "max_length": gettext_lazy("Please write it in at most %(limit_value)d letters. Now: %(show_value)d."),
        },
    )


class ProposalPages(ReadOnlyAdmin):
    """GET asks, POST does; nobody adds, changes or deletes a proposal here, and only a coordinator sees one."""

    # Who may come in

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_coordinator(request.user) and super().has_view_permission(request, obj)

    def may_decide(self, request: HttpRequest) -> bool:
        """Whether approving and returning is for this member of staff."""
        return self.has_view_permission(request) and request.user.has_perm(RIGHT)

    def found(self, request: HttpRequest, proposal_id: Any, *, to_decide: bool = False) -> Proposal:
        """The proposal; 403 for who may not see it or not decide, 404 where there is none."""
        if not (self.may_decide(request) if to_decide else self.has_view_permission(request)):
            raise PermissionDenied
        proposal = self.get_object(request, str(proposal_id))
        if proposal is None:
            raise Http404
        return proposal

    # Pages

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Side by side; Django's own form is never shown."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        proposal, now = self.found(request, object_id), timezone.now()
        context = {
            "side": beside.side_of(proposal, now),
            "is_waiting": proposal.state == Proposal.State.PROPOSED,
            "missing": self.missing(proposal),
            "wants_venue": wants_venue(proposal),
            "may_decide": self.may_decide(request),
        }
        return self.show(request, "page", proposal, self.title_of(proposal), **context)

    def approve_view(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        """Publish the words that were read: whatever stands in the way leads back to the page on which they stand."""
        proposal = self.found(request, proposal_id, to_decide=True)
        form = SeenForm(request.POST if request.method == "POST" else request.GET)

        def deed() -> None:
            revision = form.cleaned_data["revision"]
            if request.method == "POST":
                deciding.approve(proposal.pk, revision, by=_staff(request), now=timezone.now())
            else:
                deciding.check_seen(proposal, revision)

        if not self.is_done(form, deed):
            return self.back_with(request, proposal, _first_error(form), messages.ERROR)
        if request.method == "POST":
            return self.back_with(request, proposal, _("Approved and published. The institution is told by e-mail."))
        return self.show(request, "approve", proposal, _("Approve and publish"), form=form)

    def return_view(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        """Give it back with a note."""
        proposal = self.found(request, proposal_id, to_decide=True)
        form = ReturnForm(request.POST if request.method == "POST" else None)

        def deed() -> None:
            deciding.send_back(proposal.pk, form.cleaned_data["note"], by=_staff(request), now=timezone.now())

        if self.is_done(form, deed):
            return self.back_with(request, proposal, _("Returned. The institution is told by e-mail."))
        return self.show(request, "return", proposal, _("Return with a note"), form=form)

    def preview_view(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        """The public page as it would be, in the language it is written in; nothing of it stays."""
        proposal = self.found(request, proposal_id)
        try:
            with translation.override(proposal.language):
                return kept_private(kind_of(proposal.kind).preview(proposal, request, timezone.now()))
        except NotNow as refusal:
            return self.back_with(request, proposal, refusal.message, messages.ERROR)

    # What they share

    def is_done(self, form: forms.Form, deed: Callable[[], Any]) -> bool:
        """Whether the form was sent, is whole, and the deed is done; a refusal stands in the form."""
        if not (form.is_bound and form.is_valid()):
            return False
        try:
            deed()
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        return form.is_valid()

    def missing(self, proposal: Proposal) -> list[str]:
        """Why it could not be approved as it stands, in sentences."""
        if proposal.state != Proposal.State.PROPOSED:
            return []
        with transaction.atomic():
            return kind_of(proposal.kind).missing(proposal, timezone.now())

    @staticmethod
    def title_of(proposal: Proposal) -> str:
        return proposal.title or f"#{proposal.pk}"

    def show(self, request: HttpRequest, page: str, proposal: Proposal, title: str, **context: Any) -> HttpResponse:
        """A page of the admin about this proposal."""
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "proposal": proposal,
            "proposal_title": self.title_of(proposal),
            "kind_words": compared.kind_in_words(proposal),
            "back": page_of(proposal),
            **context,
        }
        return TemplateResponse(request, f"{PAGES}/{page}.html", shown)

    def back_with(
        self, request: HttpRequest, proposal: Proposal, sentence: str, level: int = messages.SUCCESS
    ) -> HttpResponse:
        """To the proposal's page, which says what was done, or why not."""
        self.message_user(request, sentence, level)
        return HttpResponseRedirect(page_of(proposal))


def page_of(proposal: Proposal) -> str:
    """Where one proposal is looked at."""
    return reverse("admin:activities_proposal_change", args=[proposal.pk])


def _first_error(form: forms.Form) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)


def _staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
