"""Two families, one place, and a pause between the check and the writing that any race would fall into."""

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.storms.facts import server_errors, standing, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import TWIN, House
from tests.storms.numbers import Numbers

PAUSE_SECONDS = 0.3


@pytest.fixture(scope="module")
def slow_house(build: Callable[..., House]) -> House:
    return build("slow", TWIN, PAUSE_SECONDS=str(PAUSE_SECONDS))


async def race(two: list[Family]) -> None:
    for family in two:
        await family.open_form()
    await asyncio.gather(*(family.send_or_wait() for family in two))
    await asyncio.gather(*(family.look() for family in two))


def test_of_two_families_one_gets_the_last_place_and_one_is_asked_and_waits(
    slow_house: House, numbers: Numbers
) -> None:
    occurrences = slow_house.desk.occurrences(numbers.last_place, places=1)
    for occurrence in occurrences:
        two = [Family(slow_house.port, f"Viesis-{occurrence}-{n}", occurrence) for n in (1, 2)]
        began = time.monotonic()
        asyncio.run(race(two))
        found = standing(slow_house.database, occurrence)
        assert server_errors(two) == []
        assert (found.placed, found.waiting, found.seats, found.numbers) == (1, 1, 1, [1, 2])
        first, second = sorted(two, key=lambda family: family.was_asked)
        assert (first.was_asked, second.was_asked) == (False, True)
        assert told_otherwise(slow_house.database, two) == []
        # The one that was asked had waited for the whole pause of the other: they did meet.
        assert time.monotonic() - began > 2 * PAUSE_SECONDS
    assert unsound(slow_house.database) == {}


def test_the_pause_without_the_lock_lets_both_in(build: Callable[..., House]) -> None:
    """What the storm above would see if the row were only read; the database's nets are off as well."""
    from tests.storms.test_twin import NETS_OFF

    house = build("slow_without_lock", TWIN, PAUSE_SECONDS=str(PAUSE_SECONDS), LOCK_OFF="1")
    house.database.rows(NETS_OFF)
    occurrence = house.desk.occurrence(places=1)
    two = [Family(house.port, f"Viesis-{n}", occurrence) for n in (1, 2)]
    asyncio.run(race(two))
    assert [family.seen.status for family in two if family.seen] == ["placed", "placed"]
    assert "overbooked" in unsound(house.database)
