"""The outbox with kinds of the tests' own and a post box that obeys."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from kopiena.floor.outbox import kinds
from tests.floor.outbox.box import KINDS, Box


@pytest.fixture
def known_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Known for one test, beside those of the apps."""
    monkeypatch.setattr(kinds, "_KINDS", {**kinds._KINDS, **{kind.name: kind for kind in KINDS}})


@pytest.fixture
def box(settings: LazySettings) -> Iterator[None]:
    """Letters go into the box."""
    settings.EMAIL_BACKEND = "tests.floor.outbox.box.Box"
    Box.empty()
    yield
    Box.empty()
