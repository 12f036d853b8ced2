"""The logo is changed at the desk of the institution whose it is, and stands on its page at once."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from kopiena.floor.models import User
from kopiena.floor.pictures.sizes import kept
from partners.models import Institution, Membership, Picture
from partners.taking_in import take_in
from tests.conftest import NOW
from tests.partners.test_models import make_institution
from tests.pictures import sent

pytestmark = pytest.mark.django_db

ADDRESS = "/musu-iestade/darzins/logo/"
DECLARED = {"picture_declared": "on"}


@pytest.fixture
def ours() -> Institution:
    return make_institution("darzins")


@pytest.fixture
def teacher(ours: Institution) -> Client:
    user = User.objects.create_user("anna@example.lv")
    Membership.objects.create(institution=ours, user=user)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_logo_is_sent_and_stands_on_the_page(teacher: Client, ours: Institution, media: Path) -> None:
    answer = teacher.post(ADDRESS, {**DECLARED, "picture_file": sent()}, follow=True)
    assert "Saglabāts." in answer.content.decode()
    ours.refresh_from_db()
    assert kept(ours.logo.name) is not None
    assert (media / ours.logo.name).is_file()
    assert f"/media/{ours.logo.name} 1000w" in Client().get("/iestades/darzins/").content.decode()
    assert LogEntry.objects.get().get_change_message() == "Mainīts: logotips."


def test_it_is_removed_and_what_does_not_change_is_not_noted(teacher: Client, ours: Institution) -> None:
    picture = take_in(sent(), ours, by=User.objects.get(), now=NOW)
    Institution.objects.update(logo=picture.name)
    assert picture.address(400) in teacher.get(ADDRESS).content.decode()
    assert teacher.post(ADDRESS, {"picture": picture.key}).status_code == 302
    assert LogEntry.objects.count() == 0
    assert teacher.post(ADDRESS, {"picture": picture.key, "picture_remove": "on"}).status_code == 302
    assert Institution.objects.get().logo.name == ""


def test_a_logo_that_the_office_gave_stays(teacher: Client) -> None:
    Institution.objects.update(logo="institutions/vecs.png")
    assert 'value="institutions/vecs.png"' in teacher.get(ADDRESS).content.decode()
    teacher.post(ADDRESS, {"picture": "institutions/vecs.png"})
    assert Institution.objects.get().logo.name == "institutions/vecs.png"


@pytest.mark.parametrize("fields", [{"picture_file": b"GIF89a", **DECLARED}, {"picture_file": None}])
def test_what_is_unfit_or_not_declared_changes_nothing(teacher: Client, fields: dict[str, Any]) -> None:
    Institution.objects.update(logo="institutions/vecs.png")
    answer = teacher.post(ADDRESS, {**fields, "picture_file": sent(fields["picture_file"])})
    assert answer.status_code == 200
    assert 'class="error-summary"' in answer.content.decode()
    assert (Institution.objects.get().logo.name, Picture.objects.count()) == ("institutions/vecs.png", 0)


def test_another_institutions_picture_and_page_are_not_theirs(teacher: Client, ours: Institution) -> None:
    others = make_institution("saulite")
    theirs = take_in(sent(), others, by=User.objects.get(), now=NOW)
    assert teacher.post(ADDRESS, {"picture": theirs.key}).status_code == 302
    assert teacher.post("/musu-iestade/saulite/logo/", {"picture": theirs.key}).status_code == 404
    assert teacher.get("/musu-iestade/saulite/logo/").status_code == 404
    assert Client().get(ADDRESS).status_code == 302
    assert list(Institution.objects.values_list("logo", flat=True)) == ["", ""]
