"""What an institution's first page reminds of: meetings whose numbers are missing, and who has newly signed up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Sum

from activities.models import Meeting
from activities.offer import when
from families.desk.lines import Line, lines, with_all_said
from families.models import Registration
from families.own_meetings import held, own_meetings, title_of, without_numbers
from families.retention import LISTS_OPEN
from kopiena.floor import dates
from partners.models import Institution


@dataclass(frozen=True)
class NewSignUps:
    """So many have signed up for a date since the moment asked; the list is that of its first meeting to come."""

    meeting: Meeting
    title: str
    when: str
    registrations: int
    people: int


def meetings_without_numbers(institution: Institution, now: datetime) -> list[Line]:
    """Own meetings that are over and of which nobody has written who came, the latest first; three queries.

    Those whose list is still open: whoever looks later finds the older ones among all meetings.
    """
    over = held(own_meetings(institution), now).filter(ends_at__lte=now, ends_at__gt=now - LISTS_OPEN)
    return lines(with_all_said(without_numbers(over)).order_by("-starts_at", "-pk"), now)


def new_registrations(institution: Institution, since: datetime, now: datetime) -> list[NewSignUps]:
    """Who signed up since then for own dates still to come, and neither cancelled nor is a group of their own.

    Two queries. The soonest date first.
    """
    coming = own_meetings(institution).filter(ends_at__gt=now).order_by("starts_at", "pk")
    first: dict[int, Meeting] = {}
    for meeting in coming.select_related("occurrence__activity"):
        first.setdefault(meeting.occurrence_id, meeting)
    new = Registration.objects.live().filter(occurrence__in=first, created_at__gt=since)
    new = new.exclude(is_group=True, sign_up__institution=institution)
    in_all = Sum(F("adults") + F("children") + F("children_along"))
    rows = new.order_by().values("occurrence").annotate(count=Count("pk"), in_all=in_all)
    sums = {row["occurrence"]: (row["count"], row["in_all"]) for row in rows}
    return [
        NewSignUps(each, title_of(each), when(each, dates.local_day(now)), *sums[pk])
        for pk, each in first.items()
        if pk in sums
    ]
