"""What a letter or a call about a registration is made of: the registration and its date as they are now."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Self

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence
from activities.offer import Offer
from families import calendar_file, links
from families.letters import gathering, whereabouts
from families.models import Registration, SignUp
from kopiena.floor import counted, dates
from kopiena.floor.models import Notice
from kopiena.floor.outbox import File, Pointless, Way
from kopiena.floor.said import Said, said

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
        registration = gathering.of(notice).registration
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

    @cached_property
    def left(self) -> Occurrence | None:
        """The date it was moved away from, where the notice tells of that."""
        before = gathering.of(self.notice).left
        return None if before is None or before.pk == self.occurrence.pk else before

    @property
    def is_discreet(self) -> bool:
        """Whether neither activity nor place may be named; nor of the date it was moved away from."""
        return self.activity.is_discreet or (self.left is not None and self.left.activity.is_discreet)

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
    def title(self) -> Said:
        return said(self.activity, "title")

    @property
    def greeting(self) -> str:
        name = self.sign_up.contact_name
        return _("Hello, %(name)s!") % {"name": name} if name else _("Hello!")

    @property
    def code(self) -> str:
        """The code, and what it is good for."""
        words = (
            _("Your registration code: %(code)s. With it and your phone you can find the registration again.")
            if self.sign_up.phone
            else _("Your registration code: %(code)s. With it and your e-mail you can find the registration again.")
        )
        return words % {"code": self.sign_up.code_in_groups}

    @property
    def status(self) -> str:
        """How it stands, in a sentence."""
        if self.registration.is_placed:
            return _("Your registration is confirmed.")
        return f"{self.number}."

    @property
    def number(self) -> str:
        """ "Gaidīšanas rindā. Jūsu kārtas numurs: 3"."""
        return _("On the waiting list. Your number: %(number)s") % {"number": self.registration.number_in_queue}

    def subject(self, words: str) -> str:
        """ "Pieteikums apstiprināts: Talka, sestdien, 27. martā"."""
        day = dates.day(self.offer.starts_at, today=self.today) if self.offer.starts_at else ""
        return f"{words}: {', '.join(filter(None, [self.title.text, day]))}"

    @property
    def when(self) -> str:
        """Each time on a line of its own; what will not take place is said to."""
        lines = [
            whereabouts.off(time.when) if time.is_cancelled and not self.offer.is_cancelled else time.when
            for time in self.offer.times
        ]
        return "\n".join(lines) or _("The time will be announced here")

    @property
    def moment(self) -> str:
        """When the next meeting begins: "rīt, sestdien, 27. martā, plkst. 14.00"."""
        meeting = self.offer.next_meeting
        return whereabouts.begins(meeting, self.today) if meeting else ""

    @property
    def what_and_when(self) -> str:
        """As it is said aloud: "Ezera talka, rīt, sestdien, 27. martā, plkst. 14.00"."""
        return ", ".join(filter(None, [self.title.text, self.moment]))

    @property
    def party(self) -> str:
        """Who comes, in numbers only: "2 pieaugušie, 1 bērns"."""
        ours = self.registration
        children = ours.children + ours.children_along
        words = [counted.adults(ours.adults)] if ours.adults else []
        return ", ".join([*words, *([counted.children(children)] if children else [])])

    @property
    def reason(self) -> Said:
        """Why it will not take place, where that was said."""
        return said(self.occurrence, "reason")

    @property
    def link(self) -> str:
        """The full address of the private page, in the notice's language."""
        return address("families:registration", links.link_of(self.sign_up))

    def facts(self) -> list[tuple[str, str]]:
        """When, where, who comes."""
        return [*self.when_and_where(), (_("Who comes"), self.party)]

    def when_and_where(self) -> list[tuple[str, str]]:
        where = "\n".join(dict.fromkeys(filter(None, map(whereabouts.place, self.meetings))))
        return [(label, value) for label, value in [(_("When"), self.when), (_("Where"), where)] if value]

    def to_bring(self) -> list[tuple[str, str]]:
        bring = said(self.activity, "bring").text
        return [(_("What to bring"), bring)] if bring else []

    def calendar(self) -> list[File]:
        """The meetings as a calendar file, the ones it had before marked as cancelled; for who has or had a place."""
        told = self.notice.details.get("old", ()) if self.left else ()
        if not told and self.registration.placed_at is None:
            return []
        content = calendar_file.of_registration(self.registration, self.now, left=self.left, told=told)
        return [File("kopiena.ics", content, "text/calendar", (("charset", "utf-8"), ("method", "PUBLISH")))]

    def way(self, words: str) -> Way:
        return Way(words, self.link)

    def way_to_cancel(self, words: str) -> Way:
        return Way(words, address("families:cancel", links.link_of(self.sign_up)))

    def expect(self, *, is_so: bool, reason: str = Reason.NOT_SO) -> None:
        """Raises Pointless unless what the letter says is so."""
        if not is_so:
            raise Pointless(reason)

    def expect_to_come(self) -> None:
        """Raises Pointless where it will not take place, or nothing of it is still to begin."""
        self.expect(is_so=not self.offer.is_cancelled)
        held = [meeting for meeting in self.meetings if not meeting.is_cancelled]
        self.expect(is_so=not held or any(meeting.starts_at > self.now for meeting in held), reason=Reason.TOO_LATE)


def address(name: str, *arguments: object) -> str:
    """A full address of the portal in the active language, never made from a request."""
    return settings.SITE_URL + reverse(name, args=arguments)
