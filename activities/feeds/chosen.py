"""Which activities a feed is asked for: the list's filters as they stand in its address."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from activities.finder.filters import Filters
from activities.finder.listing import listing_of
from activities.finder.results import Results
from activities.models import Activity
from activities.models.activity import ActivityQuerySet
from kopiena.floor.said import said

# What an activity is stays true of it when it is over, so these are asked of the database, the past month too.
LASTING = ("theme", "institution", "project")


@dataclass(frozen=True)
class Chosen:
    """The activities that suit, None for all of them, and what they have in common, in the active language."""

    activities: ActivityQuerySet | None
    words: tuple[str, ...] = ()


def known_query(request: HttpRequest) -> str | None:
    """For the mark of the feed's address: the filters in the list's own way."""
    asked = listing_of(request).understood
    return None if asked.is_refused else asked.filters.query()


def chosen(request: HttpRequest, now: datetime) -> Chosen:
    """What the address asks for.

    A feed cannot say what it passed over, and a wrong filter must not bring the whole calendar: what is asked for and
    not there is no address. Words that are no filter of ours change nothing.
    """
    listing = listing_of(request)
    if listing.understood.is_refused:
        raise Http404
    filters = listing.filters
    if not filters.chosen:
        return Chosen(None)
    activities = Activity.objects.public()
    words = []
    if filters.theme:
        activities = activities.filter(theme=filters.theme)
        words.append(str(Activity.Theme(filters.theme).label))
    if filters.institution:
        activities = activities.filter(organisers__slug=filters.institution)
        words.append(said(listing.catalogue.institutions[filters.institution], "name").text)
    if filters.project:
        activities = activities.filter(project__slug=filters.project)
        words.append(said(listing.catalogue.projects[filters.project], "name").text)
    others = _without_lasting(filters)
    if others.chosen:
        found = Results(listing.catalogue, others, now, listing.matches)
        activities = activities.filter(pk__in=found.ids(1, max(found.count, 1)))
    return Chosen(activities, tuple(words))


def _without_lasting(filters: Filters) -> Filters:
    for name in LASTING:
        filters = filters.without(name)
    return filters
