"""The reminders' job, found six hours late, run again and in several copies at once: one letter for each family."""

import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.processes import command, run
from tests.storms.post_office import PostOffice

RIGA = ZoneInfo("Europe/Riga")
FAMILIES = 30


def hours_until_a_date_whose_reminder_was_due_at_nine() -> float:
    """Late this evening, or tomorrow where it is past nine: its reminder was due then, some hours ago."""
    now = datetime.now(RIGA)
    day = now.date() + timedelta(days=1 if now.time() >= time(9) else 0)
    return (datetime.combine(day, time(23), tzinfo=RIGA) - now).total_seconds() / 3600


def test_two_copies_of_the_job_and_a_third_later_remind_each_family_once(
    open_post_office: Callable[..., PostOffice],
) -> None:
    office = open_post_office("reminders")
    starts_in_hours = hours_until_a_date_whose_reminder_was_due_at_nine()
    date = office.desk.occurrence(places=None, starts_in_hours=starts_in_hours)
    office.sign_up(FAMILIES, "Viesis", date)
    office.database.rows("UPDATE families_registration SET placed_at = placed_at - interval '3 days'")
    office.database.rows(
        "UPDATE floor_notice SET state = 'sent', sent_at = now(), created_at = created_at - interval '3 days'"
    )

    def once(_number: int) -> "subprocess.CompletedProcess[str]":
        return run(*command("work", "--once"), env=office.environment)

    with ThreadPoolExecutor(3) as copies:
        done = [*copies.map(once, range(3)), once(4)]
    assert [each.returncode for each in done] == [0] * 4, done
    kinds = "SELECT about, array_agg(kind) FROM floor_notice WHERE kind LIKE 'reminder%%' GROUP BY about"
    assert sorted(each for _, each in office.database.rows(kinds)) == [["reminder"]] * FAMILIES
    assert sorted(each.recipient for each in office.sink.arrived) == sorted(
        f"viesis-{number}@example.lv" for number in range(FAMILIES)
    )
    assert len(set(office.sink.ids())) == FAMILIES
