"""Somebody holds one date's places for long: the others go on, those at it are told so, and its texts can be saved."""

import asyncio
import time
from dataclasses import dataclass, field

import pytest

from tests.storms.facts import standing, statuses, told_otherwise, unsound
from tests.storms.family import Family
from tests.storms.house import House
from tests.storms.numbers import Numbers

PAUSE_SECONDS = 3  # between two presses; the page asks for 5


@dataclass
class Siege:
    """One date under lock with its clients, and another beside it."""

    house: House
    locked: int
    other: int
    at_it: list[Family]
    beside: list[Family] = field(default_factory=list)
    released_at: float = 0.0

    async def hold(self, seconds: int) -> None:
        """Lock the row, let everybody press, and sign up beside it all the while."""
        await asyncio.gather(*(family.open_form() for family in self.at_it))
        pressing = [asyncio.create_task(self._press(family)) for family in self.at_it]
        with self.house.database.connection() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM activities_capacity WHERE occurrence_id = %s FOR UPDATE", [self.locked])
            until = time.monotonic() + seconds
            saving = asyncio.to_thread(
                self.house.desk.do, "save_title_and_picture", occurrence=self.locked, title=f"Jauns-{self.locked}"
            )
            self.saved_in = await saving
            while time.monotonic() < until:
                family = Family(self.house.port, f"Blakus-{self.other}-{len(self.beside)}", self.other)
                await family.sign_up()
                self.beside.append(family)
                await asyncio.sleep(0.1)
            self.answered_under_lock = sum(family.is_answered for family in self.at_it)
            self.signed_up_under_lock = len(self.beside)
        self.released_at = time.monotonic()
        await asyncio.gather(*pressing)

    async def _press(self, family: Family) -> None:
        """Press, and press again after each "too busy", a little sooner than the page asks for."""
        while not family.link:
            await family.send()
            await asyncio.sleep(0 if family.link else PAUSE_SECONDS)
        await family.look()


@pytest.mark.parametrize("clients", [10, 100])
def test_a_locked_row_stops_nobody_but_those_at_it(house: House, numbers: Numbers, clients: int) -> None:
    locked, other = house.desk.occurrences(2, places=None)
    at_it = [Family(house.port, f"Gaida-{locked}-{n}", locked) for n in range(clients)]
    siege = Siege(house, locked, other, at_it)
    asyncio.run(siege.hold(numbers.locked_seconds))
    title = "SELECT a.title_lv FROM activities_activity a JOIN activities_occurrence o ON o.activity_id = a.id"
    busy = [answer for family in at_it for answer in family.answers if answer.status == 503]
    assert siege.answered_under_lock == 0
    assert len(busy) >= clients
    assert {answer.headers.get("retry-after") for answer in busy} == {"5"}
    # Everybody is told while the row is still locked: the server gives up waiting, not the lock.
    assert [family.name for family in at_it if family.answers[1].at > siege.released_at] == []
    assert all(family.name in answer.text for family in at_it for answer in family.answers if answer.status == 503)
    # A jam that is over is over: who presses afterwards waits for those before, and is not sent away.
    sent_away = [answer for answer in busy if answer.at - answer.seconds > siege.released_at + 2]
    assert len(sent_away) == 0, f"{len(sent_away)} were told it is too busy long after the row was free"
    assert siege.signed_up_under_lock
    assert set(statuses(siege.beside)) == {200, 302}
    slowest = max(answer.seconds for family in siege.beside for answer in family.answers)
    told_after = max(answer.seconds for answer in busy)
    print(
        f"{clients} at a locked row: told after {told_after:.2f} s at most, {len(siege.beside)} families beside it"
        f" signed up, their slowest page took {slowest:.2f} s, saving a title {siege.saved_in:.2f} s"
    )
    assert max(slowest, siege.saved_in) < numbers.locked_seconds
    assert house.database.one(f"{title} WHERE o.id = %s", locked) == f"Jauns-{locked}"
    assert standing(house.database, locked).placed == clients  # once the row is free, all of them get in
    assert told_otherwise(house.database, [*at_it, *siege.beside]) == []
    assert unsound(house.database) == {}
