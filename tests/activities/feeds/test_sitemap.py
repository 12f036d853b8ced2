"""The sitemap: every public page in three languages, nothing else, and in several files where it grows too long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from activities.feeds import sitemap
from activities.models import Activity
from partners.models import Institution, Project
from tests.conftest import NOW

Make = Callable[..., Any]
Fetch = Callable[..., Any]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://127.0.0.1:8000"


def addresses(content: bytes) -> list[str]:
    return [each.text or "" for each in ET.fromstring(content).iter(f"{MAP}loc")]


def test_every_address_in_it_is_a_page_that_says_the_same_of_its_languages(
    fetch: Fetch, client: Client, make_occurrence: Make
) -> None:
    occurrence = make_occurrence(slug="talka")
    occurrence.activity.organisers.add(
        Institution.objects.create(slug="20-pii", kind="preschool", short_name_lv="20", name_lv="20. PII")
    )
    Project.objects.create(slug="kopienas", title_lv="Kopienas", state="published")
    urls = list(ET.fromstring(fetch("/sitemap.xml").content))
    told = {
        url.findtext(f"{MAP}loc"): {each.get("hreflang"): each.get("href") for each in url if each.get("href")}
        for url in urls
    }
    assert len(told) == len(urls) >= 3 * 13
    for address, others in told.items():
        page = fetch(str(address).removeprefix(SITE)).content.decode()
        assert set(others) == {"lv", "ru", "en", "x-default"}
        assert others["x-default"] == others["lv"]
        assert address in others.values()
        for language in ("lv", "ru", "en"):
            assert f'hreflang="{language}" href="{others[language]}"' in page, address


def test_what_changed_says_when(fetch: Fetch, make_activity: Make) -> None:
    make_activity(slug="talka")
    Activity.objects.update(changed_at=NOW)
    days = {
        url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in ET.fromstring(fetch("/sitemap.xml").content)
    }
    known = {address for address, day in days.items() if day}
    assert known == {f"{SITE}{path}/aktivitates/talka/" for path in ("", "/ru", "/en")}
    assert days[f"{SITE}/aktivitates/talka/"] == "2027-03-01T10:00:00Z"


def test_what_is_too_long_becomes_an_index_of_files_that_hold_the_same(
    fetch: Fetch, make_activity: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_activity()
    whole = addresses(fetch("/sitemap.xml").content)
    fetch("/sitemap-1.xml", 404)
    monkeypatch.setattr(sitemap, "PAGES_A_FILE", 10)
    index = fetch("/sitemap.xml").content
    assert ET.fromstring(index).tag == f"{MAP}sitemapindex"
    parts = addresses(index)
    found = [address for part in parts for address in addresses(fetch(part.removeprefix(SITE)).content)]
    assert found == whole
    assert len(parts) == len(whole) // 30 + 1
    for number in (0, len(parts) + 1, 99999999999999999999):
        fetch(f"/sitemap-{number}.xml", 404)


def test_of_the_months_to_come_only_those_with_something_in_them(fetch: Fetch, make_occurrence: Make) -> None:
    for days in (-40, 0, 5, 33, 340, 400):
        make_occurrence(starts_at=NOW + timedelta(days=days))
    make_occurrence(starts_at=NOW + timedelta(days=100), audience="discreet")
    make_occurrence(starts_at=NOW + timedelta(days=130), state="draft")
    found = addresses(fetch("/sitemap.xml").content)
    months = [address[len(SITE) :] for address in found if address.startswith(f"{SITE}/kalendars/")]
    assert months == ["/kalendars/2027-03/", "/kalendars/2027-04/", "/kalendars/2028-02/"]


def test_a_file_never_holds_more_than_a_sitemap_may() -> None:
    assert sitemap.PAGES_A_FILE * 3 < 50_000
