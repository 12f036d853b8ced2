"""A card for each activity: repeated dates are one card, with the next date in front."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.ahead import offers_ahead
from activities.models import Activity, Meeting, Venue
from activities.models.meeting import RIGA
from activities.models.occurrence import SignUpState
from activities.offer import Offer, elsewhere, lasts_days, offers_of, venues_of, when
from kopiena.floor import counted, dates, kept

CardName = tuple[int, str, "Wanted"]


@dataclass(frozen=True)
class Wanted:
    """What a visitor asked a date to be: on one of these days, with so many places by what a place is."""

    since: date | None = None
    until: date | None = None
    seats: tuple[tuple[str, int], ...] = ()

    def falls(self, meeting: Meeting) -> bool:
        """Whether the meeting touches the days asked for, and takes place."""
        is_late = self.until is not None and meeting.first_day > self.until
        is_early = self.since is not None and meeting.last_day < self.since
        return not (is_late or is_early or meeting.is_cancelled)

    def suits(self, offer: Offer) -> bool:
        """Whether it is a date that was asked for."""
        if offer.is_cancelled or not any(self.falls(meeting) for meeting in offer.meetings):
            return False
        seats = dict(self.seats).get(offer.occurrence.capacity.unit, 0)
        return offer.free is None or offer.free >= seats or offer.state is SignUpState.NOT_NEEDED


ANYTHING = Wanted()


@dataclass(frozen=True)
class Card:
    """An activity as it stands in a list at a given moment; every text is in the active language."""

    activity: Activity
    now: datetime
    wanted: Wanted = ANYTHING
    known: list[Offer] | None = None  # its dates, where they were fetched another way than by `with_dates`

    @cached_property
    def offers(self) -> list[Offer]:
        return offers_of(self.activity, self.now) if self.known is None else self.known

    @cached_property
    def coming(self) -> list[Offer]:
        """The dates that are not over, those asked for and taking place first: "come on that day" is what it is for."""
        dated = [offer for offer in self.offers if offer.is_dated and not offer.is_over]
        if self.wanted is ANYTHING:
            return sorted(dated, key=lambda offer: (offer.is_cancelled, self._begins(offer)))
        return sorted(dated, key=lambda offer: (not self.wanted.suits(offer), offer.is_cancelled, self._begins(offer)))

    @property
    def next(self) -> Offer | None:
        return self.coming[0] if self.coming else None

    @property
    def is_demo(self) -> bool:
        return self.activity.is_demo or any(offer.is_demo for offer in self.offers)

    @property
    def today(self) -> date:
        return dates.local_day(self.now)

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting the card speaks of: the next one, or the last date's first where all are over."""
        if self.next:
            asked_for = (m for m in self.next.meetings if m.ends_at > self.now and self.wanted.falls(m))
            return next(asked_for, None) or self.next.next_meeting
        over = [offer for offer in self.offers if offer.is_over]
        return over[-1].meetings[0] if over else None

    @property
    def begins(self) -> datetime:
        """By this the cards are sorted; what has no date comes last."""
        return self.meeting.starts_at if self.meeting else datetime.max.replace(tzinfo=RIGA)

    @property
    def day(self) -> date | None:
        """For the date block: the first day, or today while a campaign is under way."""
        if self.meeting is None:
            return None
        if not self.next:
            return self.meeting.first_day
        shown = max(self.meeting.first_day, self.today)
        return min(max(shown, self.wanted.since or shown), self.meeting.last_day)

    @property
    def when(self) -> str:
        """One line: when it is, when it was, or about when it will be."""
        if self.next and self.meeting:
            return when(self.meeting, self.today)
        if self.meeting:
            return self.last.words if self.last else ""
        return about_when(self.activity, self.today)

    @property
    def line(self) -> str:
        """Beside the date block only what it does not say: the hours, or the span, or a year that is not this one."""
        if not self.next or self.meeting is None:
            return self.when
        if lasts_days(self.meeting) or self.meeting.first_day.year != self.today.year:
            return self.when
        if self.meeting.is_all_day:
            return ""
        return dates.clock_range(self.meeting.starts_at, self.meeting.ends_at)

    @property
    def last(self) -> Offer | None:
        return next((offer for offer in reversed(self.offers) if offer.is_over), None)

    @property
    def more(self) -> str:
        """ "un vēl 2 datumi": further dates or meetings still to come."""
        others = {
            meeting.starts_at
            for offer in self.coming
            if not offer.is_cancelled
            for meeting in offer.meetings
            if meeting.ends_at > self.now and not meeting.is_cancelled
        }
        count = len(others - {self.begins})
        return further(count) if count else ""

    @property
    def _here(self) -> tuple[Meeting, ...]:
        """The meetings side by side with the one the card speaks of."""
        if self.meeting is None:
            return ()
        at, of = self.meeting.starts_at, self.meeting.occurrence_id
        meetings = (meeting for offer in self.offers for meeting in offer.meetings)
        return tuple(meeting for meeting in meetings if (meeting.occurrence_id, meeting.starts_at) == (of, at))

    @property
    def venues(self) -> list[Venue]:
        """At most two by name; `more_venues` counts the rest."""
        return venues_of(self._here)[:2]

    @property
    def more_venues(self) -> str:
        count = len(venues_of(self._here)) - 2
        if count <= 0:
            return ""
        return ngettext("and %(count)d more place", "and %(count)d more places", count) % {"count": count}

    @property
    def elsewhere(self) -> list[str]:
        return elsewhere(self._here)

    @property
    def ages(self) -> str:
        """ "Vecums: 4–7 gadi", where it is limited at all."""
        if not self.activity.age_from and self.activity.age_to is None:
            return ""
        return counted.age_label(self.activity.age_from, self.activity.age_to)

    @staticmethod
    def _begins(offer: Offer) -> datetime:
        return offer.next_meeting.starts_at if offer.next_meeting else offer.now


def further(count: int) -> str:
    """ "un vēl 2 datumi"."""
    return ngettext("and %(count)d more date", "and %(count)d more dates", count) % {"count": count}


def about_when(activity: Activity, today: date) -> str:
    """In place of a date: "Laiks tiks precizēts: 2027. gada pavasarī"; for a year gone by "Iecerēts: 2020. gads"."""
    year, part = activity.approximate_year, activity.approximate_season or "year"
    if year is None:
        return _("The time will be announced here")
    if year < today.year:  # nobody has written down that it took place
        return _("Planned for: %(time)s") % {"time": dates.season(year, part)}
    return dates.to_come(year, part)


def rendered(ids: list[int], now: datetime, wanted: Wanted = ANYTHING) -> list[str]:
    """The cards of activities still to come, in this order, ready for the page: two queries for those not seen yet."""
    language = dates.language_or_active()

    def make(missing: list[CardName]) -> dict[CardName, str]:
        activities = list(Activity.objects.public().filter(pk__in=[pk for pk, *_how in missing]).order_by())
        offers = offers_ahead(activities, now)
        cards = (Card(activity, now, wanted, offers[activity.pk]) for activity in activities)
        return {(card.activity.pk, language, wanted): _render(card) for card in cards}

    return kept.many("card", [(pk, language, wanted) for pk in ids], make)


def _render(card: Card) -> str:
    return get_template("activities/_card.html").render({"card": card})
