"""The home page: what does not take place today, what happens this week, what is new, how it works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities.front import front_of
from kopiena.floor import dates
from kopiena.floor.access import public
from kopiena.floor.models import Centre


@public
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    centre = Centre.objects.first()
    context = {
        "front": front_of(now),
        "today_is": dates.local_day(now),
        "centre": centre,
        "announces": centre is not None and centre.is_announcing(now),
    }
    return render(request, "families/home.html", context)
