"""What pages say first today: what will not take place, and what is decided upon later in the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence
from activities.models.meeting import RIGA
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


def words_of_today(now: datetime) -> list[Word]:
    """For all that anybody may see: two queries, however much there is."""
    midnight = datetime.combine(dates.local_day(now), time.min, RIGA)
    end = datetime.combine(dates.local_day(now) + timedelta(days=1), time.min, RIGA)
    is_today = Q(meetings__starts_at__gte=midnight, meetings__starts_at__lt=end, meetings__ends_at__gt=now)
    is_off = is_today & (Q(state=Occurrence.State.CANCELLED) | Q(meetings__is_cancelled=True))
    is_decided = Q(decision_at__gt=now, decision_at__lt=end)
    found = Occurrence.objects.public().filter(is_off | is_decided).select_related("activity", "capacity")
    meetings = Prefetch("meetings", Meeting.objects.order_by("starts_at", "pk"))
    rows = found.distinct().order_by("pk").prefetch_related(meetings)
    offers = [Offer(row, tuple(row.meetings.all()), now) for row in rows]
    return words_of(sorted(offers, key=lambda offer: offer.starts_at or now))
