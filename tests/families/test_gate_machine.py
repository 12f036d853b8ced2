"""Any deeds in any order: the gate does what a simple model of the rules does, and every place is counted right.

Everyday the same sequences, so that a red run is red for everybody; with GATE_MACHINE_EXAMPLES=2000 in the environment
as many others, new each time.
"""

import os
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from activities.models import Activity, Capacity, Meeting, Occurrence
from families import checking, registering
from families.models import Registration
from families.parties import Party
from kopiena.floor.models import Notice
from tests import gate
from tests.conftest import NOW
from tests.families.gate_model import CANCELLED, PLACED, WAITING, Date, Model, No

LONG = int(os.environ.get("GATE_MACHINE_EXAMPLES", "0"))
HOUR = timedelta(hours=1)
STARTS = {"soon": 50 * HOUR, "later": 100 * HOUR}
PLACES = {"soon": 6, "later": 4}

names = st.sampled_from(sorted(STARTS))
sizes = st.integers(1, 5)
which = st.integers(0, 24)
MOSTLY = 20
yes = st.booleans()


class Gate(RuleBasedStateMachine):
    """Two dates, and everything that can be done there."""

    @initialize(sizes=st.lists(sizes, min_size=2, max_size=5))
    def open_the_doors(self, sizes: list[int]) -> None:
        self.undo = transaction.atomic()
        self.undo._from_testcase = True  # type: ignore[attr-defined]  # else the gate's own would not bear it
        self.undo.__enter__()
        self.pks: list[int] = []
        self.moments: list[Any] = []
        self.is_settled = False
        self.dates: dict[str, Occurrence] = {}
        modelled = {}
        for name, ahead in STARTS.items():
            starts_at, ends_at = NOW + ahead, NOW + ahead + 2 * HOUR
            activity = Activity.objects.create(
                slug=name, title_lv=name, theme="craft", state="published", usual_places=PLACES[name]
            )
            self.dates[name] = Occurrence.objects.create(activity=activity)
            Meeting.objects.create(occurrence=self.dates[name], starts_at=starts_at, ends_at=ends_at, where="home")
            modelled[name] = Date(starts_at, ends_at, starts_at - 18 * HOUR, PLACES[name])
        self.model = Model(NOW, modelled)
        for number, seats in enumerate(sizes):
            self.sign_up("later" if number == 0 else "soon", seats, may_wait=True)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def do(self, modelled: Callable[[Model], Any], real: Callable[[], Any]) -> Any:
        """Do the deed in both worlds a minute later; both do it, or both refuse it and nothing is changed."""
        self.model.now += timedelta(minutes=1)
        tried, answers = deepcopy(self.model), []
        for attempt in (lambda: modelled(tried), real):
            try:
                answers.append((True, attempt()))
            except (No, registering.Refused):
                answers.append((False, None))
        assert answers[0][0] == answers[1][0], "only one of both refuses"
        if answers[0][0]:
            self.model = tried
        self.is_settled = False
        return answers[0][1], answers[1][1]

    def pick(self, number: int, at: str | None = None) -> tuple[int, int]:
        """One of the registrations: its place in the model, its key; mostly one that stands (and is `at` that date)."""
        stand = [index for index, party in enumerate(self.model.parties) if party.status != CANCELLED]
        stand = [index for index in stand if at is None or self.model.parties[index].date == at]
        among = stand if stand and number < MOSTLY else range(len(self.pks))
        index = among[number % len(among)]
        return index, self.pks[index]

    def remember(self, made: Registration | None) -> None:
        if made is not None:
            self.pks.append(made.pk)

    @property
    def now(self) -> Any:
        """The moment of the deed that is being done: the model's clock is set first."""
        return self.model.now

    def staff(self, lets_pass: bool) -> registering.Staff:
        return gate.staff("age", "window", "held", "order", reason="As agreed") if lets_pass else gate.staff()

    # Time

    @rule(hours=st.sampled_from([1, 3, 6, 13]))
    def time_passes(self, hours: int) -> None:
        self.model.now += hours * HOUR
        self.is_settled = False

    @rule()
    def settle_all(self) -> None:
        mine, real = self.do(Model.settle_all, lambda: registering.settle_all(self.now))
        assert mine == real
        self.is_settled = True

    # Families

    @rule(name=names, seats=sizes, may_wait=yes)
    def register(self, name: str, seats: int, may_wait: bool) -> None:
        self.sign_up(name, seats, may_wait=may_wait)

    def sign_up(self, name: str, seats: int, *, may_wait: bool) -> None:
        _, made = self.do(
            lambda model: model.register(name, seats, may_wait),
            lambda: gate.signs_up(self.dates[name], seats, may_wait=may_wait, now=self.now),
        )
        self.remember(made)

    @rule(name=names, seats=sizes, may_wait=yes)
    def register_group(self, name: str, seats: int, may_wait: bool) -> None:
        _, made = self.do(
            lambda model: model.register(name, seats, may_wait, is_group=True),
            lambda: gate.class_comes(self.dates[name], seats, may_wait=may_wait, now=self.now),
        )
        self.remember(made)

    @precondition(lambda self: self.pks)
    @rule(number=which, is_staff=yes)
    def cancel(self, number: int, is_staff: bool) -> None:
        index, pk = self.pick(number)
        by = gate.boss() if is_staff else None
        self.do(
            lambda model: model.cancel(model.parties[index], is_staff),
            lambda: registering.cancel(pk, by=by, now=self.now),
        )

    @precondition(lambda self: self.pks)
    @rule(number=which, seats=sizes, is_staff=yes, lets_pass=yes)
    def change(self, number: int, seats: int, is_staff: bool, lets_pass: bool) -> None:
        index, pk = self.pick(number)
        staff = self.staff(lets_pass) if is_staff else None
        self.do(
            lambda model: model.change(model.parties[index], seats, is_staff, lets_pass),
            lambda: registering.change(pk, Party(adults=seats), staff=staff, now=self.now),
        )

    @precondition(lambda self: self.pks)
    @rule(number=which)
    def erase(self, number: int) -> None:
        index, pk = self.pick(number)
        sign_up_id = Registration.objects.get(pk=pk).sign_up_id
        self.do(lambda model: model.erase(model.parties[index]), lambda: registering.erase(sign_up_id, now=self.now))

    # The office

    @rule(name=names, seats=sizes, is_group=yes, lets_pass=yes, may_wait=yes)
    def register_for(self, name: str, seats: int, is_group: bool, lets_pass: bool, may_wait: bool) -> None:
        signs_up = gate.group if is_group else gate.calls
        given = {"staff": self.staff(lets_pass), "may_wait": may_wait}
        _, made = self.do(
            lambda model: model.register_for(name, seats, is_group, lets_pass, may_wait),
            lambda: signs_up(self.dates[name], seats, now=self.now, **given),
        )
        self.remember(made)

    @precondition(lambda self: self.pks)
    @rule(number=which, lets_pass=yes)
    def place_by_hand(self, number: int, lets_pass: bool) -> None:
        index, pk = self.pick(number)
        self.do(
            lambda model: model.place_by_hand(model.parties[index], lets_pass),
            lambda: registering.place_by_hand(pk, staff=self.staff(lets_pass), now=self.now),
        )

    @precondition(lambda self: self.pks)
    @rule(number=which, is_elsewhere=st.sampled_from([True] * 5 + [False]), lets_pass=yes, may_wait=yes)
    def move(self, number: int, is_elsewhere: bool, lets_pass: bool, may_wait: bool) -> None:
        index, pk = self.pick(number)
        here = self.model.parties[index].date
        name = next(name for name in self.dates if (name != here) is is_elsewhere)
        given = {"staff": self.staff(lets_pass), "may_wait": may_wait}
        self.do(
            lambda model: model.move(model.parties[index], name, lets_pass, may_wait),
            lambda: registering.move(pk, self.dates[name].pk, now=self.now, **given),
        )

    @rule(name=names, places=st.none() | st.integers(0, 12), for_groups=st.none() | st.integers(0, 6))
    def set_places(self, name: str, places: int | None, for_groups: int | None) -> None:
        given = {"unit": "people", "places": places, "for_groups": for_groups, "by": gate.boss()}
        self.do(
            lambda model: model.set_places(name, places, for_groups),
            lambda: registering.set_places(self.dates[name].pk, now=self.now, **given),
        )

    @rule(name=names, held=st.integers(0, 4), hours=st.sampled_from([1, 5, 20]))
    def hold(self, name: str, held: int, hours: int) -> None:
        until = self.now + hours * HOUR
        self.do(
            lambda model: model.hold(name, held, until),
            lambda: registering.hold_places(self.dates[name].pk, held=held, until=until, by=gate.boss(), now=self.now),
        )

    @rule(name=names, deed=st.sampled_from(["take_up", "open", "take_up", "open", "close", "call_off"]))
    def the_date_itself(self, name: str, deed: str) -> None:
        pk, given = self.dates[name].pk, {"by": gate.boss()}
        real = {
            "call_off": lambda: registering.call_off(pk, reason={}, now=self.now, **given),
            "take_up": lambda: registering.take_up(pk, now=self.now, **given),
            "close": lambda: registering.close_sign_up(pk, now=self.now, **given),
            "open": lambda: registering.open_sign_up(pk, now=self.now, **given),
        }
        self.do(lambda model: getattr(model, deed)(name), real[deed])

    @precondition(lambda self: len(self.pks) > 1)
    @rule(one=which, two=which, together=yes)
    def merge(self, one: int, two: int, together: bool) -> None:
        kept, kept_pk = self.pick(one)
        other, other_pk = self.pick(two, at=self.model.parties[kept].date)
        self.do(
            lambda model: model.merge(model.parties[kept], model.parties[other], together),
            lambda: registering.merge(kept_pk, other_pk, together=together, by=gate.boss(), now=self.now),
        )

    @precondition(lambda self: self.pks)
    @rule(numbers=st.sets(which, min_size=1, max_size=4))
    def clear_junk(self, numbers: set[int]) -> None:
        chosen = dict(self.pick(number) for number in numbers)
        mine, real = self.do(
            lambda model: model.clear([model.parties[index] for index in chosen]),
            lambda: registering.clear_junk(list(chosen.values()), by=gate.boss(), now=self.now),
        )
        assert mine == real
        self.moments.append(self.now)

    @precondition(lambda self: self.moments)
    @rule(number=which)
    def restore(self, number: int) -> None:
        moment = self.moments[number % len(self.moments)]
        mine, real = self.do(
            lambda model: model.restore(moment), lambda: registering.restore(moment, by=gate.boss(), now=self.now)
        )
        assert mine == (real.placed, real.waiting, real.left_out)

    # What is always so

    @invariant()
    def both_worlds_are_alike(self) -> None:
        for name, occurrence in self.dates.items():
            rows = Registration.objects.of(occurrence.pk).order_by("queue_number")
            real = list(rows.values_list("pk", "queue_number", "status", "seats", "is_group"))
            mine = [
                (self.pks[index], party.number, party.status, party.seats, party.is_group)
                for index, party in enumerate(self.model.parties)
                if party.date == name
            ]
            assert real == sorted(mine, key=lambda row: row[1])
            capacity, date = Capacity.objects.get(pk=occurrence.pk), self.model.dates[name]
            counted = (capacity.taken, capacity.taken_by_groups, capacity.waiting, capacity.last_queue_number)
            taken, by_groups = self.model.taken(name), self.model.taken(name, groups_only=True)
            assert counted == (taken, by_groups, len(self.model.of(name, WAITING)), date.last_number)
            assert (capacity.places, capacity.for_groups) == (date.places, date.for_groups)
            assert (capacity.held, capacity.held_until) == (date.held, date.held_until)

    @invariant()
    def who_is_owed_the_word_is_alike(self) -> None:
        owed = set(Notice.objects.filter(kind="no_place", state="owed").values_list("about", flat=True))
        told = {f"registration:{self.pks[index]}" for index, party in enumerate(self.model.parties) if party.is_told}
        assert owed == told

    @invariant()
    def nothing_is_wrong(self) -> None:
        with connection.cursor() as cursor:  # what the database asks at a commit, asked now
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        found = checking.check(self.now)
        assert found.wrong == []
        if self.is_settled:
            assert found.owed == []

    @invariant()
    def nobody_is_seated_past_the_places_and_nobody_waits_who_fits(self) -> None:
        """Asked of the rows themselves, by neither the gate nor the model of it."""
        for name, occurrence in self.dates.items():
            rows = list(Registration.objects.of(occurrence.pk).values("status", "seats", "is_group", "queue_number"))
            numbers = [row["queue_number"] for row in rows]
            assert len(set(numbers)) == len(numbers)
            date, placed = self.model.dates[name], [row for row in rows if row["status"] == PLACED]
            if date.places is None:
                assert WAITING not in {row["status"] for row in rows}
                continue
            free = date.places - sum(row["seats"] for row in placed)
            of_groups = sum(row["seats"] for row in placed if row["is_group"])
            for_groups = free if date.for_groups is None else date.for_groups - of_groups
            assert free >= 0
            assert date.for_groups is None or for_groups >= 0
            if self.is_settled and not date.is_off and self.now < date.until:
                waiting = [row for row in rows if row["status"] == WAITING]
                free -= date.held
                assert not [
                    row for row in waiting if row["seats"] <= (min(free, for_groups) if row["is_group"] else free)
                ]


@pytest.mark.django_db
def test_any_deeds_in_any_order_keep_the_rules() -> None:
    run_state_machine_as_test(
        Gate,
        settings=settings(
            max_examples=LONG or 12,
            stateful_step_count=30,
            derandomize=not LONG,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
