"""Two registrations with the same contact, side by side: what they share, where they differ, what joining would do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from families import registering
from families.models import Registration
from kopiena.floor import counted

FIRST, SECOND, TOGETHER = "first", "second", "together"


@dataclass(frozen=True)
class Outcome:
    """What would be left, and what comes free; `more` places are needed besides those they have."""

    kept: Registration
    people: int
    seats: int
    freed: int
    more: int
    is_placed: bool

    @property
    def words(self) -> str:
        """ "Paliks: 4 cilvēki, 4 vietas. Atbrīvosies: 4 vietas."."""
        left = _("What stays: %(people)s, %(places)s.") % {
            "people": counted.people(self.people),
            "places": counted.places(self.seats),
        }
        if not self.is_placed:
            then = _("They wait in the queue, at the earlier number of the two.")
        elif self.more:
            then = _("Needed besides those they have: %(places)s.") % {"places": counted.places(self.more)}
        elif self.freed:
            then = _("What comes free: %(places)s.") % {"places": counted.places(self.freed)}
        else:
            then = _("No places come free.")
        return f"{left} {then}"


@dataclass(frozen=True)
class Pair:
    """The first came first."""

    first: Registration
    second: Registration

    @classmethod
    def of(cls, one: Registration, other: Registration) -> "Pair | None":
        """The two in the order they came; None where they cannot be joined."""
        if one.pk == other.pk or one.occurrence_id != other.occurrence_id or one.is_cancelled or other.is_cancelled:
            return None
        first, second = sorted((one, other), key=lambda each: each.queue_number)
        pair = cls(first, second)
        return pair if pair.shared else None

    @property
    def both(self) -> tuple[Registration, Registration]:
        return self.first, self.second

    @property
    def seen(self) -> str:
        """As they stood when they were shown; what is done must be about the same."""
        return "-".join(f"{each.pk}.{each.revision}" for each in self.both)

    @property
    def shared(self) -> list[str]:
        """Which contacts are the same."""
        mine, theirs = self.first.sign_up, self.second.sign_up
        words = {_("phone"): mine.phone and mine.phone == theirs.phone}
        words[_("e-mail")] = mine.email and mine.email == theirs.email
        return [word for word, is_same in words.items() if is_same]

    @property
    def differences(self) -> list[str]:
        """What speaks against one family: another name, another phone, another e-mail; what was left out does not."""
        mine, theirs = self.first.sign_up, self.second.sign_up
        pairs = {
            _("The names differ."): (mine.contact_name.casefold().split(), theirs.contact_name.casefold().split()),
            _("The phones differ."): (mine.phone, theirs.phone),
            _("The e-mails differ."): (mine.email, theirs.email),
        }
        return [sentence for sentence, (one, other) in pairs.items() if one and other and one != other]

    def outcome(self, way: str) -> Outcome:
        """What is left if the first is kept, the second is, or both come together (with the first one's contact)."""
        kept = self.second if way == SECOND else self.first
        other = self.first if kept is self.second else self.second
        seats = kept.seats
        people = kept.people
        if way == TOGETHER:
            seats = registering.seats_together(kept.occurrence.capacity.unit, kept, other)
            people += other.people
        had = sum(each.seats for each in self.both if each.is_placed)
        is_placed = any(each.is_placed for each in self.both)
        more = max(0, seats - had) if is_placed else 0
        return Outcome(kept, people, seats, freed=max(0, had - seats), more=more, is_placed=is_placed)
