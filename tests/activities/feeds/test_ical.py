"""The writer of calendar files: whatever stands in a text, both readers read it back; no line is too long."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from activities.feeds.ical import LONGEST, CalendarFile, Event, folded, text
from tests.activities.feeds.conftest import READERS, by_icalendar
from tests.conftest import NOW

Reader = Callable[[bytes], list[dict[str, Any]]]
EVENT = Event("meeting-1@example.lv", NOW, NOW, NOW + timedelta(hours=2), "Talka")
# No character that a text cannot hold, and no end of a line that would come back as another.
PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029"), max_size=300)
TEXTS = [
    "Ģimenes diena, ēdieni; spēles\\dejas",
    "Субботник у озера: грабли, перчатки; «чай»",
    "👨‍👩‍👧‍👦 Ģimene 🌱" * 20,
    "ā" * 300,
    "a" * 73 + "ž" * 80,
    "Pirmā rinda\nOtrā rinda\n\nCeturtā",
    r"\n nav jauna rinda, \; arī ne",
    "BEGIN:VEVENT\nSUMMARY:Nē",
    'Ar "pēdiņām" un: kolu',
]


def written(**fields: Any) -> bytes:
    return CalendarFile((replace(EVENT, **fields),)).written()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("words", TEXTS)
def test_both_readers_read_back_what_was_written(words: str, reader: Reader) -> None:
    (read,) = reader(written(summary=words, description=words, location=words))
    assert (read["summary"], read["description"], read["location"]) == (words, words, words)


@given(PLAIN)
@example("\\n")
@example("\\\\,;")
@example("a" * 67 + "\\,")
def test_any_title_comes_back_as_it_was(words: str) -> None:
    (read,) = by_icalendar(written(summary=words))
    assert str(read["summary"]) == words


@given(st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_each_stands_by_itself(words: str) -> None:
    content = written(summary=words, description=words)
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= LONGEST
    for line in lines:
        line.decode()  # a letter is never torn apart
        assert b"\n" not in line
        assert b"\r" not in line
    starts = [line for line in content.replace(b"\r\n ", b"").split(b"\r\n") if line]
    assert sum(line == b"BEGIN:VEVENT" for line in starts) == 1


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("reader", READERS)
def test_every_end_of_a_line_is_read_as_one(ending: str, reader: Reader) -> None:
    (read,) = reader(written(description=f"a{ending}b"))
    assert read["description"] == "a\nb"


def test_what_no_text_may_hold_is_left_out() -> None:
    assert text("a\x00\x07\x1f\x7f\ud800b\tc") == "ab\tc"


def test_a_line_of_75_octets_stays_whole_and_one_of_76_does_not() -> None:
    assert folded("a" * 75) == b"a" * 75 + b"\r\n"
    assert folded("a" * 76) == b"a" * 75 + b"\r\n a\r\n"
    assert folded("a" * 74 + "ā") == b"a" * 74 + b"\r\n " + "ā".encode() + b"\r\n"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("minute", [0, 30])
@pytest.mark.parametrize("hour", [0, 1], ids=["first run", "second run"])
def test_the_hour_that_october_repeats_is_told_apart(hour: int, minute: int, reader: Reader) -> None:
    starts_at = datetime(2027, 10, 31, hour, minute, tzinfo=UTC)
    (read,) = reader(written(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3)))
    assert (read["start"].astimezone(UTC), read["end"].astimezone(UTC)) == (starts_at, starts_at + timedelta(hours=3))


def test_a_file_without_events_still_is_one() -> None:
    content = CalendarFile((), name="Kopiena: 20. PII, talkas", refresh="PT6H").written()
    assert by_icalendar(content) == []
    assert b"X-WR-CALNAME:Kopiena: 20. PII\\, talkas\r\n" in content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in content
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
