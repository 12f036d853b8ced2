"""One activity: what, for whom, when and where, and the button."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities.feeds import structured
from activities.fetching import story_of
from kopiena.floor.access import public


@public
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of what anybody may see; the rest does not exist here."""
    story = story_of(slug, timezone.now())
    if story is None:
        raise Http404
    context = {
        "story": story,
        "activity": story.activity,
        "shared": story.shared,
        "structured": structured.script(story.activity, story.offers),
    }
    return render(request, "activities/activity.html", context)
