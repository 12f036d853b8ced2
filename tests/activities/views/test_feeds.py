"""How feeds are answered: to everybody alike, not again while they are the same, with few queries, and never of what
is not for everybody."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from activities.models import Activity, Meeting, Occurrence, Venue
from partners.models import Institution, Project
from tests.conftest import NOW

Make = Callable[..., Any]
Fetch = Callable[..., Any]
FEEDS = {
    "/kalendars.ics": "text/calendar; charset=utf-8",
    "/ru/kalendars.ics": "text/calendar; charset=utf-8",
    "/kalendars.ics?theme=cleanup&ages=5&project=kopienas&institution=20-pii": "text/calendar; charset=utf-8",
    "/aktivitates/talka.ics": "text/calendar; charset=utf-8",
    "/aktivitates.atom": "application/atom+xml; charset=utf-8",
    "/en/aktivitates.atom": "application/atom+xml; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
}
CANARY = "Kanarijputniņš"


@pytest.fixture
def fetch(client: Client, db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield lambda path, **headers: client.get(path, headers=headers)


@pytest.fixture
def offered(make_occurrence: Make) -> Callable[[], Activity]:
    """Makes one more activity of the project and the kindergarten, with a date."""

    def make(**fields: Any) -> Activity:
        project, _ = Project.objects.get_or_create(slug="kopienas", title_lv="Kopienas", state="published")
        institution, _ = Institution.objects.get_or_create(slug="20-pii", kind="preschool", name_lv="20. PII")
        number = Activity.objects.count()
        slug = f"talka-{number}" if number else "talka"
        activity: Activity = make_occurrence(**{"slug": slug, "project": project, **fields}).activity
        activity.organisers.add(institution)
        venue = Venue.objects.create(slug=f"vieta-{number}", name_lv=f"Vieta {number}")
        Meeting.objects.filter(occurrence__activity=activity).update(venue=venue)
        return activity

    return make


@pytest.mark.parametrize("path", FEEDS)
def test_to_everybody_alike_and_asked_for_anew(fetch: Fetch, offered: Any, path: str) -> None:
    offered()
    response = fetch(path)
    assert (response.status_code, response["Content-Type"]) == (200, FEEDS[path])
    assert response["Cache-Control"] == "public, no-cache"
    assert not response.cookies
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"


@pytest.mark.parametrize("packed", ["", "gzip"])
@pytest.mark.parametrize("path", FEEDS)
def test_what_is_the_same_is_not_sent_again(fetch: Fetch, offered: Any, path: str, packed: str) -> None:
    offered()
    headers = {"accept-encoding": packed} if packed else {}
    first = fetch(path, **headers)
    again = fetch(path, if_none_match=first["ETag"], **headers)
    assert (again.status_code, again.content, again["ETag"].removeprefix("W/")) == (
        304,
        b"",
        first["ETag"].removeprefix("W/"),
    )
    assert again["Cache-Control"] == "public, no-cache"
    if path != "/robots.txt":
        offered()
        Activity.objects.update(title_lv="Cita", title_ru="Другая", title_en="Other")
        assert fetch(path, if_none_match=first["ETag"], **headers).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_few_queries_however_much_there_is(
    fetch: Fetch, offered: Any, path: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    offered()
    with django_assert_max_num_queries(4 + 4) as one:  # four are the catalogue's, asked once after a change
        fetch(path)
    for _ in range(3):
        offered()
    with django_assert_num_queries(len(one)):
        assert fetch(path).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_a_head_is_answered_without_a_body(client: Client, offered: Any, path: str) -> None:
    offered()
    with time_machine.travel(NOW, tick=False):
        response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": "invited"},
        {"audience": "discreet"},
        *({"state": state} for state in ("draft", "proposed", "returned", "archived")),
    ],
    ids=str,
)
def test_nothing_of_what_is_not_for_everybody_is_anywhere(fetch: Fetch, offered: Any, hidden: dict[str, str]) -> None:
    """The word stands in every text of the hidden one, in its slug, its date, its meeting, its venue and its makers."""
    texts = [field.name for field in Activity._meta.fields if re.search("_(lv|ru|en)$", field.name)]
    activity = offered(slug="kanarijputnins", **dict.fromkeys(texts, CANARY), **hidden)
    Occurrence.objects.filter(activity=activity).update(name_lv=CANARY, reason_lv=CANARY)
    venue = Venue.objects.create(slug="kanarijputnins", name_lv=CANARY, address=CANARY)
    Meeting.objects.update(name_lv=CANARY, venue=venue)
    draft = Project.objects.create(slug="kanarijputnins", title_lv=CANARY)
    Activity.objects.filter(pk=activity.pk).update(project=draft)
    shown = offered(made_for=activity, title_lv="Redzama")
    paths = [
        *FEEDS,
        f"/aktivitates/{shown.slug}/",
        f"/aktivitates/{shown.slug}.ics",
        "/iestades/20-pii/",
        "/aktivitates/",
    ]
    paths += [path for path in ("/kalendars.ics?institution=20-pii", "/kalendars.ics?theme=cleanup&party=1")]
    for path in paths:
        content = fetch(path).content.replace(b"\r\n ", b"")
        assert CANARY.encode() not in content, path
        assert b"kanarijputnins" not in content, path
    for path in ("/aktivitates/kanarijputnins.ics", "/kalendars.ics?project=kanarijputnins"):
        assert fetch(path).status_code == 404
    assert b"Redzama" in fetch("/kalendars.ics").content
    assert b"Redzama" in fetch("/aktivitates.atom").content


def test_the_canary_sings_where_it_may(fetch: Fetch, offered: Any) -> None:
    offered(title_lv=CANARY, slug="kanarijputnins", published_at=NOW - timedelta(days=1))
    for path in (
        "/kalendars.ics",
        "/aktivitates.atom",
        "/aktivitates/kanarijputnins.ics",
        "/aktivitates/kanarijputnins/",
    ):
        assert CANARY.encode() in fetch(path).content, path
    assert b"kanarijputnins" in fetch("/sitemap.xml").content


@pytest.mark.parametrize(
    "path", ["/aktivitates/%00.ics", "/aktivitates/" + "a" * 5000 + ".ics", "/sitemap--1.xml", "/ru/robots.txt"]
)
def test_what_is_no_address_is_not_there(fetch: Fetch, path: str) -> None:
    assert fetch(path).status_code == 404
