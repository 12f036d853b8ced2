"""What the institution did before as the beginning of a new draft: its texts and manners, without its dates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation

from activities.models import Activity, Proposal
from activities.proposing import drafts
from activities.proposing.activity import start_of
from activities.proposing.own_activities import to_begin_from
from kopiena.floor import dates
from kopiena.floor.said import said
from partners import desk as frame
from partners.acting import Desk, member_required, while_open
from partners.models import Institution

MOST = 200


@dataclass(frozen=True)
class Earlier:
    """An own activity, and in words when it last took place."""

    activity: Activity
    last: str


def earlier_of(institution: Institution, now: datetime) -> list[Earlier]:
    """Those an activity may begin from, the latest first; one query, however many there are."""
    ours: Any = to_begin_from(institution).annotate(last=Max("occurrences__meetings__starts_at"))
    today = dates.local_day(now)
    rows = sorted(ours.order_by("-pk")[:MOST], key=lambda row: row.last.timestamp() if row.last else 0, reverse=True)
    return [Earlier(row, dates.plain_day(row.last, today=today) if row.last else "") for row in rows]


@member_required
def earlier(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The list to choose from."""
    context = {"earlier": earlier_of(desk.institution, timezone.now())}
    return frame.page(request, desk, "activities/desk/earlier.html", context)


@member_required
@while_open
def begin_from(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """A POST makes the draft."""
    activity = get_object_or_404(to_begin_from(desk.institution), pk=pk)
    if request.method != "POST":
        return redirect("activities:desk_earlier", desk.institution.slug)
    spoken = translation.get_language() or "lv"
    language = spoken if getattr(activity, f"title_{spoken}") else said(activity, "title", spoken).language
    draft = drafts.begin(
        desk.institution,
        Proposal.Kind.ACTIVITY,
        language=language,
        content=start_of(activity, language),
        by=desk.user,
        now=timezone.now(),
    )
    return redirect("activities:draft", desk.institution.slug, draft.pk)
