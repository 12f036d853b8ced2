"""The addresses of the pictures: in three languages, for what anybody may see and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from activities.views import picture
from kopiena.floor.access import mark_of

Make = Callable[..., Any]

pytestmark = pytest.mark.usefixtures("at_noon")


def sizes(png: bytes) -> tuple[str | None, tuple[int, int]]:
    with Image.open(BytesIO(png)) as image:
        return image.format, image.size


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_an_activity_has_a_picture_in_each_language(client: Client, make_occurrence: Make, prefix: str) -> None:
    make_occurrence(slug="talka")
    response = client.get(f"{prefix}/attels/talka.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert sizes(response.content) == ("PNG", (1200, 630))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_languages_and_the_days_give_different_pictures(
    client: Client, make_occurrence: Make, now: datetime
) -> None:
    occurrence = make_occurrence(slug="talka")
    made = [client.get(f"{prefix}/attels/talka.png").content for prefix in ("", "/ru", "/en")]
    occurrence.meetings.update(starts_at=now + timedelta(days=11), ends_at=now + timedelta(days=12))
    made.append(client.get("/attels/talka.png").content)
    assert len(set(made)) == 4


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_every_other_page_has_the_picture_of_the_site(client: Client, prefix: str) -> None:
    response = client.get(f"{prefix}/attels/kopiena.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert sizes(response.content) == ("PNG", (1200, 630))
    assert not response.cookies


def test_what_is_asked_besides_changes_nothing(client: Client, make_occurrence: Make) -> None:
    make_occurrence(slug="talka")
    plain = client.get("/attels/talka.png").content
    assert client.get("/attels/talka.png?v=2&size=99999&title=%00%ff").content == plain
    assert client.get("/attels/talka.png?" + "a" * 100_000).content == plain


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft"},
        {"state": "proposed"},
        {"state": "returned"},
        {"state": "archived"},
        {"audience": "invited"},
        {"audience": "discreet"},
    ],
    ids=lambda fields: next(iter(fields.values())),
)
def test_what_nobody_may_see_has_no_picture_and_answers_as_what_is_not_there(
    client: Client, make_occurrence: Make, fields: dict[str, str]
) -> None:
    make_occurrence(slug="kanarejputns", title_lv="Kanārijputns", **fields)
    for prefix in ("", "/ru", "/en"):
        hidden = client.get(f"{prefix}/attels/kanarejputns.png")
        nothing = client.get(f"{prefix}/attels/kanarejputnX.png")
        assert (hidden.status_code, nothing.status_code) == (404, 404)
        assert hidden.content.replace(b"kanarejputns", b"kanarejputnX") == nothing.content


@pytest.mark.parametrize(
    "path", ["nav-tadas", "-", "a" * 500, "talka.jpg", "%00", "..%2f..%2fetc%2fpasswd", "t%C4%81lka"]
)
def test_a_slug_that_is_not_there_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(f"/attels/{path}.png").status_code == 404


def test_three_queries_however_many_dates_there_are(
    client: Client, make_occurrence: Make, now: datetime, django_assert_num_queries: Any
) -> None:
    occurrence = make_occurrence(slug="talka")
    with django_assert_num_queries(3):
        client.get("/attels/talka.png")
    for days in (20, 30):
        make_occurrence(activity=occurrence.activity, starts_at=now + timedelta(days=days))
    with django_assert_num_queries(3):
        client.get("/attels/talka.png")


def test_the_picture_of_the_site_asks_the_database_nothing(
    client: Client, django_assert_num_queries: Any, db: None
) -> None:
    with django_assert_num_queries(0):
        client.get("/attels/kopiena.png")


def test_the_addresses_bear_the_mark_of_pages_for_all() -> None:
    assert (mark_of(picture.activity), mark_of(picture.site)) == ("public", "public")
    with translation.override("ru"):
        assert reverse("activities:picture", args=["talka"]) == "/ru/attels/talka.png"
        assert reverse("activities:site_picture") == "/ru/attels/kopiena.png"
