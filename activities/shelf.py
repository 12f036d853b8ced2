"""The activities of an institution or a project: coming, without a date yet, past."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from activities import lines
from activities.cards import rendered
from activities.finder import loading
from activities.lines import Lines
from activities.models import Meeting
from partners.models import Institution, Project

MOST_CARDS = 30


@dataclass(frozen=True)
class Shelf:
    """What stands on the page, the cards ready for it; what is too much for it is found in the list."""

    coming: list[str]
    undated: list[str]
    has_more: bool
    past: Lines

    @property
    def is_empty(self) -> bool:
        return not (self.coming or self.undated or self.past.rows)


def shelf_of(whose: Institution | Project, now: datetime) -> Shelf:
    """The soonest first, then what has no date yet, then the past with the latest first.

    One query for the past, and two for cards that nobody has seen yet.
    """
    catalogue = loading.current(now)
    name = "institution" if isinstance(whose, Institution) else "project"
    theirs = catalogue.of(name, whose.slug)
    without_date = theirs & catalogue.of("undated", "1")
    dated, undated = list(catalogue.ids_of(theirs & ~without_date)), list(catalogue.ids_of(without_date))
    ids = [*dated, *undated][:MOST_CARDS]
    cards = dict(zip(ids, rendered(ids, now), strict=True))
    return Shelf(
        coming=[cards[pk] for pk in dated if pk in cards],
        undated=[cards[pk] for pk in undated if pk in cards],
        has_more=len(dated) + len(undated) > MOST_CARDS,
        past=lines.past(all_of(whose), Meeting.objects.all(), now),
    )


def all_of(whose: Institution | Project) -> Q:
    """Their activities."""
    return Q(organisers=whose) if isinstance(whose, Institution) else Q(project=whose)
