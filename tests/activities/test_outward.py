"""Links that lead out of the portal."""

from activities.models import Venue
from activities.outward import Outward, Sharing, maps_of


def test_a_map_is_asked_for_the_address_percent_encoded() -> None:
    asked = "Smil%C5%A1u%20iela%2092%2C%20Daugavpils"
    expected = [
        Outward("OpenStreetMap", f"https://www.openstreetmap.org/search?query={asked}"),
        Outward("Google", f"https://www.google.com/maps/search/?api=1&query={asked}"),
        Outward("Waze", f"https://www.waze.com/ul?q={asked}"),
        Outward("Apple", f"https://maps.apple.com/?q={asked}"),
    ]
    assert maps_of(Venue(address="Smilšu iela 92")) == expected
    assert maps_of(Venue(address="Smilšu iela 92, Daugavpils")) == expected


def test_an_address_of_another_town_stays_as_it_is() -> None:
    assert maps_of(Venue(address="Parka iela 1, Krāslava"))[2].address == (
        "https://www.waze.com/ul?q=Parka%20iela%201%2C%20Kr%C4%81slava"
    )


def test_without_an_address_no_map_guesses() -> None:
    assert maps_of(Venue(name_lv="Parks")) == []


def test_a_page_is_shared_with_its_title_and_address(settings: object) -> None:
    settings.SITE_URL = "https://kopiena.example.lv"  # type: ignore[attr-defined]
    shared = Sharing("Talka & zupa", "/aktivitates/talka/")
    assert shared.shown == "kopiena.example.lv/aktivitates/talka/"
    link = "https%3A%2F%2Fkopiena.example.lv%2Faktivitates%2Ftalka%2F"
    assert [way.address for way in shared.ways] == [
        f"https://wa.me/?text=Talka%20%26%20zupa%20{link}",
        f"mailto:?subject=Talka%20%26%20zupa&body={link}",
    ]
