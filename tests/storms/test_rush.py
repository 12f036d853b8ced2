"""Everybody at once: the opening second of a popular activity."""

import asyncio
import random
import time

from tests.storms.facts import server_errors, standing, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import House
from tests.storms.numbers import Numbers

RUSH_SECONDS = 30


async def rush(families: list[Family]) -> float:
    """Forms are opened, everybody presses the button in the same moment, everybody looks; how long all of it took."""
    began = time.monotonic()
    await asyncio.gather(*(family.open_form() for family in families))
    await asyncio.gather(*(family.send_or_wait() for family in families))
    await asyncio.gather(*(family.look() for family in families if family.link))
    return time.monotonic() - began


def test_500_families_at_once_for_50_places_are_50_placed_and_450_waiting(house: House, numbers: Numbers) -> None:
    occurrence = house.desk.occurrence(places=50)
    families = [Family(house.port, f"Viesis-{occurrence}-{n}", occurrence) for n in range(numbers.rush)]
    seconds = asyncio.run(rush(families))
    found = standing(house.database, occurrence)
    assert server_errors(families) == []
    assert (found.placed, found.waiting, found.cancelled) == (50, numbers.rush - 50, 0)
    assert found.numbers == list(range(1, numbers.rush + 1))
    assert told_otherwise(house.database, families) == []
    assert unsound(house.database) == {}
    assert seconds < RUSH_SECONDS, f"{numbers.rush} families were answered after {seconds:.1f} s"


def test_parties_of_1_to_5_are_placed_whole_or_wait_whole(house: House, numbers: Numbers) -> None:
    """An odd number of places, so that the last ones are left for the small parties."""
    chance = random.Random(3)
    places = 53
    occurrence = house.desk.occurrence(places=places)
    families = [
        Family(house.port, f"Viesis-{occurrence}-{n}", occurrence, chance.randint(1, 2), chance.randint(0, 3))
        for n in range(numbers.mixed)
    ]
    seconds = asyncio.run(rush(families))
    found = standing(house.database, occurrence)
    assert server_errors(families) == []
    smallest = min(family.size for family in families if family.seen and family.seen.status == "waiting")
    assert places - smallest < found.seats <= places
    assert found.placed + found.waiting == len(families)
    assert found.numbers == list(range(1, len(families) + 1))
    assert told_otherwise(house.database, families) == []
    assert unsound(house.database) == {}
    assert seconds < RUSH_SECONDS
