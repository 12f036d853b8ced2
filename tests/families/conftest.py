"""For tests of the office: parties that sign up for a date soon to come, since admin pages ask the real clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from activities.models import Occurrence
from families import gate, registering
from families.models import Registration
from families.parties import Child, Party
from families.registering import Busy, Sender, Staff
from partners.models import Institution
from tests.conftest import NOW
from tests.office import staff

ANNA = {"name": "Anna", "language": "lv", "phone": "+37120000000", "email": "anna@example.lv"}
PARTY = Party.with_ages(2, (Child(4, "Zane"), Child(9)))


@pytest.fixture
def soon(make_occurrence: Callable[..., Occurrence]) -> Callable[..., Occurrence]:
    """Makes a date ten days from now."""

    def make(**fields: Any) -> Occurrence:
        return make_occurrence(starts_at=timezone.now() + timedelta(days=10), is_age_asked=True, **fields)

    return make


@pytest.fixture
def comes(soon: Callable[..., Occurrence]) -> Callable[..., Registration]:
    """Signs a party of four up, for a date of its own unless told; it may wait."""
    forms = iter(range(1000))

    def sign_up(occurrence: Occurrence | None = None, party: Party = PARTY, **sender: Any) -> Registration:
        occurrence = occurrence or soon()
        about = Sender(**{**ANNA, **sender})
        token = f"token-{next(forms)}"
        made = registering.register(token, occurrence.pk, about, party, may_wait=True, now=timezone.now())
        return made.registrations.get()

    return sign_up


@pytest.fixture
def group() -> Callable[..., Registration]:
    """Signs a group of ten children and two grown-ups up for a date; it may wait."""

    def comes_together(occurrence: Occurrence, children: int = 10, adults: int = 2) -> Registration:
        names = {"short_name_lv": "Dārziņš", "name_lv": "Pirmsskola „Dārziņš”"}
        institution, _ = Institution.objects.get_or_create(slug="darzins", kind="preschool", defaults=names)
        sender = Sender(name="Skolotāja", language="lv", phone="+37120000009")
        made = registering.register_for(
            f"group-{Registration.objects.count()}",
            occurrence.pk,
            sender,
            Party(adults=adults, children=children),
            staff=Staff(by=staff()),
            institution=institution,
            may_wait=True,
            now=timezone.now(),
        )
        return made.registrations.get()

    return comes_together


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on the gate is so crowded that nobody gets in."""

    @contextmanager
    def shut(*args: Any, now: datetime) -> Iterator[None]:
        raise Busy
        yield

    def shut_it() -> None:
        for door in ("locked", "locked_all", "locked_with"):
            monkeypatch.setattr(gate, door, shut)

    return shut_it


@pytest.fixture
def at_ten() -> Iterator[None]:
    """The clock that pages ask stands at ten in the morning in Riga."""
    with time_machine.travel(NOW.replace(hour=8), tick=False):
        yield
