"""The coordinator's answer to a proposal: approved, which is what publishes it, or returned with a note."""

import json
from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from activities.models import Proposal
from activities.proposing import told
from activities.proposing.drafts import NotNow
from activities.proposing.kinds import ProposalKind, Row, kind_of
from activities.proposing.refused import sentence_of
from kopiena.floor.models import User

APPROVED = gettext_noop("proposal approved")  # the lines in the admin's log
RETURNED = gettext_noop("proposal returned")
LONGEST_NOTE = 2000
ROOM = "meeting_room_never_booked_twice"  # else asked at the commit


def approve(proposal_id: int, revision: int, *, by: User, now: datetime) -> Row:
    """Publish what was proposed, as it stood when the coordinator looked (`revision`); returns what it became.

    Raises NotNow.
    """
    with transaction.atomic():
        proposal = _locked(proposal_id)
        check_seen(proposal, revision)
        row = _written(kind_of(proposal.kind), proposal, by=by, now=now)
        proposal.state, proposal.decided_at, proposal.decided_by = Proposal.State.APPROVED, now, by
        setattr(proposal, proposal.kind, row)
        proposal.save(update_fields=["state", "decided_at", "decided_by", "project", "activity"])
        told.owe_decided(told.APPROVED, proposal, now)
        for each in (proposal, row):
            _record(by, each, APPROVED)
        return row


def check_seen(proposal: Proposal, revision: int) -> None:
    """Refuse to answer words that nobody read, or what waits for no answer. Raises NotNow."""
    if proposal.state != Proposal.State.PROPOSED:
        raise NotNow(_("It does not wait for an answer any more: the institution took it back, or it was decided."))
    if proposal.revision != revision:
        raise NotNow(_("It was changed since you opened this page. Please look at it once more."))


def send_back(proposal_id: int, note: str, *, by: User, now: datetime) -> Proposal:
    """Return it to the institution, which reads the note and goes on writing. Raises NotNow."""
    note = note.strip()
    if not note:
        raise NotNow(_("Write what should be different."))
    with transaction.atomic():
        proposal = _locked(proposal_id)
        proposal.state, proposal.note = Proposal.State.RETURNED, note[:LONGEST_NOTE]
        proposal.decided_at, proposal.decided_by = now, by
        proposal.save(update_fields=["state", "note", "decided_at", "decided_by"])
        told.owe_decided(told.RETURNED, proposal, now)
        _record(by, proposal, RETURNED)
        return proposal


def _locked(proposal_id: int) -> Proposal:
    """The proposal, nobody else's until the deed is done, still waiting for its answer."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("institution", "project", "activity")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotNow(_("It is not there any more."))
    check_seen(proposal, proposal.revision)
    return proposal


def _written(kind: ProposalKind, proposal: Proposal, *, by: User, now: datetime) -> Row:
    """What it became. What the database refuses becomes a sentence, its last word included."""
    try:
        with transaction.atomic():
            row: Row = kind.apply(proposal, by=by, now=now)
            with connection.cursor() as cursor:  # of this one rule only: the triggers of the stamps wait for the commit
                cursor.execute(f"SET CONSTRAINTS {ROOM} IMMEDIATE")
                cursor.execute(f"SET CONSTRAINTS {ROOM} DEFERRED")
    except IntegrityError as refusal:
        raise NotNow(sentence_of(refusal)) from refusal
    return row


def _record(by: User, row: models.Model, what: str) -> None:
    """Write down in the admin's log who decided, in the deed's own transaction."""
    message = json.dumps([{"changed": {"fields": [what]}}])
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, message, single_object=True)
