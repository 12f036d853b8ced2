"""Anything, by anybody, in any order: 50 families and two people of the staff over five dates, all at once."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.storms.cluster import Cluster
from tests.storms.desk import Desk, Refused
from tests.storms.facts import parties, server_errors, unsound
from tests.storms.family import Family
from tests.storms.house import House
from tests.storms.numbers import Numbers

DATES, CLIENTS, PLACES = 5, 50, 30
LETS_PASS = [[], [], ["order"], ["held", "order"], ["window", "held", "order", "age"]]


@dataclass
class Fray:
    """Five dates, and everything that was done to them."""

    house: House
    dates: list[int]
    until: float
    families: list[Family] = field(default_factory=list)
    done: "Counter[str]" = field(default_factory=Counter)
    refused: "Counter[str]" = field(default_factory=Counter)

    async def client(self, number: int) -> None:
        """Signs up family after family; each then changes its mind in some way, or not."""
        chance = random.Random(number)
        while time.monotonic() < self.until:
            name = f"Viesis-{number}-{len(self.families)}"
            date, adults, children = chance.choice(self.dates), chance.randint(1, 3), chance.randint(0, 2)
            family = Family(self.house.port, name, date, adults, children)
            self.families.append(family)
            if not await family.open_form():
                self.done["found it closed"] += 1
                continue
            will_wait = chance.random() < 0.9
            await asyncio.gather(*(family.send(wait=will_wait) for _ in range(chance.choice([1, 1, 2]))))
            for _ in range(chance.randint(0, 3) if family.link else 0):
                await asyncio.sleep(chance.uniform(0, 0.3))
                await self._change_of_mind(family, chance)
            await asyncio.sleep(chance.uniform(0, 0.3))

    async def _change_of_mind(self, family: Family, chance: random.Random) -> None:
        deed = chance.choice(["look", "change", "change", "cancel", "erase"])
        self.done[deed] += 1
        if deed == "change":
            await family.change(chance.randint(1, 4), chance.randint(0, 2))
        elif deed == "cancel":
            await family.cancel()
        else:
            page = f"/pieteikums/{family.link}/"
            await (family.ask(page) if deed == "look" else family.ask(f"{page}dzest/", {}))

    async def staff(self, desk: Desk, seed: int) -> None:
        """Does whatever the office can do, to whatever is there."""
        chance = random.Random(seed)
        while time.monotonic() < self.until:
            deed, arguments = self._choose(chance)
            try:
                await asyncio.to_thread(desk.do, deed, **arguments)
            except Refused as refusal:
                self.refused[f"{deed}: {refusal}"] += 1
            else:
                self.done[deed] += 1
            await asyncio.sleep(chance.uniform(0, 0.1))

    def _choose(self, chance: random.Random) -> tuple[str, dict[str, object]]:
        date, other = chance.sample(self.dates, 2)
        waiting, placed = (parties(self.house.database, date, status) for status in ("waiting", "placed"))
        lets_pass = chance.choice(LETS_PASS)
        any_party = chance.choice(waiting + placed) if waiting + placed else None
        deeds: list[tuple[str, dict[str, object]]] = [
            ("set_places", {"occurrence": date, "places": chance.randint(PLACES - 10, PLACES + 10)}),
            ("hold_places", {"occurrence": date, "held": chance.randint(0, 5), "seconds": chance.uniform(0.1, 5)}),
            ("by_phone", {"occurrence": date, "name": f"Zvana-{chance.random()}", "size": chance.randint(1, 6)}),
            (chance.choice(["call_off", "take_up", "take_up"]), {"occurrence": date}),
            (chance.choice(["close_sign_up", "open_sign_up", "open_sign_up"]), {"occurrence": date}),
            ("settle", {"occurrence": date}),
        ]
        if waiting:
            by_hand = {"registration": chance.choice(waiting), "lets_pass": lets_pass}
            deeds += [("place_by_hand", by_hand)] * 2
        if any_party:
            deeds += [("move", {"registration": any_party, "occurrence": other, "lets_pass": lets_pass})] * 3
            deeds += [("cancel", {"registration": any_party})]
            deeds += [("clear_junk", {"registrations": chance.sample(waiting + placed, min(3, len(waiting + placed)))})]
        return chance.choice(deeds)

    async def rage(self, desks: list[Desk]) -> None:
        await asyncio.gather(
            *(self.client(number) for number in range(CLIENTS)),
            *(self.staff(desk, seed) for seed, desk in enumerate(desks)),
        )


def test_random_deeds_leave_nothing_wrong_and_nobody_without_an_answer(
    cluster: Cluster, build: Callable[..., House], numbers: Numbers
) -> None:
    house = build("fray")
    other_desk = Desk(house.environment)
    dates = house.desk.occurrences(DATES, places=PLACES)
    fray = Fray(house, dates, time.monotonic() + numbers.random_seconds)
    try:
        asyncio.run(fray.rage([house.desk, other_desk]))
    finally:
        other_desk.close()
    print(len(fray.families), fray.done, fray.refused)
    assert server_errors(fray.families) == []
    assert "deadlock detected" not in cluster.log()
    # What was left called off or kept at the end is let go, so that everything owed can be settled.
    for date in dates:
        if house.database.one("SELECT state FROM activities_occurrence WHERE id = %s", date) == "cancelled":
            house.desk.do("take_up", occurrence=date)
        house.desk.do("hold_places", occurrence=date, held=0, seconds=1)
    assert unsound(house.database) == {}
    checked = house.manage("check_places")
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    assert min(fray.done[deed] for deed in ("change", "cancel", "erase", "move", "set_places", "hold_places")) > 0
