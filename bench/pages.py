#!/usr/bin/env python3
"""How fast public pages are, at 200, 2,000 and 20,000 activities, beside what the same machine can do at best.

Four ways: *fresh*, nothing is kept and everything comes from the database; *uncached*, the page is made anew from what
a worker knows (the catalogue, cards and other parts, which a change of the data throws away); *cached*, the page is
kept whole, gzipped as browsers take it; *304*, the browser has it already. Beside them, in the same run and under the
same granian with the same workers and threads: a bare Django view (one indexed query, 30 cards), a view that answers a
constant, and a bare 304.

The load comes from eight connections that ask again at once. It runs on the same processors as the servers, and for
quick answers it is the slower of the two; so beside the requests a second stand those a second of processor time that
the server's processes took, and the goals are judged by these. Each round measures everything once; medians are shown.
Half of the activities have been, half are to come, 60 meetings a month. Everything is of its own, in a temporary folder
on the loopback, and is stopped and gone afterwards.
"""

import argparse
import asyncio
import sys
import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # called as a script, the portal beside it is not found

from bench.load import Measured, Served, load  # noqa: E402
from bench.many import grow  # noqa: E402
from bench.stage import database, free_port, server  # noqa: E402
from kopiena.floor import serving  # noqa: E402

SIZES = (200, 2_000, 20_000)
WAYS = {"fresh": {"PAGES_KEPT": "false"}, "uncached": {"KEPT_PAGES_MIB": "0"}, "cached": {}}
GOALS = {"month": 0.5, "list": 0.7, "activity": 1.0}


def pages() -> dict[str, list[str]]:
    """Each kind of page, and the addresses asked for in turn; the month is the next one, which is full."""
    year, month = time.localtime()[:2]
    after = (year + month // 12, month % 12 + 1)
    return {
        "home": ["/"],
        "month": [f"/kalendars/{after[0]}-{after[1]:02}/"],
        "list": ["/aktivitates/"],
        "activity": [f"/aktivitates/merijums-{number}/" for number in range(60, 100, 2)],
        "feed": ["/kalendars.ics"],
    }


@dataclass(frozen=True)
class Hall:
    """All servers of one measurement."""

    ways: dict[str, Served]
    bare: Served


async def measure(hall: Hall, options: argparse.Namespace) -> dict[str, Measured]:
    """Everything once a round, the yardsticks in each; the medians."""
    rounds: dict[str, list[Measured]] = defaultdict(list)
    for number in range(options.rounds + 1):
        seconds = options.seconds if number else 1.5  # the first warms everything up
        found = {}
        for name, path in (("cards", "/cards/"), ("constant", "/constant/")):
            found[name] = await load(hall.bare, [path], seconds)
        found["bare 304"] = await load(hall.bare, ["/unchanged/"], seconds, 304)
        for kind, paths in pages().items():
            for way, served in hall.ways.items():
                found[f"{kind} {way}"] = await load(served, paths, seconds, is_zipped=way == "cached")
            found[f"{kind} 304"] = await load(hall.ways["cached"], paths, seconds, 304)
        for name, one in found.items() if number else ():
            rounds[name].append(one)
    return {
        name: Measured(
            median(one.a_second for one in all_),
            median(one.a_processor_second for one in all_),
            median(one.p99 for one in all_),
        )
        for name, all_ in rounds.items()
    }


def against(name: str) -> str:
    """Its yardstick."""
    return {"cached": "constant", "304": "bare 304"}.get(name.split()[-1], "cards")


def table(found: dict[str, Measured]) -> list[str]:
    """A row for each figure, with its share of the yardstick."""
    lines = [f"{'':22}{'a second':>10}{'a cpu second':>14}{'p99 ms':>9}{'share':>8}{'by cpu':>8}"]
    for name, one in found.items():
        yard = found[against(name)]
        shares = f"{one.a_second / yard.a_second:8.2f}{one.a_processor_second / yard.a_processor_second:8.2f}"
        shares = shares if name.split()[0] in pages() else ""
        lines.append(f"{name:22}{one.a_second:10.0f}{one.a_processor_second:14.0f}{one.p99:9.1f}{shares}")
    return lines


def goals(by_size: dict[int, dict[str, Measured]], memory: float) -> list[tuple[bool, str]]:
    """What was to be reached at the largest size, and whether it was."""
    found, small = by_size[max(by_size)], by_size[min(by_size)]

    def share(name: str) -> float:
        return found[name].a_processor_second / found[against(name)].a_processor_second

    reached = [
        (
            share(f"{kind} uncached") >= least,
            f"{kind} uncached at least {least} of 30 cards: {share(f'{kind} uncached'):.2f}",
        )
        for kind, least in GOALS.items()
    ]
    for way, least in (("cached", 0.6), ("304", 0.5)):
        worst = min(pages(), key=lambda kind: share(f"{kind} {way}"))
        said = f"{way} at least {least} of its yardstick, the slowest ({worst}): {share(f'{worst} {way}'):.2f}"
        reached.append((share(f"{worst} {way}") >= least, said))
    for kind in pages():
        name = f"{kind} uncached"
        # At 200 activities the feed's year is not full yet: it is compared with the next size.
        fewer = by_size[sorted(by_size)[1]] if kind == "feed" and len(by_size) > 2 else small
        before = fewer[name].a_processor_second / fewer["cards"].a_processor_second
        slower = before / share(name)
        reached.append((slower <= 1.1, f"{kind} uncached at {max(by_size)} at most 1.1 times as slow: {slower:.2f}"))
    reached.append((memory <= 180, f"two workers take at most 180 MiB: {memory:.0f}"))
    return reached


def main() -> int:
    """Measures, prints, and fails where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (3)")
    parser.add_argument("--seconds", type=float, default=1.5, help="how long each figure is measured (1.5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many activities there are")
    options = parser.parse_args()
    by_size: dict[int, dict[str, Measured]] = {}
    with database() as var_dir, ExitStack() as down:

        def started(application: str, **environment: str) -> Served:
            port = free_port()
            command = serving.server_command("127.0.0.1", port, application)
            return Served(port, down.enter_context(server(command, port, **environment)))

        ways = {way: started("kopiena.wsgi:application", **environment) for way, environment in WAYS.items()}
        hall = Hall(ways, started("bench.bare_pages:application"))
        for size in options.sizes:
            grow(var_dir, size)
            time.sleep(1.5)  # the stamps settle
            by_size[size] = asyncio.run(measure(hall, options))
            print(f"\n{size} activities", *table(by_size[size]), sep="\n", flush=True)
        memory = ways["cached"].memory()
    reached = goals(by_size, memory)
    print()
    for is_reached, sentence in reached:
        print(f"{'reached' if is_reached else 'MISSED '}  {sentence}")
    return 0 if all(is_reached for is_reached, _ in reached) else 1


if __name__ == "__main__":
    sys.exit(main())
