"""What a letter or a call about a registration is made of: the registration and its date as they are now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence
from activities.offer import Offer
from families import calendar_file, links, meeting_times
from families.letters import gathering
from families.models import Registration, SignUp
from kopiena.floor import counted, dates
from kopiena.floor.models import Notice
from kopiena.floor.outbox import File, Pointless, Way
from kopiena.floor.said import said

Reason = Notice.Reason


@dataclass(frozen=True)
class Case:
    """One registration and one notice about it, at the moment it goes out; every text is in the active language."""

    notice: Notice
    registration: Registration
    now: datetime

    @classmethod
    def of(cls, notice: Notice, now: datetime) -> Self:
        """Read anew unless it was gathered. Raises Pointless where the registration, or whose it is, is no more."""
        registration = gathering.registration_of(notice)
        if registration is None:
            raise Pointless(Reason.ERASED)
        return cls(notice, registration, now)

    @property
    def sign_up(self) -> SignUp:
        return self.registration.sign_up

    @property
    def occurrence(self) -> Occurrence:
        return self.registration.occurrence

    @property
    def activity(self) -> Activity:
        return self.occurrence.activity

    @property
    def is_discreet(self) -> bool:
        return self.activity.is_discreet

    @property
    def today(self) -> date:
        return dates.local_day(self.now)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        return gathering.meetings_of(self.occurrence)

    @cached_property
    def offer(self) -> Offer:
        """The date by the formula of pages and gate."""
        return Offer(self.occurrence, self.meetings, self.now)

    @property
    def title(self) -> str:
        return said(self.activity, "title").text

    @property
    def day(self) -> str:
        """ "sestdien, 27. martā", or nothing while there is no date."""
        return dates.day(self.offer.starts_at, today=self.today) if self.offer.starts_at else ""

    @property
    def when(self) -> str:
        """Each time on a line of its own; what will not take place is said to."""
        lines = [
            f"{time.when} – {_('Will not take place')}"
            if time.is_cancelled and not self.offer.is_cancelled
            else time.when
            for time in self.offer.times
        ]
        return "\n".join(lines) or _("The time will be announced here")

    @property
    def where(self) -> str:
        """Each place on a line of its own."""
        return "\n".join(dict.fromkeys(place(meeting) for meeting in self.meetings))

    @property
    def party(self) -> str:
        """Who comes, in numbers only: "2 pieaugušie, 1 bērns"."""
        ours = self.registration
        children = ours.children + ours.children_along
        words = [counted.adults(ours.adults)] if ours.adults else []
        return ", ".join([*words, *([counted.children(children)] if children else [])])

    @property
    def reason(self) -> str:
        """Why it will not take place, where that was said."""
        return said(self.occurrence, "reason").text

    @cached_property
    def link(self) -> str:
        """The full address of the private page, in the notice's language."""
        return address("families:registration", links.link_of(self.sign_up))

    @property
    def cancel_link(self) -> str:
        return address("families:cancel", links.link_of(self.sign_up))

    def facts(self) -> list[tuple[str, str]]:
        """When, where, who comes."""
        facts = [(_("When"), self.when), (_("Where"), self.where), (_("Who comes"), self.party)]
        return [(label, value) for label, value in facts if value]

    def old_and_new(self) -> list[tuple[str, str]]:
        """When and where it was, and is now. Raises Pointless where both are the same again."""
        old = self.notice.details.get("old", [])
        is_same_date = self.notice.details.get("date") == self.occurrence.pk
        told = {each["meeting"] for each in old}
        new = [meeting for meeting in self.meetings if not is_same_date or meeting.pk in told]
        was, is_now = _times(self.notice, old, self.today), [place_and_time(meeting, self.today) for meeting in new]
        if was == is_now:
            raise Pointless(Reason.NOT_SO)
        return [(_("Was"), "\n".join(was)), (_("Now"), "\n".join(is_now))]

    def calendar(self) -> list[File]:
        """The meetings as a calendar file, the ones it had before marked as cancelled."""
        content = calendar_file.of_registration(self.registration, self.now)
        return [File("kopiena.ics", content, "text/calendar; charset=utf-8; method=PUBLISH")]

    def way(self, words: str) -> Way:
        return Way(words, self.link)

    def expect(self, *, is_so: bool, reason: str = Reason.NOT_SO) -> None:
        """Raises Pointless unless what the letter says is so."""
        if not is_so:
            raise Pointless(reason)

    def expect_to_come(self) -> None:
        """Raises Pointless where it will not take place or has begun."""
        self.expect(is_so=not self.offer.is_cancelled)
        self.expect(is_so=not self.offer.standing.has_begun, reason=Reason.TOO_LATE)


def place(meeting: Meeting) -> str:
    """ "Kultūras pils, 2. zāle, Smilšu iela 92", "Mājās", "Tiešsaistē"."""
    if meeting.venue is None:
        return _("At home") if meeting.where == Meeting.Where.HOME else _("Online")
    room = said(meeting.room, "name").text if meeting.room else ""
    return ", ".join(filter(None, [said(meeting.venue, "name").text, room, meeting.venue.address]))


def place_and_time(meeting: Meeting, today: date) -> str:
    when = dates.when(meeting.starts_at, meeting.ends_at, is_all_day=meeting.is_all_day, today=today)
    return f"{when}, {place(meeting)}"


def _times(notice: Notice, old: Iterable[meeting_times.Told], today: date) -> list[str]:
    """What `meeting_times.told` kept, in words."""
    told = list(old)
    venues = gathering.venues_of(notice, [each["venue"] for each in told if each["venue"]])
    made = []
    for each in told:
        starts_at, ends_at = meeting_times.moments(each)
        venue = venues.get(each["venue"] or 0)
        made.append(
            Meeting(
                starts_at=starts_at, ends_at=ends_at, is_all_day=each["is_all_day"], where=each["where"], venue=venue
            )
        )
    return [place_and_time(meeting, today) for meeting in made]


def address(name: str, *arguments: str) -> str:
    """A full address of the portal in the active language, never made from a request."""
    return settings.SITE_URL + reverse(name, args=arguments)
