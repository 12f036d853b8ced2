#!/usr/bin/env python3
"""How many whole sign-ups a second the portal takes, and how long a rush of 200 families on 50 places lasts.

A whole sign-up is three requests of one family: the form, the post, the page with the result, each read to its end,
gzipped as for a browser. It is measured at one hot date that all want and at spread ones, one for each client, at 1, 8
and 32 clients that begin anew as soon as they are through; then the posts alone, their forms opened beforehand.

Beside it, in the same run on the same PostgreSQL, what the machine does at best: pgbench with the bare transaction
(lock the row, two inserts, an update), and a Django view with nothing but that transaction, under the same granian with
the same workers and threads. Each round measures everything once; the table shows the medians, since the machine may be
busy. Everything is of its own, in a temporary folder on the loopback, and is stopped and gone afterwards.

The portal runs with its production settings (DEBUG off), without the worker that sends letters. The rush is measured
from the first form to the last result, and once more with all forms open before, when everybody presses the button at
the same moment. The goals are those the portal was built to.
"""

import argparse
import asyncio
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # called as a script, the portal beside it is not found

from bench.families import Browser, Form, browsers, rate  # noqa: E402
from bench.stage import Stage, stage  # noqa: E402
from bench.tables import ROWS  # noqa: E402

CLIENTS = (1, 8, 32)
RUSH, RUSH_PLACES = 200, 50
Figures = dict[str, list[float]]


async def measure(made: Stage, options: argparse.Namespace) -> Figures:
    """Everything as often as there are rounds, the yardsticks between the rest."""
    found: Figures = defaultdict(list)
    await whole(made, 32, 1.0, is_hot=False)  # every thread of the server has its connection then
    await bare_view(made, 32, 1.0, is_hot=False)
    for number in range(options.rounds):
        for clients in CLIENTS:
            print(
                f"\rRound {number + 1} of {options.rounds}, {clients} clients … ", end="", file=sys.stderr, flush=True
            )
            for kind, is_hot in (("hot", True), ("spread", False)):
                made.bare_anew()
                if tps := made.pgbench(clients, options.seconds, is_hot=is_hot):
                    found[f"pgbench {kind} {clients}"].append(tps)
                found[f"bare {kind} {clients}"].append(await bare_view(made, clients, options.seconds, is_hot=is_hot))
                found[f"post {kind} {clients}"].append(await posts(made, clients, options.seconds, is_hot=is_hot))
                found[f"whole {kind} {clients}"].append(await whole(made, clients, options.seconds, is_hot=is_hot))
        for name, is_open in (("rush", False), ("open", True)):
            last, slowest = await rush(made, is_open=is_open)
            found[f"{name} last"].append(last)
            found[f"{name} slowest"].append(slowest)
    return found


async def whole(made: Stage, clients: int, seconds: float, *, is_hot: bool) -> float:
    """Whole sign-ups a second, at dates nobody has signed up to yet."""
    dates = made.dates(1 if is_hot else clients)
    with browsers(made.portal, clients) as families:
        return await rate(families, seconds, lambda browser, number: browser.sign_up(dates[number % len(dates)]))


async def posts(made: Stage, clients: int, seconds: float, *, is_hot: bool) -> float:
    """Posts a second; as many forms as can be opened in that time are opened before."""
    dates = made.dates(1 if is_hot else clients)
    forms: list[list[Form]] = [[] for _ in range(clients)]

    async def open_one(browser: Browser, number: int) -> None:
        forms[number].append(await browser.open_form(dates[number % len(dates)]))

    async def send_all(browser: Browser, opened: list[Form]) -> None:
        for form in opened:
            await browser.send(form)

    with browsers(made.portal, clients) as families:
        await rate(families, seconds, open_one)
        begin = time.perf_counter()
        await asyncio.gather(*map(send_all, families, forms))
        return sum(map(len, forms)) / (time.perf_counter() - begin)


async def bare_view(made: Stage, clients: int, seconds: float, *, is_hot: bool) -> float:
    """Answers of the bare view a second."""

    async def post(browser: Browser, number: int) -> None:
        row = 0 if is_hot else 1 + number % (ROWS - 1)
        answer = await browser.ask("POST", f"/bare/{row}/", b"phone=1")
        if answer.status != 200:
            raise SystemExit(f"The bare view answers {answer.status}.")

    with browsers(made.bare, clients) as families:
        return await rate(families, seconds, post)


async def rush(made: Stage, *, is_open: bool) -> tuple[float, float]:
    """Seconds until the last of them sees the result, and for the slowest single answer; places and queue must fit."""
    (date,) = made.dates(1, places=RUSH_PLACES * 2)  # each family is two people
    with browsers(made.portal, RUSH) as families:
        forms = await asyncio.gather(*(each.open_form(date) for each in families)) if is_open else []
        begin = time.perf_counter()
        if is_open:
            ends = await asyncio.gather(*map(_send_and_see, families, forms))
        else:
            ends = await asyncio.gather(*(each.sign_up(date, may_wait=True) for each in families))
        last = time.perf_counter() - begin
        if Counter(ends) != {"confirmed": RUSH_PLACES, "waiting": RUSH - RUSH_PLACES}:
            raise SystemExit(f"The rush ended wrong: {dict(Counter(ends))}.")
        return last, max(each.slowest for each in families)


async def _send_and_see(browser: Browser, form: Form) -> str:
    browser.slowest = 0.0
    return await browser.see(await browser.send(form, may_wait=True))


def table(found: Figures) -> list[str]:
    """The medians in rows, with what they are of the yardsticks."""
    lines = [f"{'a second, at so many clients':42}" + "".join(f"{clients:>9}" for clients in CLIENTS)]
    middle = {name: median(values) for name, values in found.items()}

    def row(name: str, shown: str, by: str = "", width: int = 1) -> None:
        values = [middle.get(f"{name} {clients}") for clients in CLIENTS]
        if by:
            measured = [middle.get(f"{by} {clients}") for clients in CLIENTS]
            values = [one / all_ if one and all_ else None for one, all_ in zip(values, measured, strict=True)]
        lines.append(f"{shown:42}" + "".join(f"{'–' if v is None else format(v, f'.{width}f'):>9}" for v in values))

    for kind, said in (("hot", "one hot date"), ("spread", "spread dates")):
        lines.append("")
        row(f"whole {kind}", f"whole sign-ups, {said}")
        row(f"post {kind}", "  the post alone")
        row(f"bare {kind}", "  bare Django view")
        row(f"pgbench {kind}", "  pgbench, the bare transaction")
        row(f"whole {kind}", "  whole sign-ups / pgbench", f"pgbench {kind}", 3)
        row(f"post {kind}", "  the post alone / pgbench", f"pgbench {kind}", 3)
        row(f"post {kind}", "  the post alone / bare view", f"bare {kind}", 3)
    lines.append("")
    for name, said in (("rush", "form, post, result"), ("open", "forms open before")):
        last, slowest = middle[f"{name} last"], middle[f"{name} slowest"]
        what = f"rush of {RUSH} on {RUSH_PLACES} places, {said}"
        lines.append(f"{what:50} last answer after {last:.2f} s, slowest answer {slowest:.2f} s")
    return lines


def goals(found: Figures) -> list[tuple[bool, str]]:
    """What was to be reached, and whether it was; the worse of hot and spread counts."""
    middle = {name: median(values) for name, values in found.items()}
    signed_up = min(middle["whole hot 8"], middle["whole spread 8"])
    share = min(middle[f"post {kind} 8"] / middle[f"bare {kind} 8"] for kind in ("hot", "spread"))
    return [
        (signed_up >= 40, f"at least 40 whole sign-ups a second at 8 clients: {signed_up:.1f}"),
        (middle["rush last"] <= 3, f"a rush of {RUSH} answered within 3 s: {middle['rush last']:.2f} s"),
        (share >= 0.15, f"the post alone at least 0.15 of the bare view at 8 clients: {share:.3f}"),
    ]


def main() -> int:
    """Measures, prints, and fails where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (3)")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each figure is measured (2)")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with stage() as made:
        began, used = time.perf_counter(), time.process_time()
        found = asyncio.run(measure(made, options))
        own = (time.process_time() - used) / (time.perf_counter() - began)
    print("\n".join(table(found)))
    if not any(name.startswith("pgbench") for name in found):
        print("pgbench is not among the programs of the installed PostgreSQL: its rows are empty.")
    print(f"The measuring itself took {own:.0%} of one core.")
    print(f"Load of the machine before: {load:.1f} on {os.cpu_count()} processors. Above 0.5 or so other programs make")
    print("all figures smaller, the shares of the yardsticks least.\n")
    reached = goals(found)
    for is_reached, sentence in reached:
        print(f"{'reached' if is_reached else 'MISSED '}  {sentence}")
    return 0 if all(is_reached for is_reached, _ in reached) else 1


if __name__ == "__main__":
    sys.exit(main())
