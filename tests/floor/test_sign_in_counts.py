"""How often a code may be asked for and tried: counted first, looked at after, by everybody alike."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from kopiena.floor import sign_in_counts

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1, seconds=1)


def test_a_mailbox_is_written_to_a_few_times_an_hour_from_wherever_it_is_asked(now: datetime) -> None:
    asked = [sign_in_counts.may_ask("a@example.lv", f"192.0.2.{number}", now) for number in range(6)]
    assert asked == [True] * settings.CODE_LETTERS_PER_HOUR + [False]
    assert sign_in_counts.may_ask("b@example.lv", "192.0.2.1", now)
    assert sign_in_counts.may_ask("a@example.lv", "192.0.2.1", now + HOUR)


def test_a_connection_asks_for_a_kindergarten_and_not_for_a_town(now: datetime) -> None:
    asked = [sign_in_counts.may_ask(f"a{number}@example.lv", "192.0.2.1", now) for number in range(61)]
    assert asked == [True] * settings.CODES_ASKED_PER_HOUR + [False]


def test_one_code_is_tried_three_times_and_the_next_one_anew(now: datetime) -> None:
    assert [sign_in_counts.may_guess("one", "192.0.2.1", now) for _ in range(4)] == [True] * 3 + [False]
    assert sign_in_counts.may_guess("another", "192.0.2.1", now)


def test_a_connection_guesses_only_so_often(now: datetime) -> None:
    guessed = [sign_in_counts.may_guess(f"code {number}", "192.0.2.1", now) for number in range(91)]
    assert guessed == [True] * settings.CODE_GUESSES_PER_HOUR + [False]
