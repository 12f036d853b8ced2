"""Which activities a feed is asked for: the list's filters, and the project, as they stand in the address."""

from dataclasses import dataclass, replace
from datetime import datetime
from re import fullmatch
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from activities import listing
from activities.forms import FilterForm
from activities.listing import Filters
from activities.models import Activity
from activities.models.activity import ActivityQuerySet
from kopiena.floor.said import said
from partners.models import Institution, Project

NAMES = ("theme", "institution", "project", "age", "free")
PLAIN = r"[-a-zA-Z0-9_]{1,80}"  # what any of them may be


@dataclass(frozen=True)
class Chosen:
    """The activities that suit, None for all of them, and what they have in common, in the active language."""

    activities: ActivityQuerySet | None
    words: tuple[str, ...] = ()


def chosen(query: QueryDict, *, since: datetime, now: datetime) -> Chosen:
    """What the address asks for: what takes place after `since`, of a moment `now`.

    A feed cannot say what it passed over, and a wrong filter must not bring the whole calendar: what is asked for and
    not there is no address. Words that are no filter of ours change nothing.
    """
    values = {name: _only(query.getlist(name)) for name in NAMES if name in query}
    given = {name: value for name, value in values.items() if value}
    if not given:
        return Chosen(None)
    institution = _row(Institution.objects.all(), given.get("institution"))
    project = _row(Project.objects.published(), given.get("project"))
    filters = _filters(given, institution)
    activities = _suiting(filters, since, now)
    if project:
        activities = activities.filter(project=project)
    words = (
        str(Activity.Theme(filters.theme).label) if filters.theme else "",
        said(institution, "short_name").text if institution else "",
        said(project, "title").text if project else "",
    )
    return Chosen(activities, tuple(word for word in words if word))


def _only(values: list[str]) -> str:
    """The one value; asked for twice in two ways it means nothing."""
    different = set(values)
    if len(different) != 1:
        raise Http404
    (value,) = different
    if value and not fullmatch(PLAIN, value):
        raise Http404
    return value


def _row(rows: QuerySet[Any], slug: str | None) -> Any:
    return None if slug is None else get_object_or_404(rows, slug=slug)


def _filters(given: dict[str, str], institution: Institution | None) -> Filters:
    form = FilterForm(given, institutions=[institution] if institution else [])
    if not form.is_valid():
        raise Http404
    return form.filters()


def _suiting(filters: Filters, since: datetime, now: datetime) -> ActivityQuerySet:
    """What has just taken place stays in a calendar, so the filters are asked of a moment in the past.

    Places are free now or not at all.
    """
    activities = listing.found(replace(filters, free=False), since)
    return activities.filter(pk__in=listing.found(filters, now).values("pk")) if filters.free else activities
