"""One venue: where it is, how to get in, what takes place there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities.venue_page import page_of, past_there, used_venue
from kopiena.floor.access import public
from kopiena.floor.said import said


@public
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a venue where something that anybody may see is or was."""
    page = page_of(slug, timezone.now())
    if page is None:
        raise Http404
    return render(request, "activities/venue.html", {"page": page, "venue": page.venue})


@public
def venue_earlier(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A further page of what has been there."""
    shown = used_venue(slug)
    page = past_there(shown, timezone.now(), number) if shown is not None else None
    if page is None or not page.rows:
        raise Http404
    told = {"whose": shown, "name": said(shown, "name"), "address": "activities:venue_earlier", "page": page}
    return render(request, "activities/earlier.html", told)
