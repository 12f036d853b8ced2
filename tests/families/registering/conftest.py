"""For the tests of the gate's deeds: their sentences are read in English."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.translation import override

from activities.models import Occurrence


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def date(make_occurrence: Callable[..., Occurrence]) -> Callable[..., Occurrence]:
    """Makes a date in ten days; `places` 10 unless told."""

    def make(places: int | None = 10, **fields: Any) -> Occurrence:
        return make_occurrence(places=places, **fields)

    return make
