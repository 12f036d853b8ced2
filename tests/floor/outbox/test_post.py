"""The same with a real mail server on the loopback: refusals, goodbyes, silence, and conversations broken off."""

import socket
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from kopiena.floor.models import Notice
from kopiena.floor.outbox import sending
from tests.conftest import NOW
from tests.floor.outbox.box import owed, row, sent, turn
from tests.floor.outbox.test_sending import MINUTE
from tests.sink import HANG_UP, Sink, always, fine, first

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_kinds")]


def goes_to(port: int, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    with Sink() as sink:
        goes_to(sink.port, settings)
        yield sink


@pytest.fixture
def three(known_kinds: None) -> list[Notice]:
    return [owed(f"registration:{number}") for number in range(3)]


def all_wait(notices: list[Notice]) -> bool:
    """Whether each stands where it stood, and none is counted as failed."""
    return [row(each, "state", "reason", "due_at") for each in notices] == [("owed", "", NOW)] * len(notices)


def test_letters_of_one_turn_go_in_one_conversation_in_the_order_of_being_written(
    sink: Sink, three: list[Notice]
) -> None:
    assert sent() == {"sent": 3}
    assert sink.ids() == [each.message_id for each in three]
    assert [each.recipient for each in sink.arrived] == [each.recipient for each in three]
    assert sink.connections == 1


@pytest.mark.parametrize("place", ["of_recipient", "of_letter"])
def test_a_lasting_refusal_of_one_letter_is_marked_and_the_others_go(
    sink: Sink, three: list[Notice], place: str
) -> None:
    setattr(sink, place, first(1, "550 no such person"))
    assert sent() == {"failed": 1, "sent": 2}
    assert row(three[0]) == ("failed", "refused", "550 no such person")
    assert sent(NOW + 60 * MINUTE) == {}
    assert len(sink.asked) == 3


@pytest.mark.parametrize("place", ["of_recipient", "of_letter"])
def test_a_passing_refusal_is_tried_again_after_its_pause_and_delivered(
    sink: Sink, three: list[Notice], place: str
) -> None:
    setattr(sink, place, first(1, "451 come later"))
    assert sent() == {"later": 1, "sent": 2}
    assert row(three[0], "state", "answer", "due_at") == ("owed", "451 come later", NOW + MINUTE)
    assert sent(NOW + MINUTE / 2) == {}
    assert sent(NOW + MINUTE) == {"sent": 1}
    assert sorted(sink.ids()) == sorted(each.message_id for each in three)


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        ("of_recipient", "421 goodbye"),
        ("of_letter", "421 goodbye"),
        ("of_sender", "421 goodbye"),
        ("of_sender", "553 who are you"),
        ("of_sender", "451 not now"),
        ("of_letter", HANG_UP),
        ("of_recipient", HANG_UP),
    ],
)
def test_a_server_that_breaks_off_loses_no_letter_and_fails_none(
    sink: Sink, three: list[Notice], place: str, answer: str
) -> None:
    setattr(sink, place, always(answer))
    outcome = turn()
    assert (outcome.is_server_away, sum(outcome.counts.values())) == (True, 0)
    assert all_wait(three)
    assert sink.connections == 1  # the others did not try
    setattr(sink, place, fine)
    assert sent() == {"sent": 3}
    assert sink.ids() == [each.message_id for each in three]


def test_a_letter_taken_without_an_answer_comes_once_more_with_the_same_message_id(
    sink: Sink, three: list[Notice]
) -> None:
    sink.kept_before, sink.of_letter = True, first(1, HANG_UP)
    assert turn().is_server_away
    assert sent() == {"sent": 3}
    assert sink.ids() == [three[0].message_id, *(each.message_id for each in three)]


def test_a_wrong_password_lets_all_wait(sink: Sink, three: list[Notice], settings: LazySettings) -> None:
    sink.has_password = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "kopiena@example.lv", "wrong"
    outcome = turn()
    assert (outcome.is_server_away, outcome.trouble) == (True, "SMTPAuthenticationError 535")
    assert all_wait(three)


def test_no_password_where_one_is_wanted_lets_all_wait(sink: Sink, three: list[Notice]) -> None:
    sink.has_password = True
    assert (turn().trouble, all_wait(three)) == ("SMTPSenderRefused 530", True)


def test_nobody_at_the_port_lets_all_wait(three: list[Notice], settings: LazySettings) -> None:
    with Sink() as sink:
        goes_to(sink.port, settings)
    assert (turn().trouble, all_wait(three)) == ("ConnectionRefusedError", True)


def test_a_server_that_says_nothing_at_all_lets_all_wait(three: list[Notice], settings: LazySettings) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        goes_to(silent.getsockname()[1], settings)
        outcome = turn()
    assert outcome.is_server_away
    assert outcome.trouble in ("TimeoutError", "SMTPServerDisconnected")
    assert all_wait(three)


def test_a_server_that_keeps_no_secrets_gets_none(sink: Sink, three: list[Notice], settings: LazySettings) -> None:
    """STARTTLS is wanted and not offered: no letter goes in plain text."""
    settings.EMAIL_USE_TLS = True
    assert (turn().trouble, all_wait(three)) == ("SMTPNotSupportedError", True)
    assert sink.asked == []


def test_three_breakings_off_at_one_letter_and_the_others_go_first(sink: Sink, three: list[Notice]) -> None:
    sink.of_letter = first(sending.PATIENT_TRIES, HANG_UP)
    for _ in range(sending.PATIENT_TRIES):
        assert turn().is_server_away
    assert sent() == {"sent": 2}
    assert sent(NOW + MINUTE) == {"sent": 1}
    assert sink.ids() == [three[1].message_id, three[2].message_id, three[0].message_id]
