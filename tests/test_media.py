"""The media folder: pictures by their names, with headers of their own, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kopiena.floor.pictures.storing import store
from tests.pictures import sent

pytestmark = pytest.mark.django_db  # an answer that ends looks after the connection

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def _write(media: Path, name: str, content: bytes = b"<script>alert(1)</script>") -> None:
    (media / name).parent.mkdir(parents=True, exist_ok=True)
    (media / name).write_bytes(content)


@pytest.mark.parametrize(("kind", "type_"), [("avif", "image/avif"), ("webp", "image/webp"), ("jpg", "image/jpeg")])
def test_a_picture_may_be_kept_for_ever(client: Client, kind: str, type_: str) -> None:
    answer = client.get("/media/" + store(sent()).file((400, 200), kind), headers={"Accept-Encoding": "gzip"})
    content = b"".join(answer)  # type: ignore[call-overload]
    assert (answer.status_code, answer["Content-Type"], len(content)) == (200, type_, int(answer["Content-Length"]))
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer
    assert "Vary" not in answer
    assert "Content-Encoding" not in answer


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    address = "/media/" + store(sent()).name
    first = client.get(address)
    first.close()
    answer = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert (answer.status_code, answer.content) == (304, b"")
    assert {name: answer[name] for name in HEADERS} == HEADERS


def test_what_a_file_is_follows_from_its_name_alone(client: Client, media: Path) -> None:
    _write(media, "activities/Ezers ķ.JPEG")
    answer = client.get("/media/activities/Ezers ķ.JPEG")
    answer.close()
    assert answer["Content-Type"] == "image/jpeg"
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert not answer.has_header("Cache-Control")


@pytest.mark.parametrize(
    "name",
    [
        "activities/x.html",
        "activities/x.svg",
        "activities/x",
        "activities/x.jpg.html",
        "activities/.x.jpg",
        ".x/x.jpg",
        "pictures/x.jpg",
        f"pictures/{'a' * 32}/400x200.svg",
        f"pictures/{'a' * 32}/original.jpg",
        f"pictures/new-{'a' * 32}/400x200.jpg",
    ],
)
def test_what_is_no_picture_is_not_there(client: Client, media: Path, name: str) -> None:
    _write(media, name)
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", ".", "activities", "activities/", f"pictures/{'a' * 32}/", "pictures/", "activities/ezers.jpg/"),
        *("../secret.jpg", "activities/../../secret.jpg", "%2e%2e/secret.jpg", "..%2fsecret.jpg", "..%5csecret.jpg"),
        *("activities//ezers.jpg", "/activities/ezers.jpg", "activities/./ezers.jpg", "activities\\ezers.jpg"),
        *("%00", "activities/ezers.jpg%00", "activities/%00.jpg", "a%0a.jpg", "%ff.jpg", "%ed%a0%80.jpg"),
        *(
            f"{'a' * 300}.jpg",
            f"{'a/' * 3000}x.jpg",
            f"pictures/{'a' * 32}/99999x1.jpg",
            f"pictures/{'a' * 32}/1x1.jpg",
        ),
    ],
)
def test_nothing_leads_out_of_the_folder_or_lists_it(client: Client, media: Path, path: str) -> None:
    _write(media, "activities/ezers.jpg")
    _write(media.parent, "secret.jpg")
    assert client.get(f"/media/{path}").status_code == 404
