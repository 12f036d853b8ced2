"""Anything may happen to a registration while three workers send: its letters arrive in the order of the deeds."""

import asyncio
import random
import time
from collections.abc import Callable

from tests.sink import HANG_UP, OK
from tests.storms.desk import Refused
from tests.storms.facts import parties
from tests.storms.numbers import Numbers
from tests.storms.post_office import TWIN, PostOffice

DATES, PLACES = 3, 4
SOON = {"PAUSE_SECONDS": "0.3", "MAIL_TIMEOUT_SECONDS": "2", "NOTICE_LEASE_SECONDS": "8"}


def do_anything(office: PostOffice, dates: list[int], chance: random.Random, number: int) -> str:
    """One deed of the office or of a family; what it was."""
    date, other = chance.sample(dates, 2)
    there = parties(office.database, date, "placed") + parties(office.database, date, "waiting")
    deeds = [("fill", {"occurrence": date, "sizes": [chance.randint(1, 2)], "names": f"Viesis-{number}"})] * 3
    deeds += [(chance.choice(["call_off", "take_up", "take_up"]), {"occurrence": date})]
    deeds += [("set_places", {"occurrence": date, "places": chance.randint(PLACES, 2 * PLACES)})]
    if there:
        deeds += [("cancel", {"registration": chance.choice(there)})] * 4
        deeds += [("move", {"registration": chance.choice(there), "occurrence": other, "lets_pass": ["order"]})] * 2
    deed, arguments = chance.choice(deeds)
    try:
        office.desk.do(deed, **arguments)
    except Refused:
        return f"{deed}, refused"
    return deed


def test_letters_about_one_registration_arrive_in_the_order_of_the_deeds(
    open_post_office: Callable[..., PostOffice], numbers: Numbers
) -> None:
    office = open_post_office("letters_in_order", **SOON)
    chance = random.Random(7)

    async def moody(_what: str) -> str:
        await asyncio.sleep(chance.choice([0, 0, 0.1, 0.3]))
        return chance.choice([OK] * 12 + ["451 later", "451 later", "421 not now"])

    async def dies_at_times(what: str) -> str:
        return HANG_UP if chance.random() < 0.03 else await moody(what)

    office.sink.of_recipient, office.sink.of_letter = moody, dies_at_times
    dates = office.desk.occurrences(DATES, places=PLACES)
    for _ in range(3):
        office.start(by=TWIN)
    office.wait_for(lambda: office.sleeps(3))
    done = []
    for number in range(numbers.letter_deeds):
        done.append(do_anything(office, dates, chance, number))
        time.sleep(chance.choice([0, 0, 0.1, 0.3]))
    office.sink.of_recipient = office.sink.of_letter = calm
    office.wait_for(office.is_done, 120)
    rows = office.database.rows("SELECT message_id, id, about, kind, state FROM floor_notice WHERE channel = 'mail'")
    known = {message_id: (about, pk, kind) for message_id, pk, about, kind, _ in rows}
    told: dict[str, list[tuple[int, str]]] = {}
    for message_id in dict.fromkeys(office.sink.ids()):  # the first copy of each
        about, pk, kind = known[message_id]
        told.setdefault(about, []).append((pk, kind))
    sent = {message_id for message_id, *_, state in rows if state == "sent"}
    print(f"{office.states()}; {sum(len(each) > 1 for each in told.values())} registrations with several letters")
    assert {about: each for about, each in told.items() if each != sorted(each)} == {}
    assert set(office.sink.ids()) == sent
    assert set(office.states()) <= {"sent", "withdrawn"}
    assert sum(len(each) > 1 for each in told.values()) > 2
    assert not all("refused" in each for each in done)


async def calm(_what: str) -> str:
    """Well, and at once."""
    return OK
