"""Residents' forms take no files."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


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
