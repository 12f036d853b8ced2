"""Reminders: found when their moment has come, by whoever looks next, and written once for each date's day."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from activities.models import Occurrence
from activities.models.meeting import RIGA
from families import notices
from families.models import Registration
from families.models.registration import RegistrationQuerySet
from kopiena.floor import dates, outbox
from kopiena.floor.models import Notice

AT = time(9)
DAYS_BEFORE = {notices.REMINDER_EARLY: 3, notices.REMINDER: 1}
TOO_LATE = timedelta(hours=2)  # so shortly before the beginning nobody needs to be reminded
# Who was told the time after the moment of the reminder needs none.
TELL_THE_TIME = (notices.PLACED, notices.PROMOTED, notices.MOVED, notices.TAKEN_UP, notices.CHANGED)


def moment(kind: str, starts_at: datetime) -> datetime:
    """When the reminder is due: at 09:00 in Riga, so many days before the day it begins."""
    day = dates.local_day(starts_at) - timedelta(days=DAYS_BEFORE[kind])
    return datetime.combine(day, AT, tzinfo=RIGA)


def owe_due(now: datetime) -> int:
    """Owe every reminder whose moment has come, the nearest one only; returns how many dates were looked at.

    A reminder belongs to the day on which the date begins: found twice, by two workers or hours late, it is one.
    """
    last = now + timedelta(days=max(DAYS_BEFORE.values()) + 1)
    coming: Any = Occurrence.objects.coming(now).filter(state=Occurrence.State.PLANNED, is_sign_up_needed=True)
    count = 0
    for occurrence_id, starts_at in coming.filter(starts_at__gt=now, starts_at__lte=last).values_list(
        "pk", "starts_at"
    ):
        due = [kind for kind in DAYS_BEFORE if moment(kind, starts_at) <= now]
        if due:
            count += 1
            _owe(due[-1], occurrence_id, starts_at, now)
    return count


def _owe(kind: str, occurrence_id: int, starts_at: datetime, now: datetime) -> None:
    due_at, day = moment(kind, starts_at), dates.local_day(starts_at).toordinal()
    outbox.owe(
        (
            outbox.Owed(
                about=notices.about(party.pk),
                kind=kind,
                revision=day,
                recipient=party.sign_up.email,
                language=party.sign_up.language,
            )
            for party in _unreminded(kind, occurrence_id, due_at, day)
        ),
        now,
    )


def _unreminded(kind: str, occurrence_id: int, due_at: datetime, day: int) -> RegistrationQuerySet:
    """Who had their places before the moment, can be written to, and has heard nothing of the time since."""
    about = Concat(Value(notices.ABOUT), Cast(OuterRef("pk"), CharField()))
    ours = Notice.objects.letters().filter(about=about)
    heard = ours.filter(kind__in=TELL_THE_TIME, created_at__gte=due_at).exclude(state=Notice.State.WITHDRAWN)
    placed = Registration.objects.of(occurrence_id).placed().exclude(sign_up__email="").select_related("sign_up")
    return placed.filter(~Exists(ours.filter(kind=kind, revision=day)), ~Exists(heard), placed_at__lt=due_at)
