"""What becomes of a letter for each thing a mail server may say of it, or not say."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from kopiena.floor.models import Notice
from kopiena.floor.outbox import sending
from tests.conftest import NOW
from tests.floor.outbox.box import Box, owed, row, sent, subjects, turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_kinds", "box")]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER, REFUSED = smtplib.SMTPDataError(451, b"later"), smtplib.SMTPDataError(550, b"no <registration-1@example.lv>")
NOT_NOW = smtplib.SMTPRecipientsRefused({"registration-1@example.lv": (421, b"bye")})


def test_a_lasting_refusal_fails_once_with_the_servers_words() -> None:
    notice = owed()
    Box.obstacles = [REFUSED]
    assert sent() == {"failed": 1}
    assert row(notice) == ("failed", "refused", "550 no <registration-1@example.lv>")
    assert (sent(NOW + 72 * HOUR), len(Box.taken)) == ({}, 0)


def test_a_passing_refusal_is_tried_again_after_pauses_that_grow() -> None:
    notice = owed()
    Box.obstacles = [LATER] * 20
    at, pauses = NOW, []
    while row(notice, "state") == ("owed",):
        outcome = sent(at)
        due_at = row(notice, "due_at")[0]
        assert outcome in ({"later": 1}, {"failed": 1})
        pauses.append(round((due_at - at) / MINUTE))
        at = max(due_at, at)
    assert pauses[:8] == [1, 5, 15, 60, 180, 360, 720, 720]
    assert row(notice) == ("failed", "in_vain", "451 later")
    assert timedelta(hours=48) < at - NOW < timedelta(hours=48, minutes=1)
    assert sent(at + HOUR) == {}


def test_a_worker_that_missed_three_days_still_tries_each_letter_once() -> None:
    owed()
    assert sent(NOW + 72 * HOUR) == {"sent": 1}
    notice = owed("registration:2")
    Box.obstacles = [LATER]
    assert sent(NOW + 72 * HOUR) == {"failed": 1}
    assert row(notice) == ("failed", "in_vain", "451 later")


def test_a_letter_put_off_is_withdrawn_where_a_newer_one_made_it_untrue_meanwhile() -> None:
    """Or the newer one, which is about the same, would wait for it a minute and more."""
    older = owed()

    def promote(_message: EmailMessage) -> None:
        Box.at_letter = staticmethod(lambda message: None)
        owed(kind="t_newer")

    Box.at_letter, Box.obstacles = staticmethod(promote), [LATER]
    assert sent() == {"withdrawn": 1, "sent": 1}
    assert row(older) == ("withdrawn", "overtaken", "")
    assert subjects(Box.taken) == ["t_newer"]


@pytest.mark.parametrize(
    "trouble",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        UnicodeError("label empty or too long"),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPNotSupportedError("STARTTLS"),
        smtplib.SMTPConnectError(554, b"no"),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
def test_a_server_that_cannot_be_reached_is_no_fault_of_any_letter(trouble: Exception) -> None:
    notices = [owed(f"registration:{number}") for number in range(3)]
    Box.cannot_open = trouble
    for at in (NOW, NOW + MINUTE, NOW + HOUR):
        outcome = turn(at)
        assert (outcome.is_server_away, sum(outcome.counts.values())) == (True, 0)
    assert Box.opened == 3  # one try for all letters of a turn
    assert [row(each, "state", "due_at", "tries") for each in notices] == [("owed", NOW, 0)] * 3
    Box.cannot_open = None
    assert sent(NOW + HOUR) == {"sent": 3}
    assert [message.to[0] for message in Box.taken] == [each.recipient for each in notices]


@pytest.mark.parametrize(
    "trouble",
    [
        NOT_NOW,
        smtplib.SMTPServerDisconnected("timed out"),
        smtplib.SMTPSenderRefused(553, b"who are you", "kopiena@example.lv"),
        smtplib.SMTPRecipientsRefused({"a@example.lv": (530, b"sign in first")}),
        smtplib.SMTPDataError(421, b"bye"),
    ],
    ids=["421", "hung up", "sender refused", "530", "421 at the letter"],
)
def test_a_server_that_breaks_off_lets_all_letters_wait_and_fails_none(trouble: Exception) -> None:
    notices = [owed(f"registration:{number}") for number in range(3)]
    Box.obstacles = [trouble]
    outcome = turn()
    assert (outcome.is_server_away, sum(outcome.counts.values())) == (True, 0)
    assert "@" not in outcome.trouble
    assert [row(each, "state", "due_at", "answer") for each in notices] == [("owed", NOW, "")] * 3
    assert sent() == {"sent": 3}
    assert [message.to[0] for message in Box.taken] == [each.recipient for each in notices]


def test_a_letter_at_which_the_server_breaks_off_every_time_steps_aside_for_the_others() -> None:
    poison, well = owed(), owed("registration:2")
    hung_up = smtplib.SMTPServerDisconnected("again")
    for _ in range(sending.PATIENT_TRIES):
        Box.obstacles = [hung_up]
        assert turn().is_server_away
    assert row(poison, "state", "due_at") == ("owed", NOW + MINUTE)
    assert sent() == {"sent": 1}
    assert Box.taken[0].to == [well.recipient]


def test_a_conversation_the_server_ended_between_two_letters_is_begun_anew_at_once() -> None:
    for number in range(3):
        owed(f"registration:{number}")
    Box.obstacles = [None, smtplib.SMTPSenderRefused(421, b"100 letters are enough", "kopiena@example.lv")]
    assert sent() == {"sent": 3}
    assert Box.opened == 2


def test_after_48_hours_without_a_server_all_that_is_over_fails_in_one_turn_once_and_the_rest_waits() -> None:
    over = [owed(f"registration:{number}") for number in range(3)]
    pointless = owed("registration:8", pointless="too_late")
    late = NOW + 48 * HOUR + MINUTE
    young = owed("registration:9", now=late)
    Box.cannot_open = ConnectionRefusedError()
    assert sent(NOW + 47 * HOUR) == {}
    assert sent(late) == {"failed": 3, "withdrawn": 1}
    assert [row(each) for each in over] == [("failed", "in_vain", "")] * 3
    assert (row(pointless, "reason"), row(young, "state")) == (("too_late",), ("owed",))
    assert sent(late) == {}


def test_a_refused_code_is_not_tried_again_and_nobody_can_read_it_afterwards() -> None:
    code = owed("user:1", "t_code", subject="1234")
    Box.obstacles = [REFUSED]
    turn()
    assert row(code, "state", "details") == ("failed", {})
    assert sent(NOW + 5 * MINUTE) == {}


@pytest.mark.parametrize("obstacle", [LATER, NOT_NOW], ids=["451", "421"])
def test_a_code_is_tried_again_while_it_is_good_and_never_after(obstacle: Exception) -> None:
    good, late = owed("user:1", "t_code", subject="1234"), owed("user:2", "t_code", subject="5678")
    Box.obstacles = [obstacle, obstacle]
    for _ in range(2):
        turn()
    Notice.objects.filter(pk=late.pk).update(due_at=NOW + 10 * MINUTE + MINUTE / 60)
    assert sent(NOW + MINUTE) == {"sent": 1}
    assert row(good, "state", "details") == ("sent", {})
    assert sent(NOW + 11 * MINUTE) == {"withdrawn": 1}
    assert row(late, "state", "reason", "details") == ("withdrawn", "too_late", {})
    assert subjects(Box.taken) == ["1234"]


def test_a_newer_letter_pulls_along_the_one_that_rests_before_it() -> None:
    older = owed(kind="t_plain")
    for minutes in (0, 1, 6, 21):
        Box.obstacles = [LATER]
        assert sent(NOW + minutes * MINUTE) == {"later": 1}
    assert row(older, "due_at") == (NOW + 81 * MINUTE,)
    newer = owed(now=NOW + 30 * MINUTE)
    assert row(older, "due_at") == (NOW + 30 * MINUTE,)
    Box.obstacles = [LATER]
    assert sent(NOW + 30 * MINUTE) == {"later": 1}
    assert row(older, "due_at") == (NOW + 35 * MINUTE,)
    assert sent(NOW + 35 * MINUTE) == {"sent": 2}
    assert [message.extra_headers["Message-ID"] for message in Box.taken] == [older.message_id, newer.message_id]


def test_a_code_goes_with_its_details_erased_and_after_its_time_not_at_all() -> None:
    code = owed("user:1", "t_code", subject="1234")
    assert sent() == {"sent": 1}
    assert (subjects(Box.taken), row(code, "details")) == (["1234"], ({},))
    late = owed("user:2", "t_code", subject="5678")
    assert sent(NOW + 11 * MINUTE) == {"withdrawn": 1}
    assert row(late, "state", "reason", "details") == ("withdrawn", "too_late", {})


def test_a_letter_that_cannot_be_made_holds_up_no_other_and_is_logged_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = owed(is_broken=True)
    owed("registration:2")
    assert sent() == {"later": 1, "sent": 1}
    assert row(broken, "state", "due_at") == ("owed", NOW + MINUTE)
    assert "ValueError" in caplog.text
    assert "anna" not in caplog.text


def test_a_letter_whose_heading_no_server_would_take_holds_up_no_other() -> None:
    bad = owed()
    Notice.objects.filter(pk=bad.pk).update(recipient="anna@")
    owed("registration:2")
    Box.obstacles = [ValueError("Invalid address; only anna@ could be parsed")]
    assert sent() == {"later": 1, "sent": 1}


def test_a_letter_to_nobody_is_not_called_sent() -> None:
    nobody = owed()
    Notice.objects.filter(pk=nobody.pk).update(recipient="")
    assert sent() == {"failed": 1}
    assert row(nobody, "reason") == ("refused",)
