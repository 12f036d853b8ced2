"""Letters by real workers to a real mail server: none is lost, none goes twice, and a kill costs a copy at most."""

import random
import signal
import time
from collections.abc import Callable
from threading import Event

import pytest

from kopiena.limits import WORK_PAUSE_SECONDS
from tests.processes import command, run
from tests.sink import OK, fine, slowly, until
from tests.storms.numbers import Numbers
from tests.storms.post_office import TWIN, PostOffice

Open = Callable[..., PostOffice]
SHORT = {"MAIL_TIMEOUT_SECONDS": "1", "NOTICE_LEASE_SECONDS": "3"}


def test_three_workers_send_every_letter_once(open_post_office: Open, numbers: Numbers) -> None:
    office = open_post_office("letters")
    office.sign_up(numbers.letters)
    for _ in range(3):
        office.start()
    office.wait_for(lambda: office.sink.arrived)
    office.wait_for(office.is_done, 240)
    arrived = office.sink.arrived
    print(f"{numbers.letters / (arrived[-1].at - arrived[0].at):.0f} letters a second by three workers")
    assert office.states() == {"sent": numbers.letters}
    assert len(set(office.sink.ids())) == len(arrived) == numbers.letters
    assert set(office.sink.ids()) == office.owed_ids()
    assert "@" not in office.log.read_text()


def test_without_the_claim_letters_go_twice(open_post_office: Open) -> None:
    """The twin of the one above."""
    office = open_post_office("letters_unclaimed")
    office.sign_up(30)
    for _ in range(3):
        office.start(by=TWIN, CLAIM_OFF="1")
    office.wait_for(office.is_done)
    assert len(office.sink.ids()) > len(set(office.sink.ids())) == 30


def test_workers_killed_and_the_mail_server_away_lose_no_letter(open_post_office: Open, numbers: Numbers) -> None:
    """The server keeps a letter a moment before it says so: a kill then is the one that costs a second copy."""
    office = open_post_office("letters_killed", **SHORT)
    count, kills = numbers.letters_killed, numbers.letter_kills
    office.sign_up(count)
    office.sink.kept_before, office.sink.of_letter = True, slowly(0.25)
    chance = random.Random(4)
    workers = [office.start() for _ in range(3)]
    office.wait_for(lambda: office.sink.arrived)
    back_at = 0.0
    for kill in range(kills):
        if kill == kills // 3:
            office.sink.stop()
            back_at = time.monotonic() + numbers.sink_away_seconds
        elif back_at and time.monotonic() > back_at:
            back_at = 0.0
            office.sink.start()
        if back_at:
            time.sleep(chance.uniform(1, 6) if numbers.sink_away_seconds > 10 else 0.5)
        else:
            begun = len(office.sink.asked)
            office.wait_for(lambda begun=begun: len(office.sink.asked) > begun + 3)
            time.sleep(chance.uniform(0, 0.3))
        victim = kill % 3  # the one that has worked longest
        workers[victim].kill()
        workers[victim].wait()
        workers[victim] = office.start()
    if back_at:
        time.sleep(max(0.0, back_at - time.monotonic()))
        office.sink.start()
    unsent = count - office.count("sent")
    office.wait_for(office.is_done, 240)
    ids = office.sink.ids()
    print(f"{kills} workers killed, {unsent} letters unsent then; second copies: {len(ids) - len(set(ids))} of {count}")
    assert unsent > 0, "the kills came too late"
    assert office.states() == {"sent": count}
    assert set(ids) == office.owed_ids()
    assert len(set(ids)) == count
    assert len(ids) - count <= kills + 3  # one for each kill, and those in hand when the server went
    assert "@" not in office.log.read_text()


def test_a_sign_up_that_breaks_after_its_letter_was_written_sends_none(open_post_office: Open) -> None:
    office = open_post_office("letters_broken")
    office.start()
    office.wait_for(office.sleeps)
    date = office.desk.occurrence(places=None)
    assert office.desk.do("sign_up_that_breaks", occurrence=date) == [0, 1, 0]
    office.sign_up(1, "Vesels", date)  # wakes the worker in any case
    office.wait_for(lambda: office.sink.arrived)
    assert [each.recipient for each in office.sink.arrived] == ["vesels-0@example.lv"]


def test_told_to_stop_a_worker_finishes_the_letter_in_hand(open_post_office: Open) -> None:
    office = open_post_office("letters_stopped")
    office.sink.of_letter = slowly(1.5)
    office.sign_up(3)
    worker = office.start()
    office.wait_for(lambda: office.sink.asked)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    assert len(office.sink.arrived) == 1
    assert office.states() == {"sent": 1, "owed": 2}


def test_a_worker_asleep_hears_of_a_letter_at_once_and_again_after_its_wires_were_cut(open_post_office: Open) -> None:
    office = open_post_office("letters_heard")
    office.start()
    office.wait_for(office.sleeps)
    for turn, name in enumerate(("Pirms", "Pēc"), 1):
        if turn == 2:
            cut = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            )
            office.database.rows(cut, office.database.name)
            office.wait_for(office.sleeps)
        date = office.desk.occurrence(places=None)
        office.sign_up(1, name.replace("ē", "e"), date)
        took = office.wait_for(lambda turn=turn: len(office.sink.arrived) == turn, WORK_PAUSE_SECONDS / 2)
        print(f"{name}: there after {took:.2f} s")
    assert office.workers[0].poll() is None


def test_once_sends_what_is_owed_and_ends(open_post_office: Open) -> None:
    office = open_post_office("letters_once")
    office.sign_up(3)
    done = run(*command("work", "--once"), env=office.environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "letters sent: 3\n", "")
    assert len(office.sink.arrived) == 3


def test_who_lost_the_lease_changes_nothing_any_more(open_post_office: Open) -> None:
    """The one who was stopped with the letter in hand is told 550 at last; it is sent all the same."""
    office = open_post_office("letters_lapsed", **SHORT)
    office.sign_up(1)

    in_hand: list[str] = []

    async def refuse_the_first(recipient: str) -> str:
        if not in_hand:
            in_hand.append(recipient)
            await slowly(0.5)(recipient)
            return "550 nobody here"
        return OK

    office.sink.of_letter = refuse_the_first
    stopped = office.start()
    office.wait_for(lambda: in_hand)
    stopped.send_signal(signal.SIGSTOP)
    office.start()
    office.wait_for(office.is_done)
    asked = "SELECT state, reason, answer, sent_at, tries, claimed_until FROM floor_notice"
    marked = office.database.rows(asked)
    stopped.send_signal(signal.SIGCONT)
    time.sleep(2)
    assert office.database.rows(asked) == marked
    assert marked[0][:3] == ("sent", "", "")
    assert (len(office.sink.asked), len(office.sink.arrived)) == (2, 1)
    assert stopped.poll() is None


@pytest.mark.parametrize("switches", [{}, {"ORDER_OFF": "1"}], ids=["in order", "the twin"])
def test_a_place_that_came_free_is_never_overtaken_by_the_number_in_the_queue(
    open_post_office: Open, switches: dict[str, str]
) -> None:
    """The word of the queue is in one worker's hand when the place comes free; another is idle."""
    office = open_post_office("letters_overtaken" + "_twin" * bool(switches), **switches)
    date = office.desk.occurrence(places=1)
    office.sign_up(1, "Pirmais", date)
    office.start(by=TWIN)
    office.wait_for(office.is_done)
    heard = Event()
    office.sink.of_letter = until(heard)
    office.start(by=TWIN)
    office.wait_for(lambda: office.sleeps(2))
    office.sign_up(1, "Gaida", date)
    office.wait_for(lambda: len(office.sink.asked) == 2)
    office.sink.of_letter = fine
    (placed,) = [row[0] for row in office.database.rows("SELECT id FROM families_registration WHERE status = 'placed'")]
    office.desk.do("cancel", registration=placed)
    if switches:
        office.wait_for(lambda: len(office.sink.arrived) == 3)  # the first family's two, and the place that came free
    else:
        office.wait_for(lambda: len(office.sink.arrived) == 2 and office.sleeps(1))
        time.sleep(1)  # time enough for the idle one to overtake
    heard.set()
    office.wait_for(office.is_done)
    kinds = dict(office.database.rows("SELECT message_id, kind FROM floor_notice"))
    told = [kinds[each.message_id] for each in office.sink.arrived if each.recipient == "gaida-0@example.lv"]
    assert told == (["promoted", "waiting"] if switches else ["waiting", "promoted"])
