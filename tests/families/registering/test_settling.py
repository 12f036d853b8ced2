"""What the passing of time makes due: the queue moves up, and who waits in vain is told, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError

from activities.models import Occurrence
from families import gate, registering
from families.notices import NO_PLACE
from families.registering import Busy, Sender, settling
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.gate import boss, calls, is_clean, signs_up, staff, status

pytestmark = pytest.mark.django_db

Dates = Callable[..., Occurrence]
DAY = timedelta(days=1)
LEFT = "settling date {} failed, the rest is done"
LATE = NOW + timedelta(hours=6)  # to the second 18 hours before a date of tomorrow


def words() -> list[tuple[str, int, str, str, str]]:
    """The words that no place came free, as they stand."""
    written = Notice.objects.filter(kind=NO_PLACE).order_by("pk")
    return list(written.values_list("about", "revision", "recipient", "language", "state"))


def test_from_the_moment_on_each_who_waits_is_owed_one_word_at_the_best_contact(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    by_mail = Sender(name="Anna", language="ru", phone="+37120000000", email="anna@example.lv")
    first, second = signs_up(occurrence, sender=by_mail), signs_up(occurrence)
    registering.settle(occurrence.pk, now=LATE - timedelta(microseconds=1))
    assert words() == []
    for _ in range(2):
        registering.settle(occurrence.pk, now=LATE)
    assert words() == [
        (f"registration:{first.pk}", 0, "anna@example.lv", "ru", "owed"),
        # So shortly before the beginning a letter alone may be read too late.
        (f"registration:{first.pk}", 0, "+37120000000", "ru", "owed"),
        (f"registration:{second.pk}", 0, "+37120000000", "lv", "owed"),
    ]
    assert list(Notice.objects.filter(kind=NO_PLACE).order_by("pk").values_list("channel", flat=True)) == [
        "mail",
        "call",
        "call",
    ]


def test_who_comes_to_wait_after_that_moment_knows_it(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    signs_up(occurrence, now=LATE)
    registering.settle(occurrence.pk, now=LATE + DAY / 24)
    assert words() == []
    assert is_clean(LATE + DAY / 24)


def test_who_left_no_contact_cannot_be_told_and_owes_no_word(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    calls(occurrence, sender=Sender(name="Anna", language="lv"), may_wait=True)
    registering.settle(occurrence.pk, now=LATE)
    assert words() == []
    assert is_clean(LATE)


def test_who_cancels_is_not_told(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    waiting = signs_up(occurrence)
    registering.settle(occurrence.pk, now=LATE)
    registering.cancel(waiting.pk, now=LATE)
    assert [word[-1] for word in words()] == ["withdrawn"]


def test_what_was_sent_is_not_taken_back(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    waiting = signs_up(occurrence)
    registering.settle(occurrence.pk, now=LATE)
    Notice.objects.update(state="sent", sent_at=LATE)
    registering.cancel(waiting.pk, now=LATE)
    assert [word[-1] for word in words()] == ["sent"]


def test_a_date_put_off_places_them_after_all_and_takes_the_word_back(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    leaving, waiting = signs_up(occurrence), signs_up(occurrence)
    registering.cancel(leaving.pk, now=LATE)
    occurrence.meetings.update(starts_at=NOW + 5 * DAY, ends_at=NOW + 6 * DAY)
    registering.settle(occurrence.pk, now=LATE)
    assert (status(waiting), words()[0][-1]) == ("placed", "withdrawn")
    assert is_clean(LATE)


def test_a_word_too_old_to_be_sent_is_not_written_anew(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    signs_up(occurrence)
    registering.settle(occurrence.pk, now=LATE)
    Notice.objects.update(state="withdrawn", reason="too_late", recipient="")
    registering.settle(occurrence.pk, now=LATE)
    assert len(words()) == 1
    assert is_clean(LATE)


def test_who_is_called_off_is_told_something_else(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    signs_up(occurrence)
    registering.call_off(occurrence.pk, reason={}, by=boss(), now=NOW)
    assert registering.settle_all(LATE) == 0
    registering.settle(occurrence.pk, now=LATE)
    assert words() == []
    assert is_clean(LATE)


def test_erased_nothing_of_the_person_stays_in_notices_and_reasons(date: Dates) -> None:
    occurrence = date(2, starts_at=NOW + DAY)
    signs_up(occurrence, 2)
    leaving, waiting = signs_up(occurrence, 1), signs_up(occurrence, 1)
    placed = registering.move(leaving.pk, date().pk, staff=staff("order", reason="Mrs Example rang"), now=NOW)
    placed.overrides, placed.override_reason = ["order"], "Mrs Example rang"
    placed.save()
    registering.settle(occurrence.pk, now=LATE)
    Notice.objects.update(details={"old": "10:00"})
    for each in (placed, waiting):
        registering.erase(each.sign_up_id, now=LATE)
        each.refresh_from_db()
    assert (placed.overrides, placed.override_reason) == (["order"], "")
    assert words() == [(f"registration:{waiting.pk}", 0, "", "lv", "withdrawn")]
    assert list(Notice.objects.exclude(details={}, recipient="")) == []
    assert is_clean(LATE)


def test_who_is_erased_once_it_has_begun_is_told_nothing_more(date: Dates) -> None:
    occurrence = date(1, starts_at=NOW + DAY)
    signs_up(occurrence)
    waiting = signs_up(occurrence)
    registering.erase(waiting.sign_up_id, now=NOW + DAY)
    written = words()
    registering.settle(occurrence.pk, now=NOW + DAY)
    assert (status(waiting), [word[2:] for word in words()]) == ("waiting", [("", "lv", "withdrawn")])
    assert words() == written
    assert is_clean(NOW + DAY)


@pytest.mark.parametrize("stands_in_the_way", [Busy(), DatabaseError("anna@example.lv")])
def test_a_date_that_is_busy_or_fails_is_left_for_the_next_time(
    date: Dates, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, stands_in_the_way: Exception
) -> None:
    busy, calm = date(1, starts_at=NOW + DAY), date(1, starts_at=NOW + 2 * DAY)
    for occurrence in (busy, calm):
        registering.hold_places(occurrence.pk, held=1, until=NOW + timedelta(hours=1), by=boss(), now=NOW)
    real = gate.locked

    def locked(occurrence_id: int, **also: object) -> object:
        if occurrence_id == busy.pk:
            raise stands_in_the_way
        return real(occurrence_id, **also)  # type: ignore[arg-type]

    monkeypatch.setattr(settling.gate, "locked", locked)
    assert registering.settle_all(NOW + timedelta(hours=1)) == 1
    assert (is_kept(busy), is_kept(calm)) == (True, False)
    lines = [line.split(":")[1].strip() for line in caplog.messages]
    assert lines == ([] if isinstance(stands_in_the_way, Busy) else [LEFT.format(busy.pk)])


def is_kept(occurrence: Occurrence) -> bool:
    return Occurrence.objects.get(pk=occurrence.pk).capacity.held > 0
