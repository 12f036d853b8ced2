"""For tests of the gate: parties sign up on the web, by phone or as a group, and how a date stands afterwards."""

from datetime import datetime
from itertools import count
from typing import Any

from activities.models import Capacity, Occurrence
from families import checking, registering
from families.models import Registration
from families.parties import Party
from families.registering import Sender, Staff
from kopiena.floor.models import User
from partners.models import Institution
from tests.conftest import NOW

ANNA = Sender(name="Anna", language="lv", phone="+37120000000", has_declared=True)
_forms = count(1)


def signs_up(occurrence: Occurrence, adults: int = 1, children: int = 0, **also: Any) -> Registration:
    """A family signs up on the web and would wait; each call is a new form."""
    party = also.pop("party", Party(adults=adults, children=children))
    sender = also.pop("sender", ANNA)
    token = also.pop("token", f"web-{next(_forms)}")
    made = registering.register(token, occurrence.pk, sender, party, **{"may_wait": True, "now": NOW, **also})
    return made.registrations.get()


def calls(occurrence: Occurrence, adults: int = 1, children: int = 0, **also: Any) -> Registration:
    """A family signs up by phone and would not wait."""
    party = also.pop("party", Party(adults=adults, children=children))
    sender = also.pop("sender", ANNA)
    token = also.pop("token", f"phone-{next(_forms)}")
    made = registering.register_for(token, occurrence.pk, sender, party, **{"staff": staff(), "now": NOW, **also})
    return made.registrations.get()


def group(occurrence: Occurrence, adults: int = 1, children: int = 0, **also: Any) -> Registration:
    """A class of a kindergarten is signed up."""
    return calls(occurrence, adults, children, institution=kindergarten(), **also)


def class_comes(occurrence: Occurrence, adults: int = 1, children: int = 0, **also: Any) -> Registration:
    """A teacher signs her class up at the institution's desk and would wait; each call is a new form."""
    party = also.pop("party", Party(adults=adults, children=children))
    sender = also.pop("sender", ANNA)
    token = also.pop("token", f"desk-{next(_forms)}")
    given = {"institution": kindergarten(), "may_wait": True, "now": NOW, **also}
    made = registering.register_group(token, occurrence.pk, sender, party, **given)
    return made.registrations.get()


def kindergarten() -> Institution:
    names = {"name_lv": "Pienenīte", "kind": "preschool"}
    return Institution.objects.get_or_create(slug="pienenite", defaults=names)[0]


def boss() -> User:
    """The coordinator; one and the same in a test."""
    found = User.objects.filter(email="coordinator@example.lv").first()
    return found or User.objects.create_user("coordinator@example.lv", is_staff=True)


def staff(*lets_pass: str, reason: str = "") -> Staff:
    """The coordinator at work, who lets these rules pass."""
    return Staff(by=boss(), lets_pass=frozenset(lets_pass), reason=reason)


def capacity(occurrence: Occurrence) -> Capacity:
    return Capacity.objects.get(pk=occurrence.pk)


def stands(occurrence: Occurrence) -> list[tuple[int, str, int]]:
    """Who is at the date: number, status, places, in the order of the numbers."""
    rows = Registration.objects.of(occurrence.pk).order_by("queue_number")
    return list(rows.values_list("queue_number", "status", "seats"))


def status(registration: Registration) -> str:
    """How the registration stands now."""
    return Registration.objects.values_list("status", flat=True).get(pk=registration.pk)


def is_clean(now: datetime = NOW) -> bool:
    """Whether every place is counted right and nothing is owed."""
    found = checking.check(now)
    assert (found.wrong, found.owed) == ([], [])
    return True
