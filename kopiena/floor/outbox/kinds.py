"""The registry of kinds: what each notice says, asked at the moment it goes out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kopiena.floor.models import Notice
from kopiena.floor.outbox.letter import Letter

TRIED_FOR = timedelta(hours=48)


class Pointless(Exception):
    """The notice need not go out any more; `reason` is one of Notice.Reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    `letter` and `spoken` are asked when it goes out, in the notice's own language, and answer from current data;
    each raises Pointless where there is nothing to tell any more.
    """

    name: str
    label: Any  # for the office, lazily translated
    letter: Callable[[Notice, datetime], Letter]
    spoken: Callable[[Notice, datetime], str] | None = None  # what to say on the phone; None: nobody is rung up for it
    outdates: frozenset[str] = frozenset()  # kinds about the same that it makes untrue
    is_first: bool = False  # somebody sits and waits for it
    is_secret: bool = False  # its details open something: they go when it goes, or when its time is over
    tried_for: timedelta = TRIED_FOR


_KINDS: dict[str, Kind] = {}


def register(kinds: Iterable[Kind]) -> None:
    """Make kinds known; called by each app when it is ready."""
    for kind in kinds:
        if _KINDS.setdefault(kind.name, kind) != kind:
            raise ValueError(f"two kinds of notice are called {kind.name}")


def kind_of(name: str) -> Kind:
    """The kind of that name. Raises KeyError where no app knows it."""
    return _KINDS[name]


def is_known(name: str) -> bool:
    """Whether an app still knows this kind."""
    return name in _KINDS


def label_of(name: str) -> str:
    """The kind in the office's words; its bare name where no app knows it any more."""
    return str(_KINDS[name].label) if name in _KINDS else name


def first_kinds() -> list[str]:
    """The kinds that go before all others."""
    return [kind.name for kind in _KINDS.values() if kind.is_first]


def secret_kinds() -> list[str]:
    """Those whose details open something."""
    return [kind.name for kind in _KINDS.values() if kind.is_secret]


def all_kinds() -> list[Kind]:
    """Every kind, in the order of registering."""
    return list(_KINDS.values())
