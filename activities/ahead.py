"""The dates still to come of several activities at once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from activities.models import Activity, Meeting, Occurrence
from activities.offer import Offer, in_time


def offers_ahead(activities: Sequence[Activity], now: datetime) -> dict[int, list[Offer]]:
    """The dates of each that are not over, whole: a course under way with its meetings gone by. One query."""
    by_pk = {activity.pk: activity for activity in activities}
    ahead = Meeting.objects.filter(occurrence=OuterRef("pk"), ends_at__gt=now)
    still = Occurrence.objects.filter(Exists(ahead), activity__in=by_pk)
    rows = Meeting.objects.filter(occurrence__in=still).select_related("occurrence__capacity", "venue")
    meetings: dict[Occurrence, list[Meeting]] = defaultdict(list)
    for meeting in rows.order_by("starts_at", "pk"):
        meetings[meeting.occurrence].append(meeting)
    found: dict[int, list[Offer]] = defaultdict(list)
    for occurrence, theirs in meetings.items():
        occurrence.activity = by_pk[occurrence.activity_id]
        found[occurrence.activity_id].append(Offer(occurrence, tuple(theirs), now))
    return defaultdict(list, {pk: in_time(offers, now) for pk, offers in found.items()})
