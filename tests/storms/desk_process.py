"""The process behind the desk: reads deeds as lines of JSON, does them with the portal's own code, says what came."""

import json
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from activities.models import Activity, Meeting, Occurrence, Venue  # noqa: E402
from families import registering  # noqa: E402
from kopiena.floor.models import User  # noqa: E402


def coordinator() -> User:
    found, _ = User.objects.get_or_create(email="coordinator@example.lv", defaults={"is_staff": True})
    return found


def occurrences(
    count: int, places: int | None, unit: str = "people", starts_in_hours: float = 720, promote_in: float | None = None
) -> list[int]:
    """Published activities with one date each; `promote_in` are the seconds until freed places stay hers to give."""
    now = timezone.now()
    venue, _ = Venue.objects.get_or_create(slug="mezgls", defaults={"name_lv": "Mezgls", "address": "Smilšu iela 92"})
    made = []
    first = Activity.objects.count() + 1
    for number in range(first, first + count):
        activity = Activity.objects.create(
            slug=f"vetra-{number}",
            title_lv=f"Vētra {number}",
            theme="cleanup",
            state="published",
            published_at=now,
            usual_places=places,
            unit=unit,
            is_adult_needed=False,
        )
        until = None if promote_in is None else now + timedelta(seconds=promote_in)
        occurrence = Occurrence.objects.create(activity=activity, promote_until=until)
        starts_at = now + timedelta(hours=starts_in_hours)
        Meeting.objects.create(
            occurrence=occurrence,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            where="venue",
            venue=venue,
        )
        made.append(occurrence.pk)
    return made


def set_places(occurrence: int, places: int | None, unit: str = "people") -> None:
    registering.set_places(occurrence, unit=unit, places=places, by=coordinator(), now=timezone.now())


def cancel(registration: int) -> None:
    registering.cancel(registration, by=coordinator(), now=timezone.now())


def settle(occurrence: int) -> None:
    registering.settle(occurrence, now=timezone.now())


DEEDS: dict[str, Callable[..., Any]] = {deed.__name__: deed for deed in (occurrences, set_places, cancel, settle)}


def main() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            said = {"done": DEEDS[asked.pop("deed")](**asked)}
        except registering.Refused as refusal:
            said = {"refused": refusal.message}
        except registering.Busy:
            said = {"refused": "busy"}
        except Exception:
            said = {"broken": traceback.format_exc()}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
