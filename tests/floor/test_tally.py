"""Tries are counted for an hour from the first, apart for each deed and person, and nobody can be read from them."""

from datetime import datetime, timedelta

import pytest

from kopiena.floor.models import Tally
from kopiena.floor.models.tally import WINDOW

pytestmark = pytest.mark.django_db

WHO = "192.0.2.1"
INSTANT = timedelta(microseconds=1)


def test_nothing_tried_is_nothing_counted(now: datetime) -> None:
    assert Tally.objects.tries("find", WHO, now) == 0


def test_each_try_counts_one_more(now: datetime) -> None:
    for _ in range(3):
        Tally.objects.count_one("find", WHO, now)
    assert Tally.objects.tries("find", WHO, now) == 3
    assert Tally.objects.count() == 1


def test_deeds_and_people_are_counted_apart(now: datetime) -> None:
    Tally.objects.count_one("find", WHO, now)
    assert Tally.objects.tries("sign up", WHO, now) == 0
    assert Tally.objects.tries("find", "192.0.2.2", now) == 0


def test_the_hour_runs_from_the_first_try(now: datetime) -> None:
    Tally.objects.count_one("find", WHO, now)
    Tally.objects.count_one("find", WHO, now + timedelta(minutes=59))
    assert Tally.objects.tries("find", WHO, now + WINDOW - INSTANT) == 2
    assert Tally.objects.tries("find", WHO, now + WINDOW) == 0


def test_after_the_hour_the_count_begins_anew(now: datetime) -> None:
    for _ in range(3):
        Tally.objects.count_one("find", WHO, now)
    later = now + WINDOW
    Tally.objects.count_one("find", WHO, later)
    assert Tally.objects.tries("find", WHO, later) == 1
    assert Tally.objects.tries("find", WHO, later + WINDOW - INSTANT) == 1


def test_no_address_can_be_read_in_the_table(now: datetime) -> None:
    Tally.objects.count_one("find", WHO, now)
    kept = Tally.objects.get()
    assert WHO not in f"{kept.key}{kept}"
    assert len(kept.key) == 64
    Tally.objects.count_one("sign up", WHO, now)
    assert Tally.objects.values("key").distinct().count() == 2  # one deed's row does not lead to the other's
