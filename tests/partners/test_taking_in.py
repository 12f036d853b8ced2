"""Pictures come in for an institution, and only its own are its own."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kopiena.floor.models import User
from partners import taking_in
from partners.models import Institution, Picture
from partners.taking_in import Unfit, key_of, name_of, own, take_in
from tests.conftest import NOW
from tests.partners.test_models import make_institution
from tests.pictures import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Institution:
    return make_institution("darzins")


@pytest.fixture
def theirs() -> Institution:
    return make_institution("saulite")


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user("anna@example.lv")


def test_a_picture_is_written_down_with_who_and_when(ours: Institution, teacher: User, media: Path) -> None:
    picture = take_in(sent(), ours, by=teacher, now=NOW)
    assert Picture.objects.values_list(
        "institution", "uploaded_by", "declared_at", "uploaded_at", "width", "height"
    ).get() == (ours.pk, teacher.pk, NOW, NOW, 1000, 500)
    assert (media / picture.name).is_file()
    assert picture.name == f"pictures/{picture.key}/1000x500.jpg"
    assert picture.address(300, "avif") == f"/media/pictures/{picture.key}/400x200.avif"
    assert picture.address(5000) == f"/media/{picture.name}"


def test_what_is_unfit_leaves_neither_row_nor_file(ours: Institution, teacher: User, media: Path) -> None:
    with pytest.raises(Unfit):
        take_in(sent(b"<html>"), ours, by=teacher, now=NOW)
    assert (Picture.objects.count(), list(media.glob("pictures/*"))) == (0, [])


def test_where_the_row_cannot_be_written_no_file_is_left(
    ours: Institution, teacher: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**fields: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(taking_in.Picture.objects, "create", fails)
    with pytest.raises(RuntimeError):
        take_in(sent(), ours, by=teacher, now=NOW)
    assert list(media.glob("pictures/*")) == []


def test_another_institutions_picture_is_as_if_it_were_not_there(
    ours: Institution, theirs: Institution, teacher: User
) -> None:
    picture = take_in(sent(), theirs, by=teacher, now=NOW)
    assert own(theirs, picture.key) == picture
    assert own(ours, picture.key) is None
    assert name_of(picture.key, ours) == ""
    assert name_of(picture.key, theirs) == picture.name


def test_what_stands_on_the_page_may_stay_whoever_took_it_in(
    ours: Institution, theirs: Institution, teacher: User
) -> None:
    current = take_in(sent(), theirs, by=teacher, now=NOW).name
    assert name_of(key_of(current), ours, current) == current
    assert name_of(key_of("activities/ezers.webp"), ours, "activities/ezers.webp") == "activities/ezers.webp"
    assert name_of("activities/cits.webp", ours, "activities/ezers.webp") == ""
    assert name_of("", ours, current) == ""
    assert name_of("", ours, "") == ""


@pytest.mark.parametrize("key", ["", "0" * 32, "\0" * 32, "ā" * 32, "0" * 100_000, "../../etc/passwd"])
def test_keys_that_are_none_find_nothing(ours: Institution, key: str) -> None:
    assert own(ours, key) is None


@pytest.mark.parametrize("key", [None, 1, [], {"a": 1}, True])
def test_a_draft_may_hold_anything_in_place_of_a_key(ours: Institution, key: Any) -> None:
    assert name_of(key, ours, "") == ""


def test_nobody_fills_the_disk_with_pictures(
    ours: Institution, theirs: Institution, teacher: User, settings: Any, now: datetime
) -> None:
    settings.PICTURES_PER_DAY = 2
    for _ in range(2):
        take_in(sent(), ours, by=teacher, now=now)
    with translation.override("en"), pytest.raises(Unfit, match="many pictures"):
        take_in(sent(), ours, by=teacher, now=now + timedelta(hours=23))
    take_in(sent(), theirs, by=teacher, now=now)
    take_in(sent(), ours, by=teacher, now=now + timedelta(hours=25))
