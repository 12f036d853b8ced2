"""The year's plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities.plan import plan_of
from kopiena.floor.access import public


@public
def plan(request: HttpRequest, year: int) -> HttpResponse:
    """What the year holds, by season and month."""
    return render(request, "activities/plan.html", {"plan": plan_of(year, timezone.now())})
