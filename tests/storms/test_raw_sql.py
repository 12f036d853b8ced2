"""Round all Python: SQL that seats one too many, or lies about what is taken, is refused when it commits."""

from collections.abc import Iterator

import psycopg2
import pytest

from tests.storms.cluster import Database
from tests.storms.facts import unsound
from tests.storms.house import House

SEAT = "UPDATE families_registration SET status = 'placed', placed_at = now() WHERE id = {waiting}"
COUNT = "UPDATE activities_capacity SET {} WHERE occurrence_id = {{date}}"

TAKEN, OVER = "capacity_taken_is_the_sum_of_seats", "capacity_never_overbooked"

LIES = {
    "a waiting party is seated": (SEAT, TAKEN),
    "and counted": (f"{SEAT}; {COUNT.format('taken = taken + 1, waiting = waiting - 1')}", OVER),
    "and counted as waiting only": (f"{SEAT}; {COUNT.format('waiting = waiting - 1')}", TAKEN),
    "one taken is not told": (COUNT.format("taken = taken - 1"), TAKEN),
    "one more is said to be taken": (COUNT.format("taken = taken + 1, places = 3"), TAKEN),
    "one waiting is not told": (COUNT.format("waiting = waiting - 1"), "capacity_waiting_is_the_queue"),
    "places fewer than taken": (COUNT.format("places = 1"), OVER),
    "a party grows": (
        "UPDATE families_registration SET adults = 2, seats = 2 WHERE id = {placed}",
        TAKEN,
    ),
    "a party is deleted": (
        "DELETE FROM families_registration WHERE id = {placed}",
        TAKEN,
    ),
}


@pytest.fixture
def full(house: House) -> Iterator[dict[str, int]]:
    """A date of two places, both taken, and one party that waits."""
    date = house.desk.occurrence(places=2)
    house.desk.do("fill", occurrence=date, sizes=[1, 1, 1], names=f"Raw-{date}")
    rows = house.database.rows(
        "SELECT status, min(id) FROM families_registration WHERE occurrence_id = %s GROUP BY status", date
    )
    yield {"date": date, **dict(rows)}
    assert unsound(house.database) == {}


def refused(database: Database, statement: str) -> str:
    """The name of the rule by which the transaction was refused."""
    with pytest.raises(psycopg2.errors.CheckViolation) as refusal:
        database.rows(statement)
    return str(refusal.value.diag.constraint_name)


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(house: House, full: dict[str, int], lie: str) -> None:
    statement, rule = LIES[lie]
    assert refused(house.database, statement.format(**full)) == rule


def test_the_same_told_truly_is_let_in(house: House, full: dict[str, int]) -> None:
    true = f"{SEAT}; {COUNT.format('places = 3, taken = taken + 1, waiting = waiting - 1')}"
    house.database.rows(true.format(**full))
    assert house.database.one("SELECT taken FROM activities_capacity WHERE occurrence_id = %s", full["date"]) == 3


def test_of_two_that_counted_before_they_wrote_the_second_is_refused(house: House) -> None:
    """The classic: both read "one is free", both write "now all are taken"."""
    date = house.desk.occurrence(places=1)
    house.desk.do("fill", occurrence=date, sizes=[1, 1, 1], names=f"Raw-{date}")
    database = house.database
    first, *two = [row[0] for row in database.rows(
        "SELECT id FROM families_registration WHERE occurrence_id = %s ORDER BY queue_number", date
    )]  # fmt: skip
    database.rows(
        "UPDATE families_registration SET status = 'cancelled', cancelled_at = now(), cancelled_by = 'family'"
        " WHERE id = %s; UPDATE activities_capacity SET taken = 0 WHERE occurrence_id = %s",
        first,
        date,
    )
    written = f"{SEAT}; {COUNT.format('taken = 1, waiting = 1')}"
    with database.connection() as one, database.connection() as other:
        for connection in (one, other):
            connection.cursor().execute("SELECT taken FROM activities_capacity WHERE occurrence_id = %s", [date])
        one.cursor().execute(written.format(waiting=two[0], date=date))
        one.commit()
        other.cursor().execute(written.format(waiting=two[1], date=date))
        with pytest.raises(psycopg2.errors.CheckViolation):
            other.commit()
    assert unsound(database) == {}
