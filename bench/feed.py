#!/usr/bin/env python3
"""How long a calendar of 2,000 meetings takes, beside what the icalendar library needs to write down the same.

On a PostgreSQL of its own with the production settings: once with an activity for each meeting, once with ten meetings
an activity, in Latvian and in Russian. "Made" is from the queries to the bytes; "answered" is the whole request with
every middleware, gzipped as for a phone. The library is given the finished texts: it is asked for no query.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # called as a script, the portal beside it is not found

from bench.families import HOST  # noqa: E402
from bench.stage import stage  # noqa: E402

MEETINGS, GOAL = 2000, 0.5
WORDS = "Nāciet visa ģimene kopā: darbosimies, spēlēsimies; līdzi ņemiet cimdus, ūdeni un labu garastāvokli. "


def grow(per_activity: int) -> None:
    """So many meetings within the year ahead, and nothing else."""
    from django.utils import timezone

    from activities.models import Activity, Meeting, Occurrence, Venue

    Meeting.objects.all().delete()
    now, venue = timezone.now(), Venue.objects.order_by("pk").first()
    fields = {"theme": "craft", "state": "published", "published_at": now, "description_lv": WORDS * 6}
    activities = Activity.objects.bulk_create(
        Activity(
            slug=f"plusma-{per_activity}-{number}",
            title_lv=f"Radošā darbnīca, {number}. reize",
            title_ru=f"Творческая мастерская, встреча {number}",
            summary_lv=WORDS,
            **fields,
        )
        for number in range(MEETINGS // per_activity)
    )
    occurrences = Occurrence.objects.bulk_create(
        Occurrence(activity=activity) for activity in activities for _ in range(per_activity)
    )
    starts = [now + timedelta(hours=4 * number) for number in range(len(occurrences))]
    Meeting.objects.bulk_create(
        Meeting(occurrence=date, starts_at=at, ends_at=at + timedelta(hours=2), where="venue", venue=venue)
        for date, at in zip(occurrences, starts, strict=True)
    )


def made() -> Any:
    """The file as the view makes it."""
    from django.utils import timezone

    from activities.feeds import calendar
    from activities.feeds.chosen import Chosen

    file = calendar.feed(Chosen(None), calendar.window(timezone.now()))
    return file, file.written()


def by_the_library(events: Any) -> bytes:
    """The same events, written by icalendar."""
    from icalendar import Calendar, Event

    from activities.models.meeting import RIGA

    written = Calendar()
    for event in events:
        one = Event()
        for name in ("uid", "summary", "description", "location", "url", "sequence"):
            one.add(name, getattr(event, name))
        one.add("dtstamp", event.stamped_at)
        one.add("last-modified", event.modified_at)
        one.add("dtstart", event.starts_at.astimezone(RIGA))
        one.add("dtend", event.ends_at.astimezone(RIGA))
        one.add("status", "CONFIRMED")
        one.add("categories", [event.category])
        written.add_component(one)
    return bytes(written.to_ical())


def seconds(deed: Callable[[], Any], rounds: int) -> float:
    """The median of some rounds; the first warms up."""
    found = []
    for _ in range(rounds + 1):
        begin = time.perf_counter()
        deed()
        found.append(time.perf_counter() - begin)
    return median(found[1:])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    worst = 0.0
    with stage():
        from django.test import Client
        from django.utils import translation

        client = Client(headers={"host": HOST, "accept-encoding": "gzip", "x-forwarded-proto": "https"})
        for per_activity in (1, 10):
            grow(per_activity)
            for language, path in (("lv", "/kalendars.ics"), ("ru", "/ru/kalendars.ics")):
                with translation.override(language):
                    file, content = made()
                    found = seconds(made, rounds)
                answered = seconds(lambda path=path: client.get(path), rounds)  # type: ignore[misc]
                library = seconds(lambda file=file: by_the_library(file.events), 1)  # type: ignore[misc]
                worst = max(worst, found)
                print(
                    f"{len(file.events)} meetings, {per_activity} an activity, {language}, {len(content) >> 10} KiB: "
                    f"made {found:.2f} s, answered {answered:.2f} s, the library alone {library:.2f} s"
                )
    print(f"Goal: made in under {GOAL} s; {'reached' if worst < GOAL else 'MISSED'}: {worst:.2f} s")
    return 0 if worst < GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
