"""The mail server is away for a day: families sign up all the same, and what still has a point leaves in order."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings

from activities.models import Occurrence
from families import registering
from families.models import Registration
from families.registering import Sender
from kopiena.floor.models import Notice
from kopiena.floor.outbox import sending
from tests.conftest import NOW
from tests.gate import boss, signs_up
from tests.sink import Sink

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    """Away until a test starts it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2
    with Sink() as sink:
        settings.EMAIL_PORT = sink.port
        sink.stop()
        yield sink


def family(name: str) -> Sender:
    return Sender(name=name, language="lv", email=f"{name.lower()}@example.lv", has_declared=True)


def turn(at: datetime) -> dict[str, int]:
    """What became of the letters, without the noughts."""
    outcome = sending.send_due(clock=lambda: at)
    return {what: count for what, count in outcome.counts.items() if count}


def day_without(occurrence: Occurrence) -> list[Registration]:
    """A family each hour, and the worker tries each time."""
    came = []
    for hour in range(24):
        came.append(signs_up(occurrence, sender=family(f"Viesis-{hour}"), now=NOW + hour * HOUR))
        assert turn(NOW + hour * HOUR) == {}
    return came


def test_after_a_day_without_a_mail_server_everything_leaves_in_the_order_of_being_written(
    sink: Sink, make_occurrence: Callable[..., Occurrence]
) -> None:
    came = day_without(make_occurrence(places=None))
    assert [each.status for each in came] == ["placed"] * 24
    assert not Notice.objects.exclude(state="owed", tries=0).exists()
    sink.start()
    assert turn(NOW + 24 * HOUR) == {"sent": 24}
    assert sink.ids() == list(Notice.objects.order_by("pk").values_list("message_id", flat=True))
    assert [each.recipient for each in sink.arrived] == [f"viesis-{hour}@example.lv" for hour in range(24)]
    assert sink.connections == 1


def test_what_became_pointless_meanwhile_is_withdrawn_with_its_reason(
    sink: Sink, make_occurrence: Callable[..., Occurrence]
) -> None:
    small, over, off = make_occurrence(places=1), make_occurrence(starts_at=NOW + 20 * HOUR), make_occurrence()
    first, waits = (signs_up(small, sender=family(name)) for name in ("Pirmais", "Gaida"))
    late, dry = signs_up(over, sender=family("Garam")), signs_up(off, sender=family("Lietus"))
    assert turn(NOW) == {}
    registering.cancel(first.pk, now=NOW + HOUR)  # a place comes free
    registering.call_off(off.pk, reason={"reason_lv": "Lietus"}, by=boss(), now=NOW + 2 * HOUR)
    gone = signs_up(make_occurrence(), sender=family("Aizmirsts"), now=NOW + 3 * HOUR)
    registering.erase(gone.sign_up_id, now=NOW + 4 * HOUR)
    sink.start()
    turn(NOW + 24 * HOUR)
    assert {each.pk: became(each) for each in (first, waits, late, dry, gone)} == {
        first.pk: ["placed withdrawn not_so", "cancelled sent "],
        waits.pk: ["waiting withdrawn overtaken", "promoted sent "],
        late.pk: ["placed withdrawn too_late"],
        dry.pk: ["placed withdrawn not_so", "called_off sent "],
        gone.pk: ["placed withdrawn not_so"],
    }
    assert not Notice.objects.filter(recipient="aizmirsts@example.lv").exists()
    assert [each.recipient for each in sink.arrived] == [
        f"{name}@example.lv" for name in ("pirmais", "gaida", "lietus")
    ]


def became(registration: Registration) -> list[str]:
    """What became of each letter about it."""
    letters = Notice.objects.letters().about(f"registration:{registration.pk}").order_by("pk")
    return [" ".join(each) for each in letters.values_list("kind", "state", "reason")]


def test_after_48_hours_in_vain_each_fails_once_and_the_places_are_untouched(
    sink: Sink, make_occurrence: Callable[..., Occurrence]
) -> None:
    came = day_without(make_occurrence(places=None, starts_at=NOW + timedelta(days=10)))
    assert turn(NOW + 48 * HOUR) == {}
    assert turn(NOW + 48 * HOUR + timedelta(minutes=1)) == {"failed": 1}
    assert turn(NOW + 60 * HOUR + timedelta(minutes=1)) == {"failed": 12}
    assert set(Notice.objects.filter(state="failed").values_list("reason", flat=True)) == {"in_vain"}
    sink.start()
    assert turn(NOW + 61 * HOUR) == {"sent": 11}
    assert turn(NOW + 72 * HOUR) == {}
    assert Registration.objects.filter(pk__in=[each.pk for each in came]).placed().count() == 24
