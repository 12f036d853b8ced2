"""Tries are counted for a while from the first, apart for each deed and person, and nobody can be read from them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from kopiena.floor.models import Tally
from kopiena.floor.models.tally import DAY, HOUR, Try

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
    assert Tally.objects.tries("find", WHO, now + HOUR - INSTANT) == 2
    assert Tally.objects.tries("find", WHO, now + HOUR) == 0


def test_after_the_hour_the_count_begins_anew(now: datetime) -> None:
    for _ in range(3):
        Tally.objects.count_one("find", WHO, now)
    later = now + HOUR
    Tally.objects.count_one("find", WHO, later)
    assert Tally.objects.tries("find", WHO, later) == 1
    assert Tally.objects.tries("find", WHO, later + HOUR - INSTANT) == 1


def test_no_address_can_be_read_in_the_table(now: datetime) -> None:
    Tally.objects.count_one("find", WHO, now)
    kept = Tally.objects.get()
    assert WHO not in f"{kept.key}{kept}"
    assert len(kept.key) == 64
    Tally.objects.count_one("sign up", WHO, now)
    assert Tally.objects.values("key").distinct().count() == 2  # one deed's row does not lead to the other's


def test_each_window_is_its_own(now: datetime) -> None:
    for hours in (0, 2, 4):
        Tally.objects.count_one("sign up", WHO, now + timedelta(hours=hours), DAY)
        Tally.objects.count_one("find", WHO, now + timedelta(hours=hours))
    soon = now + timedelta(hours=4)
    assert Tally.objects.tries("sign up", WHO, soon, DAY) == 3
    assert Tally.objects.tries("find", WHO, soon) == 1
    assert Tally.objects.tries("sign up", WHO, now + DAY - INSTANT, DAY) == 3
    assert Tally.objects.tries("sign up", WHO, now + DAY, DAY) == 0


def test_several_are_counted_in_one_statement_and_asked_in_one(now: datetime, django_assert_num_queries: Any) -> None:
    phone, email, address = Try("contact", "+37120000000", DAY), Try("contact", "a@example.lv", DAY), Try("from", WHO)
    with django_assert_num_queries(1):
        Tally.objects.count_each([phone, email, address, phone], now)
    Tally.objects.count_each([phone, address], now + HOUR)
    with django_assert_num_queries(1):
        counts = Tally.objects.tries_of_each([phone, email, address, Try("from", "192.0.2.2")], now + HOUR)
    assert list(counts.values()) == [2, 1, 1, 0]
    assert Tally.objects.count() == 3
    assert Tally.objects.tries_of_each([], now) == {}


@pytest.mark.django_db(transaction=True)
def test_whoever_counts_the_same_at_once_loses_no_try_and_waits_for_nobody_in_a_circle(now: datetime) -> None:
    keys = [Try("contact", "+37120000000", DAY), Try("contact", "a@example.lv", DAY), Try("from", WHO)]

    def count(number: int) -> None:
        try:
            for _ in range(25):
                Tally.objects.count_each(keys if number % 2 else keys[::-1], now)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(8)))
    assert list(Tally.objects.tries_of_each(keys, now).values()) == [200, 200, 200]
