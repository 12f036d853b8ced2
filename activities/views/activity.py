"""One activity: what, for whom, when and where, and the button."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from activities.feeds import structured
from activities.models import Activity
from activities.offer import with_dates
from activities.story import Story
from kopiena.floor.access import public


@public
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of what anybody may see; the rest does not exist here."""
    # One query brings the activity and what is made for it.
    both = Activity.objects.public().filter(Q(slug=slug) | Q(made_for__slug=slug)).select_related("project", "made_for")
    activities = {row.slug: row for row in with_dates(both).prefetch_related("organisers", "needs")}
    if slug not in activities:
        raise Http404
    story = Story(activities.pop(slug), list(activities.values()), timezone.now())
    context = {
        "story": story,
        "activity": story.activity,
        "shared": story.shared,
        "structured": structured.script(story.activity, story.offers),
    }
    return render(request, "activities/activity.html", context)
