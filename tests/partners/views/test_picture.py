"""A picture sent on its own: a key for who acts for the institution, nothing for anybody else."""

from pathlib import Path

import pytest
from django.test import Client

from kopiena.floor.models import User
from partners.models import Institution, Membership, Picture
from tests.partners.test_models import make_institution
from tests.pictures import file_of, picture, sent

pytestmark = pytest.mark.django_db

ADDRESS = "/musu-iestade/darzins/atteli/"


@pytest.fixture
def ours() -> Institution:
    return make_institution("darzins")


@pytest.fixture
def teacher(ours: Institution) -> Client:
    return _member(ours, "anna@example.lv")


def _member(institution: Institution, email: str) -> Client:
    user = User.objects.create_user(email)
    Membership.objects.create(institution=institution, user=user)
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_picture_sent_is_answered_with_its_key(teacher: Client, ours: Institution, media: Path) -> None:
    answer = teacher.post(ADDRESS, {"picture_declared": "on", "picture_file": sent()})
    made = Picture.objects.get()
    assert (made.institution, made.uploaded_by) == (ours, User.objects.get())
    assert answer.json() == {"key": made.key, "preview": made.address(400), "width": 400, "height": 200}
    assert answer["Cache-Control"] == "no-store, private"
    assert (media / made.kept.file((400, 200), "jpg")).is_file()


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_what_is_unfit_is_answered_with_a_sentence(teacher: Client, prefix: str) -> None:
    answer = teacher.post(prefix + ADDRESS, {"picture_declared": "on", "picture_file": sent(b"GIF89a")})
    assert answer.status_code == 200
    assert len(answer.json()["sentence"]) > 20
    assert Picture.objects.count() == 0


def test_a_file_of_20_megabytes_is_answered_with_a_sentence(teacher: Client) -> None:
    large = sent(file_of(picture()) + bytes(20_000_000))
    answer = teacher.post("/en" + ADDRESS, {"picture_declared": "on", "picture_file": large})
    assert answer.status_code == 200
    assert answer.json()["sentence"].startswith("The file is larger than 10 MB.")


@pytest.mark.parametrize("data", [{}, {"picture_declared": "on"}, {"picture_declared": "on", "picture_file": "none"}])
def test_without_a_file_there_is_a_sentence(teacher: Client, data: dict[str, str]) -> None:
    answer = teacher.post(ADDRESS, data)
    assert answer.status_code == 200
    assert answer.json()["sentence"]


def test_without_the_declaration_there_is_a_sentence(teacher: Client) -> None:
    answer = teacher.post("/en" + ADDRESS, {"picture_file": sent()})
    assert answer.status_code == 200
    assert answer.json()["sentence"].startswith("Tick this")
    assert Picture.objects.count() == 0


def test_for_others_there_is_no_such_address(teacher: Client, media: Path) -> None:
    other = _member(make_institution("saulite"), "zane@example.lv")
    assert other.post(ADDRESS, {"picture_declared": "on", "picture_file": sent()}).status_code == 404
    visitor = Client().post(ADDRESS, {"picture_declared": "on", "picture_file": sent()})
    assert visitor.status_code == 302
    Membership.objects.all().delete()
    assert teacher.post(ADDRESS, {"picture_declared": "on", "picture_file": sent()}).status_code == 404
    assert (Picture.objects.count(), list(media.glob("pictures/*"))) == (0, [])


def test_it_is_only_sent_to(teacher: Client) -> None:
    assert teacher.get(ADDRESS).status_code == 405


def test_a_page_elsewhere_cannot_send_one(ours: Institution) -> None:
    user = User.objects.create_user("anna@example.lv")
    Membership.objects.create(institution=ours, user=user)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(ADDRESS, {"picture_declared": "on", "picture_file": sent()}).status_code == 403
    assert Picture.objects.count() == 0
