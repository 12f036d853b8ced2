"""For tests of the office: parties that sign up for a date soon to come, since admin pages ask the real clock."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from activities.models import Occurrence
from families import registering
from families.models import Registration
from families.parties import Child, Party
from families.registering import Sender

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
