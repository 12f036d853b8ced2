"""Private links do not get into the log."""

import logging

import pytest
from django.conf import settings

from kopiena.floor.private_log import WithoutPrivateLinks, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Not Found: /pieteikums/Ab-12_x/", "Not Found: /pieteikums/…/"),
        ("Not Found: /ru/pieteikums/Ab-12_x/mainit/", "Not Found: /ru/pieteikums/…/mainit/"),
        ("Internal Server Error: /en/pieteikums/Ab-12_x?a=1", "Internal Server Error: /en/pieteikums/…?a=1"),
        ("Not Found: /pieteikties/12/", "Not Found: /pieteikties/12/"),
        ("Not Found: /pieteikums/", "Not Found: /pieteikums/"),
    ],
)
def test_the_secret_part_of_an_address_is_left_out_and_nothing_else(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_record_of_django_s_is_masked_whole() -> None:
    record = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Not Found", "/pieteikums/secret/"), None)
    assert WithoutPrivateLinks().filter(record)
    assert record.getMessage() == "Not Found: /pieteikums/…/"


def test_every_way_out_of_the_log_has_the_filter() -> None:
    assert settings.LOGGING["handlers"]
    for name, handler in settings.LOGGING["handlers"].items():
        assert "without_private_links" in handler.get("filters", []), name
