"""What is told about a proposal: to the office that it was sent, to the institution what was decided."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from activities.models import Proposal
from kopiena.floor import coordinators, outbox
from kopiena.floor.models import Notice
from partners.addressees import answerable

PROPOSED = "proposed"
APPROVED = "approved"
RETURNED = "returned"
ABOUT = "proposal:"


def about(proposal_id: int, whom: str = "") -> str:
    """ "proposal:12:user:5": each has letters of their own, so that nobody's full mailbox keeps another's waiting."""
    return f"{ABOUT}{proposal_id}:{whom}"


def owe_proposed(proposal: Proposal, now: datetime) -> None:
    """Tell the office that it waits; in the transaction that sends it, behind the proposal's lock."""
    people = [(whom, email, coordinators.LANGUAGE) for whom, email in coordinators.addresses().items()]
    _owe(PROPOSED, proposal, people, proposal.proposed_at, now)


def owe_decided(kind: str, proposal: Proposal, now: datetime) -> None:
    """Tell whoever sent it what became of it, each in their own language."""
    people = [
        (f"user:{each.user_id}", each.user.email, each.user.language)
        for each in answerable(proposal.institution_id, proposal.saved_by_id)
    ]
    _owe(kind, proposal, people, proposal.decided_at, now)


def _owe(
    kind: str, proposal: Proposal, people: Iterable[tuple[str, str, str]], moment: datetime | None, now: datetime
) -> None:
    """A letter for each time it is sent or returned: the same revision may be sent twice."""
    before = Notice.objects.filter(kind=kind, about__startswith=about(proposal.pk))
    number = (before.aggregate(last=Max("revision"))["last"] or 0) + 1
    outbox.owe(
        (
            outbox.Owed(
                about=about(proposal.pk, whom),
                kind=kind,
                revision=number,
                recipient=email,
                language=language,
                details={"at": moment.isoformat() if moment else ""},
            )
            for whom, email, language in people
        ),
        now,
    )
