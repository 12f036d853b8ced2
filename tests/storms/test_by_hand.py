"""The coordinator at her desk in mid-storm: she gives places, raises and lowers them; the queue keeps its order."""

import asyncio

import pytest

from tests.storms.desk import Refused
from tests.storms.facts import jumped, parties, server_errors, standing, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import House
from tests.storms.http import Answer
from tests.storms.numbers import Numbers

PLACES, WAITING, GOING = 20, 15, 10


async def cancel_while_she_places(
    house: House, going: list[Family], chosen: list[int], lets_pass: list[str]
) -> list[Answer]:
    """Ten cancel at once; she gives each chosen party its places, again and again until there are some."""

    async def give(registration: int) -> None:
        for _ in range(600):
            try:
                await asyncio.to_thread(house.desk.do, "place_by_hand", registration=registration, lets_pass=lets_pass)
            except Refused:
                await asyncio.sleep(0.02)
            else:
                return
        raise AssertionError("she was never let")

    async def give_all() -> None:
        for registration in chosen:
            await give(registration)

    *answers, _ = await asyncio.gather(*(family.cancel() for family in going), give_all())
    return answers


def test_after_the_queue_has_stopped_she_gives_each_place_that_ten_let_go(house: House, numbers: Numbers) -> None:
    for occurrence in house.desk.occurrences(numbers.by_hand, places=PLACES, promote_in=-1):
        links = house.desk.do("fill", occurrence=occurrence, sizes=[1] * (PLACES + WAITING), names=f"Roka-{occurrence}")
        going = [Family(house.port, "", occurrence, link=link) for link in links[:GOING]]
        chosen = parties(house.database, occurrence, "waiting")[:GOING]
        answers = asyncio.run(cancel_while_she_places(house, going, chosen, []))
        found = standing(house.database, occurrence)
        assert [answer.status for answer in answers] == [302] * GOING
        assert found.placed_numbers == list(range(GOING + 1, GOING + PLACES + 1))
        assert (found.waiting, found.cancelled) == (WAITING - GOING, GOING)
    assert unsound(house.database) == {}


def test_she_gives_kept_places_to_the_last_in_line_while_the_queue_moves_up(house: House, numbers: Numbers) -> None:
    kept = 3
    for occurrence in house.desk.occurrences(numbers.by_hand, places=PLACES):
        links = house.desk.do("fill", occurrence=occurrence, sizes=[1] * (PLACES - kept), names=f"Roka-{occurrence}")
        house.desk.do("hold_places", occurrence=occurrence, held=kept, seconds=3600)
        house.desk.do("fill", occurrence=occurrence, sizes=[1] * WAITING, names=f"Rinda-{occurrence}")
        going = [Family(house.port, "", occurrence, link=link) for link in links[:GOING]]
        chosen = parties(house.database, occurrence, "waiting")[-kept:]
        answers = asyncio.run(cancel_while_she_places(house, going, chosen, ["held", "order"]))
        found = standing(house.database, occurrence)
        moved_up = range(GOING + 1, PLACES - kept + GOING + 1)
        assert [answer.status for answer in answers] == [302] * GOING
        assert found.placed_numbers == [
            *moved_up,
            *range(PLACES - kept + WAITING - kept + 1, PLACES - kept + WAITING + 1),
        ]
        assert house.database.one("SELECT held FROM activities_capacity WHERE occurrence_id = %s", occurrence) == 0
        reasons = house.database.rows(
            "SELECT DISTINCT override_reason FROM families_registration WHERE occurrence_id = %s AND id = ANY(%s)",
            occurrence,
            chosen,
        )
        assert reasons == [("storm",)]
    assert unsound(house.database) == {}


async def come_while_she(house: House, coming: list[Family], places: int) -> str:
    """She sets the places while newcomers press the button; what she was told."""
    await asyncio.gather(*(family.open_form() for family in coming))

    async def set_places() -> str:
        await asyncio.sleep(0.1)
        try:
            await asyncio.to_thread(house.desk.do, "set_places", occurrence=coming[0].occurrence, places=places)
        except Refused as refusal:
            return str(refusal)
        return ""

    told, *_ = await asyncio.gather(set_places(), *(family.send(wait=True) for family in coming))
    await asyncio.gather(*(family.look() for family in coming if family.link))
    return str(told)


@pytest.fixture
def fifty(house: House) -> int:
    """50 places, all taken; in the queue parties of 4, 3, 5, 2, 1 and more."""
    occurrence = house.desk.occurrence(places=50)
    sizes = [1] * 50 + [4, 3, 5, 2, 1] + [2] * 10
    house.desk.do("fill", occurrence=occurrence, sizes=sizes, names=f"Simts-{occurrence}")
    return occurrence


def newcomers(house: House, occurrence: int) -> list[Family]:
    return [Family(house.port, f"Viesis-{occurrence}-{n}", occurrence, 1 + n % 3) for n in range(30)]


def test_ten_places_more_go_to_exactly_the_next_that_fit(house: House, fifty: int) -> None:
    coming = newcomers(house, fifty)
    assert asyncio.run(come_while_she(house, coming, 60)) == ""
    found = standing(house.database, fifty)
    assert server_errors(coming) == []
    # 4 and 3 go in, 5 is too large for the 3 left, 2 and 1 fill it up.
    assert found.placed_numbers == [*range(1, 51), 51, 52, 54, 55]
    assert (found.seats, len(found.numbers)) == (60, 95)
    assert told_otherwise(house.database, coming) == []
    assert jumped(house.database, fifty) == []
    assert unsound(house.database) == {}


def test_fewer_places_than_are_taken_are_refused_with_a_way_out(house: House, fifty: int) -> None:
    coming = newcomers(house, fifty)
    told = asyncio.run(come_while_she(house, coming, 40))
    found = standing(house.database, fifty)
    assert told == "50 places are taken already. Cancel some registrations first, or keep at least as many."
    assert server_errors(coming) == []
    assert (found.seats, found.placed_numbers, len(found.numbers)) == (50, list(range(1, 51)), 95)
    assert house.database.one("SELECT places FROM activities_capacity WHERE occurrence_id = %s", fifty) == 50
    assert unsound(house.database) == {}
