"""One date of an activity as a visitor meets it at a given moment: when, where, whether one may sign up, the places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence, Venue
from activities.models.activity import ActivityQuerySet
from activities.models.occurrence import SignUpState
from activities.standing import Standing, bounds
from kopiena.floor import counted, dates
from kopiena.floor.composed import Composed
from kopiena.floor.said import Said, said

FEW_PLACES = 3
# A party until two in the night belongs to its evening; only what is longer lasts "several days".
LONG = timedelta(hours=12)

# All meetings of one date, with where they are.
MEETINGS = Composed(lambda occurrence: Meeting.objects.filter(occurrence=occurrence).select_related("venue", "room"))


def with_dates(activities: ActivityQuerySet) -> ActivityQuerySet:
    """The activities with all that cards and pages say of their dates: two more queries, however many there are."""
    occurrences = Occurrence.objects.select_related("capacity").order_by("pk")
    meetings = Meeting.objects.select_related("venue", "room").order_by("starts_at", "pk")
    return activities.prefetch_related(
        Prefetch("occurrences", occurrences), Prefetch("occurrences__meetings", meetings)
    )


def offers_of(activity: Activity, now: datetime) -> list["Offer"]:
    """The activity's dates, the soonest first, those without a time last. Nothing is queried after `with_dates`."""
    return in_time(
        (Offer(occurrence, tuple(occurrence.meetings.all()), now) for occurrence in activity.occurrences.all()), now
    )


def in_time(offers: Iterable["Offer"], now: datetime) -> list["Offer"]:
    """The soonest first, those without a time last."""
    return sorted(offers, key=lambda offer: (not offer.is_dated, offer.starts_at or now, offer.occurrence.pk))


def lasts_days(meeting: Meeting) -> bool:
    """Whether it is a campaign of several days rather than an evening that runs past midnight."""
    return meeting.is_campaign and (meeting.is_all_day or meeting.ends_at - meeting.starts_at >= LONG)


def when(meeting: Meeting, today: date) -> str:
    """When the meeting is, in words."""
    return dates.when(meeting.starts_at, meeting.ends_at, is_all_day=meeting.is_all_day, today=today)


def took_place(meeting: Meeting, today: date) -> str:
    """ "Notika 27. martā"."""
    if lasts_days(meeting):
        return _("Took place %(days)s") % {"days": dates.span(meeting.first_day, meeting.last_day, today=today)}
    return _("Took place on %(day)s") % {"day": dates.plain_day(meeting.first_day, today=today)}


def venues_of(meetings: tuple[Meeting, ...]) -> list[Venue]:
    """Each venue once, in the order of the meetings."""
    return list({meeting.venue_id: meeting.venue for meeting in meetings if meeting.venue is not None}.values())


def elsewhere(meetings: tuple[Meeting, ...]) -> list[str]:
    """Where people meet without a venue: at home, online."""
    kinds = {meeting.where for meeting in meetings}
    words = {Meeting.Where.HOME: _("At home"), Meeting.Where.ONLINE: _("Online")}
    return [word for kind, word in words.items() if kind in kinds]


@dataclass(frozen=True)
class Time:
    """What happens at one time: one meeting, or several side by side at different places."""

    when: str
    meetings: tuple[Meeting, ...]
    is_over: bool

    @property
    def is_cancelled(self) -> bool:
        return all(meeting.is_cancelled for meeting in self.meetings)


@dataclass(frozen=True)
class Offer:
    """One occurrence and what is true of it now; every text is in the active language."""

    occurrence: Occurrence
    meetings: tuple[Meeting, ...]
    now: datetime

    @property
    def today(self) -> date:
        return dates.local_day(self.now)

    @property
    def is_dated(self) -> bool:
        return bool(self.meetings)

    @cached_property
    def starts_at(self) -> datetime | None:
        return bounds(self.meetings)[0]

    @cached_property
    def ends_at(self) -> datetime | None:
        return bounds(self.meetings)[1]

    @cached_property
    def standing(self) -> Standing:
        """The date's places and moments, by the same formula as the gate's."""
        is_off = self.is_dated and all(meeting.is_cancelled for meeting in self.meetings)
        return Standing(self.occurrence, self.occurrence.capacity, self.starts_at, is_off, self.now)

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at <= self.now

    @property
    def is_cancelled(self) -> bool:
        """Called off as a whole, or meeting by meeting."""
        return self.standing.is_called_off

    @cached_property
    def state(self) -> SignUpState:
        """Whether one may sign up."""
        return self.standing.state

    @cached_property
    def next_meeting(self) -> Meeting | None:
        """The first that is still to come and takes place; else the first still to come; else the very first."""
        coming = [meeting for meeting in self.meetings if meeting.ends_at > self.now]
        held = [meeting for meeting in coming if not meeting.is_cancelled]
        return next(iter(held or coming or self.meetings), None)

    @property
    def times(self) -> Iterator[Time]:
        """The meetings, those at the same time together."""
        for words, together in groupby(self.meetings, key=lambda meeting: when(meeting, self.today)):
            group = tuple(together)
            yield Time(words, group, is_over=all(meeting.ends_at <= self.now for meeting in group))

    @property
    def only_place(self) -> Meeting | None:
        """Of a course that always meets in the same place: a meeting that names it, so that it is said once."""
        places = {(meeting.where, meeting.venue_id, meeting.room_id, meeting.name_lv) for meeting in self.meetings}
        return self.meetings[0] if len(self.meetings) > 1 and len(places) == 1 else None

    @cached_property
    def free(self) -> int | None:
        """Places free for the web; None without a limit."""
        return self.standing.free_for_web

    @property
    def is_open(self) -> bool:
        return self.state is SignUpState.OPEN

    @property
    def is_full(self) -> bool:
        """One may still sign up, but only into the waiting list."""
        return self.is_open and self.free == 0

    @property
    def is_demo(self) -> bool:
        return self.occurrence.is_demo or self.occurrence.activity.is_demo

    @property
    def places(self) -> str:
        """The places in words, where they matter: only before the sign-up closes."""
        if self.is_over or self.state not in (SignUpState.OPEN, SignUpState.NOT_YET):
            return ""
        return _("No limit of places") if self.free is None else counted.places_left(self.free)

    @property
    def places_mark(self) -> str:
        """free, few or none: the tint beside the words."""
        if self.free is None or self.free > FEW_PLACES:
            return "free"
        return "few" if self.free else "none"

    @property
    def waiting(self) -> str:
        """ "Rindā gaida: 3 pieteikumi", where all is taken, or what is free is the coordinator's to give."""
        count = self.occurrence.capacity.waiting
        matters = self.is_full or (self.is_open and count > 0 and not self.standing.promotes)
        return counted.waiting(count) if matters else ""

    @property
    def words(self) -> str:
        """Where the date stands, in one sentence; empty while one may simply sign up."""
        if self.is_cancelled:
            return _("Did not take place") if self.is_over else _("Will not take place")
        if self.is_over:
            return took_place(self.meetings[0], self.today)
        if self.state is SignUpState.NOT_YET and self.occurrence.sign_up_opens_at:
            opens = dates.moment(self.occurrence.sign_up_opens_at, today=self.today)
            return _("Sign-up opens %(moment)s") % {"moment": opens}
        return {
            SignUpState.CLOSED: _("Sign-up is closed"),
            SignUpState.NOT_NEEDED: _("No sign-up, just come"),
            SignUpState.UNDATED: _("The time will be announced here"),
        }.get(self.state, "")

    @property
    def closes(self) -> str:
        """When sign-up ends, where that is before the beginning."""
        closes_at = self.occurrence.sign_up_closes_at
        if not self.is_open or closes_at is None or self.starts_at is None or closes_at >= self.starts_at:
            return ""
        return _("Sign-up closes %(moment)s") % {"moment": dates.moment(closes_at, today=self.today)}

    @property
    def decision(self) -> str:
        """When to look here whether the weather lets it happen."""
        decided_at = self.occurrence.decision_at
        if decided_at is None or decided_at <= self.now or self.is_cancelled:
            return ""
        moment = dates.moment(decided_at, today=self.today)
        return _("Look here %(moment)s to see whether it takes place.") % {"moment": moment}

    @property
    def reason(self) -> Said:
        """Why it, or meetings of it still to come, will not take place; past, the sentence is no longer true."""
        is_off = any(
            (meeting.is_cancelled or self.occurrence.is_cancelled) and meeting.ends_at > self.now
            for meeting in self.meetings
        )
        is_undated = self.is_cancelled and not self.is_dated
        return said(self.occurrence, "reason") if is_off or is_undated else Said("", dates.language_or_active())

    @property
    def begins(self) -> str:
        """When the next meeting is, in words."""
        return when(self.next_meeting, self.today) if self.next_meeting else ""

    @property
    def day(self) -> str:
        """The day said with a button, for those who hear the buttons only."""
        return dates.day(self.starts_at, today=self.today) if self.starts_at else ""
