"""Proposals while the institution writes them: begun, saved as often as it likes, sent to the centre, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from activities.models import Activity, Proposal
from activities.proposing import told
from kopiena.floor.models import User
from partners.models import Institution, Project

Content = dict[str, Any]


class NotNow(Exception):
    """The deed does not suit the proposal as it stands; `message` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass
class Stale(Exception):
    """Somebody saved it meanwhile: `theirs` is what stands there now; nothing of yours was written."""

    theirs: Proposal


def begin(
    institution: Institution,
    kind: str,
    *,
    language: str,
    content: Mapping[str, Any] | None = None,
    project: Project | None = None,
    activity: Activity | None = None,
    within: Proposal | None = None,
    by: User,
    now: datetime,
) -> Proposal:
    """A new draft; with `project` or `activity` a change of what is there, of which there is one at a time."""
    return Proposal.objects.create(
        institution=institution,
        kind=kind,
        language=language,
        content=dict(content or {}),
        project=project,
        activity=activity,
        within=within,
        created_at=now,
        created_by=by,
        saved_at=now,
        saved_by=by,
    )


def save(
    proposal_id: int, revision: int, content: Content, *, by: User, now: datetime, language: str | None = None
) -> Proposal:
    """Keep what is written so far, however unfinished; in another language if one is given.

    The same content twice is one saving.

    Raises Stale where it was saved by another window or person since `revision`, NotNow while the centre has it.
    """
    with transaction.atomic():
        proposal = _locked(proposal_id)
        _check_editable(proposal)
        language = language or proposal.language
        if (proposal.content, proposal.language) == (content, language):
            return proposal
        if proposal.revision != revision:
            raise Stale(proposal)
        proposal.content, proposal.language, proposal.revision = content, language, proposal.revision + 1
        proposal.saved_at, proposal.saved_by = now, by
        proposal.save(update_fields=["content", "language", "revision", "saved_at", "saved_by"])
        return proposal


def propose(proposal_id: int, revision: int, *, by: User, now: datetime) -> Proposal:
    """Send it to the centre as it was last saved; whoever calls this has checked that it is complete.

    Sent twice, it is the same deed done once.
    """
    with transaction.atomic():
        proposal = _locked(proposal_id)
        if proposal.state == Proposal.State.PROPOSED and proposal.revision == revision:
            return proposal
        _check_editable(proposal)
        if proposal.revision != revision:
            raise Stale(proposal)
        proposal.state, proposal.proposed_at = Proposal.State.PROPOSED, now
        proposal.saved_at, proposal.saved_by = now, by
        proposal.save(update_fields=["state", "proposed_at", "saved_at", "saved_by"])
        told.owe_proposed(proposal, now)
        return proposal


def take_back(proposal_id: int) -> Proposal:
    """Back from the centre, to go on writing; it has not been decided upon."""
    with transaction.atomic():
        proposal = _locked(proposal_id)
        if proposal.state != Proposal.State.PROPOSED:
            raise NotNow(_("The centre has already answered."))
        proposal.state = Proposal.State.RETURNED if proposal.note else Proposal.State.DRAFT
        proposal.save(update_fields=["state"])
        return proposal


def drop(proposal_id: int) -> None:
    """Throw a draft away; what is published stays as it is."""
    with transaction.atomic():
        proposal = _locked(proposal_id)
        _check_editable(proposal)
        proposal.delete()


def _locked(proposal_id: int) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("institution")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None:  # a colleague threw it away in this moment, or the button was pressed twice
        raise NotNow(_("It is not there any more."))
    return proposal


def _check_editable(proposal: Proposal) -> None:
    if proposal.state == Proposal.State.PROPOSED:
        raise NotNow(_("The centre has it now. Take it back to change it."))
    if not proposal.is_editable:
        raise NotNow(_("It has been approved already. To change it, begin a change of what is published."))
