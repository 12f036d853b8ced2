"""What tests of the calendar read from its grids."""

from collections.abc import Callable
from typing import Any

import pytest

from activities.calendar.month import Month
from activities.calendar.week import Week


@pytest.fixture
def titles() -> Callable[[Month | Week], dict[int, list[str]]]:
    """The entries by the number of their day."""

    def find(view: Month | Week) -> dict[int, list[str]]:
        return {day.date.day: [str(entry.title) for entry in day.entries] for day in view.days if day.entries}

    return find


@pytest.fixture
def lanes() -> Callable[[Month | Week], list[Any]]:
    """The pieces of bars on each day: the title and whether it is named, starts and ends there; a gap is None."""

    def find(view: Month | Week) -> list[Any]:
        return [
            [bar.campaign and (str(bar.campaign.title), bar.is_named, bar.is_start, bar.is_end) for bar in day.bars]
            for day in view.days
        ]

    return find
