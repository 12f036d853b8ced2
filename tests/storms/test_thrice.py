"""A nervous thumb: every form is posted three times in the same moment."""

import asyncio
from collections import Counter

from tests.storms.facts import server_errors, standing, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import House
from tests.storms.http import Answer
from tests.storms.numbers import Numbers


async def press_thrice(families: list[Family]) -> list[list[Answer]]:
    """Three posts of each form at once, each willing to wait; then every family looks where each answer leads."""
    await asyncio.gather(*(family.open_form() for family in families))
    presses = [family.send(wait=True) for family in families for _ in range(3)]
    answers = await asyncio.gather(*presses)
    await asyncio.gather(*(family.look() for family in families if family.link))
    return [answers[3 * n : 3 * n + 3] for n in range(len(families))]


def test_every_form_posted_three_times_at_once_is_one_registration(house: House, numbers: Numbers) -> None:
    occurrences = house.desk.occurrences(5, places=numbers.thrice // 10)
    families = [Family(house.port, f"Trisreiz-{n}", occurrences[n % 5]) for n in range(numbers.thrice)]
    answers = asyncio.run(press_thrice(families))
    assert server_errors(families) == []
    assert Counter(answer.status for three in answers for answer in three) == {302: 3 * len(families)}
    assert [len({answer.headers["location"] for answer in three}) for three in answers] == [1] * len(families)
    assert told_otherwise(house.database, families) == []
    found = [standing(house.database, occurrence) for occurrence in occurrences]
    each, places = len(families) // 5, numbers.thrice // 10
    assert [(one.placed, one.waiting) for one in found] == [(places, each - places)] * 5
    assert [one.numbers for one in found] == [list(range(1, each + 1))] * 5
    assert unsound(house.database) == {}
