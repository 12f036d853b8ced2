"""Which activities a feed is asked for: the list's filters as they stand in its address."""

from dataclasses import dataclass
from datetime import datetime
from re import fullmatch
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from activities import listing
from activities.forms import FilterForm
from activities.models import Activity
from activities.models.activity import ActivityQuerySet
from kopiena.floor.said import said
from partners.models import Institution, Project

# What an activity is stays true of it when it is over, so these are asked of the database, the past month too.
LASTING = ("theme", "institution", "project")
OTHERS = ("age", "free")
NAMES = (*LASTING, *OTHERS)
PLAIN = r"[-a-zA-Z0-9_]{1,80}"  # what any of them may be


@dataclass(frozen=True)
class Chosen:
    """The activities that suit, None for all of them, and what they have in common, in the active language."""

    activities: ActivityQuerySet | None
    words: tuple[str, ...] = ()


def chosen(query: QueryDict, *, since: datetime, now: datetime) -> Chosen:
    """What the address asks for, of what takes place after `since`.

    A feed cannot say what it passed over, and a wrong filter must not bring the whole calendar: what is asked for and
    not there is no address. Words that are no filter of ours change nothing.
    """
    values = {name: _only(query.getlist(name)) for name in NAMES if name in query}
    given = {name: value for name, value in values.items() if value}
    if not given:
        return Chosen(None)
    activities = _others({name: given[name] for name in OTHERS if name in given}, since=since, now=now)
    words = []
    if theme := given.get("theme"):
        if theme not in Activity.Theme.values:
            raise Http404
        activities = activities.filter(theme=theme)
        words.append(str(Activity.Theme(theme).label))
    if institution := _row(Institution.objects.all(), given.get("institution")):
        activities = activities.filter(organisers=institution)
        words.append(said(institution, "short_name").text)
    if project := _row(Project.objects.published(), given.get("project")):
        activities = activities.filter(project=project)
        words.append(said(project, "title").text)
    return Chosen(activities, tuple(words))


def _others(given: dict[str, str], *, since: datetime, now: datetime) -> ActivityQuerySet:
    """The public activities that suit the list's other filters: the one place that knows how they are read."""
    if not given:
        return Activity.objects.public()
    form = FilterForm(given, institutions=[])
    if not form.is_valid():
        raise Http404
    filters = form.filters()
    # Who may come is so in the past month too; places are free now or not at all.
    return listing.found(filters, now if filters.free else since)


def _only(values: list[str]) -> str:
    """The one value; asked for in two ways at once it means nothing."""
    (value, *different) = set(values)
    if different or (value and not fullmatch(PLAIN, value)):
        raise Http404
    return value


def _row(rows: QuerySet[Any], slug: str | None) -> Any:
    return None if slug is None else get_object_or_404(rows, slug=slug)
