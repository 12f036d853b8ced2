"""The calendar: one month a page."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from activities.month import month_of
from kopiena.floor import dates
from kopiena.floor.access import public


@public
def this_month(request: HttpRequest) -> HttpResponse:
    """The current month; its lasting address is that of the month."""
    return month(request, dates.local_day(timezone.now()).replace(day=1))


@public
def month(request: HttpRequest, first: date) -> HttpResponse:
    """The month that begins on `first`."""
    canonical = settings.SITE_URL + reverse("activities:calendar_month", args=[first])
    shown = month_of(first, timezone.now())
    return render(request, "activities/calendar.html", {"month": shown, "canonical": canonical})
