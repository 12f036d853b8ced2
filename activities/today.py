"""What pages say first today: what will not take place, and what is decided upon later in the day."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.models import Activity
from activities.offer import Offer
from kopiena.floor import dates
from kopiena.floor.said import Said, said


@dataclass(frozen=True)
class Word:
    """One line of the banner, in the active language."""

    activity: Activity
    clock: str  # when it was to begin, "plkst. 10.00"; empty for whole days
    reason: Said | None  # why it will not take place
    decision: str = ""  # else when to look here for the decision

    @property
    def is_off(self) -> bool:
        return not self.decision


def words_of(offers: Iterable[Offer]) -> list[Word]:
    """The words about these dates, those called off first. Asks nothing of the database."""
    words = [word for offer in offers for word in _words(offer)]
    return [*(word for word in words if word.is_off), *(word for word in words if not word.is_off)]


def _words(offer: Offer) -> list[Word]:
    activity, occurrence = offer.occurrence.activity, offer.occurrence
    today = [meeting for meeting in offer.meetings if meeting.first_day == offer.today and meeting.ends_at > offer.now]
    off = [meeting for meeting in today if meeting.is_cancelled or occurrence.is_cancelled]
    clocks = dict.fromkeys("" if meeting.is_all_day else dates.clock(meeting.starts_at) for meeting in off)
    words = [Word(activity, clock, said(occurrence, "reason")) for clock in clocks]
    decided_at = occurrence.decision_at
    if not off and decided_at is not None and offer.decision and dates.local_day(decided_at) == offer.today:
        clock = dates.clock(offer.starts_at) if offer.starts_at and today else ""
        look = _("Look here %(moment)s to see whether it takes place.") % {"moment": dates.clock(decided_at)}
        words.append(Word(activity, clock, None, look))
    return words
