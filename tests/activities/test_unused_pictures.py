"""What nothing shows is thrown away after 30 days; what a page or a draft names stays."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.models import Activity, Proposal
from activities.unused_pictures import throw_away
from kopiena.floor.models import Centre, Supporter
from kopiena.floor.pictures.sizes import Kept
from kopiena.floor.pictures.storing import remove
from partners.models import Institution, Picture, Project
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

OLD = NOW - timedelta(days=31)
Make = Callable[..., Picture]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "pictures"


@pytest.fixture
def darzins() -> Institution:
    return Institution.objects.create(slug="darzins", kind="preschool", short_name_lv="D", name_lv="D")


@pytest.fixture
def make(media: Path, darzins: Institution) -> Make:
    def picture(taken_in_at: datetime = OLD, *, has_files: bool = True) -> Picture:
        made = Picture.objects.create(
            institution=darzins, width=100, height=50, declared_at=taken_in_at, uploaded_at=taken_in_at
        )
        if has_files:
            files(media, made.key, taken_in_at)
        return made

    return picture


def files(media: Path, key: str, at: datetime) -> Path:
    folder = media / key
    folder.mkdir(parents=True)
    (folder / "100x50.jpg").write_bytes(b"x")
    os.utime(folder, (at.timestamp(), at.timestamp()))
    return folder


def left(media: Path) -> tuple[set[str], set[str]]:
    return set(Picture.objects.values_list("key", flat=True)), {each.name for each in media.iterdir()}


def test_what_was_never_used_goes_after_30_days_with_its_files(make: Make, media: Path) -> None:
    make()
    young = make(NOW - timedelta(days=29))
    assert throw_away(NOW) == 1
    assert left(media) == ({young.key}, {young.key})
    assert throw_away(NOW) == 0


def test_what_a_page_or_a_draft_names_stays(
    make: Make, media: Path, make_activity: Callable[..., Activity], darzins: Institution
) -> None:
    used = [make() for _ in range(6)]
    make_activity(picture=used[0].name)
    Project.objects.create(slug="p", title_lv="P", picture=used[1].name, state="archived")
    Institution.objects.update(logo=used[2].name)
    centre = Centre.objects.get_or_create(pk=1, defaults={"name_lv": "Centrs"})[0]
    Supporter.objects.create(centre=centre, name="Fonds", logo=used[3].name)
    about = {"institution": darzins, "language": "lv", "created_at": OLD, "saved_at": OLD}
    Proposal.objects.create(kind="project", content={"picture": used[4].key}, **about)
    Proposal.objects.create(
        kind="activity",
        activity=Activity.objects.get(),
        content={"picture": used[5].key},
        state="approved",
        decided_at=OLD,
        **about,
    )
    for nothing in ({}, {"picture": ""}, {"picture": None}, {"picture": ["x"]}, {"picture": 1}):
        Proposal.objects.create(kind="project", content=nothing, **about)
    assert throw_away(NOW) == 0
    assert left(media)[0] == {each.key for each in used} == left(media)[1]
    Proposal.objects.all().delete()
    assert throw_away(NOW) == 2


def test_files_without_a_row_go_unless_a_page_shows_them_or_they_are_being_made(media: Path) -> None:
    shown, gone, fresh = "a" * 32, "b" * 32, "c" * 32
    Institution.objects.create(slug="x", kind="other", short_name_lv="x", name_lv="x", logo=Kept(shown, 100, 50).name)
    files(media, shown, OLD)
    files(media, gone, NOW - timedelta(hours=25))
    files(media, fresh, NOW - timedelta(hours=23))
    files(media, f"new-{gone}", NOW - timedelta(hours=25))
    files(media, f"new-{fresh}", NOW)
    assert throw_away(NOW) == 2
    assert left(media)[1] == {shown, fresh, f"new-{fresh}"}


def test_rows_without_files_go_too(make: Make, media: Path) -> None:
    lost = make(NOW - timedelta(days=2))
    remove(lost.key)
    make(NOW, has_files=False)
    assert throw_away(NOW) == 1
    assert not Picture.objects.filter(pk=lost.pk).exists()


def test_where_nobody_has_sent_a_picture_there_is_nothing_to_do() -> None:
    assert throw_away(NOW) == 0


def test_three_pictures_ask_no_more_than_one(make: Make, django_assert_num_queries: Any) -> None:
    make(NOW)
    with django_assert_num_queries(6) as one:
        throw_away(NOW)
    for _ in range(2):
        make(NOW)
    with django_assert_num_queries(len(one)):
        throw_away(NOW)
