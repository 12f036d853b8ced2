"""Links that lead out of the portal: maps of the visitor's choice, and messengers to share with.

A link only: nothing is loaded from there, and nobody there hears of the visitor before the tap.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from activities.models import Venue

TOWN = "Daugavpils"
MAPS = (
    ("OpenStreetMap", "https://www.openstreetmap.org/search?query="),
    ("Google", "https://www.google.com/maps/search/?api=1&query="),
    ("Waze", "https://www.waze.com/ul?q="),
    ("Apple", "https://maps.apple.com/?q="),
)


@dataclass(frozen=True)
class Outward:
    """Where a link leads, and the name of who is there."""

    name: str
    address: str


def maps_of(venue: Venue) -> list[Outward]:
    """The maps that find the venue's address; none where it has no address: a map would guess by the name."""
    if not venue.address:
        return []
    # The coordinator writes the street alone: a map would find it in any town.
    place = venue.address if "," in venue.address or TOWN in venue.address else f"{venue.address}, {TOWN}"
    asked = quote(place, safe="")
    return [Outward(name, address + asked) for name, address in MAPS]


@dataclass(frozen=True)
class Sharing:
    """A page to be passed on to a neighbour."""

    title: str
    path: str

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.path

    @property
    def shown(self) -> str:
        """The address as people write it on paper: without https://."""
        return self.address.partition("://")[2]

    @property
    def ways(self) -> list[Outward]:
        """Messengers that open with the title and the address already written."""
        text = quote(f"{self.title} {self.address}", safe="")
        subject, body = quote(self.title, safe=""), quote(self.address, safe="")
        return [
            Outward("WhatsApp", f"https://wa.me/?text={text}"),
            Outward(_("E-mail"), f"mailto:?subject={subject}&body={body}"),
        ]
