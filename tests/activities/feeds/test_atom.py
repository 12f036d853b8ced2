"""The newest activities for feed readers, by the rules of RFC 4287."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from activities.models import Activity
from tests.conftest import NOW

Make = Callable[..., Any]
Fetch = Callable[..., Any]
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ODD = "Ģimene & <b>draugi</b> \"un\" 'citi' ]]> 🌱\x0b\x1f\ufffe"
FIRST = {"lv": "/", "ru": "/ru/", "en": "/en/"}


def faults(feed: ET.Element) -> list[str]:
    """What RFC 4287 asks for (4.1.1, 4.1.2, 3.3, 4.2.6) and is not there."""
    found = []
    for element, needed in [
        (feed, ("id", "title", "updated", "author")),
        *((e, ("id", "title", "updated")) for e in entries(feed)),
    ]:
        found += [f"{element.tag}: {name}" for name in needed if len(element.findall(ATOM + name)) != 1]
        found += [f"not whole: {each.text}" for each in element.findall(f"{ATOM}id") if not urlsplit(each.text).scheme]
        for name in ("updated", "published"):
            moments = [datetime.fromisoformat(each.text or "") for each in element.findall(ATOM + name)]
            found += [f"no offset: {moment}" for moment in moments if moment.tzinfo is None]
        found += [
            f"a link to {each.get('href')}" for each in links(element) if not str(each.get("href")).startswith("http")
        ]
        if element is not feed and not links(element, "alternate") and element.find(f"{ATOM}content") is None:
            found.append("neither content nor a page")
    if len(links(feed, "self")) != 1:
        found.append("no link to itself")
    names = [each.findtext(f"{ATOM}id") for each in entries(feed)]
    return found + (["two entries of one id"] if len(set(names)) != len(names) else [])


def entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


def links(element: ET.Element, rel: str | None = None) -> list[ET.Element]:
    return [each for each in element.findall(f"{ATOM}link") if rel in (None, each.get("rel"))]


def said(feed: ET.Element, name: str = "title") -> list[str | None]:
    return [each.findtext(ATOM + name) for each in entries(feed)]


@pytest.fixture
def read(fetch: Fetch) -> Callable[[str], ET.Element]:
    return lambda path="/aktivitates.atom": ET.fromstring(fetch(path).content)


@pytest.mark.parametrize("language", FIRST)
def test_it_keeps_the_rules_of_atom(read: Any, make_occurrence: Make, make_activity: Make, language: str) -> None:
    make_occurrence(title_lv=ODD, title_ru="", summary_lv=ODD)
    make_activity(approximate_year=2027, summary_ru="Ждём всех.")
    feed = read(FIRST[language] + "aktivitates.atom")
    assert faults(feed) == []
    assert len(entries(feed)) == 2
    assert feed.get(LANG) == language
    (itself,) = links(feed, "self")
    assert itself.get("href") == f"http://127.0.0.1:8000{FIRST[language]}aktivitates.atom"


def test_an_empty_feed_keeps_them_too(read: Any) -> None:
    feed = read()
    assert (faults(feed), entries(feed)) == ([], [])


def test_the_finder_of_faults_finds_them() -> None:
    feed = ET.fromstring(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><entry><updated>2027-03-01T10:00:00</updated></entry></feed>'
    )
    assert len(faults(feed)) == 9


def test_what_was_published_last_comes_first_and_no_more_than_50(read: Any, make_activity: Make) -> None:
    for hour in range(52):
        make_activity(title_lv=str(hour), published_at=NOW - timedelta(hours=hour))
    make_activity(title_lv="rīt", published_at=NOW + timedelta(hours=1))
    assert said(read()) == [str(hour) for hour in range(50)]


def test_texts_come_back_whole_and_what_is_in_another_language_says_so(read: Any, make_occurrence: Make) -> None:
    make_occurrence(slug="talka", title_lv=ODD, title_ru="", title_en="", summary_lv="Kopā.", theme="cleanup")
    (entry,) = entries(read("/ru/aktivitates.atom"))
    title, content = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}content")
    assert (title.text, title.get(LANG)) == (ODD.rstrip("\x0b\x1f\ufffe"), "lv")
    assert (content.text, content.get(LANG)) == ("Kopā.", "lv")
    assert entry.findtext(f"{ATOM}summary") == "в четверг, 11 марта, с 12.00 до 14.00"
    assert entry.find(f"{ATOM}category").attrib == {"term": "cleanup", "label": "Субботники"}
    (page,) = links(entry, "alternate")
    assert page.get("href") == "http://127.0.0.1:8000/ru/aktivitates/talka/"


def test_it_is_updated_when_the_activity_changes_and_keeps_its_id(read: Any, make_activity: Make) -> None:
    make_activity(title_lv="A")
    Activity.objects.update(changed_at=NOW - timedelta(days=30))
    (before,) = entries(read())
    assert (before.findtext(f"{ATOM}updated"), before.findtext(f"{ATOM}published")) == ("2027-03-01T10:00:00Z",) * 2
    Activity.objects.update(changed_at=NOW + timedelta(days=1))
    feed = read()
    (after,) = entries(feed)
    assert after.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == "2027-03-02T10:00:00Z"
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")


def test_the_feeds_of_two_languages_share_no_id(read: Any, make_activity: Make) -> None:
    make_activity()
    ids = [element.text for path in FIRST.values() for element in read(f"{path}aktivitates.atom").iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 6


@pytest.mark.parametrize("path", ["/", "/aktivitates/", "/ru/", "/ru/aktivitates/"])
def test_pages_say_where_it_is(fetch: Fetch, path: str) -> None:
    head = fetch(path).content.decode().partition("</head>")[0]
    language = "/ru" if path.startswith("/ru") else ""
    assert '<link rel="alternate" type="application/atom+xml"' in head
    assert f'href="{language}/aktivitates.atom"' in head
