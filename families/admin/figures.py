"""The places of a date in words, by the gate's own formula: what there is, what is taken, what is free for whom."""

from django.utils.translation import gettext as _

from activities.standing import Standing
from kopiena.floor import counted, dates

Figures = list[tuple[str, str]]


def figures(standing: Standing) -> Figures:
    """Each number with its name; places that are not limited have neither free ones nor a queue."""
    capacity = standing.capacity
    limit = _("No limit of places") if capacity.places is None else str(capacity.places)
    found = [(_("Places in all"), limit), (_("Taken"), str(capacity.taken))]
    if groups := _of_groups(standing):
        found.append((_("Of these by groups"), groups))
    if standing.free_for_web is None:
        return found
    return [
        *found,
        (_("Kept for callers"), _kept(standing)),
        (_("Free on the web and for the queue"), str(standing.free_for_web)),
        (_("Free for you to give"), str(standing.free_for_coordinator)),
        (_("On the waiting list"), counted.registrations(capacity.waiting)),
    ]


def _of_groups(standing: Standing) -> str:
    """ "12, at most 20"; nothing where there are no groups and no limit for them."""
    capacity = standing.capacity
    if capacity.for_groups is None:
        return str(capacity.taken_by_groups) if capacity.taken_by_groups else ""
    return _("%(taken)s, at most: %(limit)s") % {"taken": capacity.taken_by_groups, "limit": capacity.for_groups}


def _kept(standing: Standing) -> str:
    until = standing.capacity.held_until
    if not standing.held_left or until is None:
        return "0"
    return _("%(held)s, given to all: %(moment)s") % {
        "held": standing.held_left,
        "moment": dates.moment(until, today=dates.local_day(standing.now)),
    }


def queue_rule(standing: Standing) -> str:
    """Whether freed places go to the queue by themselves, until when, or since when they are hers to give."""
    if standing.is_called_off:
        return _("This date will not take place, so nobody moves up.")
    if standing.capacity.places is None:
        return _("The number of places has no limit, so nobody waits.")
    until = standing.promotes_until
    if until is None:
        return _("The date is not known yet, so freed places do not go to the queue by themselves.")
    moment = {"moment": dates.moment(until, today=dates.local_day(standing.now))}
    if standing.promotes:
        return _("Freed places go to the queue by themselves. Last moment: %(moment)s.") % moment
    return (
        _("Freed places no longer go to the queue by themselves, they are yours to give. Last moment: %(moment)s.")
        % moment
    )
