"""A moment passes in mid-storm: kept places lapse, the queue stops; nobody jumps it, and nothing moves up after."""

import asyncio
from datetime import datetime, timedelta

from tests.storms.facts import parties, server_errors, standing, statuses, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import House

PLACES, WAITING, COMING, SECONDS = 20, 15, 30, 6.0


async def all_along(house: House, coming: list[Family], going: list[Family]) -> None:
    """Newcomers and those who cancel, spread evenly over the seconds around the moment."""

    async def come(number: int, family: Family) -> None:
        await family.open_form()
        await asyncio.sleep(number * SECONDS / len(coming))
        await family.send(wait=True)

    async def go(number: int, family: Family) -> None:
        await asyncio.sleep(number * SECONDS / len(going))
        await family.cancel()

    await asyncio.gather(*(come(*each) for each in enumerate(coming)), *(go(*each) for each in enumerate(going)))
    await asyncio.gather(*(family.look() for family in coming if family.link))


def came_around(house: House, occurrence: int, moment: datetime) -> tuple[int, int]:
    """How many signed up before and after the moment."""
    return tuple(  # type: ignore[return-value]
        house.database.rows(
            "SELECT count(*) FILTER (WHERE created_at < %s), count(*) FILTER (WHERE created_at >= %s)"
            " FROM families_registration WHERE occurrence_id = %s",
            moment, moment, occurrence,
        )[0]
    )  # fmt: skip


def test_kept_places_that_lapse_go_to_the_queue_and_not_to_newcomers(house: House) -> None:
    occurrence = house.desk.occurrence(places=PLACES)
    house.desk.do("fill", occurrence=occurrence, sizes=[1] * 10, names=f"Tur-{occurrence}")
    house.desk.do("hold_places", occurrence=occurrence, held=10, seconds=SECONDS / 2)
    until = house.database.one("SELECT held_until FROM activities_capacity WHERE occurrence_id = %s", occurrence)
    house.desk.do("fill", occurrence=occurrence, sizes=[1] * WAITING, names=f"Rinda-{occurrence}")
    coming = [Family(house.port, f"Viesis-{occurrence}-{n}", occurrence) for n in range(COMING)]
    asyncio.run(all_along(house, coming, []))
    before, after = came_around(house, occurrence, until)
    found = standing(house.database, occurrence)
    assert server_errors(coming) == []
    assert before > 10 + WAITING
    assert after > 0
    assert found.placed_numbers == list(range(1, PLACES + 1))
    assert told_otherwise(house.database, coming) == []
    assert house.database.one(
        "SELECT min(placed_at) >= %s FROM families_registration WHERE occurrence_id = %s AND queue_number > 10",
        until,
        occurrence,
    )
    assert unsound(house.database) == {}


def test_after_promote_until_nothing_moves_up_by_itself_and_who_waits_is_owed_a_word(house: House) -> None:
    occurrence = house.desk.occurrence(places=PLACES)
    links = house.desk.do("fill", occurrence=occurrence, sizes=[1] * (PLACES + WAITING), names=f"Lidz-{occurrence}")
    coming = [Family(house.port, f"Viesis-{occurrence}-{n}", occurrence) for n in range(COMING)]
    going = [Family(house.port, "", occurrence, link=link) for link in links[:PLACES]]
    until = house.database.one("SELECT now()") + timedelta(seconds=SECONDS / 2)
    house.database.rows("UPDATE activities_occurrence SET promote_until = %s WHERE id = %s", until, occurrence)
    asyncio.run(all_along(house, coming, going))
    freed_before, freed_after = house.database.rows(
        "SELECT count(*) FILTER (WHERE cancelled_at < %s), count(*) FILTER (WHERE cancelled_at >= %s)"
        " FROM families_registration WHERE occurrence_id = %s",
        until, until, occurrence,
    )[0]  # fmt: skip
    found = standing(house.database, occurrence)
    assert server_errors([*coming, *going]) == []
    assert freed_before > 0
    assert freed_after > 0
    # As many as let go in time have moved up, in their order; what was let go later is the coordinator's.
    assert found.placed_numbers == list(range(PLACES + 1, PLACES + freed_before + 1))
    assert found.cancelled == freed_before + freed_after == PLACES
    latest = "SELECT max(placed_at) FROM families_registration WHERE occurrence_id = %s"
    assert house.database.one(latest, occurrence) < until
    assert told_otherwise(house.database, coming) == []
    house.desk.do("settle", occurrence=occurrence)
    owed = house.database.rows("SELECT about FROM floor_notice WHERE kind = 'no_place' AND state = 'owed'")
    waiting = house.database.rows(
        "SELECT 'registration:' || id FROM families_registration"
        " WHERE occurrence_id = %s AND status = 'waiting' AND created_at < %s",
        occurrence,
        until,
    )
    assert set(waiting) <= set(owed)
    assert unsound(house.database) == {}
    assert statuses(going) == {302: PLACES}
    assert len(parties(house.database, occurrence, "waiting")) == WAITING + COMING - freed_before
