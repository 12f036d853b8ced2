"""What tests of activities can ask for: longer and stranger dates, and pages seen at a fixed moment."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from activities.models import Activity, Meeting, Occurrence
from activities.models.meeting import RIGA

Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def in_latvian() -> Iterator[None]:
    with translation.override("lv"):
        yield


@pytest.fixture
def at_noon(now: datetime) -> Iterator[None]:
    """The clock that views ask stands at `now`."""
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def see(at_noon: None, client: Client, db: None) -> Callable[..., str]:
    """Opens a page and gives its text, everything between the header and the footer."""

    def see_page(path: str, status: int = 200) -> str:
        response = client.get(path)
        assert response.status_code == status, path
        text = response.content.decode()
        return text[text.index("<main") : text.index("</main>")]

    return see_page


def riga(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=RIGA)


@pytest.fixture
def make_campaign(make_activity: Make) -> Callable[..., Activity]:
    """An activity at home over whole days, both included."""

    def make(first: datetime, last: datetime, **fields: Any) -> Activity:
        activity = make_activity(**fields)
        occurrence = Occurrence.objects.create(activity=activity)
        Meeting.objects.create(
            occurrence=occurrence, starts_at=first, ends_at=last + timedelta(days=1), is_all_day=True, where="home"
        )
        return activity

    return make
