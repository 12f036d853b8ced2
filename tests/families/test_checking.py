"""Every place counted anew: each rule broken by raw SQL is named, what time has made due stands apart."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Occurrence
from families import checking, registering
from families.models import Registration
from families.parties import Child, Party
from tests.gate import boss, group, is_clean, signs_up

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2027-03-01T10:00+00:00")
DAY = timedelta(days=1)


def unguarded(*statements: str) -> None:
    """Change rows as raw SQL would with the triggers off; `off NAME` also takes a constraint of the table away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("families_registration", "activities_capacity", "activities_occurrence"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)


def without(table: str, constraint: str) -> str:
    return f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"


R, C = "families_registration", "activities_capacity"


@pytest.fixture
def full(make_occurrence: Callable[..., Occurrence]) -> dict[str, int]:
    """A full date of ten places: a family of three with its children, a group of four, a family of three; two wait."""
    occurrence = make_occurrence(places=10, is_age_asked=True)
    party = Party.with_ages(1, (Child(5), Child(2, is_along=True)))
    rows = {
        "family": signs_up(occurrence, party=party),
        "group": group(occurrence, 1, 3),
        "other": signs_up(occurrence, 3),
        "waiting": signs_up(occurrence, 2),
        "last": signs_up(occurrence, 2),
    }
    registering.set_places(occurrence.pk, unit="people", places=10, for_groups=4, by=boss(), now=NOW)
    assert is_clean()
    return {name: row.pk for name, row in rows.items()} | {"date": occurrence.pk}


BROKEN: list[tuple[list[str], list[str]]] = [
    (
        [f"UPDATE {C} SET taken = taken - 1"],
        ["date {date}: places taken: 9 by the count kept, 10 by the registrations"],
    ),
    (
        [f"UPDATE {C} SET taken_by_groups = taken_by_groups - 1"],
        ["date {date}: places taken by groups: 3 by the count kept, 4 by the registrations"],
    ),
    (
        [f"UPDATE {C} SET waiting = waiting + 1"],
        ["date {date}: parties waiting: 3 by the count kept, 2 by the registrations"],
    ),
    (
        [without(C, "capacity_never_overbooked"), f"UPDATE {C} SET places = 9"],
        ["date {date}: 10 places are taken, there are 9"],
    ),
    (
        [without(C, "capacity_groups_keep_to_their_limit"), f"UPDATE {C} SET for_groups = 3"],
        ["date {date}: groups have 4 places, at most 3 are for them"],
    ),
    ([f"UPDATE {C} SET last_queue_number = 4"], ["date {date}: number 5 is given, the last one is said to be 4"]),
    (
        [
            without(R, "registration_number_once"),
            f"UPDATE {R} SET queue_number = 4 WHERE id = {{last}}",
        ],
        ["date {date}: number 4 is given 2 times"],
    ),
    ([f"DELETE FROM {C}"], ["date {date}: has no row of places"]),
    (
        [without(C, "capacity_held_places_lapse"), f"UPDATE {C} SET held = 1, held_until = NULL"],
        ["date {date}: 1 places are kept for callers without an end"],
    ),
    (
        [f"UPDATE {R} SET seats = 1 WHERE id = {{last}}"],
        ["registration {last}: has 1 places, the party takes 2"],
    ),
    (
        [f"UPDATE {R} SET children = children - 1, adults = adults + 1 WHERE id = {{family}}"],
        ["registration {family}: 1 children are written down, 0 come"],
    ),
    (
        [f"UPDATE {R} SET children_along = 0, adults = adults + 1 WHERE id = {{family}}"],
        ["registration {family}: 1 children along are written down, 0 come"],
    ),
    (
        [without(R, "registration_placed_says_when"), f"UPDATE {R} SET placed_at = NULL WHERE id = {{other}}"],
        ["registration {other}: has its places, but not since when"],
    ),
    (
        [f"UPDATE {R} SET placed_at = now() WHERE id = {{waiting}}"],
        ["registration {waiting}: waits, but says since when it has its places"],
    ),
    (
        [
            without(R, "registration_cancelled_says_when_and_by_whom"),
            f"UPDATE {R} SET cancelled_by = 'family' WHERE id = {{waiting}}",
        ],
        ["registration {waiting}: is not cancelled, but says when or by whom"],
    ),
    (
        [
            without(R, "registration_cancelled_says_when_and_by_whom"),
            f"UPDATE {R} SET status = 'cancelled', cancelled_by = 'family' WHERE id = {{last}}",
            f"UPDATE {C} SET waiting = 1",
        ],
        ["registration {last}: is cancelled, but not when and by whom"],
    ),
    (
        [
            without(R, "registration_only_the_centre_merges_or_clears"),
            f"UPDATE {R} SET cancelled_for = 'junk' WHERE id = {{waiting}}",
        ],
        ["registration {waiting}: is not cancelled, but says it was for 'junk'"],
    ),
    (
        [
            without(R, "registration_status_is_known"),
            f"UPDATE {R} SET status = 'lost' WHERE id = {{last}}",
            f"UPDATE {C} SET waiting = 1",
        ],
        ["registration {last}: its status is 'lost'"],
    ),
    (
        [without(C, "capacity_without_limit_nobody_waits"), f"UPDATE {C} SET places = NULL"],
        [
            "date {date}: 2 parties wait though the places have no limit",
            "registration {waiting}: waits for 2 places, which are free and go to the queue",
            "registration {last}: waits for 2 places, which are free and go to the queue",
        ],
    ),
    (
        [f"UPDATE {C} SET places = 13"],
        ["registration {waiting}: waits for 2 places, which are free and go to the queue"],
    ),
    (
        [
            f"UPDATE {C} SET unit = 'families', taken = 3, taken_by_groups = 1",
            f"UPDATE {R} SET seats = 1",
            f"UPDATE {C} SET places = 3",
        ],
        ["registration {group}: is a group where each place is for a family"],
    ),
]


@pytest.mark.parametrize(("statements", "lines"), BROKEN)
def test_what_is_broken_is_named(full: dict[str, int], statements: list[str], lines: list[str]) -> None:
    unguarded(*(statement.format(**full) for statement in statements))
    found = checking.check(NOW)
    assert (found.wrong, found.owed) == ([line.format(**full) for line in lines], [])


def test_the_command_says_what_is_wrong_last_of_all_the_sum_and_ends_with_one(
    full: dict[str, int], capsys: pytest.CaptureFixture[str], time_machine: Any
) -> None:
    time_machine.move_to(NOW)
    call_command("check_places")
    assert capsys.readouterr().out == "1 dates, 5 registrations checked: 0 wrong, 0 owed\n"
    unguarded(f"UPDATE {C} SET taken = 9")
    with pytest.raises(SystemExit) as end:
        call_command("check_places")
    assert end.value.code == 1
    assert capsys.readouterr().out == (
        f"wrong: date {full['date']}: places taken: 9 by the count kept, 10 by the registrations\n"
        "1 dates, 5 registrations checked: 1 wrong, 0 owed\n"
    )


def test_what_is_owed_is_said_and_is_no_failure(
    full: dict[str, int], capsys: pytest.CaptureFixture[str], time_machine: Any
) -> None:
    time_machine.move_to(NOW + 10 * DAY)
    call_command("check_places")
    assert capsys.readouterr().out == (
        f"owed: registration {full['waiting']}: is not told yet that no place came free\n"
        f"owed: registration {full['last']}: is not told yet that no place came free\n"
        "1 dates, 5 registrations checked: 0 wrong, 2 owed\n"
    )


def test_the_word_that_no_place_came_free_is_owed_from_its_moment_until_it_is_over(full: dict[str, int]) -> None:
    until = NOW + 10 * DAY - timedelta(hours=18)
    over = NOW + 10 * DAY + timedelta(hours=2)
    moments = (until - timedelta(seconds=1), until, over - timedelta(seconds=1), over)
    assert [len(checking.check(moment).owed) for moment in moments] == [0, 2, 2, 0]
    registering.settle(full["date"], now=until)
    assert is_clean(until)


def test_kept_places_that_lapsed_and_the_promotions_they_allow_are_owed(
    make_occurrence: Callable[..., Occurrence],
) -> None:
    occurrence = make_occurrence(places=5)
    registering.hold_places(occurrence.pk, held=3, until=NOW + DAY, by=boss(), now=NOW)
    signs_up(occurrence, 2)
    large, fits = signs_up(occurrence, 4), signs_up(occurrence, 2)
    assert is_clean(NOW + DAY - timedelta(seconds=1))
    found = checking.check(NOW + DAY)
    assert (found.wrong, found.owed) == (
        [],
        [
            f"registration {fits.pk}: waits for 2 places, which are free and go to the queue since kept places lapsed",
            f"date {occurrence.pk}: 3 places kept for callers have lapsed",
        ],
    )
    assert registering.settle_all(NOW + DAY) == 1
    assert is_clean(NOW + DAY)
    large.refresh_from_db()
    assert large.is_waiting


def test_a_party_that_would_fit_even_beside_the_kept_places_is_wrong_however_they_lapsed(
    full: dict[str, int],
) -> None:
    unguarded(f"UPDATE {C} SET places = 14, held = 2, held_until = '{NOW + DAY}'")
    line = "registration {}: waits for 2 places, which are free and go to the queue"
    found = checking.check(NOW + 2 * DAY)
    assert found.wrong == [line.format(full["waiting"])]
    assert found.owed[0] == line.format(full["last"]) + " since kept places lapsed"


@pytest.mark.parametrize(
    ("message", "is_owed"),
    [
        ('[{"changed": {"fields": ["Freed places go to the queue until"]}}]', True),
        ('[{"changed": {"fields": ["places"]}}]', False),  # a deed of the gate: it would have placed them
    ],
)
def test_what_a_change_of_the_date_made_due_is_owed_until_the_next_deed(
    make_occurrence: Callable[..., Occurrence], message: str, is_owed: bool
) -> None:
    occurrence = make_occurrence(places=2, starts_at=NOW + DAY)
    leaving, waiting = signs_up(occurrence, 2), signs_up(occurrence, 2)
    late = NOW + timedelta(hours=7)
    registering.cancel(leaving.pk, now=late)
    occurrence.promote_until = NOW + timedelta(hours=23)
    occurrence.save()
    LogEntry.objects.log_actions(boss().pk, [occurrence], CHANGE, message, single_object=True)
    LogEntry.objects.update(action_time=late + timedelta(minutes=1))
    found = checking.check(late + timedelta(minutes=2))
    lines = [f"registration {waiting.pk}: waits for 2 places, which are free and go to the queue"]
    owed = [f"{lines[0]} since the date was changed"]
    assert (found.wrong, found.owed) == (([], owed) if is_owed else (lines, []))
    LogEntry.objects.update(action_time=late - timedelta(minutes=1))  # before the last deed: no excuse
    assert checking.check(late + timedelta(minutes=2)).wrong == lines


def test_without_a_change_in_the_log_a_party_that_fits_is_wrong(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence(places=2, starts_at=NOW + DAY)
    leaving, waiting = signs_up(occurrence, 2), signs_up(occurrence, 2)
    registering.cancel(leaving.pk, now=NOW + timedelta(hours=7))
    assert is_clean(NOW + timedelta(hours=7))
    Occurrence.objects.update(promote_until=NOW + timedelta(hours=23))
    assert len(checking.check(NOW + timedelta(hours=8)).wrong) == 1
    Occurrence.objects.update(state="cancelled")
    assert checking.check(NOW + timedelta(hours=8)).wrong == []
    assert Registration.objects.get(pk=waiting.pk).is_waiting


def test_a_group_past_the_limit_for_groups_waits_rightly(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence(places=10)
    registering.set_places(occurrence.pk, unit="people", places=10, for_groups=3, by=boss(), now=NOW)
    group(occurrence, 1, 3, may_wait=True)
    assert is_clean()
    unguarded(f"UPDATE {C} SET for_groups = NULL")
    assert len(checking.check(NOW).wrong) == 1


def test_children_who_come_along_may_be_counted_as_before_or_as_now(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence(places=10)
    party = Party(adults=1, children=1, children_along=2)
    early = signs_up(occurrence, party=party)
    occurrence.activity.is_companion_seated = False
    occurrence.activity.save()
    late = signs_up(occurrence, party=party)
    assert (early.seats, late.seats) == (4, 2)
    assert is_clean()
    registering.merge(early.pk, late.pk, together=True, by=boss(), now=NOW)
    assert is_clean()


def test_what_was_cancelled_keeps_the_places_of_its_own_time(make_occurrence: Callable[..., Occurrence]) -> None:
    occurrence = make_occurrence(places=10)
    registering.cancel(signs_up(occurrence, 2).pk, now=NOW)
    registering.set_places(occurrence.pk, unit="families", places=10, by=boss(), now=NOW)
    signs_up(occurrence, 5)
    assert is_clean()


def test_the_number_of_queries_does_not_grow(make_occurrence: Callable[..., Occurrence]) -> None:
    lengths = []
    for _ in range(2):
        for _ in range(3):
            occurrence = make_occurrence(places=2)
            signs_up(occurrence, 2)
            signs_up(occurrence, 1)
        checking.check(NOW)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = checking.check(NOW)
        lengths.append(len(asked))
    assert (found.dates, found.registrations) == (6, 12)
    assert lengths == [5, 5]


def test_nobody_is_named(full: dict[str, int]) -> None:
    unguarded(f"UPDATE {C} SET taken = 5, waiting = 0", f"UPDATE {R} SET seats = 1")
    found = checking.check(NOW)
    assert len(found.wrong) > 4
    assert not [line for line in found.wrong if "Anna" in line or "20000000" in line]


@pytest.mark.django_db(transaction=True)
def test_all_is_seen_at_one_moment_and_nothing_is_written() -> None:
    asked = ("SHOW transaction_isolation", "SHOW transaction_read_only")
    with checking.one_moment(), connection.cursor() as cursor:
        inside = [cursor.execute(show) or cursor.fetchone()[0] for show in asked]
    with connection.cursor() as cursor:
        afterwards = [cursor.execute(show) or cursor.fetchone()[0] for show in asked]
    assert (inside, afterwards) == (["repeatable read", "on"], ["read committed", "off"])
