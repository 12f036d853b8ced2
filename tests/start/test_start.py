"""The starting data: complete, true to the documents, never written over, never telling what is discreet."""

import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import CharField, Model, TextField

from activities.models import Activity, Capacity, Meeting, Need, Occurrence, Room, Venue
from families.models import SignUp
from kopiena.floor.models import Centre, Notice, Supporter, User
from kopiena.start.loading import load
from partners.models import Institution, Membership, Project

pytestmark = pytest.mark.django_db

LOADED = (Centre, Institution, Project, Venue, Activity, Occurrence, Meeting, Capacity)


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load()


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that the starting data could touch, and what joins them."""
    rows = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in LOADED}
    for through in (Activity.organisers.through, Project.institutions.through):
        rows[through.__name__] = list(through._default_manager.order_by("pk").values())
    return rows


def texts(row: Model) -> Iterator[tuple[str, str]]:
    """Every text of a row that people read."""
    for field in row._meta.concrete_fields:
        if isinstance(field, CharField | TextField) and not field.choices:
            yield field.name, getattr(row, field.name)


def all_rows() -> list[Model]:
    return [row for model in LOADED for row in model._default_manager.all()]


def test_the_ten_partners_and_the_two_above_them_are_there_with_their_kinds() -> None:
    kinds = {row.short_name_lv: (row.kind, row.is_partner) for row in Institution.objects.all()}

    assert kinds == {
        "20. PII": ("preschool", True),
        "21. PII": ("preschool", True),
        "23. PII": ("preschool", True),
        "26. PII": ("preschool", True),
        "3. PII": ("preschool", True),
        "4. SPII": ("preschool", True),
        "11. psk": ("basic_school", True),
        "13. vsk": ("secondary_school", True),
        "15. vsk": ("secondary_school", True),
        "BJC „Jaunība”": ("youth_centre", True),
        "IIC": ("organiser", False),
        "British Council": ("organiser", False),
    }


def test_the_project_joins_all_ten_partners_and_is_seen() -> None:
    project = Project.objects.published().get()

    assert project.title_lv == "Darbīgās kopienas"
    assert set(project.institutions.filter(is_partner=True)) == set(Institution.objects.filter(is_partner=True))


def test_the_plan_for_2020_holds_every_activity_without_a_date() -> None:
    planned = Activity.objects.undated(2020)

    assert set(planned.values_list("slug", "theme", "audience", "is_for_helpers")) == {
        ("krasosanas-stends-poliklinika", "craft", "open", True),
        ("jaunas-baznicas-iekartosana", "craft", "open", True),
        ("gubisces-ezera-krasta-sakopsana", "cleanup", "open", False),
        ("sipollocini-un-dilles", "garden", "open", False),
        ("nodarbibas-ar-ielugumu", "home", "discreet", False),
        ("gleznosana-briva-daba", "craft", "open", False),
        ("gleznosanas-aprikojums", "craft", "open", True),
        ("puku-dobes-kimiku-mikrorajona", "garden", "open", False),
        ("drosiba-pie-udens", "safety", "open", False),
        ("drosiba-uz-cela-un-transporta", "safety", "open", False),
        ("gimenes-dienas-koncerts", "stage", "open", False),
        ("lellu-teatra-izrade", "stage", "open", False),
    }
    assert set(planned.values_list("state", "approximate_season")) == {("published", "year")}
    equipment = Activity.objects.get(slug="gleznosanas-aprikojums")
    assert equipment.made_for == Activity.objects.get(slug="gleznosana-briva-daba")


def test_the_opening_is_the_only_thing_that_took_place() -> None:
    meeting = Meeting.objects.get()

    assert meeting.occurrence.activity.slug == "centra-atklasana"
    assert meeting.is_all_day
    assert (meeting.first_day, meeting.last_day) == (date(2020, 1, 23), date(2020, 1, 23))
    assert meeting.venue is not None
    assert meeting.venue.address == "Smilšu iela 92, Daugavpils"
    assert not meeting.occurrence.is_sign_up_needed
    assert set(meeting.occurrence.activity.organisers.values_list("slug", flat=True)) == {"iic", "british-council"}
    for language in ("lv", "ru", "en"):
        assert "11 " in getattr(meeting.occurrence.activity, f"outcome_{language}")


def test_loading_again_changes_nothing() -> None:
    before = everything()

    assert not load()
    assert everything() == before


def test_what_the_coordinator_changed_stays() -> None:
    changes: dict[type[Model], dict[str, Any]] = {
        Centre: {"phone": "+37120000000", "about_ru": "", "hours_lv": "Katru dienu"},
        Institution: {"name_lv": "Cits nosaukums", "joined_on": date(2019, 9, 1), "closed_on": date(2024, 8, 31)},
        Project: {"title_lv": "Cits projekts", "state": "archived", "story_en": ""},
        Venue: {"name_lv": "Cita vieta", "has_toilet": True},
        Activity: {"title_ru": "Другое", "state": "draft", "approximate_year": None, "approximate_season": ""},
        Occurrence: {"state": "cancelled"},
    }
    for model, fields in changes.items():
        model._default_manager.update(**fields)
    Project.objects.get().institutions.clear()
    Activity.objects.get(slug="centra-atklasana").organisers.clear()
    before = everything()

    load()

    assert everything() == before


def test_what_is_missing_is_created_again_and_what_is_there_is_left() -> None:
    Institution.objects.filter(slug="20-pii").delete()
    Institution.objects.filter(slug="21-pii").update(name_lv="Cits nosaukums")

    assert load() == {"institutions": 1}
    assert Institution.objects.get(slug="21-pii").name_lv == "Cits nosaukums"


def test_every_text_is_in_three_languages() -> None:
    for row in all_rows():
        written = {name for name, text in texts(row) if text}
        for name in written:
            stem, _, language = name.rpartition("_")
            if language in ("lv", "ru", "en"):
                assert {f"{stem}_{code}" for code in ("lv", "ru", "en")} <= written, (row, name)


def test_russian_is_written_in_cyrillic_and_the_others_are_not() -> None:
    for row in all_rows():
        for name, text in texts(row):
            has_cyrillic = bool(re.search("[а-яё]", text.lower()))
            is_abbreviation = name == "short_name_ru" and text in ("IIC", "4. SPII")
            assert has_cyrillic == (name.endswith("_ru") and bool(text) and not is_abbreviation), (row, name, text)


def test_nothing_unknown_is_made_up() -> None:
    centre = Centre.objects.get()
    assert (centre.pk, centre.phone, centre.email, centre.hours_lv, centre.deputy) == (1, "", "", "", "")
    unknown = {"address": "", "website": "", "phone": "", "email": "", "joined_on": None, "closed_on": None, "logo": ""}
    for institution in Institution.objects.values(*unknown):
        assert institution == unknown
    of_activity = {"age_from": None, "age_to": None, "usual_places": None, "is_age_asked": False, "bring_lv": ""}
    spoken = {"is_in_latvian": False, "is_in_russian": False, "is_in_english": False}
    for activity in Activity.objects.values(*of_activity, *spoken):
        assert activity == of_activity | spoken
    project = Project.objects.get()
    assert (project.begins_on, project.ends_on) == (None, None)
    for model in (Need, Room, SignUp, Notice, Supporter, User, Membership):
        assert not model._default_manager.exists(), model
    for planned in Activity.objects.filter(approximate_year=2020):
        assert not planned.organisers.exists()


def test_no_text_holds_a_phone_an_e_mail_or_a_link() -> None:
    for row in all_rows():
        for name, text in texts(row):
            if name != "invitation_id":
                assert not re.search(r"@|https?:|www\.|\d{6}", text), (row, name, text)


def test_nothing_of_the_start_counts_as_demonstration_or_as_new() -> None:
    for model in (Institution, Project, Venue, Activity, Occurrence):
        assert not model._default_manager.filter(is_demo=True).exists()
    assert not Activity.objects.filter(published_at__isnull=False).exists()


def test_what_is_discreet_has_no_date_and_is_told_nowhere_else() -> None:
    discreet = Activity.objects.get(audience="discreet")
    telling = re.compile(
        r"putr|pankūk|drēb|atbalsta centr|каш|блин|одежд|поддержки семьи|porridge|pancake|clothes|family support", re.I
    )
    assert telling.search(discreet.summary_lv + discreet.description_lv)  # the words do tell

    assert not discreet.occurrences.exists()
    assert not discreet.organisers.exists()
    assert discreet not in Activity.objects.public()
    assert not telling.search(discreet.slug)
    for row in all_rows():
        if row != discreet:
            for name, text in texts(row):
                assert not telling.search(text), (row, name)


def test_the_command_says_what_it_created_and_that_nothing_was_missing() -> None:
    Activity.objects.filter(slug="drosiba-pie-udens").delete()
    first, second = StringIO(), StringIO()

    call_command("load_start", stdout=first)
    call_command("load_start", stdout=second)

    assert first.getvalue() == "Starting data created: activities 1.\n"
    assert second.getvalue() == "Starting data: nothing was missing.\n"
