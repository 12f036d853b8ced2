"""A storm that cannot fail proves nothing: with the lock off it overbooks, and the database's own net catches that."""

import asyncio
from collections.abc import Callable

import pytest

from tests.storms.facts import standing, statuses, unsound
from tests.storms.family import Family
from tests.storms.house import TWIN, House
from tests.storms.test_full_list import swap

PLACES, FAMILIES = 10, 60

# What the database refuses by itself, at the commit or before.
NETS_OFF = """
    DROP TRIGGER families_registration_counts ON families_registration;
    DROP TRIGGER families_capacity_counts ON activities_capacity;
    ALTER TABLE families_registration DROP CONSTRAINT registration_number_once;
    ALTER TABLE activities_capacity DROP CONSTRAINT capacity_never_overbooked;
"""


async def rush(families: list[Family]) -> None:
    await asyncio.gather(*(family.open_form() for family in families))
    await asyncio.gather(*(family.send() for family in families))


def storm(house: House) -> tuple[int, list[Family]]:
    """The opening second at a date of its own."""
    occurrence = house.desk.occurrence(places=PLACES)
    families = [Family(house.port, f"Viesis-{n}", occurrence) for n in range(FAMILIES)]
    asyncio.run(rush(families))
    return occurrence, families


@pytest.fixture(scope="module")
def bare(build: Callable[..., House]) -> House:
    """Neither lock nor nets."""
    house = build("without_nets", TWIN, LOCK_OFF="1")
    house.database.rows(NETS_OFF)
    return house


def test_without_lock_and_nets_a_full_list_loses_count(bare: House) -> None:
    """Ten cancel while ten sign up, as in the storm over full lists."""
    occurrence = bare.desk.occurrence(places=20)
    links = bare.desk.do("fill", occurrence=occurrence, sizes=[1] * 35, names="Pirms")
    going = [Family(bare.port, "", occurrence, link=link) for link in links[:10]]
    coming = [Family(bare.port, f"Jauns-{n}", occurrence) for n in range(10)]
    asyncio.run(swap(going, coming))
    assert "miscounted" in unsound(bare.database)


def test_without_lock_and_nets_the_portal_overbooks(bare: House) -> None:
    occurrence, families = storm(bare)
    assert standing(bare.database, occurrence).seats > PLACES
    assert "overbooked" in unsound(bare.database)
    assert sum(family.is_answered for family in families) > PLACES


def test_without_the_lock_the_database_alone_lets_nobody_in_too_many(build: Callable[..., House]) -> None:
    house = build("without_lock", TWIN, LOCK_OFF="1")
    occurrence, families = storm(house)
    found = standing(house.database, occurrence)
    assert unsound(house.database) == {}
    assert found.seats == sum(family.is_answered for family in families) <= PLACES
    assert statuses(families).get(500, 0) > 0  # it caught them, but families saw it: the lock is what spares them
