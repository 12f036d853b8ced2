"""What the first page of the office shows above Django's own lists."""

from itertools import groupby
from typing import Any

from django import template
from django.utils import timezone

from families import at_hand

register = template.Library()


@register.inclusion_tag("admin/_at_hand.html")
def at_hand_now() -> dict[str, Any]:
    """Today and tomorrow, for a coordinator: `{% if perms.floor.coordinate %}{% at_hand_now %}{% endif %}`."""
    now = timezone.now()
    rows = sorted(at_hand.rows(now), key=lambda row: (row.day, row.meeting.starts_at))
    days = [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.day)]
    proposals, proposal_list = at_hand.proposals_waiting()
    return {
        "days": days,
        "proposals": proposals,
        "proposal_list": proposal_list,
        "today": timezone.localdate(now),
        "requests_to_join": at_hand.requests_to_join(),
        "calls": at_hand.calls_owed(),
        "call_list": at_hand.call_list(),
    }
