"""Public pages are made once for everybody; what is private, wrong or unknown is never kept."""

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from activities.finder import loading
from activities.models import Activity, Capacity
from kopiena.floor import kept, kept_pages, stamps

Make = Callable[..., Any]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("kept_again")]


@pytest.fixture
def kept_again() -> Iterator[None]:
    """Pages are kept, and every request asks for the stamp."""
    with override_settings(PAGES_KEPT=True, STAMP_READ_SECONDS=0):
        _forget()
        yield
        _forget()


def _forget() -> None:
    stamps.forget()
    kept.parts.clear()
    kept_pages.pages.clear()
    loading._last = None


def queries(client: Client, path: str, **headers: str) -> int:
    """How many it took beside the stamp."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, headers=headers).status_code == 200
    return sum("floor_offer_stamp" not in each["sql"] for each in asked)


def test_the_second_visitor_gets_the_page_of_the_first(client: Client, make_occurrence: Make) -> None:
    make_occurrence()
    for path in ("/", "/aktivitates/", "/kalendars/", "/aktivitates/aktivitate-1/", "/plans/2027/", "/par-mums/"):
        assert queries(client, path) > 0
        first = client.get(path)
        assert queries(Client(), path) == 0
        second = Client().get(path)
        assert (second.content, second.headers) == (first.content, first.headers)


def test_whatever_changes_is_seen_at_once(client: Client, make_occurrence: Make) -> None:
    make_occurrence(places=10)
    path = "/aktivitates/aktivitate-1/"
    assert "Palikušas 10 vietas" in client.get(path).content.decode()
    Capacity.objects.update(places=2)
    for _ in range(2):
        assert "Palikušas 2 vietas" in client.get(path).content.decode()
        assert "Palikušas 2 vietas" in client.get("/aktivitates/").content.decode()
    Activity.objects.update(state="draft")
    assert client.get(path).status_code == 404
    assert "Nav atrasta neviena aktivitāte" in client.get("/aktivitates/").content.decode()


def test_each_language_and_each_coding_is_a_page_of_its_own(client: Client, make_occurrence: Make) -> None:
    make_occurrence()
    plain = [client.get(path).content.decode() for path in ("/aktivitates/", "/ru/aktivitates/") * 2]
    assert plain[:2] == plain[2:]
    assert ("Atrasta 1" in plain[0], "Найдено 1" in plain[1]) == (True, True)
    for accepted in ("gzip, br", "gzip;q=0.5"):
        answer = client.get("/aktivitates/", headers={"accept-encoding": accepted})
        assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
        assert gzip.decompress(answer.content).decode() == plain[0]
    for refused in ("br", "gzip;q=0", "identity"):
        assert "Content-Encoding" not in client.get("/aktivitates/", headers={"accept-encoding": refused})


def test_the_same_question_in_other_words_is_the_same_page(client: Client, make_occurrence: Make) -> None:
    make_occurrence(theme="garden")
    client.get("/aktivitates/?theme=garden&ages=4,9")
    before = len(kept_pages.pages)
    for query in ("ages=9,4&theme=garden", "theme=garden&ages=4&ages=9&q=&since=", "ages=4+9&theme=garden&fbclid=X1"):
        assert queries(client, f"/aktivitates/?{query}") == 0
        page = client.get(f"/aktivitates/?{query}").content.decode()
        assert 'href="/ru/aktivitates/?theme=garden&amp;ages=4,9"' in page
    client.get("/kalendars/?utm_source=x&page=7")
    client.get("/kalendars/")
    assert len(kept_pages.pages) == before + 1


def test_asked_for_in_other_words_a_page_grows_no_older_than_it_may(
    client: Client, make_occurrence: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: clock[0])
    make_occurrence(theme="garden")
    client.get("/aktivitates/?theme=garden")
    clock[0] += kept.LIFETIME_SECONDS - 1
    assert queries(client, "/aktivitates/?theme=garden&q=") == 0
    clock[0] += 1
    assert queries(client, "/aktivitates/?theme=garden") > 0


@pytest.mark.parametrize(
    "path",
    [
        "/aktivitates/?nav=1",
        "/aktivitates/?theme=cars",
        "/aktivitates/?ages=x",
        "/aktivitates/?page=99",
        "/aktivitates/?q=%00&page=-1",
        "/aktivitates/?theme=garden&theme=home",
        f"/aktivitates/?q={'x' * 3000}",
        "/aktivitates/nav/",
        "/mans-pieteikums/",
        "/pieteikties/1/",
        "/pieteikums/abc/",
        "/konts/login/",
        "/healthz",
        "/media/nav.jpg",
        "/kalendars/2027-13/",
    ],
)
def test_nothing_is_kept_of_what_is_unknown_private_or_not_there(
    client: Client, make_occurrence: Make, path: str
) -> None:
    make_occurrence(theme="garden")
    client.get(path)
    assert len(kept_pages.pages) == 0


def test_a_browser_that_has_the_page_is_told_so_without_it(client: Client, make_occurrence: Make) -> None:
    make_occurrence()
    first = client.get("/aktivitates/")
    etag = first["ETag"]
    for asked in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        again = client.get("/aktivitates/", headers={"if-none-match": asked})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert (again["Cache-Control"], again["Vary"]) == ("public, no-cache", "Accept-Encoding")
    assert client.get("/aktivitates/", headers={"if-none-match": '"x"'}).status_code == 200
    zipped = client.get("/aktivitates/", headers={"accept-encoding": "gzip"})
    assert zipped["ETag"].removeprefix("W/") == etag
    Activity.objects.update(title_lv="Cita")
    assert client.get("/aktivitates/", headers={"if-none-match": etag}).status_code == 200


def test_also_a_page_that_nobody_has_kept_is_told_to_be_the_same(client: Client, make_occurrence: Make) -> None:
    make_occurrence()
    etag = client.get("/aktivitates/")["ETag"]
    _forget()
    with override_settings(PAGES_KEPT=False):
        assert client.get("/aktivitates/", headers={"if-none-match": etag}).status_code == 304


def test_kept_pages_carry_all_the_headers_of_a_fresh_one(client: Client) -> None:
    fresh, again = client.get("/par-mums/"), client.get("/par-mums/")
    for answer in (fresh, again):
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert (answer["X-Frame-Options"], answer["Content-Language"]) == ("DENY", "lv")
        assert not answer.cookies
    assert dict(fresh.headers) == dict(again.headers)


def test_a_signed_in_coordinator_sees_the_same_page_as_everybody(client: Client, django_user_model: Any) -> None:
    before = client.get("/par-mums/").content
    client.force_login(django_user_model.objects.create_superuser("a@example.lv", "a long enough secret"))
    assert client.get("/par-mums/").content == before
    kept_pages.pages.clear()
    assert client.get("/par-mums/").content == before


def test_post_and_head_are_answered_by_the_view(client: Client) -> None:
    client.get("/par-mums/")
    assert client.head("/par-mums/").status_code == 200
    assert client.post("/mans-pieteikums/", {}).status_code == 200
    assert len(kept_pages.pages) == 1
