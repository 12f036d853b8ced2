"""One request to the list: what it asks for, what suits it, and which page of it is shown."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from activities.finder import choices, loading
from activities.finder.address import Understood, understood
from activities.finder.catalogue import Catalogue
from activities.finder.filters import Filters
from activities.finder.results import Results
from activities.search import Matches, find

CARDS_A_PAGE = 30


@dataclass(frozen=True)
class Listing:
    """The list as this request asks for it."""

    understood: Understood
    catalogue: Catalogue
    now: datetime

    @property
    def filters(self) -> Filters:
        return self.understood.filters

    @cached_property
    def results(self) -> Results:
        return Results(self.catalogue, self.filters, self.now, self.matches)

    @cached_property
    def matches(self) -> Matches | None:
        """What the text is found in."""
        found = find(self.filters.q) if self.filters.q else None
        return found if found is not None and found.is_asked else None

    @property
    def count(self) -> int:
        return self.results.count

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // CARDS_A_PAGE))

    @property
    def page(self) -> int:
        return min(self.understood.page, self.pages)

    @property
    def ignored(self) -> list[str]:
        """What the address asks for and nobody can give."""
        is_too_far = self.understood.page != self.page
        return [*self.understood.ignored, *([f"page={self.understood.page}"] if is_too_far else [])]

    @property
    def ids(self) -> list[int]:
        """The activities on this page."""
        return self.results.ids(self.page, CARDS_A_PAGE)

    @property
    def previous(self) -> str:
        """The address of the page before, nothing on the first."""
        return self._address(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self._address(self.page + 1) if self.page < self.pages else ""

    def _address(self, page: int) -> str:
        return self.filters.address(page) or "?"

    @property
    def ages_typed(self) -> str:
        """ "4, 9"; what could not be understood stands as it was typed."""
        typed = self.understood.typed.get("ages", "")
        return typed if "ages" in self.understood.wrong else ", ".join(map(str, self.filters.ages))

    @property
    def party_typed(self) -> str:
        typed = self.understood.typed.get("party", "")
        return typed if "party" in self.understood.wrong else str(self.filters.party or "")

    @cached_property
    def form(self) -> choices.Form:
        return choices.Form(self.results)

    @property
    def drops(self) -> list[tuple[str, str, int]]:
        """What to drop where nothing was found."""
        return [] if self.count else choices.drops(self.results)

    @property
    def shown_for(self) -> str:
        """The word taken in place of one that nobody knows."""
        return self.matches.shown_for if self.matches else ""

    @property
    def known_query(self) -> str | None:
        """The query in the one way this list writes it; None where it has a word to say about the address."""
        is_whole = self.understood.is_whole and self.understood.page == self.page
        return self.filters.query(self.page) if is_whole else None


def listing_of(request: HttpRequest) -> Listing:
    """Made once for each request."""
    made: Listing | None = getattr(request, "listing", None)
    if made is None:
        now = timezone.now()
        catalogue = loading.current(now)
        made = Listing(understood(request, catalogue), catalogue, now)
        request.listing = made  # type: ignore[attr-defined]
    return made


def known_query(request: HttpRequest) -> str | None:
    """For the mark of the list's address."""
    return listing_of(request).known_query
