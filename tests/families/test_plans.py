"""With a whole year's rows, what is asked behind the lock is found by an index, not by reading everything."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from activities.models import Occurrence
from families import gate, notices
from families.models import Registration, SignUp
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

TABLES = {"families_registration", "families_signup", "floor_notice"}
FILL = """
INSERT INTO families_signup (contact_name, email, phone, safe_to_call, language, form_digest, link_id, link_version,
    code, channel, created_at, is_demo, not_photographed)
SELECT '', 'a' || n || '@example.lv', '', '', 'lv', '', md5(n::text), 1, lpad(n::text, 8, '0'), 'web', now(), false,
    0
FROM generate_series(1, %(rows)s) n;
INSERT INTO families_registration (sign_up_id, occurrence_id, status, adults, children, children_along, seats,
    queue_number, revision, needs_answer, created_at, placed_at, cancelled_by, cancelled_for, is_group, overrides,
    override_reason)
SELECT s.id, (%(dates)s::bigint[])[1 + s.n %% cardinality(%(dates)s)],
    CASE WHEN s.n / cardinality(%(dates)s) < 50 THEN 'placed' ELSE 'waiting' END, 2, 0, 0, 2, s.n, 0, '', now(),
    CASE WHEN s.n / cardinality(%(dates)s) < 50 THEN now() END, '', '', false, '{}', ''
FROM (SELECT id, row_number() OVER () AS n FROM families_signup) s;
INSERT INTO floor_notice (about, kind, revision, channel, details, recipient, language, state, reason, answer,
    created_at, due_at, tries, sent_at, message_id)
SELECT 'registration:' || id, 'no_place', 0, 'mail', '{}', '', 'lv', 'sent', '', '', now(), now(), 1, now(), id
FROM families_registration;
ANALYZE families_signup; ANALYZE families_registration; ANALYZE floor_notice; ANALYZE activities_capacity;
"""


@pytest.fixture
def busy(make_occurrence: Callable[..., Occurrence]) -> int:
    """One of 250 dates with 50 parties placed and 30 waiting each; its key."""
    first = make_occurrence(places=100)
    others = Occurrence.objects.bulk_create(Occurrence(activity=first.activity) for _ in range(249))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("families_registration", "activities_capacity"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(FILL, {"rows": 20_000, "dates": [first.pk, *(each.pk for each in others)]})
    return first.pk


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def indexes_of(rows: "QuerySet[Any]") -> set[str]:
    """The indexes by which PostgreSQL would find them; where it would read a whole table, the table's name."""
    (plan,) = json.loads(rows.explain(format="json"))
    found = {node.get("Index Name", "") for node in nodes(plan["Plan"])}
    return found - {""} | {node["Relation Name"] for node in nodes(plan["Plan"]) if node["Node Type"] == "Seq Scan"}


def test_the_queue_is_found_by_its_index(busy: int) -> None:
    with gate.locked(busy, now=NOW) as held:
        first = held.fitting(2)[:1]
        before = held.fitting(2).filter(queue_number__lt=10_000)
    assert (indexes_of(first), indexes_of(before)) == ({"registration_queue"}, {"registration_queue"})


def test_who_is_not_told_yet_is_found_without_reading_all_notices(busy: int) -> None:
    found = indexes_of(notices.without_word(busy, NOW))
    assert {"registration_queue", "notice_once_for_each_revision"} <= found
    assert found & TABLES == set()


def test_how_often_a_party_was_overtaken_and_who_has_the_same_contact_are_found_by_indexes(busy: int) -> None:
    sign_up = SignUp.objects.get(email="a77@example.lv")
    sign_up.phone = "+37120000000"
    same_contact = indexes_of(Registration.objects.with_contact_of(sign_up))
    overtaken = indexes_of(Registration.objects.of(busy).in_queue().with_overtaken())
    assert {"sign_up_by_email", "sign_up_by_phone"} <= same_contact
    assert "registration_queue" in overtaken
    assert (same_contact | overtaken) & TABLES == set()


def test_a_table_that_is_read_whole_is_seen(busy: int) -> None:
    assert indexes_of(Registration.objects.filter(adults=3)) == {"families_registration"}
