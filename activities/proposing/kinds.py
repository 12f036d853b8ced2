"""The two kinds of proposals, a project and an activity: what each is written with, and what approving it writes.

Each stands in a module of its own as KIND and is found here by its name; whoever handles proposals (the desk's pages,
the office's admin) asks the kind and knows neither projects nor activities.
"""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from crispy_forms.helper import FormHelper
from django import forms
from django.http import HttpRequest, HttpResponse

from activities.models import Activity, Proposal
from kopiena.floor.models import User
from partners.models import Project

Content = dict[str, Any]  # what stands in Proposal.content: JSON; `title` is the title in every kind
Row = Project | Activity
Fact = tuple[str, str]  # the label of a field, and what stands in it in words; empty where nothing does

MODULES = {
    Proposal.Kind.PROJECT.value: "activities.proposing.project",
    Proposal.Kind.ACTIVITY.value: "activities.proposing.activity",
}


class DraftForm(forms.Form):
    """A kind's form. Without `data` it shows `proposal.content`; with it, what was just sent.

    Valid means complete enough to be proposed; what is not valid is kept all the same, by `content()`. `revision` and
    `language` are not among its fields: the page around it has them. `proposal` is not saved by it, nor changed. `by`
    is whoever sent `data` (a picture says who brought it in).

    Its buttons, if it needs any besides the page's own, are called `deed`: whatever value they send, the draft is saved
    and the page comes back at the element whose id is that value.
    """

    helper: FormHelper

    def __init__(
        self, data: Any = None, files: Any = None, *, proposal: Proposal, now: datetime, by: User | None = None
    ) -> None:
        self.proposal, self.now, self.by = proposal, now, by
        super().__init__(data, files)

    @abstractmethod
    def content(self) -> Content:
        """Whatever was typed, valid or not, as it is to be kept; never raises."""

    @classmethod
    @abstractmethod
    def of_content(cls, proposal: Proposal, now: datetime) -> "DraftForm":
        """The same form as if `proposal.content` had just been sent: its errors say what is still missing."""


class Apply(Protocol):
    """Writes what was proposed, published at once, inside the caller's transaction; the proposal stays untouched.

    Raises `activities.proposing.drafts.NotNow` with a sentence where it cannot be (something is missing, the project
    is no longer theirs). `proposal.project` or `.activity` is the row it changes; else the row it returns is new.
    """

    def __call__(self, proposal: Proposal, *, by: User, now: datetime) -> Any: ...


@dataclass(frozen=True)
class ProposalKind:
    """What may be asked of a kind of proposal."""

    name: str  # as Proposal.kind
    form_class: type[DraftForm]
    content_of: Callable[[Any, str], Content]  # (row, language): what is published, as a change of it begins
    apply: Apply
    preview: Callable[[Proposal, HttpRequest, datetime], HttpResponse]  # the public page as it would be; nothing stays
    missing: Callable[[Proposal, datetime], list[str]]  # sentences; none where it may be proposed and approved
    facts: Callable[[Content, str], list[Fact]]  # (content, language of the labels): every field, always in one order
    shows_gaps: bool = False  # whether the preview is also of drafts in which something is missing
    template: str = "activities/desk/_fields.html"  # draws the fields of `form` inside the page's <form>


def kind_of(name: str) -> ProposalKind:
    """The kind of that name."""
    kind: ProposalKind = import_module(MODULES[name]).KIND
    return kind
