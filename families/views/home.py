"""The home page: what does not take place today, what happens this week, what is new, how it works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities import cards, today
from kopiena.floor import dates
from kopiena.floor.access import public
from kopiena.floor.models import Centre

NEWEST = 6


@public
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    centre = Centre.objects.first()
    context = {
        "today_is": dates.local_day(now),
        "this_week": cards.this_week(now),
        "today": today.words_of_today(now),
        "newest": cards.newest(now, NEWEST),
        "centre": centre,
        "announces": centre is not None and centre.is_announcing(now),
    }
    return render(request, "families/home.html", context)
