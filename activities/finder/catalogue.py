"""All that is still to come, as sets of bits: a choice among 20,000 activities is a handful of ANDs.

Each activity has a place in the order of the list; a set of activities is a number with a bit for each. The catalogue
stands in each worker's memory, is made anew when something on offer changes, and knows no texts.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

Bits = int
Span = tuple[date | None, date | None]  # both included; open where None
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Name:
    """A name in three languages, for `said`."""

    name_lv: str
    name_ru: str
    name_en: str


Stay = tuple[int, int, int, int]  # first and last day as date.toordinal(), place of the activity, occurrence


class Days:
    """On which days which activity can be met, by the first day.

    Four columns of bare numbers: ten thousand small objects would be looked through by each of Python's clean-ups.
    """

    def __init__(self, stays: Iterable[Stay] = ()) -> None:
        rows = sorted(stays)
        self.first, self.last, self.place, self.date = (array("q", [row[at] for row in rows]) for at in range(4))
        self.longest = max((row[1] - row[0] for row in rows), default=0)

    def __len__(self) -> int:
        return len(self.first)

    def between(self, since: date | None, until: date | None) -> list[int]:
        """The rows that touch one of these days, both included."""
        first = since.toordinal() if since else 0
        last = until.toordinal() if until else date.max.toordinal()
        begin = bisect_left(self.first, first - self.longest)
        end = bisect_left(self.first, last + 1)
        return [row for row in range(begin, end) if self.last[row] >= first]


@dataclass(frozen=True, slots=True)
class Ages:
    """Who may take part, and whether the others may come along."""

    lowest: int
    highest: int
    takes_others_along: bool


@dataclass(frozen=True)
class Catalogue:
    """What anybody may see of what is still to come, in the order of the list."""

    ids: Sequence[int]
    days: Days
    ages: list[Ages]
    sets: dict[str, dict[str, Bits]]  # by filter and choice: {"theme": {"garden": 0b101}}
    districts: dict[str, Name] = field(default_factory=dict)
    institutions: dict[str, Name] = field(default_factory=dict)
    partners: list[str] = field(default_factory=list)  # those of them that the form offers
    projects: dict[str, Name] = field(default_factory=dict)
    week: list[int] = field(default_factory=list)  # the ids of what takes place today or on the six days after
    newest: list[int] = field(default_factory=list)  # a few, what was published last first
    today: list[int] = field(default_factory=list)  # of what is called off or decided upon today
    good_until: datetime = NEVER  # then a meeting ends or a day begins
    spans: dict[tuple[date, date], Bits] = field(default_factory=dict)  # asked for already

    @cached_property
    def everything(self) -> Bits:
        return (1 << len(self.ids)) - 1

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each id in the order."""
        return {pk: place for place, pk in enumerate(self.ids)}

    def of(self, name: str, choice: str) -> Bits:
        """Those that suit one choice of one filter."""
        return self.sets.get(name, {}).get(choice, 0)

    def during(self, span: tuple[date, date]) -> Bits:
        """The same for a span that everybody asks for, like this weekend."""
        if span not in self.spans:
            self.spans[span] = self.between(*span)
        return self.spans[span]

    def between(self, since: date | None, until: date | None) -> Bits:
        """Those that can be met on one of these days, both included."""
        return bits_of((self.days.place[row] for row in self.days.between(since, until)), len(self.ids))

    def dates_between(self, since: date | None, until: date | None) -> set[int]:
        """The dates themselves."""
        return {self.days.date[row] for row in self.days.between(since, until)}

    def for_ages(self, ages: tuple[int, ...]) -> Bits:
        """Those in which at least one of the children takes part and the others may come along."""

        def suits(who: Ages) -> bool:
            taking_part = sum(who.lowest <= age <= who.highest for age in ages)
            return taking_part == len(ages) or (taking_part > 0 and who.takes_others_along)

        kinds = {kind for kind in self._kinds if suits(kind)}
        return sum(self._kinds[kind] for kind in kinds)  # no activity is of two kinds

    @cached_property
    def _kinds(self) -> dict[Ages, Bits]:
        by_kind: dict[Ages, list[int]] = {}
        for place, kind in enumerate(self.ages):
            by_kind.setdefault(kind, []).append(place)
        return {kind: bits_of(places, len(self.ids)) for kind, places in by_kind.items()}

    def ids_of(self, bits: Bits) -> Iterator[int]:
        """In the order of the list."""
        digits = bin(bits)[:1:-1]  # the first place first
        place = digits.find("1")
        while place >= 0:
            yield self.ids[place]
            place = digits.find("1", place + 1)


def bits_of(places: Iterable[int], count: int) -> Bits:
    """The set of these places."""
    field = bytearray((count + 7) // 8)
    for place in places:
        field[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(field, "little")
