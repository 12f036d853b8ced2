"""Who of a queue would move up: the gate's rule foreseen, without its lock."""

from collections.abc import Iterable

from families.models import Registration


def would_move_up(waiting: Iterable[Registration], free: int | None, for_groups: int | None) -> list[Registration]:
    """Who would be placed, each whole, in their order; `free` places (None: any), of them `for_groups` for groups.

    One walk is enough: what did not fit does not fit later either, since places only become fewer.
    """
    up = []
    for each in waiting:
        fits_in_groups = not each.is_group or for_groups is None or each.seats <= for_groups
        if not fits_in_groups or (free is not None and each.seats > free):
            continue
        up.append(each)
        free = None if free is None else free - each.seats
        if each.is_group and for_groups is not None:
            for_groups -= each.seats
    return up
