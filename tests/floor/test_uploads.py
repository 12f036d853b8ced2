"""Residents' forms take no files; where one is asked for, it is kept up to the limit and the form in any case."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from kopiena.floor import uploads
from kopiena.floor.models import User


@pytest.fixture
def big(settings: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("big.bin", b"0" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))


@pytest.mark.django_db
def test_a_large_file_sent_to_a_residents_form_is_refused(
    client: Client, big: SimpleUploadedFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert client.post("/mans-pieteikums/", {"code": big, "contact": "2000 0000"}).status_code == 400
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_small_file_in_place_of_a_field_is_a_field_left_empty(client: Client) -> None:
    answer = client.post("/mans-pieteikums/", {"code": SimpleUploadedFile("a", b"x"), "contact": "2000 0000"})
    assert answer.status_code == 200
    assert "Ierakstiet koda 8 ciparus." in answer.content.decode()


ELSEWHERE = "/konts/login/"


@pytest.mark.django_db
def test_at_an_address_that_asks_for_no_file_none_is_written(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(uploads.FilesWhereAsked, "receive_data_chunk", _never)
    answer = client.post(
        ELSEWHERE, {"login": "anna@example.lv", "password": "x", "file": SimpleUploadedFile("a", b"x")}
    )
    assert answer.status_code == 200
    assert answer.wsgi_request.FILES == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_at_an_address_that_asks_for_no_file_much_is_refused(client: Client, big: SimpleUploadedFile) -> None:
    assert client.post(ELSEWHERE, {"login": "anna@example.lv", "password": "x", "file": big}).status_code == 400


def _never(*args: Any) -> None:
    raise AssertionError("a file was read")


@pytest.mark.django_db
def test_of_a_file_past_the_limit_nothing_stays_and_the_form_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rf: RequestFactory, settings: Any
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    request = _asked(rf, before="typed", file=SimpleUploadedFile("e.jpg", bytes(20_000_000)), after="typed too")
    file = request.FILES["file"]
    assert isinstance(file, uploads.TooLarge)
    assert (file.name, file.size, file.read()) == ("e.jpg", 20_000_000, b"")
    assert (request.POST["before"], request.POST["after"]) == ("typed", "typed too")
    assert list(tmp_path.iterdir()) == []
    request.close()


@pytest.mark.django_db
def test_a_file_up_to_the_limit_is_there_until_the_answer_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rf: RequestFactory, settings: Any
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content = bytes(settings.PICTURE_MAX_BYTES)
    request = _asked(rf, first=SimpleUploadedFile("a.jpg", content + b"x"), file=SimpleUploadedFile("e.jpg", content))
    assert request.FILES["file"].size == len(request.FILES["file"].read()) == len(content)
    assert isinstance(request.FILES["first"], uploads.TooLarge)
    assert len(list(tmp_path.iterdir())) == 1
    request.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_more_than_is_read_at_all_is_refused_at_once(rf: RequestFactory, settings: Any) -> None:
    settings.UPLOAD_READ_BYTES = 1000
    with pytest.raises(RequestDataTooBig):
        _asked(rf, file=SimpleUploadedFile("e.jpg", bytes(1000))).FILES  # noqa: B018


def _asked(rf: RequestFactory, **fields: Any) -> Any:
    """A form sent by somebody signed in to an address that asks for a file."""

    @uploads.takes_files
    def view(request: Any) -> None:
        """Never called."""

    request = rf.post("/", fields)
    request.user = User.objects.create_user("anna@example.lv")
    request.resolver_match = ResolverMatch(view, (), {})
    return request
