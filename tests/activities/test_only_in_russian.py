"""An activity written in Russian only is whole wherever it is told: pages, calendars, feeds, search, pictures."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from activities.feeds import structured
from activities.fetching import story_of
from activities.models import Occurrence
from activities.models.meeting import RIGA
from activities.search import indexing
from tests.conftest import NOW

TITLE = "Лук на подоконнике"
PAGES = ("/", "/aktivitates/luk/", "/aktivitates/", "/kalendars/", "/kalendars/2027-03/", "/kalendars/2027-03/dienas/")
See = Callable[..., str]


@pytest.fixture
def russian(make_occurrence: Callable[..., Occurrence]) -> Occurrence:
    texts = {"title_lv": "", "title_en": "", "title_ru": TITLE, "summary_ru": "Вместе сеем лук."}
    return make_occurrence(slug="luk", starts_at=NOW + timedelta(days=2), **texts)


@pytest.mark.parametrize(
    "path",
    ["/aktivitates/luk/", "/aktivitates/", "/kalendars/", "/kalendars/2027-03/", "/kalendars/2027-03/dienas/", "/"],
)
def test_each_page_names_it_and_says_its_language(russian: Occurrence, see: See, path: str) -> None:
    page = see(path)

    assert f'lang="ru">{TITLE}' in page


def test_it_is_found_by_its_words(russian: Occurrence, see: See) -> None:
    indexing.index_owed()

    assert TITLE in see("/aktivitates/?q=подоконник")


@pytest.mark.parametrize("path", ["/aktivitates/luk.ics", "/kalendars.ics", "/aktivitates.atom"])
def test_each_feed_names_it(russian: Occurrence, at_noon: None, client: Any, path: str) -> None:
    content = client.get(path).content.decode().replace("\r\n ", "")

    assert TITLE in content
    assert "SUMMARY:\r" not in content


def test_search_engines_are_told_its_title(russian: Occurrence) -> None:
    story: Any = story_of("luk", NOW)
    with translation.override("lv"):
        told = str(structured.script(story.activity, story.offers))
    event = json.loads(told.partition(">")[2].rpartition("<")[0])

    assert (event["name"], event["description"]) == (TITLE, "Вместе сеем лук.")
    assert event["startDate"] == (NOW + timedelta(days=2)).astimezone(RIGA).isoformat()


def test_its_picture_is_drawn(russian: Occurrence, at_noon: None, client: Any) -> None:
    answer = client.get("/attels/luk.png")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


def test_its_sign_up_page_names_it(russian: Occurrence, see: See) -> None:
    assert TITLE in see(russian.get_sign_up_url())
