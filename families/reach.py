"""Who hears of a change of a date, and how: by a letter, by a call, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from families import notices
from families.models import Registration
from kopiena.floor.models import Notice


@dataclass(frozen=True)
class Reach:
    """The registrations by the way they are told; one may stand in both of the first two."""

    letters: list[Registration]
    calls: list[Registration]  # those without e-mail first, as on the call list
    nobody: list[Registration]  # neither e-mail nor phone

    @classmethod
    def of(cls, registrations: Iterable[Registration], *, starts_at: datetime | None, now: datetime) -> Self:
        """By the rule by which notices are written; they come with their sent forms."""
        found = cls([], [], [])
        for each in registrations:
            channels = [name for name, _whom in notices.ways_to(each.sign_up, starts_at=starts_at, now=now)]
            if Notice.Channel.MAIL in channels:
                found.letters.append(each)
            if Notice.Channel.CALL in channels:
                found.calls.append(each)
            if not channels:
                found.nobody.append(each)
        found.calls.sort(key=lambda each: bool(each.sign_up.email))
        return found

    @property
    def is_anybody(self) -> bool:
        """Whether there is anyone to tell."""
        return bool(self.letters or self.calls)
