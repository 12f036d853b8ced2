"""For the tests of who comes: institutions with somebody at their desk, own dates, and parties that came."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.test import Client

from activities.models import Meeting, Occurrence
from families.models import Registration
from families.registering import Sender
from kopiena.floor.models import User
from partners.models import Institution, Membership
from tests.conftest import NOW
from tests.gate import signs_up

BEGINS = NOW + timedelta(days=10)
AFTER = BEGINS + timedelta(hours=3)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def institution(slug: str = "pienenite") -> Institution:
    names = {"name_lv": f"Pirmsskola {slug}", "short_name_lv": slug.capitalize(), "kind": "preschool"}
    return Institution.objects.get_or_create(slug=slug, defaults=names)[0]


def teacher(of: Institution) -> User:
    """Somebody who acts for it."""
    user, _ = User.objects.get_or_create(email=f"{of.slug}@example.lv", defaults={"name": "Inga"})
    Membership.objects.get_or_create(user=user, institution=of, defaults={"role": "editor", "since": NOW})
    return user


@contextmanager
def at_desk(of: Institution, now: datetime = AFTER) -> Iterator[Client]:
    """The teacher's browser at that moment."""
    with time_machine.travel(now, tick=False):
        client = Client()
        client.force_login(teacher(of), backend=BACKEND)
        yield client


def own(occurrence: Occurrence, *organisers: Institution) -> Meeting:
    """The date is organised by these; its first meeting."""
    occurrence.activity.organisers.add(*(organisers or (institution(),)))
    return occurrence.meetings.select_related("occurrence__activity").order_by("starts_at")[0]


def another_day(occurrence: Occurrence, days: int) -> Meeting:
    """One more meeting of the date, so many days later (or before)."""
    starts_at = BEGINS + timedelta(days=days)
    ends_at = starts_at + timedelta(hours=2)
    return Meeting.objects.create(occurrence=occurrence, starts_at=starts_at, ends_at=ends_at, where="online")


def family(
    occurrence: Occurrence, name: str = "Anna Kalniņa", adults: int = 2, children: int = 3, **also: Any
) -> Registration:
    """Signs up on the web and would wait."""
    about = {"phone": "+37120000000", "email": "anna@example.lv", "has_declared": True, **also}
    return signs_up(occurrence, adults, children, sender=Sender(name=name, language="lv", **about))


def page_of(meeting: Meeting, more: str = "", slug: str = "pienenite") -> str:
    return f"/musu-iestade/{slug}/kas-nak/{meeting.pk}/{more}"


def pair(key: str, adults: object, children: object) -> dict[str, Any]:
    """The two fields of a row."""
    return {f"adults_{key}": adults, f"children_{key}": children}
