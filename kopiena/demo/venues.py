"""Where the demonstration takes place; no address that looks real and is not."""

from typing import Any

from kopiena.start.centre import VENUE, VENUE_SLUG
from kopiena.start.in_three import in_three

# The real place, of the starting data: used where it is there, never removed with the demonstration.
REAL_VENUE = "mezgls"
REAL_VENUE_SLUG = VENUE_SLUG
INSTEAD_OF_THE_REAL_ONE = "house"

VENUES: dict[str, dict[str, Any]] = {
    "house": {
        "slug": "paraugs-kaiminu-nams",
        **in_three("name", "Kaimiņu nams (paraugs)", "Дом соседей (пример)", "Neighbours’ House (an example)"),
        **in_three("district", "Ķīmija", "Химия", "Ķīmija"),
        **in_three("way_in", "Ieeja no pagalma puses.", "Вход со двора.", "The way in is from the yard."),
        "has_toilet": True,
        "is_step_free": True,
        "has_room_for_pushchairs": True,
    },
    "palace": {
        "slug": "paraugs-kulturas-pils",
        **in_three("name", "Kultūras pils", "Дворец культуры", "Palace of Culture"),
        "address": VENUE["address"],
        **in_three("district", "Ķīmija", "Химия", "Ķīmija"),
    },
    "shore": {
        "slug": "paraugs-ezera-krasts",
        **in_three("name", "Gubiščes ezera krasts", "Берег озера Губище", "The shore of Lake Gubišče"),
    },
    "park": {
        "slug": "paraugs-parks",
        **in_three("name", "Parks pie ezera", "Парк у озера", "The park by the lake"),
    },
    "yard": {
        "slug": "paraugs-pagalms",
        **in_three("name", "Pagalms (paraugs)", "Двор (пример)", "A yard (an example)"),
        **in_three("district", "Ķīmija", "Химия", "Ķīmija"),
    },
}

# All of them in the house.
ROOMS: dict[str, dict[str, str]] = {
    "hall": in_three("name", "Lielā zāle", "Большой зал", "Large hall"),
    "studio": in_three("name", "Radošā telpa", "Творческая комната", "Studio"),
    "kitchen": in_three("name", "Virtuve", "Кухня", "Kitchen"),
}
