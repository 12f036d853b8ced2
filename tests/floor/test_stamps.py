"""The stamps: raised by whatever changes what public pages show, at the commit and not before."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from activities.models import Activity, Capacity, Venue
from kopiena.floor import stamps
from kopiena.floor.models import Centre

Make = Callable[..., Any]
# What no public page shows, and the forms of words, which change with the rows that are found by them.
UNSEEN = {
    "activities_knownword",
    "activities_proposal",
    "partners_asking",
    "partners_invitation",
    "partners_joinrequest",
    "partners_membership",
    "partners_picture",
}
PLACES = {"activities_capacity"}


@pytest.fixture(autouse=True)
def asked_each_time() -> Iterator[None]:
    with override_settings(STAMP_READ_SECONDS=0):
        stamps.forget()
        yield
        stamps.forget()


def stamp() -> stamps.Stamp:
    look = stamps.look()
    assert look is not None
    return look.stamp


def raised(function: str) -> set[str]:
    """The tables whose rows call this function at the commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = %s AND t.tgdeferrable AND t.tginitdeferred",
            [function],
        )
        return {table for (table,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_table_that_public_pages_read_raises_a_stamp() -> None:
    models = [*apps.get_app_config("activities").get_models(include_auto_created=True)]
    models += apps.get_app_config("partners").get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models} - UNSEEN
    assert raised("floor_offer_changes") == tables - PLACES | {"floor_centre", "floor_supporter"}
    assert raised("floor_places_change") == PLACES


@pytest.mark.django_db(transaction=True)
def test_each_way_of_writing_raises_it(make_activity: Make) -> None:
    activity = make_activity()
    ways: list[Callable[[], object]] = [
        lambda: Activity.objects.update(title_lv="Cita talka"),
        lambda: Activity.objects.bulk_create([Activity(slug="vel", title_lv="Vēl", theme="home")]),
        lambda: activity.organisers.create(slug="x", kind="other", short_name_lv="x", name_lv="x"),
        lambda: activity.organisers.clear(),
        lambda: Venue.objects.create(slug="mezgls", name_lv="Mezgls"),
        lambda: Centre.objects.create(pk=1, name_lv="Mezgls"),
        lambda: connection.cursor().execute("DELETE FROM floor_centre"),
    ]
    for way in ways:
        before = stamp()
        way()
        assert stamp().offer > before.offer
        assert stamp().places == before.places


@pytest.mark.django_db(transaction=True)
def test_places_have_a_stamp_of_their_own(make_occurrence: Make) -> None:
    make_occurrence()
    before = stamp()
    Capacity.objects.update(places=7)
    assert stamp() == (before.offer, before.places + 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_raises_nothing_and_what_is_not_committed_nothing_yet(make_activity: Make) -> None:
    make_activity()
    before = stamp()
    with transaction.atomic():
        Activity.objects.update(title_lv="Cita")
        assert stamp() == before
        transaction.set_rollback(True)
    assert stamp() == before


@pytest.mark.django_db(transaction=True)
def test_it_is_asked_for_once_in_its_time(make_activity: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(stamps.time, "monotonic", lambda: clock[0])
    with override_settings(STAMP_READ_SECONDS=0.5):
        stamps.forget()
        first = stamps.look()
        assert first is not None
        assert not first.is_settled
        make_activity()
        clock[0] += 0.4
        assert stamps.look() is first
        clock[0] += 0.2
        second = stamps.look()
        assert second is not None
        assert second.stamp.offer > first.stamp.offer
        assert not second.is_settled  # its rows may still be on their way
        clock[0] += 0.6
        third = stamps.look()
        assert third is not None
        assert (third.stamp, third.is_settled) == (second.stamp, True)


@pytest.mark.django_db
def test_while_the_database_is_away_the_last_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    known = stamp()

    def away() -> stamps.Stamp:
        raise DatabaseError

    monkeypatch.setattr(stamps, "_ask", away)
    assert stamp() == known
    stamps.forget()
    assert stamps.look() is None
