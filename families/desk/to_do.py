"""What needs doing at an institution's desk, and what goes on there: its first page as an object."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from activities.desk.offers import Offered, Offers, offers_of
from activities.models import Proposal
from families.desk.lines import Line, lines, with_all_said
from families.desk.owed import NewSignUps, meetings_without_numbers, new_registrations
from families.groups import Group, open_groups
from families.own_meetings import own_meetings
from partners.asking import open_askings
from partners.models import Asking, Institution

NEW = timedelta(days=7)  # so long a sign-up is news
AHEAD = timedelta(days=7)
MOST = 5  # of each that are named; the page of all says the rest


@dataclass(frozen=True)
class ToDo:
    """One institution now; empty lists are not shown."""

    offers: Offers
    groups: list[Group]  # to come
    askings: list[Asking]
    without_numbers: list[Line]
    new: list[NewSignUps]
    coming: list[Line]

    @property
    def is_nothing(self) -> bool:
        """Whether nobody waits for anything of theirs."""
        return not (self.offers.returned or self.askings or self.without_numbers)

    @property
    def in_hand(self) -> list[str]:
        """What lies here and at the centre, in words."""
        here, there = len(self.offers.drafts), len(self.offers.proposed)
        drafts = ngettext("%(count)d draft", "%(count)d drafts", here) % {"count": here}
        proposed = ngettext("%(count)d at the centre", "%(count)d at the centre", there) % {"count": there}
        return [words for count, words in ((here, drafts), (there, proposed)) if count]

    @property
    def in_writing(self) -> list[Proposal]:
        """Drafts, the last touched first."""
        return self.offers.drafts[:MOST]

    @property
    def published(self) -> list[Offered]:
        """Own projects, then own activities, the newest of each."""
        return [*self.offers.projects[:MOST], *self.offers.activities[:MOST]]

    @property
    def missing(self) -> list[Line]:
        return self.without_numbers[:MOST]

    @property
    def missing_besides(self) -> int:
        return max(0, len(self.without_numbers) - MOST)


def to_do(institution: Institution, now: datetime) -> ToDo:
    """Fourteen queries, however much there is."""
    ahead = own_meetings(institution).filter(ends_at__gt=now, starts_at__lt=now + AHEAD)
    return ToDo(
        offers=offers_of(institution),
        groups=open_groups(institution, now)[:MOST],
        askings=list(open_askings(institution)),
        without_numbers=meetings_without_numbers(institution, now),
        new=new_registrations(institution, now - NEW, now),
        coming=lines(with_all_said(ahead).order_by("starts_at", "pk")[:MOST], now),
    )
