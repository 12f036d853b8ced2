"""The deeds about registrations where too many write at once, and with transactions that are real."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse

from activities.models import Occurrence
from families import gate
from families.models import Registration
from families.parties import Child, Party
from families.registering import Busy
from kopiena.roles import COORDINATOR
from tests.office import cancel_page_of, signed_in

pytestmark = pytest.mark.django_db

JUNK = "/admin/families/registration/mestulu-vilnis/"
Deed = tuple[str, dict[str, Any], str]


def deeds_about(one: Registration, same: Registration, elsewhere: Occurrence) -> list[Deed]:
    """Address, what is sent, and what of it must stand in the page again."""
    party = {"adults": "7", "rows": "1", "child_1_age": "5"}
    seen = f"{one.pk}.{one.revision}-{same.pk}.{same.revision}"
    return [
        (cancel_page_of(one), {}, ""),
        (_page("party", one), party, 'name="adults" value="7"'),
        (_page("move", one), {"occurrence": elsewhere.pk}, f'<option value="{elsewhere.pk}" selected'),
        (_page("merge", one, same), {"way": "second", "seen": seen}, 'value="second" checked'),
        (JUNK, {"clear": "1", "registration": [same.pk]}, f'value="{same.pk}" checked'),
    ]


def _page(deed: str, *registrations: Registration) -> str:
    return reverse(f"admin:families_registration_{deed}", args=[each.pk for each in registrations])


@pytest.fixture
def pair(soon: Callable[..., Occurrence], comes: Callable[..., Registration]) -> tuple[Registration, Registration]:
    """One family twice on one date."""
    occurrence = soon(places=20)
    return comes(occurrence), comes(occurrence, Party.with_ages(1, (Child(6),)))


def test_a_gate_that_is_too_crowded_answers_503_with_what_was_chosen_kept(
    pair: tuple[Registration, Registration], soon: Callable[..., Occurrence], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def crowded(*args: Any, **kwargs: Any) -> Iterator[None]:
        raise Busy
        yield

    monkeypatch.setattr(gate, "locked_all", crowded)
    client = signed_in(COORDINATOR)
    for address, sent, kept in deeds_about(*pair, soon()):
        local = _whole_days() if address == JUNK else {}
        answer = client.post(address, {**sent, **local})
        assert (answer.status_code, answer["Retry-After"]) == (503, "5"), address
        assert kept in answer.content.decode(), address
    assert [each.status for each in Registration.objects.all()] == ["placed", "placed"]


def _whole_days() -> dict[str, str]:
    """The junk page's moments, wide open."""
    return {"since_0": "2020-01-01", "since_1": "00:00", "until_0": "2099-01-01", "until_1": "00:00"}


@pytest.mark.django_db(transaction=True)
def test_no_deed_stands_in_a_transaction_of_the_admin(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    """With real transactions the gate's own durable one would refuse to stand inside another."""
    client = signed_in(COORDINATOR)
    for number in range(5):
        occurrence = soon(places=20)
        pair = comes(occurrence), comes(occurrence, Party.with_ages(1, (Child(6),)))
        address, sent, _ = deeds_about(*pair, soon())[number]
        answer = client.post(address, sent)
        assert answer.status_code == 302, address
    cleared = answer["Location"]
    assert client.post(cleared).status_code == 302
    assert Registration.objects.filter(cancelled_for="merged").count() == 1
    assert not Registration.objects.filter(cancelled_for="junk").exists()
