"""The list of what is still to come, with filters in the address."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from activities.cards import rendered
from activities.finder.listing import known_query, listing_of
from kopiena.floor import dates
from kopiena.floor.access import public


@public(knows=known_query)
def listing(request: HttpRequest) -> HttpResponse:
    """The activities still to come that suit the filters."""
    asked = listing_of(request)
    context = {
        "listing": asked,
        "filters": asked.filters,
        "understood": asked.understood,
        "form": asked.form,
        "canonical": settings.SITE_URL + reverse("activities:list") + asked.filters.address(asked.page),
        "cards": rendered(asked.ids, asked.now, asked.results.wanted),
        "this_year": dates.local_day(asked.now).year,
    }
    return render(request, "activities/list.html", context)
