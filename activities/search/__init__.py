"""Search that forgives: word forms, half words, missing diacritics and slips; docs/finding.md tells how it goes."""

from activities.search.finding import Matches, find

__all__ = ["Matches", "find"]
