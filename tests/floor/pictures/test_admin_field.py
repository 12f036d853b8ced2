"""Pictures uploaded in the office: rebuilt like all others, refused in Latvian, with words that tell what is seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from kopiena.floor.models import Centre
from kopiena.floor.pictures.sizes import kept
from kopiena.roles import COORDINATOR
from partners.models import Institution, Project
from tests.office import signed_in
from tests.pictures import file_of, picture, sent

pytestmark = pytest.mark.django_db

ALT = "Bērni stāda tulpes"
INLINE = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def coordinator() -> Client:
    return signed_in(COORDINATOR)


@pytest.fixture
def project() -> Project:
    return Project.objects.create(slug="palodze", title_lv="Palodze")


def change(client: Client, project: Project, **fields: Any) -> Any:
    typed = {"title_lv": "Palodze", "state": "draft", "slug": "palodze", **fields}
    return client.post(reverse("admin:partners_project_change", args=[project.pk]), typed)


def test_a_project_gets_a_picture_without_anything_but_pixels(
    coordinator: Client, project: Project, media: Path
) -> None:
    file = sent(file_of(picture(), "JPEG", comment=b"Zane"), name="Zane 4 gadi.jpg")
    assert change(coordinator, project, picture=file, picture_alt_lv=ALT).status_code == 302
    project.refresh_from_db()
    assert kept(project.picture.name) is not None
    assert sorted(each.name for each in (media / project.picture.name).parent.iterdir())[-1] == "800x400.webp"
    assert b"Zane" not in (media / project.picture.name).read_bytes()
    assert [each.name for each in media.iterdir()] == ["pictures"]


def test_what_is_none_is_refused_in_latvian_and_the_rest_is_kept(coordinator: Client, project: Project) -> None:
    for content in (b"<svg/>", file_of(picture(), "GIF"), file_of(picture()) + bytes(20_000_000), b""):
        answer = change(coordinator, project, picture=sent(content), picture_alt_lv=ALT, summary_lv="Kopsavilkums")
        assert answer.status_code == 200
        errors = answer.context["adminform"].form.errors
        assert list(errors) == ["picture"]
        assert "Kopsavilkums" in answer.content.decode()
    project.refresh_from_db()
    assert not project.picture


@pytest.mark.parametrize("words", ["", "foto.jpg", "ezers", "bilde"])
def test_a_new_picture_needs_words(coordinator: Client, project: Project, words: str) -> None:
    answer = change(coordinator, project, picture=sent(), picture_alt_lv=words)
    assert list(answer.context["adminform"].form.errors) == ["picture_alt_lv"]


def test_words_in_one_language_are_enough(coordinator: Client, project: Project) -> None:
    assert change(coordinator, project, picture=sent(), picture_alt_ru="Дети сажают тюльпаны").status_code == 302


def test_a_picture_that_stays_is_not_asked_about_again(coordinator: Client, project: Project) -> None:
    Project.objects.update(picture="projects/veca.jpg")
    assert change(coordinator, project, title_lv="Cits").status_code == 302
    project.refresh_from_db()
    assert (project.picture.name, project.title_lv) == ("projects/veca.jpg", "Cits")


def test_a_picture_is_removed(coordinator: Client, project: Project) -> None:
    Project.objects.update(picture="projects/veca.jpg")
    change(coordinator, project, **{"picture-clear": "on"})
    project.refresh_from_db()
    assert project.picture.name == ""


def test_an_activity_and_a_logo_go_through_the_same_door(
    coordinator: Client, make_activity: Callable[..., Activity]
) -> None:
    activity = make_activity()
    page = reverse("admin:activities_activity_change", args=[activity.pk])
    typed = {name: value for name, value in coordinator.get(page).context["adminform"].form.initial.items() if value}
    needs = {f"{each}-{number}": "0" for each in ("need_set", "needs") for number in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = coordinator.post(page, {**typed, **needs, "picture": sent(), "picture_alt_lv": ALT})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    activity.refresh_from_db()
    assert kept(activity.picture.name) is not None

    typed = {"short_name_lv": "Dārziņš", "name_lv": "Dārziņš", "kind": "preschool", "logo": sent(), **INLINE}
    assert coordinator.post(reverse("admin:partners_institution_add"), typed).status_code == 302
    assert kept(Institution.objects.get().logo.name) is not None


def test_a_supporters_logo_does_so_too(coordinator: Client) -> None:
    centre = Centre.objects.get_or_create(pk=1, defaults={"name_lv": "Centrs"})[0]
    page = reverse("admin:floor_centre_change", args=[centre.pk])
    typed = {name: value for name, value in coordinator.get(page).context["adminform"].form.initial.items() if value}
    logo = {"supporters-0-name": "Fonds", "supporters-0-logo": sent(), "supporters-0-position": "0"}
    counts = {"supporters-TOTAL_FORMS": "1", "supporters-INITIAL_FORMS": "0"}
    answer = coordinator.post(page, {**typed, **logo, **counts})
    assert answer.status_code == 302
    assert kept(centre.supporters.get().logo.name) is not None
