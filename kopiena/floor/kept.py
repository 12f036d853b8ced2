"""What a worker keeps in its memory: whole pages, and parts of them, while the stamps stand still; bounded."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings

from kopiena.floor import stamps
from kopiena.floor.stamps import Look, Stamp

Value = TypeVar("Value")
# Whatever the stamps say: the clock moves on, and a sentence may speak of it. A page of the last moment may be made of
# parts of their last moment, so that what anybody reads is a minute old at most.
LIFETIME_SECONDS = 30.0


@dataclass(frozen=True)
class Entry(Generic[Value]):
    """A value, the stamp under which it was made, and until when it is good at the longest."""

    value: Value
    stamp: Stamp
    until: float
    size: int


class Kept(Generic[Value]):
    """Values by key, the least used thrown out first once they weigh more than `most_bytes` together."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._entries: OrderedDict[Hashable, Entry[Value]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable, look: Look) -> Value | None:
        """The value, if it is still true."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.stamp != look.stamp or entry.until <= time.monotonic():
            with self._lock:
                if self._entries.get(key) is entry:
                    self._drop(key)
            return None
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
        return entry.value

    def put(self, key: Hashable, value: Value, size: int, look: Look) -> None:
        """Keeps it, unless the stamp it was made under has only just been raised."""
        if not look.is_settled or size > self.most_bytes // 8:
            return
        with self._lock:
            if key in self._entries:
                self._drop(key)
            self._entries[key] = Entry(value, look.stamp, time.monotonic() + LIFETIME_SECONDS, size)
            self.bytes += size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._entries)))

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.bytes = 0

    def _drop(self, key: Hashable) -> None:
        self.bytes -= self._entries.pop(key).size


parts: Kept[Any] = Kept(settings.KEPT_PARTS_MIB << 20)


def part(key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
    """What `make` makes, or what it made before while nothing has changed. `size` is about how many bytes it takes."""
    look = stamps.look() if settings.PAGES_KEPT else None
    if look is None:
        return make()
    kept: Value | None = parts.get(key, look)
    if kept is None:
        kept = make()
        parts.put(key, kept, size(kept), look)
    return kept


def many(kind: str, names: list[Any], make: Callable[[list[Any]], dict[Any, str]]) -> list[str]:
    """The parts of this kind in the order of their names; those that are not kept are made all at once.

    What cannot be made any more is left out.
    """
    look = stamps.look() if settings.PAGES_KEPT else None
    found = {name: parts.get((kind, name), look) for name in names} if look is not None else dict.fromkeys(names)
    missing = [name for name, part in found.items() if part is None]
    if missing:
        made = make(missing)
        found |= made
        if look is not None:
            for name, text in made.items():
                parts.put((kind, name), text, 2 * len(text) + 200, look)
    return [text for text in found.values() if text is not None]
