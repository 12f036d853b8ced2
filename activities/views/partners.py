"""Institutions and projects, each with its activities."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from activities import lines
from activities.fetching import in_three, told
from activities.models import Meeting
from activities.shelf import all_of, shelf_of
from kopiena.floor import dates
from kopiena.floor.access import public
from kopiena.floor.said import said
from partners.models import Institution, Project
from partners.shown import in_order


@public
def institutions(request: HttpRequest) -> HttpResponse:
    """The partners; those that no longer work stand apart."""
    today = dates.local_day(timezone.now())
    partners = in_order(Institution.objects.filter(is_partner=True))
    return render(
        request,
        "activities/institutions.html",
        {
            "working": [partner for partner in partners if not partner.is_closed(today)],
            "closed": [partner for partner in partners if partner.is_closed(today)],
        },
    )


@public
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """A partner with its projects and everything anybody may see of its activities."""
    now = timezone.now()
    partner: Any = get_object_or_404(Institution.objects.annotate(projects_told=_projects()), slug=slug)
    return render(
        request,
        "activities/institution.html",
        {
            "institution": partner,
            "is_closed": partner.is_closed(dates.local_day(now)),
            "former_names": [name.strip() for name in partner.former_names.splitlines() if name.strip()],
            "projects": [Project(**each) for each in partner.projects_told],
            "shelf": shelf_of(partner, now),
        },
    )


@public
def institution_earlier(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A further page of what an institution has done."""
    partner = get_object_or_404(Institution, slug=slug)
    return _earlier(request, partner, "name", "institution", number)


@public
def projects(request: HttpRequest) -> HttpResponse:
    """The projects; those that have ended stand apart."""
    today = dates.local_day(timezone.now())
    published = list(Project.objects.published().by_title().prefetch_related("institutions"))
    ended = [project for project in published if project.ends_on and project.ends_on < today]
    return render(
        request,
        "activities/projects.html",
        {"running": [project for project in published if project not in ended], "ended": ended},
    )


@public
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """A project with everything anybody may see of its activities."""
    shown: Any = get_object_or_404(Project.objects.published().annotate(institutions_told=_institutions()), slug=slug)
    return render(
        request,
        "activities/project.html",
        {
            "project": shown,
            "institutions": in_order(Institution(**each) for each in shown.institutions_told),
            "shelf": shelf_of(shown, timezone.now()),
        },
    )


@public
def project_earlier(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A further page of what was done in a project."""
    shown = get_object_or_404(Project.objects.published(), slug=slug)
    return _earlier(request, shown, "title", "project", number)


def _earlier(request: HttpRequest, whose: Any, name: str, kind: str, number: int) -> HttpResponse:
    page = lines.past(all_of(whose), Meeting.objects.all(), timezone.now(), number)
    if not page.rows:
        raise Http404
    return render(
        request,
        "activities/earlier.html",
        {"whose": whose, "name": said(whose, name), "address": f"activities:{kind}_earlier", "page": page},
    )


def _projects() -> ArraySubquery:
    taking_part = Institution.projects.through.objects.filter(institution=OuterRef(OuterRef("pk")))
    found = Project.objects.published().filter(pk__in=taking_part.values("project")).by_title()
    return told(found, "slug", *in_three("title"), *in_three("summary"))


def _institutions() -> ArraySubquery:
    taking_part = Project.institutions.through.objects.filter(project=OuterRef(OuterRef("pk")))
    found = Institution.objects.filter(pk__in=taking_part.values("institution"))
    return told(found, "slug", "kind", "short_name_lv", *in_three("name"))
