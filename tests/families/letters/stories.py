"""For tests of letters: for each kind the deeds by which it becomes owed, and the letter as it lies in the mailbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.utils import translation

from activities.models import Activity, Meeting, Occurrence, Venue
from families import notices, registering, reminders
from families.models import Registration
from families.parties import Child, Party
from families.registering import Rescheduled, Sender
from kopiena.floor import outbox
from kopiena.floor.models import Centre, Notice
from kopiena.floor.outbox import Letter, kind_of
from tests.conftest import NOW
from tests.gate import boss, calls, signs_up

Dates = Callable[..., Occurrence]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
CHILDREN = ("Zanīte", "Kārlēns")
PARTY = Party.with_ages(2, (Child(4, CHILDREN[0]), Child(9, CHILDREN[1])))
RAIN = {"reason_lv": "Lietus dēļ.", "reason_ru": "Из-за дождя.", "reason_en": "Because of rain."}


def anna(language: str = "lv", **also: Any) -> Sender:
    """Who gets the letters."""
    known = {"name": "Anna", "email": "anna@example.lv", "phone": "+37120000001", "has_declared": True}
    return Sender(language=language, **{**known, **also})


@dataclass
class Stories:
    """Tells how each kind becomes owed; `dates` makes occurrences, `sender` is whom the letter goes to."""

    dates: Dates
    sender: Sender
    date_fields: dict[str, Any]

    def date(self, places: int | None = 10, **also: Any) -> Occurrence:
        return self.dates(places=places, is_age_asked=True, **{**self.date_fields, **also})

    def comes(self, occurrence: Occurrence | None = None, **also: Any) -> Registration:
        return signs_up(occurrence or self.date(), sender=self.sender, party=PARTY, **also)

    def waits(self) -> tuple[Registration, Registration]:
        """Whoever has all the places, and the family that waits for them."""
        occurrence = self.date(4)
        return calls(occurrence, 4), self.comes(occurrence)

    def placed(self) -> tuple[Registration, datetime]:
        return self.comes(), NOW

    def waiting(self) -> tuple[Registration, datetime]:
        return self.waits()[1], NOW

    def promoted(self) -> tuple[Registration, datetime]:
        first, ours = self.waits()
        registering.cancel(first.pk, now=NOW + MINUTE)
        return ours, NOW + MINUTE

    def no_place(self) -> tuple[Registration, datetime]:
        _first, ours = self.waits()
        late = NOW + 10 * DAY - 17 * HOUR
        self.dates(activity=ours.occurrence.activity, starts_at=NOW + 20 * DAY)
        registering.settle(ours.occurrence_id, now=late)
        return ours, late

    def changed(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        registering.change(ours.pk, Party.with_ages(1, PARTY.people), now=NOW + MINUTE)
        return ours, NOW + MINUTE

    def cancelled(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        registering.cancel(ours.pk, now=NOW + MINUTE)
        return ours, NOW + MINUTE

    def cancelled_by_the_centre(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        registering.cancel(ours.pk, by=boss(), now=NOW + MINUTE)
        return ours, NOW + MINUTE

    def called_off(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        registering.call_off(ours.occurrence_id, reason=RAIN, by=boss(), now=NOW + MINUTE)
        return ours, NOW + MINUTE

    def one_meeting_called_off(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        second = self.another_meeting(ours.occurrence)
        registering.call_off(ours.occurrence_id, reason=RAIN, meetings=[second.pk], by=boss(), now=NOW + MINUTE)
        return ours, NOW + MINUTE

    def taken_up(self) -> tuple[Registration, datetime]:
        ours, _now = self.called_off()
        Notice.objects.filter(kind=notices.CALLED_OFF).update(state="sent", sent_at=NOW)
        registering.take_up(ours.occurrence_id, by=boss(), now=NOW + HOUR)
        return ours, NOW + HOUR

    def moved(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        names = {"name_lv": "Kultūras pils", "name_ru": "Дворец культуры", "address": "Smilšu iela 3"}
        venue, _new = Venue.objects.get_or_create(slug="pils", defaults=names)
        self.reschedule(ours, DAY, venue=venue)
        return ours, NOW + MINUTE

    def moved_to_another_date(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        other = self.dates(activity=ours.occurrence.activity, starts_at=NOW + 17 * DAY)
        registering.move(ours.pk, other.pk, staff=registering.Staff(by=boss()), now=NOW + MINUTE)
        return ours, NOW + MINUTE

    def reminder_early(self) -> tuple[Registration, datetime]:
        return self.reminded(3)

    def reminder(self) -> tuple[Registration, datetime]:
        return self.reminded(1)

    def twice(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        self.comes(ours.occurrence)
        return ours, NOW

    def twice_with_one_phone(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        signs_up(ours.occurrence, sender=anna("ru", email="boriss@example.lv"), party=PARTY)
        return ours, NOW

    def link(self) -> tuple[Registration, datetime]:
        ours = self.comes()
        self.comes(self.date())
        about, language = notices.about_sign_up(ours.sign_up_id), self.sender.language
        outbox.owe([outbox.Owed(about, notices.LINK, 1, recipient=self.sender.email, language=language)], NOW)
        return ours, NOW

    def reminded(self, days: int) -> tuple[Registration, datetime]:
        ours = self.comes()
        now = NOW + (10 - days) * DAY - 2 * HOUR  # 10:00 in Riga
        reminders.owe_due(now)
        return ours, now

    def another_meeting(self, occurrence: Occurrence) -> Meeting:
        first = occurrence.meetings.get()
        start = first.starts_at + 7 * DAY
        return occurrence.meetings.create(
            starts_at=start, ends_at=start + 2 * HOUR, where=first.where, venue=first.venue
        )

    def reschedule(self, ours: Registration, by: timedelta, **also: Any) -> None:
        meeting = ours.occurrence.meetings.first()
        assert meeting is not None
        place = {"where": meeting.where, "venue": meeting.venue, "room": meeting.room, **also}
        wanted = Rescheduled(meeting.pk, meeting.starts_at + by, meeting.ends_at + by, **place)
        registering.reschedule(ours.occurrence_id, [wanted], by=boss(), now=NOW + MINUTE)


# Story -> the kind of notice at its end.
ALL = {
    "placed": notices.PLACED,
    "waiting": notices.WAITING,
    "promoted": notices.PROMOTED,
    "no_place": notices.NO_PLACE,
    "changed": notices.CHANGED,
    "cancelled": notices.CANCELLED,
    "cancelled_by_the_centre": notices.CANCELLED,
    "called_off": notices.CALLED_OFF,
    "one_meeting_called_off": notices.CALLED_OFF,
    "taken_up": notices.TAKEN_UP,
    "moved": notices.MOVED,
    "moved_to_another_date": notices.MOVED,
    "reminder_early": notices.REMINDER_EARLY,
    "reminder": notices.REMINDER,
    "twice": notices.TWICE,
    "twice_with_one_phone": notices.TWICE,
    "link": notices.LINK,
}


def told(
    name: str, dates: Dates, language: str = "lv", sender: Sender | None = None, **fields: Any
) -> tuple[Notice, datetime]:
    """What the story of that name has made owed to our family, and when; `fields` are the date's and its activity's."""
    audience = fields.pop("audience", Activity.Audience.OPEN)
    ours, now = getattr(Stories(dates, sender or anna(language), fields), name)()
    Activity.objects.update(audience=audience)  # nobody signs up by the public form for what is not open
    abouts = [notices.about(ours.pk), notices.about_sign_up(ours.sign_up_id)]
    return Notice.objects.letters().about(*abouts).get(kind=ALL[name]), now


def made(notice: Notice, now: datetime) -> Letter:
    """The letter as the outbox has it made."""
    with translation.override(notice.language):
        return kind_of(notice.kind).letter(notice, now)


def said(notice: Notice, now: datetime) -> str:
    """What is said on the phone."""
    spoken = kind_of(notice.kind).spoken
    assert spoken is not None
    with translation.override(notice.language):
        return spoken(notice, now)


def read(notice: Notice, now: datetime, letter: Letter | None = None) -> EmailMessage:
    """The message as it goes over the wire, read back from its bytes."""
    with translation.override(notice.language):
        letter = letter or kind_of(notice.kind).letter(notice, now)
        sent = letter.message(notice, Centre.objects.first(), now).message().as_bytes()
    found: Any = message_from_bytes(sent, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def parts(message: EmailMessage) -> dict[str, str]:
    """Every part of it as text, by its type."""
    leaves = [part for part in message.walk() if not part.is_multipart()]
    return {part.get_content_type(): part.get_payload(decode=True).decode() for part in leaves}  # type: ignore[union-attr]


def everything(message: EmailMessage) -> str:
    """All that whoever opens the letter can read: headers, text, page and files."""
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts(message).values()])


def move(ours: Registration, other: Occurrence) -> None:
    """The coordinator moves it to another date; it may wait there."""
    registering.move(ours.pk, other.pk, staff=registering.Staff(by=boss()), may_wait=True, now=NOW)


def last(ours: Registration) -> Notice:
    """The newest letter about it."""
    found = Notice.objects.letters().about(notices.about(ours.pk)).order_by("-pk").first()
    assert found is not None
    return found


def owed(registration: Registration) -> list[str]:
    """The kinds of letters still owed about it, the oldest first."""
    ours = Notice.objects.letters().about(notices.about(registration.pk)).owed()
    return list(ours.order_by("pk").values_list("kind", flat=True))
