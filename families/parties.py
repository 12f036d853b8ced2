"""Who comes together: how many places a party takes, and whether it suits the activity."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from activities.models import Activity, Capacity
from families.refusals import Refused
from kopiena.floor.counted import age as age_in_words
from kopiena.floor.counted import age_label

Unit = Activity.Unit


@dataclass(frozen=True)
class Child:
    """A child of the party: age on the day in full years, a first name if given, and its row in the form."""

    age: int
    first_name: str = ""
    is_along: bool = False
    row: int = 0


@dataclass(frozen=True)
class Party:
    """Everybody who comes together; `people` is filled only where the activity asks ages."""

    adults: int
    children: int = 0
    children_along: int = 0
    people: tuple[Child, ...] = field(default=())

    @classmethod
    def with_ages(cls, adults: int, people: tuple[Child, ...]) -> "Party":
        along = sum(child.is_along for child in people)
        return cls(adults=adults, children=len(people) - along, children_along=along, people=people)

    @property
    def size(self) -> int:
        return self.adults + self.children + self.children_along

    @property
    def all_children(self) -> int:
        """Children who take part and children who come along."""
        return self.children + self.children_along

    def seats(self, unit: str, *, is_companion_seated: bool) -> int:
        """Places this party takes where a place is for `unit`: people, children (adults free) or families."""
        if unit == Unit.FAMILIES:
            return 1
        along = self.children_along if is_companion_seated else 0
        return (self.children if unit == Unit.CHILDREN else self.adults + self.children) + along

    def age_bands(self) -> dict[str, int | None]:
        """How many children under 7, of 7 to 12 and over 12, for the report; None where ages are not asked."""
        if not self.people:
            return dict.fromkeys(("children_under_7", "children_7_to_12", "children_over_12"))
        ages = [child.age for child in self.people]
        return {
            "children_under_7": sum(age < 7 for age in ages),
            "children_7_to_12": sum(7 <= age <= 12 for age in ages),
            "children_over_12": sum(age > 12 for age in ages),
        }


def check(party: Party, activity: Activity, unit: str, *, largest: int, is_group: bool = False) -> None:
    """Refuse a party that does not suit the activity, saying why and what would; ages are asked apart.

    `largest` is the most people one form may hold; `is_group` a group or class of an institution.
    """
    if is_group and unit == Unit.FAMILIES:
        raise Refused(_("Here each place is for a family, so a group cannot be signed up."), field="institution")
    if party.size < 1:
        raise Refused(_("Tell us who comes: at least one person."), field="adults")
    if party.size > largest:
        raise Refused(
            _("One form holds at most %(number)s people. If more of you come, send a second form.")
            % {"number": largest},
            field="adults",
        )
    if unit == Unit.CHILDREN and not party.children:
        raise Refused(_("This activity is for children: add at least one child who takes part."), field="children")
    if activity.is_adult_needed and not party.adults:
        raise Refused(_("Here children come with at least one adult."), field="adults")
    if party.children_along and not activity.is_sibling_welcome:
        raise Refused(_("Here only children who take part can come."), field="children")
    if party.seats(unit, is_companion_seated=activity.is_companion_seated) < 1:
        raise Refused(_("Somebody has to take part, not only come along."), field="children")


def too_large(capacity: Capacity, seats: int) -> str:
    """What to say of a group that could not have its places were all others empty; nothing where it could."""
    most = capacity.largest_group
    if most is None or seats <= most:
        return ""
    said = _("Places the group needs: %(needed)s. The most a group can have here: %(most)s.")
    if capacity.places is None:  # then there is no queue
        way_on = _("Call the centre, or come in a smaller number.")
    else:
        way_on = _(
            "It can wait, but it gets places only if the centre makes them more: call the centre, or come in a smaller "
            "number."
        )
    return f"{said % {'needed': seats, 'most': most}} {way_on}"


def wrong_age(party: Party, activity: Activity) -> Refused | None:
    """What to say of the first child who is too young or too old on the day of the first meeting; None if all fit."""
    for number, child in enumerate(party.people, start=1):
        if not child.is_along and not activity.fits_age(child.age):
            return _wrong_age(child.row or number, child, activity)
    return None


def _wrong_age(number: int, child: Child, activity: Activity) -> Refused:
    words = {
        "ages": age_label(activity.age_from, activity.age_to),
        "number": number,
        "age": age_in_words(child.age),
    }
    if activity.is_sibling_welcome:
        message = _(
            "%(ages)s. Child %(number)s on that day: %(age)s. He or she can come along: "
            "tick “Comes along, doesn't take part”."
        )
    else:
        message = _("%(ages)s. Child %(number)s on that day: %(age)s. Please choose another activity for this child.")
    return Refused(message % words, field=f"child_{number}_age")
