"""Access marks: who is let in, what may be kept of the page, and what a forged form could do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from kopiena import urls as real
from kopiena.floor.access import by_link, coordinator_required, is_coordinator, mark_of, public, public_form
from kopiena.floor.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

PRIVATE = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def answers(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


def is_not_there(request: HttpRequest) -> HttpResponse:
    raise Http404


def has_no_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def wrapped(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view anew, so that each mark sits on a function of its own."""
    return lambda request: view(request)


urlpatterns = [
    path("public/", public(wrapped(answers))),
    path("form/", public_form(wrapped(answers))),
    path("link/", by_link(wrapped(answers))),
    path("link/gone/", by_link(wrapped(is_not_there))),
    path("link/away/", by_link(wrapped(has_no_database))),
    path("link/broken/", by_link(wrapped(breaks))),
    path("office/", coordinator_required(wrapped(answers))),
    path("office/gone/", coordinator_required(wrapped(is_not_there))),
    *real.urlpatterns,
]
handler404, handler500, handler503 = real.handler404, real.handler500, real.handler503


def private_headers(response: Any) -> dict[str, str]:
    return {name: response.headers.get(name, "") for name in PRIVATE}


@pytest.mark.parametrize("mark", [public, public_form, by_link, coordinator_required])
def test_each_mark_can_be_read_from_the_view(mark: Any) -> None:
    names = {public: "public", public_form: "public_form", by_link: "by_link", coordinator_required: "coordinator"}
    assert mark_of(mark(wrapped(answers))) == names[mark]
    assert mark_of(wrapped(answers)) is None


def test_nothing_of_a_private_page_is_kept_passed_on_or_indexed(client: Client) -> None:
    response = client.get("/link/")
    assert (response.status_code, private_headers(response)) == (200, PRIVATE)


@pytest.mark.parametrize(("address", "status"), [("gone", 404), ("away", 503), ("broken", 500)])
def test_a_private_page_that_fails_is_as_private(client: Client, address: str, status: int) -> None:
    client.raise_request_exception = False
    response = client.get(f"/link/{address}/")
    assert (response.status_code, private_headers(response)) == (status, PRIVATE)


def test_a_public_page_may_be_kept_and_a_form_may_not(client: Client) -> None:
    assert client.get("/public/")["Cache-Control"] == "public, no-cache"
    assert "no-store" in client.get("/form/")["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "status"), [("/form/", 200), ("/link/", 200), ("/public/", 403), ("/office/", 403)]
)
def test_only_what_rests_on_no_sign_in_takes_a_form_without_a_token(address: str, status: int, staff: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.post(address).status_code == status


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("staff@example.lv", "a long enough secret", is_staff=True)


@pytest.fixture
def coordinator(staff: User) -> User:
    group = Group.objects.create(name="Plans")
    group.permissions.add(Permission.objects.get(codename="coordinate"))
    staff.groups.add(group)
    return User.objects.get(pk=staff.pk)


def test_the_office_asks_a_stranger_to_sign_in_and_brings_her_back(client: Client) -> None:
    response = client.get("/office/?a=1")
    assert (response.status_code, response["Location"]) == (302, "/konts/login/?next=/office/%3Fa%3D1")


def test_the_office_does_not_exist_for_staff_who_do_not_coordinate(client: Client, staff: User) -> None:
    client.force_login(staff)
    assert client.get("/office/").status_code == 404


def test_the_office_opens_for_the_coordinator_and_is_kept_by_nobody(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    response = client.get("/office/")
    # Its address opens nothing by itself, and a form of it must tell the CSRF check where it comes from.
    shown = {**PRIVATE, "Referrer-Policy": "same-origin"}
    assert (response.status_code, private_headers(response)) == (200, shown)
    assert client.get("/office/gone/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "is_one"),
    [
        ({}, True),
        ({"is_staff": False}, False),
        ({"is_active": False}, False),
    ],
)
def test_a_coordinator_is_active_staff_with_the_right(coordinator: User, fields: dict[str, bool], is_one: bool) -> None:
    User.objects.update(**fields)
    assert is_coordinator(User.objects.get()) is is_one


@pytest.mark.parametrize(
    ("fields", "is_one"),
    [({}, False), ({"is_superuser": True}, True), ({"is_superuser": True, "is_staff": False}, False)],
)
def test_without_the_right_only_a_superuser_coordinates(staff: User, fields: dict[str, bool], is_one: bool) -> None:
    User.objects.update(**fields)
    assert is_coordinator(User.objects.get()) is is_one
