"""What the database says after a storm, by SQL alone, and whether what families were told is the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.storms.cluster import Database
from tests.storms.family import Family


@dataclass(frozen=True)
class Standing:
    """One occurrence as it stands: parties and places."""

    placed: int
    waiting: int
    cancelled: int
    seats: int
    numbers: list[int]
    placed_numbers: list[int]


def standing(database: Database, occurrence: int) -> Standing:
    rows = database.rows(
        "SELECT status, seats, queue_number FROM families_registration WHERE occurrence_id = %s ORDER BY queue_number",
        occurrence,
    )
    counts = [sum(row[0] == status for row in rows) for status in ("placed", "waiting", "cancelled")]
    placed = [row for row in rows if row[0] == "placed"]
    return Standing(
        *counts,
        seats=sum(row[1] for row in placed),
        numbers=[row[2] for row in rows],
        placed_numbers=[row[2] for row in placed],
    )


UNSOUND = {
    "overbooked": """
        SELECT c.occurrence_id, c.places, sum(r.seats) FROM activities_capacity c
        JOIN families_registration r USING (occurrence_id) WHERE r.status = 'placed'
        GROUP BY c.occurrence_id, c.places HAVING sum(r.seats) > c.places
    """,
    "miscounted": """
        SELECT c.occurrence_id, c.taken, c.waiting FROM activities_capacity c
        LEFT JOIN families_registration r USING (occurrence_id) GROUP BY c.occurrence_id, c.taken, c.waiting
        HAVING c.taken <> coalesce(sum(r.seats) FILTER (WHERE r.status = 'placed'), 0)
            OR c.waiting <> count(*) FILTER (WHERE r.status = 'waiting')
    """,
    # A waiting party for which the places free for it are enough, while places still go to the queue by themselves.
    "stranded": """
        SELECT r.occurrence_id, r.id, r.seats, c.places - c.taken FROM families_registration r
        JOIN activities_capacity c USING (occurrence_id) JOIN activities_occurrence o ON o.id = r.occurrence_id
        WHERE r.status = 'waiting' AND coalesce(o.promote_until, 'infinity') > now()
            AND r.seats <= c.places - c.taken - CASE WHEN c.held_until > now() THEN c.held ELSE 0 END
    """,
    "split or doubled": """
        SELECT s.contact_name, count(*) FROM families_signup s
        JOIN families_registration r ON r.sign_up_id = s.id
        WHERE s.contact_name <> '' GROUP BY s.contact_name HAVING count(*) > 1
    """,
    "half": "SELECT s.id FROM families_signup s LEFT JOIN families_registration r ON r.sign_up_id = s.id"
    " WHERE r.id IS NULL OR (r.status <> 'cancelled' AND r.seats <> r.adults + r.children)",
    "numbers beyond the last": """
        SELECT r.occurrence_id FROM families_registration r JOIN activities_capacity c USING (occurrence_id)
        WHERE r.queue_number > c.last_queue_number
    """,
}


def jumped(database: Database, occurrence: int) -> list[tuple[object, ...]]:
    """Placed parties that came after one that still waits and needs no more places than they.

    Holds where no party has changed and nobody of the staff has overridden the order.
    """
    return database.rows(
        "SELECT late.queue_number, early.queue_number FROM families_registration early"
        " JOIN families_registration late USING (occurrence_id) WHERE occurrence_id = %s AND early.status = 'waiting'"
        " AND late.status = 'placed' AND late.queue_number > early.queue_number AND late.seats >= early.seats",
        occurrence,
    )


def unsound(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything that must never be, over the whole database; empty when all is well. A place is for people here."""
    return {name: rows for name, statement in UNSOUND.items() if (rows := database.rows(statement))}


def told_otherwise(database: Database, families: Iterable[Family]) -> list[str]:
    """Families whose private page said something else than their row; to be asked when nothing has changed since."""
    rows = {
        row[0]: row[1:]
        for row in database.rows(
            "SELECT s.link_id, s.contact_name, r.status, s.code, r.adults, r.children, CASE WHEN r.status = 'waiting'"
            " THEN rank() OVER (PARTITION BY r.occurrence_id, r.status ORDER BY r.queue_number) END"
            " FROM families_signup s JOIN families_registration r ON r.sign_up_id = s.id"
        )
    }
    differing = []
    for family in families:
        seen = family.seen
        if seen is None:
            differing.append(f"{family.name} has seen no page")
            continue
        people = tuple(count for count in (family.adults, family.children) if count)
        told = (family.name, seen.status, seen.code, family.adults, family.children, seen.number)
        if rows.get(seen.link_id) != told or seen.people != people:
            differing.append(f"{told} {seen.people} <> {rows.get(seen.link_id)}")
    return differing


def parties(database: Database, occurrence: int, status: str) -> list[int]:
    """The keys of a date's registrations of that status, in the order of coming."""
    return [
        row[0]
        for row in database.rows(
            "SELECT id FROM families_registration WHERE occurrence_id = %s AND status = %s ORDER BY queue_number",
            occurrence,
            status,
        )
    ]


def statuses(families: Iterable[Family]) -> dict[int, int]:
    """How many answers of each status were given."""
    counts: dict[int, int] = {}
    for family in families:
        for answer in family.answers:
            counts[answer.status] = counts.get(answer.status, 0) + 1
    return counts


def server_errors(families: Iterable[Family]) -> list[str]:
    """Answers of class 5xx."""
    return [
        f"{a.status} {a.path} after {a.seconds:.1f} s" for family in families for a in family.answers if a.status >= 500
    ]
