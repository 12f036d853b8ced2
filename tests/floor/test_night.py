"""The night work: one part that fails keeps no other from being done, and what is said of it names nobody."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection

from kopiena.floor import night
from kopiena.floor.models import User

pytestmark = pytest.mark.django_db


def fails(_now: datetime) -> int:
    raise DatabaseError("duplicate key: Key (email)=(anna@example.lv)")


def test_all_parts_are_done_at_the_same_moment_and_say_how_many(now: datetime) -> None:
    asked = []

    def part(moment: datetime) -> int:
        asked.append(moment)
        return len(asked)

    assert night.each({"one": part, "two": part}, now) == {"one": 1, "two": 2}
    assert asked == [now, now]


def test_a_part_that_fails_is_said_without_its_words_and_the_later_ones_are_done(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    assert night.each({"first": fails, "second": lambda _now: 3}, now) == {"second": 3}
    (line,) = caplog.messages
    assert line.startswith("night work: first failed, the rest is done: DatabaseError at ")
    assert "test_night.py:" in line
    assert "anna" not in caplog.text


def test_what_the_database_refuses_in_one_part_leaves_the_connection_fit_for_the_next(
    now: datetime, transactional_db: None
) -> None:
    def breaks(_now: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        return 1

    assert night.each({"first": breaks, "second": lambda _now: User.objects.count()}, now) == {"second": 0}


def test_where_the_database_is_away_nothing_more_is_tried(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "is_usable", lambda: False)
    tried = []
    with pytest.raises(DatabaseError):
        night.each({"first": fails, "second": lambda _now: tried.append(1) or 0}, now)
    assert tried == []
