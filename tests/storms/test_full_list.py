"""A full list: ten cancel in the moment in which ten sign up; no place stays empty and nobody is passed over."""

import asyncio
import random

import pytest

from tests.storms.facts import jumped, server_errors, standing, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import House
from tests.storms.http import Answer
from tests.storms.numbers import Numbers

PLACES, WAITING, COMING, GOING = 20, 15, 10, 10
# Half of the rounds are played by single persons, whose order can be told exactly, half by parties of any size.


async def swap(going: list[Family], coming: list[Family]) -> list[Answer]:
    """Cancels and sign-ups in one heap, in no order; then the newcomers look."""
    await asyncio.gather(*(family.open_form() for family in coming))
    deeds = [family.cancel() for family in going] + [family.send(wait=True) for family in coming]
    random.shuffle(deeds)
    answers = await asyncio.gather(*deeds)
    await asyncio.gather(*(family.look() for family in coming if family.link))
    return answers


def play(house: House, occurrence: int, sizes: list[int], coming_sizes: list[int]) -> list[Family]:
    """Fills the date with parties of these sizes and lets the first ten cancel while others come; the newcomers."""
    links = house.desk.do("fill", occurrence=occurrence, sizes=sizes, names=f"Pirms-{occurrence}")
    going = [Family(house.port, "", occurrence, link=link) for link in links[:GOING]]
    coming = [Family(house.port, f"Viesis-{occurrence}-{n}", occurrence, size) for n, size in enumerate(coming_sizes)]
    answers = asyncio.run(swap(going, coming))
    assert server_errors(going + coming) == []
    assert [answer.status for answer in answers] == [302] * (GOING + COMING)
    assert told_otherwise(house.database, coming) == []
    return coming


@pytest.mark.parametrize("waiting", [WAITING, 0], ids=["fifteen_wait", "empty_queue"])
def test_ten_cancel_while_ten_sign_up_and_those_first_in_line_move_up(
    house: House, numbers: Numbers, waiting: int
) -> None:
    for occurrence in house.desk.occurrences(numbers.full_list // 2, places=PLACES):
        play(house, occurrence, [1] * (PLACES + waiting), [1] * COMING)
        found = standing(house.database, occurrence)
        # Everybody is one person here, so the order alone decides: the ten that come next have the ten places.
        assert found.placed_numbers == list(range(GOING + 1, GOING + PLACES + 1))
        assert (found.waiting, found.cancelled) == (waiting + COMING - GOING, GOING)
        assert found.numbers == list(range(1, PLACES + waiting + COMING + 1))
    assert unsound(house.database) == {}


@pytest.mark.parametrize("waiting", [WAITING, 0], ids=["fifteen_wait", "empty_queue"])
def test_parties_of_1_to_4_swap_and_nobody_who_fits_is_left_waiting(
    house: House, numbers: Numbers, waiting: int
) -> None:
    chance = random.Random(waiting)
    for occurrence in house.desk.occurrences(numbers.full_list // 2, places=PLACES):
        # Full to the last place by parties of 2 and 1, then a queue of any.
        sizes = [2] * 5 + [1] * 10 + [chance.randint(1, 4) for _ in range(waiting)]
        play(house, occurrence, sizes, [chance.randint(1, 4) for _ in range(COMING)])
        found = standing(house.database, occurrence)
        assert found.seats <= PLACES
        assert jumped(house.database, occurrence) == []
    assert unsound(house.database) == {}
