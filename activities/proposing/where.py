"""Where an activity takes place: a venue the portal knows, a place in words, at home, online.

A place in words is enough to propose. Public pages, maps and calendars need a venue, so the coordinator chooses or
makes one (`choose_venue`) before approving; what the institution wrote stays beside it.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Meeting, Proposal, Venue
from activities.proposing.drafts import Content, NotNow
from kopiena.floor.said import said

VENUE, ELSEWHERE, HOME, ONLINE = "v", "elsewhere", "home", "online"
OTHERS = [
    (ELSEWHERE, gettext_lazy("At our place or elsewhere: we write where")),
    (HOME, gettext_lazy("At home")),
    (ONLINE, gettext_lazy("Online")),
]


def choices(language: str | None = None) -> list[tuple[str, Any]]:
    """The venues by name, then what is none of them."""
    venues = [(f"{VENUE}{each.pk}", _line(each, language)) for each in Venue.objects.order_by("name_lv", "pk")]
    return [*venues, *OTHERS]


def as_chosen(meeting: Meeting) -> str:
    """Where a meeting is, as it stands among the choices."""
    return f"{VENUE}{meeting.venue_id}" if meeting.venue_id else str(meeting.where)


def place_of(content: Content) -> dict[str, Any]:
    """The fields of its meetings; raises NotNow while the place is only words, or the venue is gone."""
    chosen = str(content.get("where") or "")
    if chosen == ELSEWHERE:
        raise NotNow(_("Choose or add the venue first: “%(place)s”.") % {"place": content.get("place") or "–"})
    if chosen == ONLINE:
        return {"where": Meeting.Where.ONLINE, "online_link": content.get("online_link") or ""}
    if chosen == HOME:
        return {"where": Meeting.Where.HOME}
    venue = venue_of(chosen)
    if venue is None:
        raise NotNow(_("Choose where it takes place."))
    return {"where": Meeting.Where.VENUE, "venue": venue}


def venue_of(chosen: str) -> Venue | None:
    """The venue of a choice; None where it is none, or gone."""
    typed = chosen[1:]
    if chosen[:1] != VENUE or not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return None
    return Venue.objects.filter(pk=int(typed)).first()


def wants_venue(proposal: Proposal) -> bool:
    """Whether the coordinator has to choose a venue before approving."""
    return proposal.kind == Proposal.Kind.ACTIVITY and proposal.content.get("where") == ELSEWHERE


def choose_venue(proposal_id: int, revision: int, venue: Venue) -> Proposal:
    """The coordinator says which venue a place in words is, as she read them (`revision`); the words stay beside it.

    Raises NotNow.
    """
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
        if proposal.state != Proposal.State.PROPOSED or not wants_venue(proposal):
            raise NotNow(_("It waits for no venue any more."))
        if proposal.revision != revision:
            raise NotNow(_("It was changed since you opened this page. Please look at it once more."))
        proposal.content = {**proposal.content, "where": f"{VENUE}{venue.pk}"}
        proposal.revision += 1
        # Who wrote and sent it stays: they are the ones to hear what was decided.
        proposal.save(update_fields=["content", "revision"])
        return proposal


def _line(venue: Venue, language: str | None) -> str:
    return ", ".join(filter(None, (said(venue, "name", language).text, venue.address)))
