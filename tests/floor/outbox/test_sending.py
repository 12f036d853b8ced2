"""Sending: what is claimed in which order, by whom, and what is not sent after all."""

from datetime import timedelta

import pytest
from django.utils import translation

from kopiena.floor.models import Notice
from kopiena.floor.outbox import kinds, owe_again, sending
from tests.conftest import NOW
from tests.floor.outbox.box import Box, owed, row, sent, subjects, turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_kinds", "box")]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_the_oldest_goes_first_and_what_somebody_waits_for_before_all() -> None:
    for about, kind in (("registration:2", "t_plain"), ("registration:1", "t_newer"), ("sign_up:1", "t_first")):
        owed(about, kind)
    assert sent() == {"sent": 3}
    assert subjects(Box.taken) == ["t_first", "t_plain", "t_newer"]
    assert Box.opened == 1  # one conversation for all
    assert not Notice.objects.exclude(state="sent", sent_at=NOW, tries=1, claimed_until=None).exists()


def test_a_letter_carries_its_own_message_id_and_reads_in_its_language() -> None:
    notice = owed()
    with translation.override("ru"):
        turn()
        assert translation.get_language() == "ru"
    (message,) = Box.taken
    assert message.message()["Message-ID"] == notice.message_id
    assert message.extra_headers["Content-Language"] == "lv"


def test_what_is_not_due_waits_and_is_asked_for_at_its_time() -> None:
    notice = owed()
    Notice.objects.update(due_at=NOW + MINUTE)
    assert (sent(), sending.next_due(NOW)) == ({}, NOW + MINUTE)
    assert sent(NOW + MINUTE) == {"sent": 1}
    assert sending.next_due(NOW) is None
    assert row(notice, "sent_at") == (NOW + MINUTE,)


@pytest.mark.parametrize("state", ["owed", "sending"])
def test_none_goes_while_an_older_one_about_the_same_is_on_its_way(state: str) -> None:
    older, _newer, other = owed(), owed(), owed("registration:2")
    until = NOW + HOUR
    Notice.objects.filter(pk=older.pk).update(
        state=state, due_at=until, claimed_until=until if state == "sending" else None
    )
    assert sent() == {"sent": 1}
    assert Box.taken[0].to == [other.recipient]
    assert sending.next_due(NOW) == until  # not at once: the worker would turn round and round
    assert sent(until) == {"sent": 2}


def test_a_call_in_the_way_holds_up_no_letter_and_is_never_sent() -> None:
    call, _letter = owed(), owed()
    Notice.objects.filter(pk=call.pk).update(channel="call", recipient="+37120000000")
    assert sent() == {"sent": 1}
    assert row(call, "state") == ("owed",)
    assert sending.next_due(NOW) is None


def test_a_letter_whose_worker_died_goes_to_the_next_when_the_lease_is_over() -> None:
    notice = owed()
    claimed = sending._claim(NOW)
    assert claimed is not None
    assert claimed.claimed_until is not None
    assert (sent(), sending.next_due(NOW)) == ({}, claimed.claimed_until)
    assert sent(claimed.claimed_until) == {"sent": 1}
    assert Box.taken[0].extra_headers["Message-ID"] == notice.message_id


def test_who_lost_the_lease_marks_nothing() -> None:
    notice = owed()
    first = sending._claim(NOW)
    assert first is not None
    second = sending._claim(NOW + HOUR)
    assert second is not None
    assert sending._mark(first, "failed", reason="refused") == sending.LOST
    assert not sending._renew(first, NOW)
    assert row(notice, "state", "claimed_until") == ("sending", second.claimed_until)


def test_a_greeting_so_long_that_the_letter_is_somebody_elses_by_then_sends_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice = owed()

    def long_greeting(box: Box) -> bool:
        Notice.objects.update(claimed_until=NOW + HOUR)  # claimed anew meanwhile
        return True

    monkeypatch.setattr(Box, "open", long_greeting)
    assert sent() == {}
    assert (Box.taken, row(notice, "state")) == ([], ("sending",))


def test_whoever_is_erased_while_the_letter_is_in_hand_gets_none() -> None:
    notice = owed()

    def erased(box: Box) -> bool:
        Notice.objects.update(state="withdrawn", reason="erased", claimed_until=None)
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Box, "open", erased)
        assert sent() == {}
    assert (Box.taken, row(notice)) == ([], ("withdrawn", "erased", ""))


def test_what_has_no_point_any_more_is_withdrawn_with_its_reason() -> None:
    notice = owed(pointless="too_late")
    assert sent() == {"withdrawn": 1}
    assert row(notice) == ("withdrawn", "too_late", "")


def test_one_left_by_a_dead_worker_is_withdrawn_where_a_newer_one_made_it_untrue() -> None:
    older = owed()
    assert sending._claim(NOW)
    owed(kind="t_newer")
    assert sent(NOW + HOUR) == {"withdrawn": 1, "sent": 1}
    assert row(older) == ("withdrawn", "overtaken", "")


def test_a_kind_that_nobody_knows_waits_for_a_worker_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = owed()
    with monkeypatch.context() as old:
        old.setattr(kinds, "_KINDS", {})
        assert sent() == {"later": 1}
    assert sent(NOW + MINUTE) == {"sent": 1}
    assert row(notice, "state") == ("sent",)


def test_a_clock_put_back_keeps_the_letter_and_its_order() -> None:
    older, newer = owed(now=NOW + HOUR), owed(now=NOW)
    assert sent() == {"sent": 2}  # by this clock the older one is not written yet; the newer one pulls it along
    assert [message.extra_headers["Message-ID"] for message in Box.taken] == [older.message_id, newer.message_id]


def test_sent_again_it_is_a_letter_of_its_own() -> None:
    notice = owed()
    turn()
    owe_again(notice, NOW + HOUR)
    assert sent(NOW + HOUR) == {"sent": 1}
    first, second = (message.extra_headers["Message-ID"] for message in Box.taken)
    assert first != second


def test_told_to_stop_it_finishes_the_letter_in_hand_and_begins_no_other() -> None:
    for number in range(3):
        owed(f"registration:{number}")
    outcome = sending.send_due(lambda: bool(Box.taken), lambda: NOW)
    assert (outcome.counts["sent"], len(Box.taken)) == (1, 1)
    assert Notice.objects.owed().count() == 2
