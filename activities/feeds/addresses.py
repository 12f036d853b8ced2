"""Whole addresses of many rows' pages: Django's own finder would take longer than all the rest of a feed."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

MARK = "1111"  # might stand in any address of ours: a slug, a year


@dataclass(frozen=True)
class Pattern:
    """What stands before and behind the part of an address that differs."""

    before: str
    behind: str

    def of(self, part: str) -> str:
        """The whole address; a slug needs no quoting."""
        return f"{self.before}{part}{self.behind}"


def pattern(name: str, mark: str = MARK) -> Pattern:
    """The addresses of this name in the active language; `mark` might stand for the part that differs."""
    before, _mark, behind = (settings.SITE_URL + reverse(name, args=[mark])).rpartition(mark)
    return Pattern(before, behind)
