"""Made-up families: no surname, and contacts that belong to nobody: addresses at example.lv, +371 2000 0000."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from activities.models import Activity, Occurrence
from families import registering
from families.models import SignUp
from families.parties import Child, Party
from kopiena.demo.planned import PlannedOccurrence


@dataclass(frozen=True)
class MadeUp:
    """One family: whom to tell, in which language, and who comes."""

    name: str
    language: str
    contact: str
    adults: int
    ages: tuple[int, ...] = ()

    def party(self, activity: Activity) -> Party | None:
        """Who of them comes to this activity; None where it is not for them."""
        if not activity.is_age_asked:
            return Party(self.adults, len(self.ages))
        children = [Child(age, is_along=not activity.fits_age(age)) for age in self.ages]
        if not activity.is_sibling_welcome:
            children = [child for child in children if not child.is_along]
        if all(child.is_along for child in children):
            return None
        return Party.with_ages(self.adults if activity.is_adult_needed else 0, tuple(children))

    def sender(self, *, may_be_photographed: bool) -> registering.Sender:
        is_email = "@" in self.contact
        return registering.Sender(
            name=self.name,
            language=self.language,
            email=self.contact if is_email else "",
            phone="" if is_email else self.contact,
            may_be_photographed=may_be_photographed,
            has_declared=bool(self.ages),
        )


FAMILIES = (
    MadeUp("Anna", "lv", "+37120000000", 2, (4, 7)),
    MadeUp("Ольга", "ru", "olga@example.lv", 1, (6,)),
    MadeUp("Jānis", "lv", "janis@example.lv", 1, (5, 8, 11)),
    MadeUp("Светлана", "ru", "svetlana@example.lv", 1),
    MadeUp("Ilze", "lv", "ilze@example.lv", 2, (3,)),
    MadeUp("Сергей", "ru", "sergejs@example.lv", 2, (9, 12)),
    MadeUp("Marta", "lv", "marta@example.lv", 1, (7, 9)),
    MadeUp("Наталья", "ru", "natalja@example.lv", 1, (5,)),
    MadeUp("Kristīne", "lv", "kristine@example.lv", 2, (1, 6)),
    MadeUp("Ирина", "ru", "irina@example.lv", 1, (10,)),
    MadeUp("Pēteris", "lv", "peteris@example.lv", 2, (8,)),
    MadeUp("Елена", "ru", "jelena@example.lv", 1, (4, 6)),
    MadeUp("Emma", "en", "emma@example.lv", 2, (7,)),
    MadeUp("Zane", "lv", "zane@example.lv", 1, (12, 14)),
)


def sign_up_guests(occurrence: Occurrence, planned: PlannedOccurrence, now: datetime) -> int:
    """Signs the planned number of families up through the gate, a few days before; returns how many."""
    starts_at = min(meeting.starts_at for meeting in planned.meetings)
    sent_at = min(now, starts_at) - timedelta(days=3)
    turn = (FAMILIES[(planned.first_guest + number) % len(FAMILIES)] for number in range(len(FAMILIES)))
    parties = ((family, family.party(occurrence.activity)) for family in turn)
    coming = [(family, party) for family, party in parties if party is not None][: planned.guests]
    for number, (family, party) in enumerate(coming):
        registering.register(
            secrets.token_hex(16),
            occurrence.pk,
            family.sender(may_be_photographed=number % 3 != 2),
            party,
            may_wait=True,
            channel=SignUp.Channel.PHONE if number % 4 == 3 else SignUp.Channel.WEB,
            is_demo=True,
            now=sent_at + timedelta(minutes=47 * number),
        )
    return len(coming)
