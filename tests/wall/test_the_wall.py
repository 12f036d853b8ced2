"""The wall: every address for everybody, by GET and by POST; what is another's does not exist and stays as it is."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from activities.models import Occurrence
from tests.wall.addresses import example, named
from tests.wall.table import TABLE
from tests.wall.world import ROLES, World, build

SIGNS = {200: "+", 301: "r", 400: "4", 403: "x", 404: "0", 405: "-", 409: "9", 422: "9"}
REFUSED = frozenset(">x0-")
METHODS = ("get", "post")
SIGN_IN = re.compile(r"/konts/login/(code/)?(\?|$)|/admin/login/")  # the page to type a code is further on
PARTS = ("site", "office")
# Kept by the sign-in itself, and by whoever was counted: not what anybody wrote.
ASIDE = ("django_session", "axes_", "floor_tally")


@pytest.fixture
def world(make_occurrence: Callable[..., Occurrence], now: datetime) -> Iterator[World]:
    with time_machine.travel(now, tick=False):
        yield build(make_occurrence, now)


def knock(world: World, role: str, method: str, path: str) -> str:
    """What comes of it, as the table writes it; whatever it changed stays changed, but for the sign-in."""
    client = world.clients[role]
    cookies = deepcopy(client.cookies)
    response = getattr(client, method)(path)
    client.cookies = cookies
    if response.status_code == 302:
        return ">" if SIGN_IN.match(response["Location"]) else "r"
    return SIGNS.get(response.status_code, str(response.status_code))


def everything() -> dict[str, Any]:
    """The whole content of each table, in short."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if not name.startswith(ASIDE)]
        kept = {}
        for table in tables:
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            kept[table] = cursor.fetchone()
    return kept


def test_every_address_stands_in_the_table_and_nothing_else_does() -> None:
    found = {key for key, _route in named()}
    assert sorted(found - TABLE.keys()) == [], "no row in tests/wall/table.py says who may come in"
    assert sorted(TABLE.keys() - found) == []


def part(name: str) -> list[tuple[str, str]]:
    """The addresses of one of the parts, each of which keeps one processor busy for half a minute."""
    return [(key, route) for key, route in named() if key.startswith("admin") == (name == "office")]


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.django_db
def test_each_role_finds_at_each_address_what_the_table_says(
    world: World, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = {}
    for key, route in part(name):
        answers = []
        for method in METHODS:
            answers.append("")
            for role in ROLES:
                before = transaction.savepoint()
                answers[-1] += knock(world, role, method, example(key, route, role, world))
                transaction.savepoint_rollback(before)
        seen[key] = " ".join(answers)
    with capsys.disabled():
        print(f"\nThe wall, {name}: {len(seen)} addresses × {len(ROLES)} roles × {len(METHODS)} methods")
    assert seen == {key: TABLE[key] for key in seen}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.django_db
def test_looking_changes_nothing_and_neither_does_what_is_refused(world: World, name: str) -> None:
    before = everything()
    for key, route in part(name):
        row = dict(zip(METHODS, TABLE[key].split(), strict=True))
        for role, answer in zip(ROLES, row["post"], strict=True):
            path = example(key, route, role, world)
            session = transaction.savepoint()
            knock(world, role, "get", path)
            if answer in REFUSED:
                knock(world, role, "post", path)
            is_signed_out = key == ":account_logout"
            (transaction.savepoint_rollback if is_signed_out else transaction.savepoint_commit)(session)
        assert everything() == before, key
