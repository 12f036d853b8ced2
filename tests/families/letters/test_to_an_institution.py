"""Letters to an institution's people: counts and links, never a name, and nothing that is not so any more."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from activities.models import Activity, Occurrence
from families import registering
from families.desk import daily
from families.registering import Sender
from kopiena.floor.models import Notice, User
from kopiena.floor.outbox import Letter, Pointless, kind_of
from partners.models import Membership
from tests.activities.proposing.story import institution, person
from tests.families.letters.stories import PARTY
from tests.gate import group, signs_up

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGINS = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)
NINE = datetime(2027, 3, 26, 7, 0, tzinfo=UTC)
EIGHT = datetime(2027, 3, 10, 6, 0, tzinfo=UTC)
FAMILY = Sender(name="Zelma", language="lv", phone="+37120000077", email="zelma@example.lv", has_declared=True)
NEVER = ("Zelma", "zelma@", "20000077", "Zanīte", "Kārlēns", "2000 0077")


@pytest.fixture
def ours(make_occurrence: Callable[..., Occurrence]) -> Callable[..., Occurrence]:
    def make(**fields: Any) -> Occurrence:
        made = make_occurrence(**{"starts_at": BEGINS, "places": 60, "is_age_asked": True, **fields})
        made.activity.organisers.add(institution())
        return made

    return make


def comes(occurrence: Occurrence, now: datetime) -> Any:
    """A family of four with names."""
    return signs_up(occurrence, sender=FAMILY, party=PARTY, now=now)


def tomorrow(language: str = "lv") -> Notice:
    person(language=language)
    daily.owe_tomorrow(NINE)
    return Notice.objects.get(kind="tomorrow")


def news(language: str = "lv", since: timedelta = DAY) -> Notice:
    """The letter of a morning; before it there was one a day ago."""
    person(language=language)
    Membership.objects.update(since=EIGHT - since)
    daily.owe_new_sign_ups(EIGHT)
    return Notice.objects.get(kind="new_sign_ups")


def letter(row: Notice, now: datetime) -> Letter:
    with translation.override(row.language):
        return kind_of(row.kind).letter(row, now)


def everything(row: Notice, now: datetime) -> str:
    """Subject, text and HTML."""
    with translation.override(row.language):
        message = letter(row, now).message(row, None, now)
    return "\n".join([str(message.subject), str(message.body), str(message.alternatives[0][0])])


def test_tomorrow_says_what_when_where_and_how_many(ours: Any) -> None:
    occurrence = ours()
    comes(occurrence, EIGHT)
    group(occurrence, 2, 10, now=EIGHT)
    made = letter(tomorrow(), NINE)
    assert made.subject == "Rīt: Ezera talka 1"
    assert made.paragraphs == ["Rīt, sestdien, 27. martā, Jūsu iestādei (20. PII) paredzēts:"]
    assert made.facts == [("14.00", "Ezera talka 1\nMezgls, Smilšu iela 92\nPieteikumos: 16 cilvēki")]
    assert made.ways[0].address == f"{settings.SITE_URL}/musu-iestade/20-pii/kas-nak/"


def test_several_are_counted_in_the_subject_the_soonest_stands_first(ours: Any) -> None:
    ours(starts_at=BEGINS + HOUR)
    ours()
    ours(starts_at=BEGINS + DAY)
    made = letter(tomorrow("ru"), NINE)
    assert made.subject == "Завтра: 2 мероприятия"
    assert [label for label, _value in made.facts] == ["14.00", "15.00"]


@pytest.mark.parametrize("hours", [15, 24, 40])
def test_tomorrow_that_would_come_on_the_day_itself_does_not_come(ours: Any, hours: int) -> None:
    ours()
    row = tomorrow()
    assert letter(row, NINE + 14 * HOUR)
    with pytest.raises(Pointless) as reason:
        letter(row, NINE + hours * HOUR)
    assert reason.value.reason == Notice.Reason.TOO_LATE


def test_new_sign_ups_are_counted_by_date(ours: Any) -> None:
    early, late, quiet = ours(), ours(starts_at=BEGINS + 2 * DAY), ours(starts_at=BEGINS + DAY)
    comes(quiet, EIGHT - 2 * DAY)
    for occurrence in (late, early, early):
        comes(occurrence, EIGHT - HOUR)
    comes(early, EIGHT + HOUR)
    made = letter(news(), EIGHT + 2 * HOUR)
    assert made.subject == "Jauni pieteikumi: 3"
    assert made.facts == [
        ("27. martā", "Ezera talka 1\nplkst. 14.00: 2 pieteikumi (8 cilvēki)"),
        ("29. martā", "Ezera talka 2\nplkst. 15.00: 1 pieteikums (4 cilvēki)"),
    ]
    assert made.ways[0].address == f"{settings.SITE_URL}/musu-iestade/20-pii/kas-nak/"


def test_of_whole_days_no_hour_is_said_and_without_sign_up_no_list(ours: Any) -> None:
    occurrence = ours()
    comes(occurrence, EIGHT - HOUR)
    row = news()
    day = datetime(2027, 3, 26, 22, 0, tzinfo=UTC)
    occurrence.meetings.update(is_all_day=True, starts_at=day, ends_at=day + DAY)
    assert letter(row, EIGHT).facts == [("27. martā", "Ezera talka 1\n1 pieteikums (4 cilvēki)")]
    Occurrence.objects.update(is_sign_up_needed=False)
    daily.owe_tomorrow(NINE)
    made = letter(Notice.objects.get(kind="tomorrow"), NINE)
    assert (made.facts, made.afterwards) == ([("Visu dienu", "Ezera talka 1\nMezgls, Smilšu iela 92")], [])


def test_what_was_cancelled_meanwhile_is_not_new(ours: Any) -> None:
    registration = comes(ours(), EIGHT - HOUR)
    row = news()
    registering.cancel(registration.pk, now=EIGHT)
    with pytest.raises(Pointless):
        letter(row, EIGHT + HOUR)


def test_of_what_is_discreet_neither_letter_says_anything(ours: Any) -> None:
    quiet = ours(title_lv="Klusums")
    comes(quiet, EIGHT - HOUR)
    Activity.objects.update(audience="discreet")
    comes(ours(), EIGHT - HOUR)
    rows = [(tomorrow(), NINE)]
    daily.owe_new_sign_ups(EIGHT)
    rows.append((Notice.objects.get(kind="new_sign_ups"), EIGHT))
    for row, now in rows:
        assert "Klusums" not in everything(row, now)
    Activity.objects.update(audience="discreet")
    for row, now in rows:
        with pytest.raises(Pointless):
            letter(row, now)


@pytest.mark.parametrize("language", ["lv", "ru", "en"])
def test_they_name_nobody_and_lead_only_to_the_site(ours: Any, language: str) -> None:
    comes(ours(), EIGHT - HOUR)
    rows = [(tomorrow(language), NINE)]
    daily.owe_new_sign_ups(EIGHT)
    rows.append((Notice.objects.get(kind="new_sign_ups"), EIGHT))
    for row, now in rows:
        words = everything(row, now)
        assert [name for name in NEVER if name in words or name in str(row.details)] == []
        prefix = "" if language == "lv" else f"/{language}"
        assert f"{settings.SITE_URL}{prefix}/musu-iestade/20-pii/kas-nak/" in words
        assert f'<html lang="{language}">' in words


@pytest.mark.parametrize(
    "leaves",
    [
        lambda: User.objects.update(is_active=False),
        lambda: Membership.objects.all().delete(),
        lambda: User.objects.update(email="cita@example.lv"),
    ],
    ids=["disabled", "removed", "another address"],
)
def test_who_left_gets_nothing_stale(ours: Any, leaves: Callable[[], Any]) -> None:
    comes(ours(), EIGHT - HOUR)
    rows = [(tomorrow(), NINE)]
    daily.owe_new_sign_ups(EIGHT)
    rows.append((Notice.objects.get(kind="new_sign_ups"), EIGHT))
    leaves()
    for row, now in rows:
        with pytest.raises(Pointless):
            letter(row, now)


def test_called_off_meanwhile_there_is_no_tomorrow(ours: Any) -> None:
    occurrence = ours()
    row = tomorrow()
    Occurrence.objects.filter(pk=occurrence.pk).update(state="cancelled")
    with pytest.raises(Pointless):
        letter(row, NINE)


def test_whole_days_and_a_very_full_day_fit_into_a_letter(ours: Any) -> None:
    for number in range(22):
        ours(starts_at=BEGINS + number * timedelta(minutes=5))
    made = letter(tomorrow(), NINE)
    assert (len(made.facts), made.afterwards[0]) == (20, "Pārējie ir sarakstā.")
    Notice.objects.all().delete()
    meeting = Occurrence.objects.earliest("pk").meetings.get()
    meeting.is_all_day, meeting.starts_at, meeting.ends_at = True, NINE + 15 * HOUR, NINE + 39 * HOUR
    meeting.save()
    daily.owe_tomorrow(NINE)
    assert letter(Notice.objects.get(), NINE).facts[0][0] == "Visu dienu"
