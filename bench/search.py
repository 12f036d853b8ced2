#!/usr/bin/env python3
"""How long the search takes in the database at 20,000 activities, and what taking in their words costs.

The texts are made up of words that the dictionaries know, in six forms each: some 5,000 Latvian, Russian and English
ones, a few of them very common as in any language. What is measured is the time between sending SQL and having its
answer, for one, two, half and unknown words, and for how much of it PostgreSQL had a processor: on a machine that does
other things as well, only that can be compared, and the goal is for that. A word that stands in every activity is a row
of its own. Everything is in a database of its own in a temporary folder, gone afterwards.
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # called as a script, the portal beside it is not found

from bench.stage import ROOT, database  # noqa: E402

GOAL = 50.0  # milliseconds
LETTERS = {"lv": "aābcčdeēfgģhiījkķlļmnoprsštuvzž", "ru": "абвгдежзиклмнопрстуфхцчшщэюя", "en": "abcdefghijklmnoprst"}
WORDS, FORMS = 1700, 6  # of each language, of each word
Forms = dict[str, list[list[str]]]  # language -> each word in its forms, the commonest first


def vocabulary(chance: random.Random) -> Forms:
    """Words of each language with all their forms, the real ones of our subject first."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    first = {"lv": ["talka", "ģimene", "bērns"], "ru": ["занятие", "семья"], "en": ["family", "lesson"]}
    found: Forms = {}
    for language, letters in LETTERS.items():
        forms: dict[str, list[str]] = {}
        for form, headword in DefaultDictionaryFactory().get_dictionary(language).items():
            if len(form) > 4 and form[0] in letters and form.isalpha():
                forms.setdefault(headword, []).append(form)
        inflected = sorted(word for word, all_of_it in forms.items() if 4 <= len(all_of_it) <= 30)
        chosen = [*first[language], *chance.sample(inflected, WORDS)]
        found[language] = [chance.sample(forms[word], min(FORMS, len(forms[word]))) for word in chosen]
    return found


def fill(how_many: int, words: Forms, chance: random.Random) -> None:
    """So many activities, each with a title, a sentence and some 120 words of text in each language, and a place."""
    from django.utils import timezone

    from activities.models import Activity, Meeting, Occurrence, Venue

    now = timezone.now()
    frequency = {code: [1 / (place + 10) for place in range(len(words[code]))] for code in words}

    def say(code: str, count: int) -> str:
        return " ".join(chance.choice(forms) for forms in chance.choices(words[code], frequency[code], k=count))

    lengths = {"title": 4, "summary": 12, "description": 120}
    venue = Venue.objects.create(slug="visur", name_lv="Visur", district_lv="Ķīmija", district_ru="Химия")
    for start in range(0, how_many, 1000):
        rows = Activity.objects.bulk_create(
            Activity(
                slug=f"meklets-{number}",
                theme=chance.choice(Activity.Theme.values),
                state="published",
                published_at=now,
                **{f"{part}_{code}": say(code, count)[:160 if part == "title" else None]
                   for part, count in lengths.items() for code in words},
            )
            for number in range(start, min(start + 1000, how_many))
        )  # fmt: skip
        dates = Occurrence.objects.bulk_create(Occurrence(activity=row) for row in rows)
        end = now + timedelta(hours=2)
        Meeting.objects.bulk_create(
            Meeting(occurrence=date, starts_at=now, ends_at=end, where="venue", venue=venue) for date in dates
        )


def index() -> tuple[float, int]:
    """Takes in the words as the worker does, in a process of its own; seconds, and the most memory in MiB."""
    began, most = time.perf_counter(), 0
    child = subprocess.Popen([sys.executable, "manage.py", "index_words"], cwd=ROOT, stdout=subprocess.DEVNULL)
    while child.poll() is None:  # by hand: what the kernel adds up at the end holds our own memory as well
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
            most = max(most, int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024)
        time.sleep(0.05)
    if child.returncode:
        raise SystemExit("index_words failed; it says why above.")
    return time.perf_counter() - began, most


class Clock:
    """Adds up the milliseconds that statements take, and those for which PostgreSQL had a processor meanwhile."""

    def __init__(self, pid: int) -> None:
        self._counted = Path(f"/proc/{pid}/schedstat")  # nanoseconds; Linux only
        self.spent, self.statements, self.used = 0.0, 0, 0.0

    def __call__(self, execute: Callable[..., Any], *rest: Any) -> Any:
        before, began = self._used(), time.perf_counter()
        try:
            return execute(*rest)
        finally:
            self.spent += (time.perf_counter() - began) * 1000
            self.used += self._used() - before
            self.statements += 1

    def _used(self) -> float:
        return int(self._counted.read_text().split()[0]) / 1e6


@contextmanager
def clock() -> Iterator[Clock]:
    """For the statements inside."""
    from django.db import connection

    made = Clock(connection.connection.info.backend_pid)
    with connection.execute_wrapper(made):
        yield made


def questions(words: Forms, chance: random.Random, count: int) -> dict[str, list[str]]:
    """What is asked, by kind; each word in any of its forms."""

    def one() -> str:
        return chance.choice(chance.choice(words[chance.choice(list(words))]))

    def slip(word: str) -> str:
        place = chance.randrange(1, len(word) - 1)
        return word[:place] + chance.choice("xqw") + word[place + 1 :]

    def two() -> str:
        language = chance.choice(list(words))
        return " ".join(chance.choice(forms) for forms in chance.sample(words[language], 2))

    return {
        "one word": [one() for _ in range(count)],
        "two words": [two() for _ in range(count)],
        "half a word": [(word := one())[: max(3, len(word) // 2)] for _ in range(count)],
        "a slip": [slip(one()) for _ in range(count)],
        "unknown": ["".join(chance.choices("xqwyzj", k=7)) for _ in range(count)],
        "the commonest word": ["talku", "занятия", "families"] * (count // 3),
        "a word of all activities": ["Ķīmija", "химии"] * (count // 2),
    }


def measure(asked: dict[str, list[str]]) -> bool:
    """Prints a line for each kind; whether each kind's middle keeps to the goal."""
    from activities.search import find

    print(f"{'':26}{'median':>8}{'p99':>8}{'processor':>12}{'p99':>8}{'found':>8}{'queries':>9}   (ms)")
    is_reached = True
    for kind, texts in asked.items():
        spent, used, found, statements = [], [], [], []
        for text in texts:
            with clock() as made:
                found.append(len(find(text).ids))
            spent.append(made.spent)
            used.append(made.used)
            statements.append(made.statements)
        is_reached = is_reached and last(used) < GOAL
        figures = f"{median(spent):8.1f}{last(spent):8.1f}{median(used):12.1f}{last(used):8.1f}"
        print(f"{kind:26}{figures}{round(median(found)):8}{max(statements):9}")
    return is_reached


def last(figures: list[float]) -> float:
    """The one that 99 of 100 do not pass."""
    return sorted(figures)[max(0, round(len(figures) * 0.99) - 1)]


def main() -> int:
    """Measures, prints, and fails where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--activities", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=300, help="of each kind (300)")
    options = parser.parse_args()
    chance = random.Random(5)
    with database():
        from django.db import connection

        from activities.models import KnownWord
        from activities.search.texts import is_owed

        words = vocabulary(chance)
        fill(options.activities, words, chance)
        seconds, memory = index()
        print(f"Words of {options.activities} activities taken in: {seconds:.1f} s, at most {memory} MiB.")
        spoken = KnownWord.objects.exclude(spelled="").count()
        print(f"Known: {KnownWord.objects.count()} forms, {spoken} of them from texts.")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum does within minutes
        with clock() as made:
            is_owed()
        print(f"Asking whether words are owed, when none are: {made.spent:.0f} ms, processor {made.used:.0f} ms.")
        one_more, memory = change_one()
        print(f"One changed activity taken in: {one_more:.1f} s, at most {memory} MiB.")
        print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
        is_reached = measure(questions(words, chance, options.questions))
    print(f"\n{'reached' if is_reached else 'MISSED '}  under {GOAL:.0f} ms of PostgreSQL, 99 of 100 of each kind")
    return 0 if is_reached else 1


def change_one() -> tuple[float, int]:
    """The everyday case: somebody corrected one text."""
    from activities.models import Activity

    Activity.objects.filter(slug="meklets-7").update(title_lv="Pilnīgi cits virsraksts")
    return index()


if __name__ == "__main__":
    sys.exit(main())
