"""Whatever stands behind the question mark: a page, or 404; never an error, and nothing is kept of it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.finder import loading
from kopiena.floor import kept, kept_pages, stamps
from tests.journeys.public_addresses import SLUGS, examples

Make = Callable[..., Any]
LONG, EVERYDAY = 5_000, 500

NAMES = ("q", "when", "since", "until", "theme", "district", "institution", "project", "language", "ages", "party")
NAMES += ("step_free", "page", "month", "year", "nav", "format", "")
values = st.one_of(
    st.text(max_size=40).map(lambda text: quote(text, errors="replace")),
    st.sampled_from(
        ["%00", "%FF%FE", "-1", "x", "0", "9999-12-31", "0000-00-00", "9" * 300, "garden", "today", "4,9", "{{7*7}}"]
    ),
    st.sampled_from(["%27%20OR%201=1--", "%3Cscript%3E", "..%2F..%2Fetc", "a" * 3_000, "%E2%80%AE", "%ED%A0%80", "%"]),
    st.binary(max_size=12).map(quote),
)
queries = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=5).map(
    lambda pairs: "&".join(f"{name}={value}" for name, value in pairs)
)


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return LONG if request.config.getoption("--long") else EVERYDAY


@pytest.fixture
def pages_are_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(stamps, "look", lambda: stamps.Look(stamps.Stamp(1, 1), 0.0, 10.0))
    with override_settings(PAGES_KEPT=True):
        for store in (kept.parts, kept_pages.pages):
            store.clear()
        loading._last = None
        yield
        for store in (kept.parts, kept_pages.pages):
            store.clear()
        loading._last = None


@pytest.mark.django_db
@pytest.mark.usefixtures("pages_are_kept")
def test_random_queries_at_every_public_address(
    rounds: int, client: Client, make_occurrence: Make, now: datetime
) -> None:
    make_occurrence(slug=SLUGS["activity"])
    paths = examples(languages=("lv", "ru"))
    chance = Random(5)

    @settings(max_examples=rounds, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(queries)
    def ask(query: str) -> None:
        path = chance.choice(paths)
        answer = client.get(path, QUERY_STRING=query)
        assert answer.status_code in (200, 404), f"{path}?{query[:200]}"
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            assert "<script>" not in answer.content.decode()
        asked.append(path)

    asked: list[str] = []
    with time_machine.travel(now, tick=False):
        ask()
    assert len(asked) >= rounds
    keys = [key[:2] for key in kept_pages.pages._entries]
    # Of the list what is understood may be kept; of all others only the bare page.
    assert {query for path, query in keys if not path.endswith(("/aktivitates/", ".ics"))} <= {""}
    assert all(len(query) < 400 and "\x00" not in query and "%00" not in query for _path, query in keys)


@pytest.mark.django_db
@pytest.mark.usefixtures("pages_are_kept")
@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=2",
        "ages=x",
        "theme=nav",
        "theme=home&theme=cleanup",
        "when=today&since=2027-03-01",
        "since=2027-03-02&until=2027-03-01",
        "since=0000-01-01",
        "until=9999-12-31",
        "nav=1",
        "q=" + "x" * 1_000_000,
        "&".join(f"a{number}=1" for number in range(5_000)),
        "theme=%FF",
        "theme=%00",
        "party=0",
        "ages=4,9&party=1",
    ],
)
def test_what_is_said_is_not_kept(client: Client, make_occurrence: Make, now: datetime, query: str) -> None:
    make_occurrence()
    with time_machine.travel(now, tick=False):
        answer = client.get("/aktivitates/", QUERY_STRING=query)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nesapratām un neņēmām vērā" in page or "invalid-feedback" in page
    assert page.count("<article") >= 1
    assert len(kept_pages.pages) == 0
