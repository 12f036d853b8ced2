"""The pictures that stand beside a link where people send it to each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from activities.models import Activity
from activities.offer import offers_of, with_dates
from activities.sharing.picture import png_of, png_of_the_site
from activities.sharing.words import words_of, words_of_the_site
from kopiena.floor.access import public


@public
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of what anybody may see; the rest has none."""
    now = timezone.now()
    shown = get_object_or_404(with_dates(Activity.objects.public()), slug=slug)
    return HttpResponse(png_of(words_of(shown, offers_of(shown, now), now)), content_type="image/png")


@public
def site(request: HttpRequest) -> HttpResponse:
    """The picture of every other page."""
    return HttpResponse(png_of_the_site(words_of_the_site()), content_type="image/png")
