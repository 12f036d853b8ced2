"""How to get to a venue and into it: the address with maps of the visitor's choice, steps, toilet, pushchairs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from activities.models import Venue
from activities.outward import Outward, maps_of
from kopiena.floor.said import Said, said


@dataclass(frozen=True)
class WayIn:
    """What helps to come to one venue; every text is in the active language."""

    venue: Venue

    @cached_property
    def words(self) -> Said:
        """ "Ieeja no pagalma puses."."""
        return said(self.venue, "way_in")

    @property
    def wants_stop(self) -> bool:
        """Whether the office has left out the full stop before what is told next."""
        return bool(self.words) and self.words.text[-1] not in ".!?…"

    @cached_property
    def comforts(self) -> list[str]:
        """What is known of the venue; of what is not known nothing is said."""
        known = [
            (self.venue.is_step_free, _("You can get in without steps."), _("There are steps at the entrance.")),
            (self.venue.has_toilet, _("There is a toilet."), _("There is no toilet.")),
            (
                self.venue.has_room_for_pushchairs,
                _("There is room for pushchairs."),
                _("There is no room for pushchairs."),
            ),
        ]
        return [yes if fact else no for fact, yes, no in known if fact is not None]

    @cached_property
    def maps(self) -> list[Outward]:
        return maps_of(self.venue)

    @property
    def is_known(self) -> bool:
        return bool(self.words or self.comforts or self.maps)


def ways_in(venues: Iterable[Venue]) -> list[WayIn]:
    """Of the venues of which anything helpful is known."""
    return [way for way in map(WayIn, venues) if way.is_known]
