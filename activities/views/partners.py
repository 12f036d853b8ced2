"""Institutions and projects, each with its activities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from activities.cards import shelf
from activities.models import Activity
from activities.offer import with_dates
from kopiena.floor import dates
from kopiena.floor.access import public
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
    partner = get_object_or_404(Institution, slug=slug)
    activities = Activity.objects.public().filter(organisers=partner)
    return render(
        request,
        "activities/institution.html",
        {
            "institution": partner,
            "is_closed": partner.is_closed(dates.local_day(now)),
            "former_names": [name.strip() for name in partner.former_names.splitlines() if name.strip()],
            "projects": partner.projects.published(),
            "shelf": shelf(with_dates(activities), now),
        },
    )


@public
def projects(request: HttpRequest) -> HttpResponse:
    """The projects; those that have ended stand apart."""
    today = dates.local_day(timezone.now())
    published = list(Project.objects.published().prefetch_related("institutions"))
    ended = [project for project in published if project.ends_on and project.ends_on < today]
    return render(
        request,
        "activities/projects.html",
        {"running": [project for project in published if project not in ended], "ended": ended},
    )


@public
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """A project with everything anybody may see of its activities."""
    now = timezone.now()
    shown = get_object_or_404(Project.objects.published(), slug=slug)
    activities = with_dates(Activity.objects.public().filter(project=shown))
    return render(
        request,
        "activities/project.html",
        {
            "project": shown,
            "institutions": in_order(shown.institutions.all()),
            "shelf": shelf(activities, now),
        },
    )
