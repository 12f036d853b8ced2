"""The path decides the language, what bears no mark is closed, and a database that is away is said calmly."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import get_language

from activities.models import Occurrence
from families import links, registering
from families.parties import Party
from families.registering import Sender
from kopiena import urls as real
from kopiena.floor.access import public
from kopiena.floor.models import User

pytestmark = pytest.mark.django_db

RETRY_AFTER = "5"
SORRY = {"": "lv", "/ru": "ru", "/en": "en"}


def says_language(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{get_language()} {request.LANGUAGE_CODE}")  # type: ignore[attr-defined]


def fails_with(error: type[Exception]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


def cut_off(request: HttpRequest) -> HttpResponse:
    """What psycopg2 says at the first word of a transaction over a connection that died meanwhile."""
    raise DatabaseError from psycopg2.DatabaseError("server closed the connection unexpectedly")


views = [
    path("unmarked/", lambda request: HttpResponse()),
    path("language/", public(says_language)),
    path("operational/", public(fails_with(OperationalError))),
    path("interface/", public(fails_with(InterfaceError))),
    path("mistake/", public(fails_with(ValueError))),
    path("cut/", public(cut_off)),
    path("refused/", public(fails_with(DatabaseError))),
]
urlpatterns = [path("", include(views)), path("ru/", include(views)), path("en/", include(views)), *real.urlpatterns]
handler500, handler503 = real.handler500, real.handler503


@pytest.fixture
def ours(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(("prefix", "language"), SORRY.items())
def test_the_language_is_what_the_path_says_whatever_the_browser_asks(prefix: str, language: str) -> None:
    client = Client(headers={"accept-language": "de, ru;q=0.9"})
    client.cookies["django_language"] = "en"
    response = client.get(f"{prefix}/language/")
    assert (response.content.decode(), response["Content-Language"]) == (f"{language} {language}", language)


@pytest.mark.usefixtures("ours")
def test_the_language_of_one_request_does_not_stay_for_the_next(client: Client) -> None:
    before = get_language()
    client.get("/ru/language/")
    assert get_language() == before
    assert client.get("/language/").content == b"lv lv"


@pytest.mark.usefixtures("ours")
def test_a_view_without_a_mark_asks_for_sign_in(client: Client) -> None:
    response = client.get("/unmarked/?a=1")
    assert (response.status_code, response["Location"]) == (302, "/konts/login/?next=/unmarked/%3Fa%3D1")
    client.force_login(User.objects.create_user("staff@example.lv"))
    assert client.get("/unmarked/").status_code == 200


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("address", ["operational", "interface", "cut"])
@pytest.mark.parametrize(("prefix", "language"), SORRY.items())
def test_a_database_that_is_away_is_a_calm_page_in_the_paths_language(
    client: Client, prefix: str, language: str, address: str
) -> None:
    response = client.get(f"{prefix}/{address}/")
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, RETRY_AFTER, "no-store")
    assert f'<html lang="{language}"' in response.content.decode()
    assert not response.cookies


@pytest.mark.usefixtures("ours")
def test_a_mistake_of_ours_is_not_passed_off_as_a_busy_database(client: Client) -> None:
    client.raise_request_exception = False
    assert client.get("/mistake/").status_code == 500


@pytest.fixture
def open_to_all(make_occurrence: Callable[..., Occurrence]) -> list[str]:
    """Every kind of page that anybody may open, private ones too, in Latvian."""
    soon = timezone.now() + timedelta(days=10)
    occurrence = make_occurrence(starts_at=soon, published_at=datetime(2026, 1, 1, tzinfo=UTC))
    sender = Sender(name="Anna", language="lv", phone="+37120000000")
    sent = registering.register("token", occurrence.pk, sender, Party(adults=2), now=timezone.now())
    ours = f"/pieteikums/{links.link_of(sent)}/"
    public_ones = ["/", "/kalendars/", "/aktivitates/", "/iestades/", "/projekti/", "/par-mums/", "/par-mums/iestadem/"]
    texts = ["/privatums/", "/pieklustamiba/", f"/plans/{soon.year}/", f"/aktivitates/{occurrence.activity.slug}/"]
    forms = [f"/pieteikties/{occurrence.pk}/", "/mans-pieteikums/"]
    return [*public_ones, *texts, *forms, ours, f"{ours}mainit/", f"{ours}atcelt/", f"{ours}izdruka/"]


def in_all_languages(addresses: list[str]) -> Iterator[str]:
    yield from (prefix + address for address in addresses for prefix in SORRY)


def test_no_page_of_a_resident_sets_a_cookie_or_differs_by_one(open_to_all: list[str]) -> None:
    client = Client(headers={"accept-language": "ru"})
    client.cookies["sessionid"] = "of-somebody"
    for address in in_all_languages(open_to_all):
        response = client.get(address)
        varies = {word.strip().lower() for word in response.headers.get("Vary", "").split(",")}
        assert (address, response.status_code) == (address, 200)
        assert (address, varies & {"cookie", "accept-language", "*"}) == (address, set())
        assert (address, list(response.cookies)) == (address, [])
        assert (address, b"csrfmiddlewaretoken" in response.content) == (address, False)


def test_a_public_page_is_the_same_for_those_who_work_here(open_to_all: list[str], client: Client) -> None:
    staff = Client()
    staff.force_login(User.objects.create_superuser("staff@example.lv"))
    forms = ("/pieteik", "/mans", "/par-mums/iestadem")  # each form is one of its own
    pages = [address for address in open_to_all if not address.startswith(forms)]
    assert [address for address in pages if client.get(address).content != staff.get(address).content] == []


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Takes the database away: whatever is asked of it fails as psycopg2 fails."""

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    def take() -> None:
        monkeypatch.setattr(CursorWrapper, "execute", refuse)
        monkeypatch.setattr(CursorWrapper, "executemany", refuse)

    return take


def test_every_page_says_calmly_that_the_database_is_away(
    open_to_all: list[str], client: Client, away: Callable[[], None]
) -> None:
    away()
    answers = {address: client.get(address) for address in in_all_languages(open_to_all)}
    found = {address: (answer.status_code, answer.headers.get("Retry-After")) for address, answer in answers.items()}
    empty_form = "/mans-pieteikums/"  # which asks the database nothing yet
    assert found == {
        address: (200, None) if address.endswith(empty_form) else (503, RETRY_AFTER) for address in answers
    }


@pytest.mark.parametrize("address", ["/admin/", "/admin/families/registration/", "/konts/login/"])
def test_those_who_are_signed_in_are_told_as_calmly(address: str, client: Client, away: Callable[[], None]) -> None:
    client.force_login(User.objects.create_superuser("staff@example.lv"))
    away()
    client.raise_request_exception = False
    response = client.get(address)
    assert (response.status_code, response.headers.get("Retry-After")) == (503, RETRY_AFTER)


NOT_THERE = [("/nav/", "Šādas lapas nav"), ("/ru/net/", "Такой страницы нет"), ("/aktivitates/nav/", "Šādas lapas nav")]


@pytest.mark.parametrize(("address", "words"), NOT_THERE)
@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.django_db
def test_what_is_not_there_is_our_own_page_with_debug_too(
    client: Client, settings: Any, address: str, words: str, debug: bool
) -> None:
    settings.DEBUG = debug
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert words in page
    assert "URLconf" not in page
    assert '<main id="main"' in page


@pytest.mark.django_db
def test_a_forgotten_last_slash_is_still_added_with_debug(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    assert client.get("/kalendars").headers["Location"] == "/kalendars/"
