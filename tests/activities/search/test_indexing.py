"""Taking words in: once, by one at a time, in a process that ends; who only searches opens no dictionary."""

import subprocess
import sys
import time
from datetime import datetime
from io import StringIO

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from activities.models import Findable
from activities.search import find, helper
from activities.search.dictionaries import dictionary
from activities.search.helper import Helper, HelperFailed
from activities.search.indexing import LOCK, index_owed
from tests.activities.search.conftest import Say
from tests.processes import ROOT, on_test_database, run

SEARCHES_ONLY = """
import sys, django
django.setup()
import kopiena.wsgi, kopiena.urls
import kopiena.management.commands.work
from activities.search import find
assert find("tlka").shown_for == "talka", find("tlka")
print(*(name for name in sys.modules if name == "simplemma"))
"""


@pytest.mark.django_db
def test_what_was_taken_in_is_not_taken_in_again(say: Say) -> None:
    say("Talka")
    said = StringIO()
    call_command("index_words", stdout=said)
    call_command("index_words", stdout=said)
    assert said.getvalue() == "Words: 1 activities.\n"


@pytest.mark.django_db
def test_many_are_taken_in_batch_by_batch(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("activities.search.indexing.AT_ONCE", 2)
    for number in range(5):
        say(f"Talka {number}")
    assert index_owed() == 5
    assert len(find("talku").ids) == 5


@pytest.mark.django_db(transaction=True)
def test_a_second_copy_leaves_it_to_the_first(say: Say) -> None:
    say("Talka")
    other = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        assert (index_owed(), Findable.objects.count()) == (0, 0)
        other.rollback()
        assert (index_owed(), Findable.objects.count()) == (1, 1)
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_a_process_that_only_searches_or_works_opens_no_dictionary(say: Say) -> None:
    """The twin, which imports what only the helper may, shows that the look would see it."""
    say("Talka")
    index_owed()
    for before, seen in (("", "\n"), ("from activities.search import indexing\n", "simplemma\n")):
        program = SEARCHES_ONLY.replace("print(", f"{before}print(")
        done = run(sys.executable, "-c", program, env=on_test_database())
        assert (done.stdout, done.stderr) == (seen, "")


@pytest.mark.django_db(transaction=True)
def test_the_worker_has_a_helper_take_in_what_is_new(say: Say) -> None:
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=ROOT, env=on_test_database(WORK_PAUSE_SECONDS="1")
    )
    try:
        for title in ("Talka", "Koncerts"):
            say(title)
            deadline = time.monotonic() + 60
            while not find(title).ids:
                assert worker.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
        worker.terminate()
        assert worker.wait(10) == 0
    finally:
        worker.kill()
        worker.wait()


@pytest.fixture
def sleeper(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """Instead of taking in words the helper does what `helper.sleeps` says; those that were begun."""
    begun: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def begin_other(command: list[str], **options: object) -> "subprocess.Popen[bytes]":
        assert command[-1] == "index_words"
        begun.append(begin([sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.DEVNULL))
        return begun[-1]

    monkeypatch.setattr(helper.subprocess, "Popen", begin_other)
    return begun


@pytest.mark.django_db
def test_one_helper_at_a_time_ended_with_the_worker_and_missed_when_it_fails(
    say: Say, sleeper: list["subprocess.Popen[bytes]"], now: datetime
) -> None:
    ours = Helper()
    assert (ours.look_after(now), len(sleeper)) == (0, 0)
    say("Talka")
    assert [ours.look_after(now) for _ in range(3)] == [1, 0, 0]
    sleeper[0].kill()
    sleeper[0].wait()
    with pytest.raises(HelperFailed):
        ours.look_after(now)
    assert (ours.look_after(now), len(sleeper)) == (1, 2)
    ours.stop()
    assert sleeper[1].poll() is not None
    ours.stop()


def test_what_is_read_as_a_stream_is_what_the_dictionary_says() -> None:
    """The one place where we go past simplemma's public way; a new version of it may not break this unseen."""
    for language, word, form in (
        ("lv", "talka", "talkam"),
        ("ru", "занятие", "занятиях"),
        ("en", "family", "families"),
    ):
        ours = dictionary(language)
        assert form in ours.forms([word])[word]
        pairs = {pair[0]: pair[1] for _, pair in zip(range(2000), ours._pairs(), strict=False)}
        assert {form.decode(): ours._entries[form.decode()] for form in pairs} == {
            form.decode(): headword.decode() for form, headword in pairs.items()
        }
