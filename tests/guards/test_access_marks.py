"""Every address says who may come in: it bears a mark of ours or stands in the list of third-party addresses."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from kopiena.floor.access import THIRD_PARTY, Mark, mark_of, public

Found = tuple[str, str, str, Any]
# What asks for a sign-in: the page itself, the admin's address of it, and the admin's first page (for the sign-out).
SIGN_IN = re.compile(r"/konts/login/|/admin/login/|/admin/$")


def addresses(patterns: list[Any], namespaces: tuple[str, ...] = (), before: str = "") -> Iterator[Found]:
    """Namespace, name, route and view of every address, those of includes and language prefixes too."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern.url_patterns, inner, route)
        else:
            assert isinstance(pattern, URLPattern)
            yield ":".join(namespaces), pattern.name or "", route, pattern.callback


def unmarked(patterns: list[Any]) -> list[str]:
    """Addresses without a mark of ours that are not on the written list."""
    found = []
    for namespace, name, route, view in addresses(patterns):
        let_through = THIRD_PARTY.get(namespace, frozenset())
        if mark_of(view) is None and let_through is not None and name not in let_through:
            found.append(f"{route} ({namespace}:{name})")
    return found


def test_every_address_bears_a_mark() -> None:
    assert unmarked(get_resolver().url_patterns) == []


def test_the_walk_reaches_every_part_of_the_house() -> None:
    namespaces = {namespace for namespace, *_ in addresses(get_resolver().url_patterns)}
    assert namespaces == {"", "admin", "families", "activities", "partners", "floor"}
    names = {f"{namespace}:{name}" for namespace, name, *_ in addresses(get_resolver().url_patterns)}
    assert names >= {"families:registration", "activities:calendar_month", "floor:privacy", ":healthz", ":media"}


def test_the_finder_finds_a_view_without_a_mark() -> None:
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    inner = [path("a/", bare, name="account_login"), path("b/", public(lambda request: HttpResponse()), name="b")]
    patterns = [
        path("x/", bare),
        path("y/", bare, name="account_login"),
        path("z/", include((inner, "families"))),
        path("admin/", include((inner, "admin"))),
    ]
    assert unmarked(patterns) == ["x/ (:)", "z/a/ (families:account_login)"]


def test_each_mark_is_a_known_one() -> None:
    marks = {mark_of(view) for *_, view in addresses(get_resolver().url_patterns)}
    assert marks - {None} <= set(get_args(Mark))


def test_the_list_of_third_party_addresses_holds_nothing_that_is_gone() -> None:
    there: dict[str, set[str]] = {}
    for namespace, name, *_ in addresses(get_resolver().url_patterns):
        there.setdefault(namespace, set()).add(name)
    gone = [
        f"{namespace}:{name}"
        for namespace, names in THIRD_PARTY.items()
        for name in (names or frozenset())
        if name not in there.get(namespace, set())
    ]
    assert gone == []
    assert set(THIRD_PARTY) <= set(there)


def admin_addresses() -> list[str]:
    """Every address of the admin, pages of ours in it too, with "1" for whatever it asks for."""
    routes = [route for namespace, _, route, _ in addresses(get_resolver().url_patterns) if namespace == "admin"]
    # Two of Django's own are no plain routes: the page of an app, and whatever is not there.
    plain = ["admin/families/", "admin/nothing-here/", *(route for route in routes if "(?P" not in route)]
    return ["/" + re.sub("<[^<>]+>", "1", route) for route in plain]


@pytest.mark.django_db
def test_every_address_of_the_admin_asks_a_stranger_to_sign_in(client: Client) -> None:
    found = admin_addresses()
    assert len(found) > 60
    answers = {address: client.get(address) for address in found}
    let_in = {
        address: answer.status_code
        for address, answer in answers.items()
        if answer.status_code != 302 or not SIGN_IN.match(answer["Location"])
    }
    # The admin's own redirect to a row's page is shut for everybody: it would tell where a discreet one is.
    assert let_in == {address: 404 for address in found if address.startswith("/admin/r/")}
