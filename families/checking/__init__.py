"""Counts every place anew, over the whole database: what is wrong, and apart from it what is merely owed.

Asked by `manage.py check_places`. A constant number of queries, however many dates there are; ids only, never a person.

*Wrong* is what no deed of the gate leaves behind. *Owed* is what has become due since the last deed and what the next
settling will do: kept places that lapsed, the promotions they allow, the word that no place came free. A party that
waits though its places are free has one other innocent cause: somebody changed the date in the admin (it begins later,
a meeting takes place after all), so that freed places go to the queue once more. That is owed where the admin's log
shows a change of the date later than anything the gate is known to have done there, since every deed of the gate would
have placed the party. Without such a trace it is wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from activities.models import Capacity, Occurrence
from activities.standing import Standing
from families import notices
from families.checking import counts, queue
from families.models import Registration

FIELDS = (
    *("pk", "occurrence_id", "status", "seats", "adults", "children", "children_along", "queue_number", "is_group"),
    *("created_at", "placed_at", "cancelled_at", "cancelled_by", "cancelled_for"),
)


@dataclass
class Findings:
    """What was looked at, and what was found, each in one line."""

    dates: int = 0
    registrations: int = 0
    wrong: list[str] = field(default_factory=list)
    owed: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return (
            f"{self.dates} dates, {self.registrations} registrations checked: "
            f"{len(self.wrong)} wrong, {len(self.owed)} owed"
        )


@contextmanager
def one_moment() -> Iterator[None]:
    """All queries see the same moment, so that a sign-up in between is not taken for a mistake.

    Ask the clock inside: what passes after the moment seen is at most owed. Inside a transaction this adds nothing.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")  # the moment seen is that of the first query
        yield


def check(now: datetime) -> Findings:
    """Check every date and every registration as they stand at `now`."""
    found = Findings()
    registrations = _registrations_by_date()
    untold = set(notices.untold(Registration.objects.in_queue()).values_list("pk", flat=True))
    edits = queue.edits()
    named = counts.named()
    for occurrence in _dates():
        found.dates += 1
        mine = registrations.pop(occurrence.pk, [])
        found.registrations += len(mine)
        capacity: Capacity | None = getattr(occurrence, "capacity", None)
        if capacity is None:
            found.wrong.append(f"date {occurrence.pk}: has no row of places")
            continue
        standing = Standing.of(occurrence, capacity, now)
        found.wrong += [f"date {occurrence.pk}: {line}" for line in counts.of_date(capacity, mine)]
        for each in mine:
            found.wrong += [f"registration {each.pk}: {line}" for line in counts.of_registration(each, standing, named)]
        wrong, owed = queue.moves_due(standing, mine, edits.get(occurrence.pk))
        found.wrong += wrong
        found.owed += owed
        found.owed += queue.owed(standing, [each for each in mine if each.pk in untold])
    for occurrence_id, lost in registrations.items():
        found.registrations += len(lost)
        found.wrong += [f"registration {each.pk}: date {occurrence_id} is not there" for each in lost]
    return found


def _dates() -> Iterable[Occurrence]:
    return Occurrence.objects.timed().with_meetings_held().select_related("activity", "capacity").order_by("pk")


def _registrations_by_date() -> dict[int, list[Registration]]:
    """Each date's registrations in the order of their numbers, without anything about a person."""
    by_date = defaultdict(list)
    for each in Registration.objects.only(*FIELDS).order_by("queue_number", "pk"):
        by_date[each.occurrence_id].append(each)
    return by_date
