"""The demonstration in the database: every kind is there, marked as such, and it can be taken away again."""

import secrets
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Sum
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Capacity, Meeting, Need, Occurrence, Room, Venue
from activities.models.occurrence import SignUpState
from families import registering
from families.models import Participant, Registration, SignUp
from families.parties import Party
from families.registering import Sender
from kopiena.demo import loading, removing
from kopiena.demo.removing import StillNeeded
from kopiena.floor.said import said
from kopiena.start.loading import load as load_start
from partners.models import Institution, Project

MARKED = (Project, Venue, Activity, Need, Occurrence, SignUp)
EVERY_TABLE = (Institution, Project, Venue, Room, Activity, Need, Occurrence, Meeting, Capacity, SignUp, Registration)


def rows() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in EVERY_TABLE}


@pytest.fixture
def _demo(db: None, now: datetime) -> None:
    load_start()
    loading.load(now)


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without made-up families, where a test is not about them: each goes through the gate and takes its time."""
    monkeypatch.setattr(loading, "sign_up_guests", lambda *_: 0)


def real_sign_up(slug: str, now: datetime) -> SignUp:
    """A family that came by itself."""
    occurrence = Occurrence.objects.filter(activity__slug=slug).earliest("pk")
    return registering.register(
        secrets.token_hex(16),
        occurrence.pk,
        Sender(name="Anna", language="lv", phone="+37120000000"),
        Party(adults=2),
        now=now,
    )


@pytest.mark.usefixtures("_demo")
class TestLoaded:
    def test_everything_is_marked_and_said_to_be_an_example(self) -> None:
        for activity in Activity.objects.exclude(approximate_year=2020).exclude(slug="centra-atklasana"):
            assert activity.is_demo
            assert activity.slug.startswith("paraugs-")
            for language in ("lv", "ru", "en"):
                description = said(activity, "description", language)
                assert description.text.endswith(f"\n\n{loading.EXAMPLE[description.language]}")
        assert not Occurrence.objects.filter(activity__is_demo=True, is_demo=False).exists()
        assert not Need.objects.filter(activity__is_demo=True, is_demo=False).exists()
        assert not SignUp.objects.filter(is_demo=False).exists()
        assert Venue.objects.get(slug="mezgls").is_demo is False

    def test_every_kind_of_activity_is_there(self, now: datetime) -> None:
        demo = Activity.objects.filter(is_demo=True)
        coming = Occurrence.objects.coming(now).filter(is_demo=True)
        states = {each.sign_up_state(now, each.starts_at) for each in coming}

        assert set(demo.values_list("unit", flat=True)) == {"people", "children", "families"}
        assert set(demo.values_list("audience", flat=True)) == {"open", "invited", "discreet"}
        assert demo.filter(is_for_helpers=True, made_for__isnull=False).exists()
        assert demo.filter(is_in_russian=True, is_in_latvian=False, is_in_english=False, description_ru__gt="").exists()
        assert demo.undated(2028).filter(approximate_season="spring").exists()
        assert demo.filter(needs__kind="things", needs__wanted=3, needs__title_lv="grābekļi").exists()
        assert {SignUpState.OPEN, SignUpState.NOT_YET, SignUpState.NOT_NEEDED, SignUpState.CANCELLED} <= states
        assert coming.filter(state="cancelled").exclude(reason_lv="").exists()
        assert coming.filter(decision_at__gt=now).exists()
        assert set(Meeting.objects.values_list("where", flat=True)) == {"venue", "home", "online"}
        in_parallel = Meeting.objects.filter(occurrence__activity__slug="paraugs-talka")
        assert in_parallel.values("venue").distinct().count() == 3
        side_by_side = Meeting.objects.filter(occurrence__activity__slug="paraugs-darbnicu-diena")
        assert side_by_side.values("room").distinct().count() == 3
        assert side_by_side.values("starts_at").distinct().count() == 1
        assert demo.exclude(outcome_lv="").filter(occurrences__in=Occurrence.objects.past(now)).exists()

    def test_one_date_is_full_and_two_families_wait(self) -> None:
        full = Capacity.objects.filter(places=F("taken"), waiting__gt=0)
        assert [(each.taken, each.waiting) for each in full] == [(10, 2)]

    def test_places_are_what_the_registrations_take(self) -> None:
        for capacity in Capacity.objects.all():
            placed = Registration.objects.of(capacity.pk).placed()
            assert capacity.taken == (placed.aggregate(seats=Sum("seats"))["seats"] or 0)
            assert capacity.waiting == Registration.objects.of(capacity.pk).in_queue().count()
        assert Registration.objects.count() >= 40

    def test_nobody_signed_up_where_one_is_invited(self) -> None:
        assert not Registration.objects.exclude(occurrence__activity__audience="open").exists()
        assert Occurrence.objects.exclude(activity__audience="open").filter(is_demo=True).count() == 2

    def test_families_sign_up_before_the_day_and_in_the_past(self, now: datetime) -> None:
        for registration in Registration.objects.select_related("occurrence"):
            assert registration.created_at < now
            assert registration.created_at < registration.occurrence.meetings.earliest("starts_at").starts_at

    def test_no_age_breaks_the_limits(self) -> None:
        for person in Participant.objects.filter(kind="child").select_related("registration__occurrence__activity"):
            assert person.age is not None
            assert person.registration.occurrence.activity.fits_age(person.age)

    def test_loading_again_changes_nothing(self, now: datetime) -> None:
        before = rows()
        assert not loading.load(now + timedelta(days=30))
        assert rows() == before


@pytest.mark.usefixtures("_quick")
@pytest.mark.django_db
def test_without_starting_data_it_loads_all_the_same(now: datetime) -> None:
    loading.load(now)

    assert Activity.objects.filter(is_demo=True).count() >= 20
    assert not Venue.objects.filter(is_demo=False).exists()


@pytest.mark.django_db(transaction=True)
def test_removed_it_leaves_the_starting_data_as_they_were(now: datetime) -> None:
    load_start()
    before = rows()
    loading.load(now)

    gone = removing.remove()

    assert rows() == before
    assert gone["activities"] >= 20
    assert not removing.remove()


@pytest.mark.django_db(transaction=True)
def test_a_real_sign_up_keeps_the_whole_demonstration_and_is_named(now: datetime) -> None:
    loading.load(now)
    sign_up = real_sign_up("paraugs-talka", now)
    before = rows()

    with pytest.raises(StillNeeded, match="„Talka: ezers, parks, pagalmi”"):
        removing.remove()
    registering.cancel(sign_up.registrations.get().pk, now=now)
    with pytest.raises(StillNeeded, match="real sign-ups, perhaps cancelled ones"):
        removing.remove()

    assert len(rows()["Activity"]) == len(before["Activity"])
    assert len(rows()["SignUp"]) == len(before["SignUp"])


@pytest.mark.usefixtures("_quick")
@pytest.mark.django_db
def test_a_real_date_of_a_demonstration_activity_keeps_it(now: datetime) -> None:
    loading.load(now)
    Occurrence.objects.create(activity=Activity.objects.get(slug="paraugs-kvests"))

    with pytest.raises(StillNeeded, match="were added to „Kvests pa Ķīmiju”"):
        removing.remove()


@pytest.mark.usefixtures("_quick")
@pytest.mark.django_db
def test_a_real_meeting_at_a_demonstration_place_keeps_it(make_occurrence: Any, now: datetime) -> None:
    loading.load(now)
    meeting = make_occurrence(title_lv="Īsta talka").meetings.get()
    meeting.venue = Venue.objects.get(slug="paraugs-pagalms")
    meeting.save()

    with pytest.raises(StillNeeded, match="are used by „Īsta talka”"):
        removing.remove()


@pytest.mark.django_db
def test_the_command_refuses_without_debug(settings: Any) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="with DEBUG on only"):
        call_command("load_demo")
    assert not Activity.objects.exists()


@pytest.mark.django_db
def test_the_command_loads_with_debug_and_removes_without(settings: Any) -> None:
    settings.DEBUG = True
    loaded, again, removed = StringIO(), StringIO(), StringIO()

    call_command("load_demo", stdout=loaded)
    call_command("load_demo", stdout=again)
    settings.DEBUG = False
    call_command("load_demo", "--remove", stdout=removed)

    assert loaded.getvalue().startswith("Demonstration loaded: meetings ")
    assert again.getvalue() == "Demonstration loaded: nothing was left to do.\n"
    assert removed.getvalue().startswith("Demonstration removed: families signed up ")
    assert not Activity.objects.exists()
    assert not SignUp.objects.exists()


@pytest.mark.usefixtures("_quick")
@pytest.mark.django_db
def test_the_command_passes_the_refusal_on(settings: Any, now: datetime) -> None:
    loading.load(now)
    real_sign_up("paraugs-talka", now)

    with pytest.raises(CommandError, match=r"^Nothing was removed: real sign-ups.*„Talka: ezers, parks, pagalmi”\.$"):
        call_command("load_demo", "--remove")


@pytest.mark.usefixtures("_quick")
@pytest.mark.django_db
def test_the_places_are_locked_before_anything_is_looked_at(now: datetime) -> None:
    loading.load(now)
    with CaptureQueriesContext(connection) as asked:
        removing.remove()

    first = next(query["sql"] for query in asked if not query["sql"].startswith("SAVEPOINT"))
    assert 'FROM "activities_capacity"' in first
    assert "FOR UPDATE" in first
