"""What needs doing at an institution's desk, and what goes on there: its first page as an object."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import ngettext

from activities.models import Proposal
from families.desk.lines import Line, lines, with_all_said
from families.desk.owed import NewSignUps, meetings_without_numbers, new_registrations
from families.own_meetings import own_meetings
from partners.asking import open_askings
from partners.models import Asking, Institution

NEW = timedelta(days=7)  # so long a sign-up is news
AHEAD = timedelta(days=7)
MOST = 5  # meetings that are named; the page of all says the rest


@dataclass(frozen=True)
class ToDo:
    """One institution now; empty lists are not shown."""

    returned: list[Proposal]
    askings: list[Asking]
    without_numbers: list[Line]
    new: list[NewSignUps]
    coming: list[Line]
    drafts: int
    proposed: int

    @property
    def is_nothing(self) -> bool:
        """Whether nobody waits for anything of theirs."""
        return not (self.returned or self.askings or self.without_numbers)

    @property
    def in_hand(self) -> list[str]:
        """What lies here and at the centre, in words."""
        drafts = ngettext("%(count)d draft", "%(count)d drafts", self.drafts) % {"count": self.drafts}
        proposed = ngettext("%(count)d at the centre", "%(count)d at the centre", self.proposed)
        said = [(self.drafts, drafts), (self.proposed, proposed % {"count": self.proposed})]
        return [words for count, words in said if count]

    @property
    def missing(self) -> list[Line]:
        return self.without_numbers[:MOST]

    @property
    def missing_besides(self) -> int:
        return max(0, len(self.without_numbers) - MOST)


def to_do(institution: Institution, now: datetime) -> ToDo:
    """Ten queries, however much there is."""
    ours = Proposal.objects.of(institution).open().select_related("project", "activity")
    of_state = {state: list(found) for state, found in groupby(ours.order_by("state", "saved_at"), lambda p: p.state)}
    ahead = own_meetings(institution).filter(ends_at__gt=now, starts_at__lt=now + AHEAD)
    return ToDo(
        returned=of_state.get(Proposal.State.RETURNED, []),
        askings=list(open_askings(institution)),
        without_numbers=meetings_without_numbers(institution, now),
        new=new_registrations(institution, now - NEW, now),
        coming=lines(with_all_said(ahead).order_by("starts_at", "pk")[:MOST], now),
        drafts=len(of_state.get(Proposal.State.DRAFT, [])),
        proposed=len(of_state.get(Proposal.State.PROPOSED, [])),
    )
