"""What is kept is true, young and little."""

from typing import Any

import pytest
from django.test import override_settings

from kopiena.floor import kept, stamps
from kopiena.floor.kept import LIFETIME_SECONDS, Kept
from kopiena.floor.stamps import Look, Stamp

ONE, TWO = Stamp(1, 1), Stamp(1, 2)


def look(stamp: Stamp = ONE, known_for: float = 10.0) -> Look:
    return Look(stamp, 0.0, known_for)


def test_a_value_is_given_while_the_stamp_stands() -> None:
    store: Kept[str] = Kept(1000)
    store.put("a", "A", 10, look())
    assert store.get("a", look()) == "A"
    assert store.get("a", look(TWO)) is None
    assert store.get("a", look()) is None  # it is gone
    assert (len(store), store.bytes) == (0, 0)


def test_what_was_made_under_a_stamp_just_raised_is_not_kept() -> None:
    store: Kept[str] = Kept(1000)
    store.put("a", "A", 10, look(known_for=0.1))
    assert len(store) == 0


def test_after_its_time_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: clock[0])
    store: Kept[str] = Kept(1000)
    store.put("a", "A", 10, look())
    clock[0] += LIFETIME_SECONDS - 1
    assert store.get("a", look()) == "A"
    clock[0] += 1
    assert store.get("a", look()) is None


def test_the_least_used_goes_first_and_never_more_is_kept_than_allowed() -> None:
    store: Kept[str] = Kept(800)
    for name in "abcdefgh":
        store.put(name, name, 100, look())
    assert store.get("a", look()) == "a"
    store.put("i", "i", 100, look())
    assert (store.bytes, len(store)) == (800, 8)
    assert store.get("b", look()) is None
    assert store.get("a", look()) == "a"


def test_the_same_key_is_counted_once_and_what_is_huge_is_not_kept() -> None:
    store: Kept[str] = Kept(800)
    store.put("a", "A", 50, look())
    store.put("a", "B", 60, look())
    assert (store.get("a", look()), store.bytes) == ("B", 60)
    store.put("huge", "H", 101, look())
    assert store.get("huge", look()) is None


def test_many_are_made_at_once_and_only_those_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "look", look)
    kept.parts.clear()
    asked: list[list[Any]] = []

    def make(names: list[Any]) -> dict[Any, str]:
        asked.append(names)
        return {name: name.upper() for name in names if name != "gone"}

    with override_settings(PAGES_KEPT=True):
        assert kept.many("letter", ["a", "b"], make) == ["A", "B"]
        assert kept.many("letter", ["c", "gone", "a"], make) == ["C", "A"]
        assert kept.many("other", ["a"], make) == ["A"]
    assert asked == [["a", "b"], ["c", "gone"], ["a"]]
    assert kept.many("letter", ["a"], make) == ["A"]
    assert asked[-1] == ["a"]  # off, everything is made anew
    kept.parts.clear()


def test_a_part_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "look", look)
    kept.parts.clear()
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return "x"

    with override_settings(PAGES_KEPT=True):
        assert [kept.part("p", make, len) for _ in range(3)] == ["x"] * 3
    assert len(made) == 1
    kept.parts.clear()
