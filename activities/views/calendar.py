"""The calendar: a month as a grid, a month day by day, a week."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities.calendar.agenda import Agenda, agenda_of
from activities.calendar.month import Month, month_of
from activities.calendar.week import Week, week_of
from kopiena.floor import dates
from kopiena.floor.access import public


@public
def this_month(request: HttpRequest) -> HttpResponse:
    """The current month: day by day for a phone, as a grid for a wide screen; its lasting address is the grid's."""
    now = timezone.now()
    shown = month_of(dates.local_day(now).replace(day=1), now)
    return _page(request, shown, "activities/calendar_now.html", agenda=Agenda(shown))


@public
def month(request: HttpRequest, first: date) -> HttpResponse:
    """The month that begins on `first`, as a grid."""
    return _page(request, month_of(first, timezone.now()), "activities/calendar_month.html")


@public
def days(request: HttpRequest, first: date) -> HttpResponse:
    """The month that begins on `first`, day by day."""
    return _page(request, agenda_of(first, timezone.now()), "activities/calendar_days.html")


@public
def week(request: HttpRequest, monday: date) -> HttpResponse:
    """The week that begins on `monday`."""
    return _page(request, week_of(monday, timezone.now()), "activities/calendar_week.html")


def _page(request: HttpRequest, view: Month | Week | Agenda, template: str, **more: Agenda) -> HttpResponse:
    canonical = settings.SITE_URL + view.address
    context = {"view": view, "canonical": canonical, "on_paper": canonical.partition("://")[2], **more}
    return render(request, template, context)
