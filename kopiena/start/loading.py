"""Brings the starting data into the database, never touching what is there."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction

from activities.models import Activity, Meeting, Occurrence, Venue
from kopiena.floor.dates import RIGA
from kopiena.floor.models import Centre
from kopiena.start import activities, centre, institutions, opening, projects
from partners.models import Institution, Project

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def load() -> Counter[str]:
    """Creates what is missing by its address on the site and counts it; a row that is there stays as it is.

    `manage.py prepare` loads it once in the life of a database, so what the coordinator deletes does not come back.
    """
    made: Counter[str] = Counter()
    made["centre"] += Centre.objects.get_or_create(pk=1, defaults=centre.CENTRE)[1]
    for row in (*institutions.PARTNERS, *institutions.ORGANISERS):
        made["institutions"] += _make(Institution, row) is not None
    made["projects"] += _make_project()
    made["activities"] += sum(_make_planned(row) for row in activities.PLANNED) + _make_opening()
    return +made


def _make(model: type[Row], fields: dict[str, Any]) -> Row | None:
    """The new row; None where its address was there already."""
    defaults = {name: value for name, value in fields.items() if name != "slug"}
    row, is_new = model._default_manager.get_or_create(slug=fields["slug"], defaults=defaults)
    return row if is_new else None


def _make_project() -> bool:
    project = _make(Project, {"slug": projects.PROJECT_SLUG, **projects.PROJECT})
    if project is not None:
        slugs = [row["slug"] for row in institutions.PARTNERS] + [projects.PROJECT_ORGANISER_SLUG]
        project.institutions.set(Institution.objects.filter(slug__in=slugs))
    return project is not None


def _make_planned(fields: dict[str, Any]) -> bool:
    """One activity of the year's plan: published, without a date. `made_for` stands after what it is made for."""
    made_for = fields.get("made_for")
    whole = {
        **{f"other_organisers_{code}": centre.CENTRE[f"name_{code}"] for code in ("lv", "ru", "en")},
        "state": Activity.State.PUBLISHED,
        "approximate_year": activities.PLANNED_YEAR,
        "approximate_season": Activity.Season.YEAR,
        "project": Project.objects.filter(slug=projects.PROJECT_SLUG).first(),
        **fields,
        "made_for": Activity.objects.filter(slug=made_for).first() if made_for else None,
    }
    return _make(Activity, whole) is not None


def _make_opening() -> bool:
    project = Project.objects.filter(slug=projects.PROJECT_SLUG).first()
    activity = _make(Activity, {"slug": opening.OPENING_SLUG, "project": project, **opening.OPENING})
    if activity is None:
        return False
    activity.organisers.set(Institution.objects.filter(slug__in=opening.OPENING_ORGANISER_SLUGS))
    venue, _is_new = Venue.objects.get_or_create(slug=centre.VENUE_SLUG, defaults=centre.VENUE)
    occurrence = Occurrence.objects.create(activity=activity, is_sign_up_needed=False)
    midnight = datetime.combine(opening.OPENED_ON, datetime.min.time(), RIGA)
    Meeting.objects.create(
        occurrence=occurrence,
        starts_at=midnight,
        ends_at=midnight + timedelta(days=1),
        is_all_day=True,
        venue=venue,
        holds_room=False,
    )
    return True
