"""In a real browser: the data for search engines is no script, and the calendar comes as a file."""

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.browser.conftest import LANGUAGES, Site


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_for_search_engines_stands_on_the_page_and_offends_no_rule(
    visit: Any, site: Site, language: str
) -> None:
    page = visit()
    page.goto(site(f"/aktivitates/{site.activity}/", language))
    told = json.loads(page.locator("script[type='application/ld+json']").text_content())
    assert told["name"] == page.locator("h1").inner_text()
    assert told["@type"] == "Event"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_taken_along_as_a_calendar(visit: Any, site: Site, language: str, tmp_path: Path) -> None:
    page = visit()
    page.goto(site("/aktivitates/?theme=cleanup", language))
    with page.expect_download() as coming:
        page.locator("main a[href*='.ics']").click()
    coming.value.save_as(tmp_path / "kopiena.ics")
    events = Calendar.from_ical((tmp_path / "kopiena.ics").read_bytes()).events
    assert len(events) >= 2
    assert any("/aktivitates/talka-pie-ezera/" in event["url"] for event in events)
