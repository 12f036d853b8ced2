"""What institutions' people are written to each day: who signed up since yesterday, and what takes place tomorrow.

Owed, not remembered: whoever looks finds what the day owes, once for each person, institution and day. A letter that
would come on another day than its own is not owed any more.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self

from django.db.models import Max, QuerySet

from activities.models import Activity, Meeting, Occurrence
from activities.models.meeting import RIGA
from families.models import Registration
from kopiena.floor import dates, outbox
from kopiena.floor.models import Notice
from partners.addressees import acting_for
from partners.models import Membership

NEW_SIGN_UPS = "new_sign_ups"
TOMORROW = "tomorrow"
ABOUT = "institution:"
NEW_SIGN_UPS_AT = time(8)
TOMORROW_AT = time(9)
LOOKED_BACK = 7  # days: what came before, while nobody could be told, stands in the list


class DeskDay(NamedTuple):
    """One person at one institution's desk on one day: what such a letter is about."""

    institution_id: int
    day: date
    user_id: int

    def __str__(self) -> str:
        return f"{ABOUT}{self.institution_id}:{self.day.isoformat()}:user:{self.user_id}"

    @classmethod
    def of(cls, about: str) -> Self:
        """ "institution:3:2027-03-26:user:5"."""
        institution, day, _user, user = about.removeprefix(ABOUT).split(":")
        return cls(int(institution), date.fromisoformat(day), int(user))


def clock(day: date, at: time) -> datetime:
    """That time of that day in Riga."""
    return datetime.combine(day, at, tzinfo=RIGA)


def own_dates(now: datetime) -> QuerySet[Occurrence]:
    """Dates still to come whose sign-ups institutions hear of; never what is discreet."""
    shown = Occurrence.objects.coming(now).filter(
        activity__state=Activity.State.PUBLISHED, state=Occurrence.State.PLANNED
    )
    return shown.exclude(activity__audience=Activity.Audience.DISCREET)


def meetings_on(day: date) -> QuerySet[Meeting]:
    """What begins on that day and is not called off; never what is discreet."""
    begins = {"starts_at__gte": clock(day, time.min), "starts_at__lt": clock(day + timedelta(days=1), time.min)}
    held = Meeting.objects.filter(**begins, is_cancelled=False, occurrence__state=Occurrence.State.PLANNED)
    shown = held.filter(occurrence__activity__state=Activity.State.PUBLISHED)
    return shown.exclude(occurrence__activity__audience=Activity.Audience.DISCREET)


def owe_due(now: datetime) -> int:
    """Owe both letters where their moment has come; returns how many."""
    return owe_new_sign_ups(now) + owe_tomorrow(now)


def owe_tomorrow(now: datetime) -> int:
    """From nine in the morning until midnight: whoever acts for an institution with something tomorrow."""
    today = dates.local_day(now)
    if now < clock(today, TOMORROW_AT):
        return 0
    day = today + timedelta(days=1)
    organisers = meetings_on(day).values_list("occurrence__activity__organisers", flat=True).order_by()
    people = {DeskDay(each.institution_id, day, each.user_id): each for each in _people(organisers.distinct())}
    known = _known(TOMORROW, people)
    return _owe(TOMORROW, [_owed(TOMORROW, at, each) for at, each in people.items() if str(at) not in known], now)


def owe_new_sign_ups(now: datetime) -> int:
    """From eight in the morning: whoever acts for an institution to which somebody new comes.

    Each letter tells of what came until eight of its day, since eight of the day of the one before.
    """
    today = dates.local_day(now)
    if now < (until := clock(today, NEW_SIGN_UPS_AT)):
        return 0
    first = until - timedelta(days=LOOKED_BACK)
    came = Registration.objects.live().filter(created_at__gt=first, created_at__lte=until)
    came = came.filter(occurrence__in=own_dates(now).order_by().values("pk"))
    newest = came.order_by().values("occurrence__activity__organisers").annotate(at=Max("created_at"))
    latest: dict[int, datetime] = dict(newest.values_list("occurrence__activity__organisers", "at"))
    people = list(_people(latest))
    days = [today - timedelta(days=back) for back in range(LOOKED_BACK + 1)]
    known = _known(NEW_SIGN_UPS, [DeskDay(each.institution_id, day, each.user_id) for each in people for day in days])
    owed = []
    for each in people:
        told = [day for day in days if str(DeskDay(each.institution_id, day, each.user_id)) in known]
        since = max(first, each.since, clock(told[0], NEW_SIGN_UPS_AT) if told else first)
        if latest[each.institution_id] > since:
            at = DeskDay(each.institution_id, today, each.user_id)
            owed.append(_owed(NEW_SIGN_UPS, at, each, since=since.isoformat()))
    return _owe(NEW_SIGN_UPS, owed, now)


def _people(institutions: Iterable[int | None]) -> QuerySet[Membership]:
    return acting_for(each for each in institutions if each is not None)


def _known(kind: str, days: Iterable[DeskDay]) -> set[str]:
    """Which of them have their letter, whatever became of it."""
    found = Notice.objects.letters().about(*map(str, days)).filter(kind=kind)
    return set(found.values_list("about", flat=True))


def _owed(kind: str, at: DeskDay, person: Membership, **details: str) -> outbox.Owed:
    """Written by two workers at once it is one: what it is about is as unique as the day."""
    user = person.user
    return outbox.Owed(str(at), kind, 0, recipient=user.email, language=user.language, details=details)


def _owe(kind: str, owed: list[outbox.Owed], now: datetime) -> int:
    if owed:
        outbox.owe(owed, now)
    return len(owed)
