"""Notices are rows of the deed's own transaction: written once, withdrawn when untrue, gone when it is rolled back."""

import select
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from families import notices as kinds
from kopiena.floor import outbox
from kopiena.floor.models import Notice
from kopiena.floor.outbox import Owed
from tests.conftest import NOW


def owes(kind: str, revision: int = 0, about: str = "registration:1", **also: Any) -> None:
    """One notice to Anna is owed."""
    outbox.owe([Owed(about, kind, revision, "anna@example.lv", "lv", **also)], NOW)


def written() -> list[tuple[str, int, str, str]]:
    return list(Notice.objects.order_by("pk").values_list("kind", "revision", "channel", "state"))


@pytest.mark.django_db
def test_what_is_written_waits_to_be_sent_at_once() -> None:
    owes(kinds.MOVED, details={"old": []})
    notice = Notice.objects.get()
    assert (notice.state, notice.created_at, notice.due_at, notice.tries) == ("owed", NOW, NOW, 0)
    assert (notice.recipient, notice.language, notice.details) == ("anna@example.lv", "lv", {"old": []})
    assert notice.message_id.startswith("<")
    assert notice.message_id.endswith("@127.0.0.1>")


@pytest.mark.django_db
def test_the_same_revision_twice_is_one_notice() -> None:
    for _ in range(2):
        owes(kinds.PLACED)
    owes(kinds.PLACED, channel="call")
    owes(kinds.PLACED, revision=1)
    assert written() == [
        ("placed", 0, "mail", "owed"),
        ("placed", 0, "call", "owed"),
        ("placed", 1, "mail", "owed"),
    ]


@pytest.mark.django_db
def test_a_newer_one_withdraws_what_it_makes_untrue_about_the_same_and_nothing_else() -> None:
    owes(kinds.WAITING)
    owes(kinds.WAITING, channel="call")
    owes(kinds.WAITING, about="registration:2")
    owes(kinds.TWICE)
    owes(kinds.PROMOTED, revision=1)
    states = {(each.about, each.kind, each.channel): (each.state, each.reason) for each in Notice.objects.all()}
    assert states == {
        ("registration:1", "waiting", "mail"): ("withdrawn", "overtaken"),
        ("registration:1", "waiting", "call"): ("withdrawn", "overtaken"),
        ("registration:2", "waiting", "mail"): ("owed", ""),
        ("registration:1", "twice", "mail"): ("owed", ""),
        ("registration:1", "promoted", "mail"): ("owed", ""),
    }


@pytest.mark.django_db
def test_what_is_out_already_is_not_withdrawn() -> None:
    owes(kinds.WAITING)
    Notice.objects.update(state="sent", sent_at=NOW)
    owes(kinds.WAITING, about="registration:2")
    Notice.objects.filter(about="registration:2").update(state="sending", claimed_until=NOW)
    owes(kinds.PROMOTED)
    owes(kinds.PROMOTED, about="registration:2")
    assert [state for kind, _, _, state in written() if kind == "waiting"] == ["sent", "sending"]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_owed() -> None:
    owes(kinds.WAITING)
    with transaction.atomic():
        owes(kinds.PROMOTED, revision=1)
        transaction.set_rollback(True)
    assert written() == [("waiting", 0, "mail", "owed")]


@pytest.mark.django_db
def test_sent_again_it_is_a_letter_of_its_own() -> None:
    owes(kinds.PLACED)
    Notice.objects.update(state="failed", reason="refused", answer="550 no", tries=3)
    before = Notice.objects.get()
    later = NOW + timedelta(days=1)
    outbox.owe_again(before, later)
    again = Notice.objects.get()
    assert (again.state, again.reason, again.answer, again.tries) == ("owed", "", "", 0)
    assert (again.created_at, again.due_at) == (later, later)
    assert again.message_id != before.message_id


@pytest.mark.django_db
def test_what_is_being_sent_is_not_sent_again() -> None:
    owes(kinds.PLACED)
    Notice.objects.update(state="sending", claimed_until=NOW)
    before = Notice.objects.get()
    outbox.owe_again(before, NOW)
    after = Notice.objects.get()
    assert (after.state, after.message_id) == ("sending", before.message_id)


def heard(listener: Any) -> bool:
    """Whether the database has called since the last look."""
    select.select([listener.connection], [], [], 0.2)
    listener.connection.poll()
    calls = list(listener.connection.notifies)
    listener.connection.notifies.clear()
    return bool(calls)


@pytest.mark.django_db(transaction=True)
def test_each_way_of_writing_a_notice_wakes_the_worker_once_it_is_there() -> None:
    listener = connection.copy()
    try:
        with listener.cursor() as cursor:
            cursor.execute(f"LISTEN {outbox.owing.WAKE}")
        assert not heard(listener)
        with transaction.atomic():
            owes(kinds.PLACED)
            assert not heard(listener)
        assert heard(listener)
        Notice.objects.create(about="registration:2", kind="placed", recipient="anna@example.lv")
        assert heard(listener)
        Notice.objects.update(tries=1)
        assert not heard(listener)
        outbox.owe_again(Notice.objects.order_by("pk")[0], NOW)
        assert heard(listener)
    finally:
        listener.close()


def test_two_kinds_of_one_name_are_refused_and_the_same_kind_twice_is_not() -> None:
    ours = outbox.kind_of(kinds.PLACED)
    outbox.register([ours])
    with pytest.raises(ValueError, match="two kinds of notice are called placed"):
        outbox.register([outbox.Kind(kinds.PLACED, "another", lambda _notice, _now: None)])  # type: ignore[arg-type,return-value]
    assert outbox.kind_of(kinds.PLACED) is ours


def test_a_kind_no_app_knows_any_more_is_called_by_its_bare_name() -> None:
    assert outbox.label_of("gone") == "gone"
