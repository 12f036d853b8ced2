"""What search engines may read: every public page, and nothing that is a form, private or the office's."""

from collections.abc import Callable
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from django.test import override_settings
from django.urls import get_resolver, reverse
from django.utils import translation

from kopiena.floor.access import mark_of
from tests.guards.test_access_marks import addresses

Fetch = Callable[..., Any]
FOUND = "par-mums/iestadem/"  # a form, and a page that institutions look for


@pytest.fixture
def rules(fetch: Fetch) -> RobotFileParser:
    read = RobotFileParser()
    read.parse(fetch("/robots.txt").content.decode().splitlines())
    return read


def test_what_is_not_a_public_page_is_closed_in_every_language(rules: RobotFileParser) -> None:
    closed = [
        ("/" + route).replace("<str:link>", "a").replace("<int:occurrence_id>", "7")
        for _namespace, _name, route, view in addresses(get_resolver().url_patterns)
        if mark_of(view) != "public" and "(?P" not in route and route != FOUND
    ]
    assert len(closed) > 60
    assert [path for path in closed if rules.can_fetch("*", path)] == []
    for language in ("ru", "en"):
        with translation.override(language):
            assert not rules.can_fetch("*", reverse("families:find"))
            assert not rules.can_fetch("*", reverse("families:registration", args=["a"]))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ru/",
        "/par-mums/iestadem/",
        "/aktivitates/talka/",
        "/en/kalendars/2027-03/",
        "/kalendars.ics",
        "/static/a.css",
    ],
)
def test_public_pages_are_open(rules: RobotFileParser, path: str) -> None:
    assert rules.can_fetch("*", path)


@override_settings(SITE_URL="https://kopiena.example.lv")
def test_it_leads_to_the_sitemap(fetch: Fetch) -> None:
    response = fetch("/robots.txt")
    assert "\nSitemap: https://kopiena.example.lv/sitemap.xml\n" in response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
