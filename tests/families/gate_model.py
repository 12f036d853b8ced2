"""The rules of places in plain Python, written from the design and not from the code: what the gate is held against.

One party is placed whole or waits whole; freed places go to the first waiting party that fits, until a moment; kept
places are the callers'; the staff may let rules pass, never the number of places.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

PLACED, WAITING, CANCELLED = "placed", "waiting", "cancelled"


class No(Exception):
    """The rules refuse it, and nothing is changed."""


@dataclass
class Date:
    """One date and its places."""

    starts_at: datetime
    ends_at: datetime
    until: datetime  # freed places go to the queue until then
    places: int | None
    for_groups: int | None = None
    held: int = 0
    held_until: datetime | None = None
    is_off: bool = False
    closed_at: datetime | None = None
    last_number: int = 0


@dataclass
class Party:
    """One registration."""

    date: str
    seats: int
    number: int
    created_at: datetime
    is_group: bool = False
    status: str = WAITING
    is_told: bool = False
    is_erased: bool = False
    cleared_at: datetime | None = None


@dataclass
class Model:
    """All dates and all parties at a moment."""

    now: datetime
    dates: dict[str, Date]
    parties: list[Party] = field(default_factory=list)

    # What is there

    def of(self, name: str, *statuses: str) -> list[Party]:
        mine = [party for party in self.parties if party.date == name and party.status in statuses]
        return sorted(mine, key=lambda party: party.number)

    def taken(self, name: str, *, groups_only: bool = False) -> int:
        return sum(party.seats for party in self.of(name, PLACED) if party.is_group or not groups_only)

    def left(self, name: str) -> float:
        """Places nobody has, the kept ones too."""
        places = self.dates[name].places
        return float("inf") if places is None else places - self.taken(name)

    def free(self, name: str) -> float:
        """Places nobody has and nobody is kept for."""
        return max(0, self.left(name) - self.dates[name].held)

    def suits_groups(self, name: str, seats: int, is_group: bool) -> bool:
        limit = self.dates[name].for_groups
        return not is_group or limit is None or self.taken(name, groups_only=True) + seats <= limit

    def who_fits(self, name: str, free: float, besides: Iterable[Party] = ()) -> list[Party]:
        return [
            party
            for party in self.of(name, WAITING)
            if party.seats <= free
            and self.suits_groups(name, party.seats, party.is_group)
            and not any(party is other for other in besides)
        ]

    def has_begun(self, name: str) -> bool:
        return self.now >= self.dates[name].starts_at

    def is_closed(self, name: str) -> bool:
        closed_at = self.dates[name].closed_at
        return self.has_begun(name) or (closed_at is not None and self.now >= closed_at)

    def promotes(self, name: str) -> bool:
        date = self.dates[name]
        return not date.is_off and self.now < min(date.until, date.starts_at)

    # What happens by itself

    def move_up(self, name: str) -> None:
        while self.promotes(name) and (fitting := self.who_fits(name, self.free(name))):
            self.place(fitting[0])

    def settle(self, name: str) -> None:
        date = self.dates[name]
        if date.held_until is not None and self.now >= date.held_until:
            date.held, date.held_until = 0, None
        self.move_up(name)
        if not date.is_off and not self.promotes(name):
            for party in self.of(name, WAITING):
                if party.created_at < min(date.until, date.starts_at) and not party.is_erased:
                    party.is_told = True

    def place(self, party: Party) -> None:
        party.status, party.is_told = PLACED, False

    def cancel_at_once(self, party: Party) -> None:
        party.status, party.is_told = CANCELLED, False

    def use_held(self, name: str, used: float) -> None:
        date = self.dates[name]
        date.held = int(max(0, date.held - used))
        if not date.held:
            date.held_until = None

    def add(self, name: str, seats: int, is_group: bool) -> Party:
        self.dates[name].last_number += 1
        party = Party(name, seats, self.dates[name].last_number, self.now, is_group)
        self.parties.append(party)
        return party

    def web_has_room(self, name: str, seats: int, is_group: bool = False, besides: Iterable[Party] = ()) -> bool:
        if not self.suits_groups(name, seats, is_group):
            return False
        free = self.free(name)
        return free == float("inf") or (seats <= free and not self.who_fits(name, free, besides))

    # Deeds of families

    def register(self, name: str, seats: int, may_wait: bool, is_group: bool = False) -> None:
        """`is_group`: a class from the desk of its institution, within the limit for groups, else as a family."""
        self.settle(name)
        date = self.dates[name]
        if date.is_off or self.is_closed(name) or (is_group and date.for_groups == 0):
            raise No
        if self.web_has_room(name, seats, is_group):
            self.place(self.add(name, seats, is_group))
        elif may_wait and date.places is not None:
            self.add(name, seats, is_group)
        else:
            raise No

    def cancel(self, party: Party, is_staff: bool) -> None:
        self.settle(party.date)
        if party.status == CANCELLED:
            return
        if not is_staff and self.has_begun(party.date):
            raise No
        self.cancel_at_once(party)
        self.move_up(party.date)

    def change(self, party: Party, seats: int, is_staff: bool, lets_pass: bool) -> None:
        name = party.date
        self.settle(name)
        if self.has_begun(name) or self.dates[name].is_off or party.status == CANCELLED:
            raise No
        more = seats - party.seats
        if party.status == PLACED and more > 0:
            if is_staff:
                self.use_held(name, self.by_hand(name, more, party.is_group, lets_pass))
            elif not self.web_has_room(name, more, party.is_group):
                raise No
        party.seats = seats
        self.move_up(name)

    def erase(self, party: Party) -> None:
        self.settle(party.date)
        if party.status != CANCELLED and not self.has_begun(party.date):
            self.cancel_at_once(party)
            self.move_up(party.date)
        party.is_erased, party.is_told = True, False

    # Deeds of the staff

    def by_hand(
        self, name: str, seats: int, is_group: bool, lets_pass: bool, before: int | None = None, more: bool = False
    ) -> float:
        """How many kept places it takes; `more`: another rule is broken besides."""
        free = self.free(name)
        from_held = max(0, seats - free)
        if seats > self.left(name) or not self.suits_groups(name, seats, is_group):
            raise No
        passed = self.who_fits(name, self.left(name) if from_held else free)
        passed = [party for party in passed if before is None or party.number < before]
        if (from_held or passed or more) and not lets_pass:
            raise No
        return from_held

    def register_for(self, name: str, seats: int, is_group: bool, lets_pass: bool, may_wait: bool) -> None:
        self.settle(name)
        if self.dates[name].is_off:
            raise No
        is_late = self.is_closed(name)
        from_held = min(self.dates[name].held, seats)
        passes = seats > from_held and bool(self.who_fits(name, self.free(name)))
        is_there = seats <= self.left(name) and self.suits_groups(name, seats, is_group)
        if is_there and (lets_pass or not (is_late or passes)):
            self.use_held(name, from_held)
            self.place(self.add(name, seats, is_group))
        elif may_wait and self.dates[name].places is not None and (lets_pass or not is_late):
            self.add(name, seats, is_group)
        else:
            raise No

    def place_by_hand(self, party: Party, lets_pass: bool) -> None:
        name = party.date
        self.settle(name)
        if self.dates[name].is_off or party.status == CANCELLED:
            raise No
        if party.status == WAITING:
            is_late = self.has_begun(name)
            self.use_held(name, self.by_hand(name, party.seats, party.is_group, lets_pass, party.number, is_late))
            self.place(party)

    def move(self, party: Party, to: str, lets_pass: bool, may_wait: bool) -> None:
        old = party.date
        if to == old:
            raise No
        for name in (old, to):
            self.settle(name)
        if party.status == CANCELLED or (self.has_begun(old) and not self.dates[old].is_off) or self.dates[to].is_off:
            raise No
        self.cancel_at_once(party)
        is_late = self.is_closed(to)
        try:
            self.use_held(to, self.by_hand(to, party.seats, party.is_group, lets_pass, more=is_late))
            status = PLACED
        except No:
            if not may_wait or self.dates[to].places is None or (is_late and not lets_pass):
                raise
            status = WAITING
        self.dates[to].last_number += 1
        party.date, party.number, party.status = to, self.dates[to].last_number, status
        self.move_up(old)

    def set_places(self, name: str, places: int | None, for_groups: int | None) -> None:
        self.settle(name)
        if places is not None and places < self.taken(name):
            raise No
        if for_groups is not None and for_groups < self.taken(name, groups_only=True):
            raise No
        self.dates[name].places, self.dates[name].for_groups = places, for_groups
        self.move_up(name)
        if places is None and self.of(name, WAITING):
            raise No

    def hold(self, name: str, held: int, until: datetime) -> None:
        self.settle(name)
        date = self.dates[name]
        if held and (date.places is None or held > self.left(name) or not self.now < until <= date.starts_at):
            raise No
        date.held, date.held_until = held, until if held else None
        self.move_up(name)

    def call_off(self, name: str) -> None:
        self.settle(name)
        if self.dates[name].is_off or self.has_begun(name):
            raise No
        self.dates[name].is_off = True

    def take_up(self, name: str) -> None:
        self.settle(name)
        if not self.dates[name].is_off:
            raise No
        self.dates[name].is_off = False
        self.move_up(name)

    def close(self, name: str) -> None:
        self.settle(name)
        if self.dates[name].is_off or self.is_closed(name):
            raise No
        self.dates[name].closed_at = self.now

    def open(self, name: str) -> None:
        self.settle(name)
        if self.dates[name].is_off or self.has_begun(name) or not self.is_closed(name):
            raise No
        self.dates[name].closed_at = None

    def merge(self, kept: Party, other: Party, together: bool) -> None:
        name = kept.date
        self.settle(name)
        if kept is other or other.date != name or self.has_begun(name) or self.dates[name].is_off:
            raise No
        both = (kept, other)
        if any(party.status == CANCELLED or party.is_group for party in both):
            raise No
        had = sum(party.seats for party in both if party.status == PLACED)
        seats = kept.seats + other.seats if together else kept.seats
        if had and seats > had and not self.web_has_room(name, seats - had, besides=both):
            raise No
        kept.number, other.number = sorted((kept.number, other.number))
        self.cancel_at_once(other)
        kept.seats, kept.status, kept.is_told = seats, PLACED if had else WAITING, False
        self.move_up(name)

    def clear(self, parties: list[Party]) -> int:
        for name in {party.date for party in parties}:
            self.settle(name)
        live = [party for party in parties if party.status != CANCELLED]
        for party in live:
            self.cancel_at_once(party)
            party.cleared_at = self.now
        for name in {party.date for party in parties}:
            self.move_up(name)
        return len(live)

    def restore(self, moment: datetime) -> tuple[int, int, int]:
        cleared = [party for party in self.parties if party.cleared_at == moment and not party.is_erased]
        for name in {party.date for party in cleared}:
            self.settle(name)
        counts = [0, 0, 0]
        for party in sorted(cleared, key=lambda party: party.number):
            name = party.date
            if self.has_begun(name) or self.dates[name].is_off:
                counts[2] += 1
            elif self.web_has_room(name, party.seats, party.is_group):
                self.place(party)
                counts[0] += 1
            elif self.dates[name].places is not None:
                party.status = WAITING
                counts[1] += 1
            else:
                counts[2] += 1
            if party.status != CANCELLED:
                party.cleared_at = None
        return counts[0], counts[1], counts[2]

    def settle_all(self) -> int:
        due = [
            name
            for name, date in self.dates.items()
            if not date.is_off
            and self.now < date.ends_at
            and (self.of(name, WAITING) or (date.held_until is not None and date.held_until <= self.now))
        ]
        for name in due:
            self.settle(name)
        return len(due)
