"""What the stories share: a clock that stands at `now`, residents, and the family of two adults and three children."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine

from activities.models import Occurrence
from families.models import Participant, Registration, SignUp
from tests.journeys.resident import Page, Resident

PHONE, EMAIL = "2000 0000", "anna@example.lv"


@pytest.fixture(autouse=True)
def clock(now: datetime) -> Iterator[time_machine.Traveller]:
    """The portal's clock; `clock.move_to(moment)` moves it."""
    with time_machine.travel(now, tick=False) as traveller:
        yield traveller


@pytest.fixture
def resident(db: None) -> Resident:
    return Resident()


@pytest.fixture
def neighbour(db: None) -> Resident:
    """Somebody else, at another phone."""
    return Resident()


@pytest.fixture
def with_ages(make_occurrence: Callable[..., Occurrence]) -> Occurrence:
    """A date at which children's ages are asked, with room for ten."""
    return make_occurrence(places=10, is_age_asked=True)


def sign_up_form(who: Resident, occurrence: Occurrence, language: str = "lv") -> Page:
    """The form as it opens in that language."""
    prefix = "" if language == "lv" else f"/{language}"
    return who.open(f"{prefix}/pieteikties/{occurrence.pk}/")


def signs_up(who: Resident, occurrence: Occurrence, *, button: str = "Nosūtīt pieteikumu", **typed: Any) -> Page:
    """Fills the form in Latvian and sends it: two adults and no children unless told."""
    filled = {"contact_name": "Anna", "phone": PHONE, "adults": 2, "photo": "no", **typed}
    if filled.get("children"):
        filled["declaration"] = "on"
    return who.press(sign_up_form(who, occurrence), button, **filled)


def saved() -> dict[str, int]:
    """How many rows there are of everything a form can leave behind."""
    return {model.__name__: model.objects.count() for model in (SignUp, Registration, Participant)}


NOTHING = {"SignUp": 0, "Registration": 0, "Participant": 0}
