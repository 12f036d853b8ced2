"""What tests of feeds can ask for: a feed at a fixed moment, and the readers other people use."""

from collections.abc import Callable
from typing import Any

import pytest
import vobject
from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar


@pytest.fixture
def fetch(at_noon: None, client: Client, db: None) -> Callable[..., HttpResponse]:
    """Asks for an address; the answer is as expected or the test fails."""

    def ask(path: str, status: int = 200, **headers: str) -> HttpResponse:
        response: Any = client.get(path, headers=headers)
        assert response.status_code == status, path
        return response

    return ask


def by_icalendar(content: bytes) -> list[dict[str, Any]]:
    """What the reader `icalendar` makes of the file."""
    names = ("uid", "summary", "description", "location", "status", "url")
    return [
        {"start": event["dtstart"].dt, "end": event["dtend"].dt, **{name: event.get(name) for name in names}}
        for event in Calendar.from_ical(content).events
    ]


def by_vobject(content: bytes) -> list[dict[str, Any]]:
    """The same by `vobject`, which builds the zone from what the file itself says of it."""
    vobject.icalendar.__dict__["__tzidMap"].clear()  # it remembers the zones of earlier files by name
    names = ("uid", "summary", "description", "location", "status", "url")
    read = vobject.readOne(content.decode())
    return [
        {
            "start": event.dtstart.value,
            "end": event.dtend.value,
            **{name: event.contents[name][0].value if name in event.contents else None for name in names},
        }
        for event in read.contents.get("vevent", [])
    ]


READERS = [by_icalendar, by_vobject]
