"""The page of a date's places: the formula in words, the limit for groups, places kept for callers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from activities.models import Capacity, Occurrence
from activities.standing import Standing
from families import registering
from families.admin.figures import figures, queue_rule
from families.models import Registration
from kopiena.floor import dates
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from tests.office import page_of_date, places_page_of, signed_in, staff

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def in_browser(moment: datetime) -> str:
    """As the browser's own field for a moment sends it."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def standing_at(occurrence: Occurrence, now: datetime) -> Standing:
    dated = Occurrence.objects.timed().select_related("activity", "capacity").get(pk=occurrence.pk)
    return Standing(dated, dated.capacity, dated.starts_at, False, now)


# The formula in words


def test_the_formula_is_said_in_words(soon: Callable[..., Occurrence], now: datetime) -> None:
    occurrence = soon()
    until = now + HOUR
    row = {"places": 50, "taken": 42, "for_groups": 20, "taken_by_groups": 12, "waiting": 3, "last_queue_number": 9}
    capacity = Capacity(pk=occurrence.pk, unit="people", held=5, held_until=until, **row)
    standing = Standing(occurrence, capacity, now + timedelta(days=5), False, now)
    values = [value for _label, value in figures(standing)]
    moment = dates.moment(until, today=dates.local_day(now))
    assert (values[0], values[1], values[4], values[5]) == ("50", "42", "3", "8")
    assert values[2].startswith("12")
    assert values[2].endswith("20")
    assert values[3].startswith("5")
    assert values[3].endswith(moment)
    assert values[6].startswith("3")
    standing.now = until  # lapsed: theirs no longer, though nobody has written it down yet
    assert [value for _label, value in figures(standing)][3:6] == ["0", "8", "8"]


def test_without_a_limit_nothing_is_free_or_kept(soon: Callable[..., Occurrence], now: datetime) -> None:
    occurrence = soon(places=None)
    shown = figures(standing_at(occurrence, now))
    assert [value for _label, value in shown][1:] == ["0"]


def test_until_when_the_queue_moves_is_said_as_a_day(soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    standing = standing_at(occurrence, timezone.now())
    assert standing.promotes_until is not None
    said = dates.moment(standing.promotes_until, today=dates.local_day(standing.now))
    assert said in queue_rule(standing)
    before = queue_rule(standing)
    standing.now = standing.promotes_until
    assert said in queue_rule(standing)
    assert queue_rule(standing) != before
    sentences = {before, queue_rule(standing)}
    standing.starts_at = None
    sentences.add(queue_rule(standing))
    standing.has_no_meeting_left = True
    sentences.add(queue_rule(standing))
    standing = standing_at(soon(places=None), timezone.now())
    sentences.add(queue_rule(standing))
    assert len(sentences) == 5


def test_the_page_shows_them_and_the_ways_on(soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    answer = signed_in(COORDINATOR).get(places_page_of(occurrence))
    page = answer.content.decode()
    for label, value in answer.context["figures"]:
        assert f"<dt>{label}</dt><dd>{value}</dd>" in page
    for name in ("places", "queue", "close", "rain"):
        assert f'href="{page_of_date(name, occurrence)}"' in page


# Groups


def test_the_limit_for_groups_is_set_and_stays_when_the_form_is_sent_again(
    soon: Callable[..., Occurrence], group: Callable[..., Registration]
) -> None:
    occurrence = soon(places=30)
    client = signed_in(COORDINATOR)
    client.post(places_page_of(occurrence), {"unit": "people", "places": "30", "for_groups": "20"})
    form = client.get(places_page_of(occurrence)).context["places_form"]
    assert form.initial == {"unit": "people", "places": 30, "for_groups": 20}
    group(occurrence)
    assert Capacity.objects.values_list("for_groups", "taken_by_groups").get() == (20, 12)
    client.post(places_page_of(occurrence), {"unit": "people", "places": "30", "for_groups": ""})
    assert Capacity.objects.get().for_groups is None


@pytest.mark.parametrize(("sent", "field"), [({"places": "11"}, "places"), ({"for_groups": "11"}, "for_groups")])
def test_fewer_than_are_taken_is_refused_with_the_ways_out(
    sent: dict[str, str], field: str, soon: Callable[..., Occurrence], group: Callable[..., Registration]
) -> None:
    occurrence = soon(places=30)
    group(occurrence)
    answer = signed_in(COORDINATOR).post(
        places_page_of(occurrence), {"unit": "people", "places": "30", "for_groups": "", **sent}
    )
    assert set(answer.context["form"].errors) == {field}
    assert answer.context["is_refused"]
    refused = answer.content.decode().split('class="errornote"')[1].split("</div>")[0]
    assert f'href="{page_of_date("queue", occurrence)}"' in refused
    assert f"occurrence__id__exact={occurrence.pk}" in refused
    assert Capacity.objects.values_list("places", "for_groups").get() == (30, None)


@pytest.mark.parametrize("sent", [{"places": "x"}, {"places": "5", "for_groups": "-1"}, {"unit": "seats"}])
def test_what_cannot_be_read_is_no_refusal_of_the_gate(sent: dict[str, str], soon: Callable[..., Occurrence]) -> None:
    answer = signed_in(COORDINATOR).post(places_page_of(soon()), {"unit": "people", "places": "10", **sent})
    assert answer.context["form"].errors
    assert not answer.context["is_refused"]
    assert Capacity.objects.values_list("unit", "places", "for_groups").get() == ("people", 10, None)


def test_what_a_form_does_not_hold_cannot_be_set_by_it(soon: Callable[..., Occurrence]) -> None:
    forged = {"taken": "9", "held": "9", "last_queue_number": "9", "waiting": "9", "taken_by_groups": "9"}
    signed_in(COORDINATOR).post(places_page_of(soon()), {"unit": "people", "places": "12", **forged})
    row = Capacity.objects.values("places", "taken", "held", "last_queue_number", "waiting", "taken_by_groups").get()
    assert row == {**dict.fromkeys(row, 0), "places": 12}


# Kept for callers


def test_places_are_kept_for_callers_until_a_moment_of_riga(soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    client = signed_in(COORDINATOR)
    address = page_of_date("held", occurrence)
    until = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    answer = client.post(address, {"held": "4", "until": in_browser(until)})
    assert answer["Location"] == places_page_of(occurrence)
    assert Capacity.objects.values_list("held", "held_until").get() == (4, until)
    assert f'value="{in_browser(until)}"' in client.get(places_page_of(occurrence)).content.decode()
    client.post(address, {"held": "0", "until": ""})
    assert Capacity.objects.values_list("held", "held_until").get() == (0, None)
    assert LogEntry.objects.count() == 2


def test_places_given_back_go_to_the_queue_at_once(
    soon: Callable[..., Occurrence], comes: Callable[..., Registration]
) -> None:
    occurrence = soon(places=8)
    comes(occurrence)
    by = staff()
    registering.hold_places(occurrence.pk, held=2, until=timezone.now() + HOUR, by=by, now=timezone.now())
    waiting = comes(occurrence)
    assert waiting.status == "waiting"
    signed_in(COORDINATOR).post(page_of_date("held", occurrence), {"held": "0"})
    waiting.refresh_from_db()
    assert waiting.status == "placed"


@pytest.mark.parametrize(
    ("held", "until", "field"),
    [
        ("11", HOUR, "held"),
        ("-1", HOUR, "held"),
        ("", HOUR, "held"),
        ("9" * 30, HOUR, "held"),
        ("2", -HOUR, "until"),
        ("2", timedelta(days=11), "until"),
        ("2", None, "until"),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(
    held: str, until: timedelta | None, field: str, soon: Callable[..., Occurrence]
) -> None:
    occurrence = soon()
    moment = in_browser(timezone.now() + until) if until else ""
    answer = signed_in(COORDINATOR).post(page_of_date("held", occurrence), {"held": held, "until": moment})
    assert set(answer.context["held_form"].errors) == {field}
    assert not answer.context["places_form"].is_bound
    assert Capacity.objects.values_list("held", "held_until").get() == (0, None)


@pytest.mark.parametrize("until", ["0001-01-01T00:00", "9999-12-31T23:59", "x", "\x00", "2027-02-30T10:00", "🎈"])
def test_a_moment_that_cannot_be_is_refused(until: str, soon: Callable[..., Occurrence]) -> None:
    answer = signed_in(COORDINATOR).post(page_of_date("held", soon()), {"held": "2", "until": until})
    assert set(answer.context["held_form"].errors) == {"until"}


def test_a_moment_is_suggested_after_which_the_queue_still_moves_up(soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    form = signed_in(COORDINATOR).get(places_page_of(occurrence)).context["held_form"]
    standing = standing_at(occurrence, timezone.now())
    assert standing.promotes_until is not None
    assert standing.now < form.initial["until"] < standing.promotes_until


def test_where_places_have_no_limit_none_can_be_kept(soon: Callable[..., Occurrence]) -> None:
    occurrence = soon(places=None)
    client = signed_in(COORDINATOR)
    assert page_of_date("held", occurrence) not in client.get(places_page_of(occurrence)).content.decode()
    sent = {"held": "2", "until": in_browser(timezone.now() + HOUR)}
    answer = client.post(page_of_date("held", occurrence), sent)
    assert set(answer.context["held_form"].errors) == {"held"}


def test_looking_changes_nothing(soon: Callable[..., Occurrence]) -> None:
    occurrence = soon()
    before = Capacity.objects.values().get()
    for page in ("places", "held"):
        assert signed_in(COORDINATOR).get(page_of_date(page, occurrence), {"held": "3"}).status_code == 200
    assert Capacity.objects.values().get() == before


def test_a_crowded_gate_keeps_what_was_typed(soon: Callable[..., Occurrence], crowded: Callable[[], None]) -> None:
    occurrence = soon()
    crowded()
    until = in_browser(timezone.now() + HOUR)
    answer: Any = signed_in(COORDINATOR).post(page_of_date("held", occurrence), {"held": "3", "until": until})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert 'value="3"' in answer.content.decode()
    assert f'value="{until}"' in answer.content.decode()


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_only_a_coordinator_keeps_places(role: str, soon: Callable[..., Occurrence]) -> None:
    address = page_of_date("held", soon())
    client = signed_in(role)
    sent = {"held": "3", "until": in_browser(timezone.now() + HOUR)}
    assert [client.get(address).status_code, client.post(address, sent).status_code] == [403, 403]
    assert Capacity.objects.get().held == 0
