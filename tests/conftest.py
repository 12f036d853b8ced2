"""What every test can ask for: a moment, and activities with dates at it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings

from activities.models import Activity, Meeting, Occurrence, Venue


def pytest_addoption(parser: pytest.Parser) -> None:
    """Here and not beside the storms: options must be known before any of their folder is read."""
    parser.addoption("--long", action="store_true", help="storms at their promised numbers, not at a tenth")


NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)  # Monday, noon in Riga


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords are hashed cheaply in tests: the real hasher takes most of a second each, on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_is_kept() -> Iterator[None]:
    """A test's rows are never committed, so no stamp would tell a kept page that they have changed."""
    with override_settings(PAGES_KEPT=False):
        yield


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_activity(db: None) -> Callable[..., Activity]:
    """Makes a published, open activity; any field can be given."""

    def make(**fields: Any) -> Activity:
        number = Activity.objects.count() + 1
        return Activity.objects.create(
            **{
                "slug": f"aktivitate-{number}",
                "title_lv": f"Ezera talka {number}",
                "title_ru": f"Субботник у озера {number}",
                "title_en": f"Lake clean-up {number}",
                "theme": "cleanup",
                "state": "published",
                "published_at": NOW,
                **fields,
            }
        )

    return make


@pytest.fixture
def make_occurrence(make_activity: Callable[..., Activity]) -> Callable[..., Occurrence]:
    """Makes a date with one meeting at a venue, in 10 days unless told; `places` None is no limit."""

    def make(
        *,
        places: int | None = 10,
        unit: str = "people",
        starts_at: datetime = NOW + timedelta(days=10),
        activity: Activity | None = None,
        occurrence: dict[str, Any] | None = None,
        **fields: Any,
    ) -> Occurrence:
        activity = activity or make_activity(usual_places=places, unit=unit, **fields)
        made = Occurrence.objects.create(activity=activity, **(occurrence or {}))
        mezgls = {"name_lv": "Mezgls", "address": "Smilšu iela 92"}
        venue, _ = Venue.objects.get_or_create(slug="mezgls", defaults=mezgls)
        Meeting.objects.create(
            occurrence=made, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), where="venue", venue=venue
        )
        return made

    return make
