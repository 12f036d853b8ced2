"""Two people press the button at the same moment: one comes after the other, and the second is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from activities.models import Meeting, Occurrence
from families import attending
from families.attending import Changed, Numbers, Whose, note, noted
from kopiena.floor.models import User
from tests.families.desk.visits import AFTER, institution, own, teacher

pytestmark = pytest.mark.django_db(transaction=True)

WAITS = 20  # seconds, for a machine that is busy with other things


@pytest.fixture
def meeting(make_occurrence: Callable[..., Occurrence]) -> Meeting:
    return own(make_occurrence())


def at_once(meeting: Meeting, by: User) -> BaseException | None:
    """One has written and not yet committed when the other begins; what the other is told."""
    others, told = Whose(meeting.pk), []
    begins = threading.Event()

    def second() -> None:
        begins.set()
        try:
            note({others: Numbers(6, 6)}, seen={}, by=by, now=AFTER)
            told.append(None)
        except (Changed, IntegrityError) as reason:
            told.append(reason)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        note({others: Numbers(5, 5)}, seen={}, by=by, now=AFTER)
        thread.start()
        assert begins.wait(WAITS)
        thread.join(1)
        assert thread.is_alive()  # it stands behind the first
    thread.join(WAITS)
    assert noted(meeting.pk) == {others: Numbers(5, 5)}
    return told[0]


def test_the_second_waits_for_the_first_and_is_told(meeting: Meeting) -> None:
    told = at_once(meeting, teacher(institution()))
    assert isinstance(told, Changed)
    assert told.theirs == {Whose(meeting.pk): Numbers(5, 5)}


def test_without_the_lock_the_second_would_fall_over_the_first(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(meeting_ids: set[int]) -> dict[int, Meeting]:
        return {
            row.pk: row for row in Meeting.objects.select_related("occurrence__activity").filter(pk__in=meeting_ids)
        }

    monkeypatch.setattr(attending, "_locked", unlocked)
    assert isinstance(at_once(meeting, teacher(institution())), IntegrityError)
