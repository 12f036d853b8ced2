"""Whoever is signed out while writing at a desk finds every word again, and another site's words reach nobody."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from activities.desk import drafting
from activities.models import Proposal
from tests.activities.desk.conftest import browser, draft_of, institution, member
from tests.journeys.resident import Page

HERE = {"Origin": "http://testserver"}
BUTTON = "Nosūtīt uzrakstīto"


@pytest.fixture
def draft(db: None, now: datetime) -> Iterator[Proposal]:
    with time_machine.travel(now, tick=False):
        yield draft_of(institution("20-pii"), now)


@pytest.fixture
def teacher(draft: Proposal) -> Client:
    """A browser that is asked for the token of the page, like a true one."""
    return browser(member(draft.institution, "skolotaja@example.lv"), enforce_csrf_checks=True)


def signs_in_anew(client: Client, draft: Proposal) -> None:
    """In another window: the token of every page opened before is another one now."""
    draft.refresh_from_db()
    user = draft.institution.memberships.get().user  # type: ignore[attr-defined]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = "b" * 32


def address(draft: Proposal, deed: str = "") -> str:
    return f"/musu-iestade/20-pii/ieceres/{draft.pk}/{deed}"


def written(client: Client, draft: Proposal) -> dict[str, str]:
    """The draft's page filled in."""
    page = Page(client.get(address(draft)), "").with_field("title")
    return {
        **dict(page.fields()),
        "title": 'Zaļā "palodze" <b>',
        "story": "Pirmā rinda\r\nOtrā & trešā",
        "deed": "save",
    }


def pressed(client: Client, given: Any) -> Any:
    page = Page(given, "").with_button(BUTTON)
    return client.post(page.form.get("action"), dict(page.fields()), headers=HERE)


def is_saved(draft: Proposal) -> bool:
    draft.refresh_from_db()
    return (draft.title, draft.content.get("story")) == ('Zaļā "palodze" <b>', "Pirmā rinda\nOtrā & trešā")


def test_signed_in_anew_in_another_window_one_press_more_saves_all_that_was_typed(
    teacher: Client, draft: Proposal
) -> None:
    typed = written(teacher, draft)
    signs_in_anew(teacher, draft)
    given = teacher.post(address(draft), typed, headers=HERE)
    assert (given.status_code, Page(given, "").heading) == (403, "Vēl nav saglabāts")
    assert given["Cache-Control"] == "no-store, private"
    assert not is_saved(draft)
    assert pressed(teacher, given).status_code == 302
    assert is_saved(draft)


@pytest.mark.parametrize("has_cookies", [True, False])
def test_signed_out_the_words_wait_until_the_sign_in(teacher: Client, draft: Proposal, has_cookies: bool) -> None:
    typed = written(teacher, draft)
    del teacher.cookies["sessionid"]
    if not has_cookies:
        teacher.cookies.clear()
    given = teacher.post(address(draft), typed, headers=HERE)
    page = Page(given, "")
    assert (given.status_code, page.heading) == (403, "Vēl nav saglabāts")
    assert page.links()["Pieslēdzieties jaunā logā"] == "/konts/login/code/?next=/musu-iestade/"
    signs_in_anew(teacher, draft)
    again = pressed(teacher, given)
    assert again.status_code == 403
    assert "nospiediet pogu vēlreiz" in Page(again, "").text
    assert pressed(teacher, again).status_code == 302
    assert is_saved(draft)


def test_every_deed_is_given_back_to_its_own_address_in_its_language(teacher: Client, draft: Proposal) -> None:
    typed = written(teacher, draft)
    teacher.cookies.clear()
    path = "/ru" + address(draft, "iesniegt/")
    page = Page(teacher.post(path, typed, headers=HERE), "").with_field("title")
    assert (page.form.get("action"), page.heading) == (path, "Ещё не сохранено")


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://cits.example.lv"}, {"Origin": "null"}, {"Referer": "http://testserver.lv/"}]
)
def test_the_words_of_another_site_are_never_given_to_anybody_to_send(
    teacher: Client, draft: Proposal, headers: dict[str, str]
) -> None:
    for client in (teacher, Client(enforce_csrf_checks=True), Client()):
        response = client.post(address(draft), {"title": "Svešs"}, headers=headers)
        assert response.status_code in (302, 403)
        assert b"Sve\xc5\xa1s" not in response.content
    assert not Proposal.objects.exclude(content={}).exists()


@pytest.mark.parametrize("path", ["/konts/login/", "/admin/login/", "/konts/login/code/"])
def test_what_is_typed_to_sign_in_is_never_shown_again(draft: Proposal, path: str) -> None:
    response = Client(enforce_csrf_checks=True).post(path, {"login": "a@example.lv", "password": "x9"}, headers=HERE)
    assert response.status_code == 403
    assert "name=" not in response.content.decode().split("<main")[1]


def test_where_nothing_was_typed_the_sign_in_is_asked_for(draft: Proposal) -> None:
    response = Client().post(address(draft), headers=HERE)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/konts/login/code/")


def test_a_database_lost_while_saving_keeps_what_was_typed_at_a_desk(
    teacher: Client, draft: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = written(teacher, draft)

    def away(*args: Any) -> Any:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as patched:
        patched.setattr(drafting, "keep", away)
        busy = teacher.post(address(draft), typed, headers=HERE)
    page = Page(busy, "").with_field("title")
    assert (busy.status_code, page.typed("title")) == (503, typed["title"])
    assert teacher.post(page.form.get("action"), dict(page.fields()), headers=HERE).status_code == 302
    assert is_saved(draft)
