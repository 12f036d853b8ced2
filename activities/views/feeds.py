"""What other programs read: calendars, Atom, the sitemap and what robots may do."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from activities.feeds import atom as atoms
from activities.feeds import calendar, ical, sitemap
from activities.feeds import robots as robots_file
from activities.feeds.chosen import chosen, known_query
from kopiena.floor.access import public


def answered(content: bytes, media_type: str, filename: str = "") -> HttpResponse:
    """Kept by anybody, asked for anew each time; with a name it becomes a file on the reader's phone."""
    response = HttpResponse(content, content_type=media_type)
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@public(knows=known_query)
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Public meetings to subscribe to, narrowed by the list's filters."""
    now = timezone.now()
    covered = calendar.window(now)
    asked = chosen(request, now)
    return answered(calendar.feed(asked, covered).written(), ical.MEDIA_TYPE)


@public
def activity_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The coming meetings of one activity, to put into a calendar."""
    file = calendar.of_activity(slug, timezone.now())
    if file is None:
        raise Http404
    return answered(file.written(), ical.MEDIA_TYPE, f"{slug}.ics")


@public
def atom(request: HttpRequest) -> HttpResponse:
    """What was published last."""
    return answered(atoms.feed(timezone.now()).written(), atoms.MEDIA_TYPE)


@public
def site_map(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Every public page for search engines; where they are too many for one file, `number` says which of its files."""
    written = sitemap.written(timezone.now(), number)
    if written is None:
        raise Http404
    return answered(written, sitemap.MEDIA_TYPE)


@public
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the sitemap is."""
    return answered(robots_file.written(), robots_file.MEDIA_TYPE)
