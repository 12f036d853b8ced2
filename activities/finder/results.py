"""What suits a choice, how many every other choice would leave, and which one to drop where nothing is left."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice

from activities.cards import ANYTHING, Wanted
from activities.finder.catalogue import Bits, Catalogue, Span, bits_of
from activities.finder.filters import TICKS, Filters
from activities.finder.places import seats_of, with_room
from activities.search import Matches
from kopiena.floor import dates

DAYS = ("when", "since", "until")


@dataclass(frozen=True)
class Drop:
    """A filter that an empty result could do without, and how many activities that would show."""

    name: str
    filters: Filters
    count: int


@dataclass(frozen=True)
class Results:
    """The answer to one choice of filters at one moment."""

    catalogue: Catalogue
    filters: Filters
    now: datetime
    matches: Matches | None = None  # of the text, where one was typed
    _known: dict[str, Bits] = field(default_factory=dict)

    @property
    def span(self) -> Span | None:
        """The days asked for."""
        if self.filters.when:
            return period(self.filters.when, dates.local_day(self.now))
        return (self.filters.since, self.filters.until) if self.filters.since or self.filters.until else None

    @property
    def wanted(self) -> Wanted:
        """What the cards show first."""
        if self.span is None and self.filters.party is None:
            return ANYTHING
        seats = seats_of(self.filters.party, self.filters.children) if self.filters.party else {}
        return Wanted(*(self.span or (None, None)), tuple((str(unit), count) for unit, count in seats.items()))

    @cached_property
    def bits(self) -> Bits:
        return self._and(self._sets)

    @property
    def count(self) -> int:
        return self.bits.bit_count()

    def ids(self, page: int, a_page: int) -> list[int]:
        """One page of the list, by time; where a text was typed, what has it in the title comes first."""
        if self.matches is None:
            return list(islice(self.catalogue.ids_of(self.bits), (page - 1) * a_page, page * a_page))
        places, bits = self.catalogue.places, self.bits
        titled = set(self.matches.ids[: self.matches.in_title])
        fitting = [pk for pk in self.matches.ids if pk in places and bits >> places[pk] & 1]
        found = sorted(fitting, key=lambda pk: (pk not in titled, places[pk]))
        return found[(page - 1) * a_page : page * a_page]

    def count_with(self, name: str, choice: str) -> int:
        """How many would be left with this choice in place of what is chosen there now."""
        left = self._others("days" if name == "when" else name) & self._of(name, choice)
        if name == "when" and self.filters.party:  # there must be room on that very day
            left &= with_room(self.catalogue, self.filters, self.now, period(choice, dates.local_day(self.now)))
        return left.bit_count()

    @property
    def drops(self) -> list[Drop]:
        """What to drop so that an empty result is not; the days are one choice."""
        found = [Drop(name, self._without(name), self._others(name).bit_count()) for name in self._sets]
        return [drop for drop in found if drop.count]

    def _without(self, name: str) -> Filters:
        filters = self.filters
        for one in DAYS if name == "days" else (name,):
            filters = filters.without(one)
        return filters

    @cached_property
    def _sets(self) -> dict[str, Bits]:
        """For each filter chosen what suits it."""
        filters = self.filters
        sets = {name: self._of(name, getattr(filters, name)) for name in ("theme", "district", "institution")}
        sets |= {name: self._of(name, getattr(filters, name)) for name in ("project", "language")}
        sets |= {name: self._of(name, "1") for name in TICKS}
        chosen = {name: bits for name, bits in sets.items() if getattr(filters, name)}
        if filters.when:
            chosen["days"] = self._of("when", filters.when)
        elif filters.since or filters.until:
            chosen["days"] = self.catalogue.between(filters.since, filters.until)
        if filters.ages:
            chosen["ages"] = self.catalogue.for_ages(filters.ages)
        if filters.party:
            chosen["party"] = with_room(self.catalogue, filters, self.now, self.span)
        if self.matches is not None:
            places = self.catalogue.places
            found = (places[pk] for pk in self.matches.ids if pk in places)
            chosen["q"] = bits_of(found, len(self.catalogue.ids))
        return chosen

    def _of(self, name: str, choice: str) -> Bits:
        if name == "when":
            return self.catalogue.during(period(choice, dates.local_day(self.now)))
        return self.catalogue.of(name, choice)

    def _others(self, apart: str) -> Bits:
        """What suits everything else."""
        if apart not in self._sets:
            return self.bits
        if apart not in self._known:
            sets = {name: bits for name, bits in self._sets.items() if name != apart}
            if apart == "days" and "party" in sets:  # on any day there must be room
                sets["party"] = with_room(self.catalogue, self.filters, self.now)
            self._known[apart] = self._and(sets)
        return self._known[apart]

    def _and(self, sets: dict[str, Bits]) -> Bits:
        left = self.catalogue.everything
        for bits in sets.values():
            left &= bits
        return left


def period(name: str, today: date) -> tuple[date, date]:
    """The days of "this weekend" and its like, both included; on a Sunday the weekend is that day."""
    sunday = today + timedelta(days=6 - today.weekday())
    month_ends = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return {
        "today": (today, today),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
        "weekend": (max(today, sunday - timedelta(days=1)), sunday),
        "week": (today, sunday),
        "month": (today, month_ends),
    }[name]
