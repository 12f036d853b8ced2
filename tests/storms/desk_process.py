"""The process behind the desk: reads deeds as lines of JSON, does them with the portal's own code, says what came."""

import json
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.db import close_old_connections, transaction  # noqa: E402
from django.utils import timezone, translation  # noqa: E402
from PIL import Image  # noqa: E402

from activities.models import Activity, Meeting, Occurrence, Venue  # noqa: E402
from families import registering  # noqa: E402
from families.links import link_of  # noqa: E402
from families.parties import Party  # noqa: E402
from families.registering import Sender  # noqa: E402
from kopiena.floor import outbox  # noqa: E402
from kopiena.floor.models import Notice, User  # noqa: E402


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


def fill(occurrence: int, sizes: list[int], names: str) -> list[str]:
    """Parties of these sizes, one after the other, each ready to wait; their private links."""
    links = []
    for number, size in enumerate(sizes):
        sender = Sender(name=f"{names}-{number}", language="lv", email=f"{names.lower()}-{number}@example.lv")
        party, token = Party(adults=size), secrets.token_hex(16)
        sent = registering.register(token, occurrence, sender, party, may_wait=True, now=timezone.now())
        links.append(link_of(sent))
    return links


def sign_up_that_breaks(occurrence: int) -> list[int]:
    """Signs up as above; something goes wrong when the letter is written already. How many were, before and after."""
    writing, before, written = outbox.owe, Notice.objects.count(), []

    def breaks(owed: Iterable[outbox.Owed], now: datetime) -> None:
        writing(owed, now)
        written.append(Notice.objects.count())
        raise ValueError("broken on purpose")

    with patch.object(outbox, "owe", breaks), suppress(ValueError):
        fill(occurrence, [1], "Lauzts")
    return [before, *written, Notice.objects.count()]


def save_title_and_picture(occurrence: int, title: str) -> float:
    """As the admin saves them: whole rows, in one transaction; the seconds it took."""
    began = time.monotonic()
    picture = BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "WEBP")
    with transaction.atomic():
        found = Occurrence.objects.select_related("activity").get(pk=occurrence)
        found.name_lv = found.activity.title_lv = title
        found.activity.picture.save(f"{title}.webp", ContentFile(picture.getvalue()), save=False)
        found.activity.save()
        found.save()
    return time.monotonic() - began


def staff(lets_pass: list[str] | None = None) -> registering.Staff:
    """The coordinator, with the rules she knowingly lets pass."""
    reason = "storm" if lets_pass else ""
    return registering.Staff(by=coordinator(), lets_pass=frozenset(lets_pass or ()), reason=reason)


def set_places(occurrence: int, places: int | None) -> None:
    registering.set_places(occurrence, unit="people", places=places, by=coordinator(), now=timezone.now())


def hold_places(occurrence: int, held: int, seconds: float) -> None:
    """Keep places for callers for so many seconds."""
    now = timezone.now()
    until = now + timedelta(seconds=seconds)
    registering.hold_places(occurrence, held=held, until=until, by=coordinator(), now=now)


def place_by_hand(registration: int, lets_pass: list[str] | None = None) -> None:
    registering.place_by_hand(registration, staff=staff(lets_pass), now=timezone.now())


def move(registration: int, occurrence: int, lets_pass: list[str] | None = None) -> None:
    registering.move(registration, occurrence, staff=staff(lets_pass), may_wait=True, now=timezone.now())


def by_phone(occurrence: int, name: str, size: int) -> None:
    """Somebody calls and leaves no contact."""
    sender, token = Sender(name=name, language="lv"), secrets.token_hex(16)
    party = Party(adults=size)
    registering.register_for(token, occurrence, sender, party, staff=staff(), may_wait=True, now=timezone.now())


def call_off(occurrence: int) -> None:
    registering.call_off(occurrence, reason={"reason_lv": "Vētra"}, by=coordinator(), now=timezone.now())


def take_up(occurrence: int) -> None:
    registering.take_up(occurrence, by=coordinator(), now=timezone.now())


def close_sign_up(occurrence: int) -> None:
    registering.close_sign_up(occurrence, by=coordinator(), now=timezone.now())


def open_sign_up(occurrence: int) -> None:
    registering.open_sign_up(occurrence, by=coordinator(), now=timezone.now())


def clear_junk(registrations: list[int]) -> None:
    """Cleared, and brought back at once where it was none."""
    now = timezone.now()
    registering.clear_junk(registrations, by=coordinator(), now=now)
    registering.restore(now, by=coordinator(), now=timezone.now())


def cancel(registration: int) -> None:
    registering.cancel(registration, by=coordinator(), now=timezone.now())


def settle(occurrence: int) -> None:
    registering.settle(occurrence, now=timezone.now())


DEEDS: dict[str, Callable[..., Any]] = {
    deed.__name__: deed
    for deed in (
        *(
            occurrences,
            fill,
            sign_up_that_breaks,
            save_title_and_picture,
            set_places,
            hold_places,
            place_by_hand,
            move,
            by_phone,
        ),
        *(move, by_phone, call_off, take_up, close_sign_up, open_sign_up, clear_junk, cancel, settle),
    )
}


def main() -> None:
    """Speaks English, so that a test can read why something was refused."""
    translation.activate("en")
    for line in sys.stdin:
        asked = json.loads(line)
        close_old_connections()  # the storm may have broken it
        try:
            said = {"done": DEEDS[asked.pop("deed")](**asked)}
        except registering.Refused as refusal:
            said = {"refused": str(refusal)}
        except registering.Busy:
            said = {"refused": "busy"}
        except Exception:
            said = {"broken": traceback.format_exc()}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
