"""I represent an institution: the form keeps a request once, keeps junk out and reveals nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from kopiena.floor.form_tokens import new_token
from kopiena.floor.models import Notice
from partners.forms import JoinForm
from partners.models import JoinRequest
from tests.institutions import make_institution, make_member

pytestmark = pytest.mark.django_db
PAGE = "/par-mums/iestadem/"
TYPED = {"institution_name": "20. PII", "name": "Anna Ozola", "email": "Anna@example.lv", "words": "Zaļā palodze"}


def token(age: timedelta = timedelta(minutes=1)) -> str:
    return new_token(JoinForm.salt, JoinForm.about, timezone.now() - age)


def send(**also: Any) -> Any:
    prefix = also.pop("prefix", "")
    return Client().post(f"{prefix}{PAGE}", {**TYPED, "token": token(), **also})


def test_what_was_sent_is_kept_and_what_follows_is_said() -> None:
    sent = send(prefix="/ru")
    assert (sent.status_code, sent["Location"]) == (302, f"/ru{PAGE}?sent=1")
    assert "message--good" in Client().get(sent["Location"]).content.decode()
    kept = JoinRequest.objects.values("institution_name", "name", "email", "words", "language").get()
    assert kept == {**TYPED, "email": "anna@example.lv", "language": "ru"}
    assert not Notice.objects.exists()


def test_the_same_form_sent_twice_is_one_request() -> None:
    same = token()
    assert [send(token=same).status_code for _ in range(2)] == [302, 302]
    assert JoinRequest.objects.count() == 1


def test_the_page_gives_a_token_with_which_it_can_be_sent() -> None:
    page = Client().get(PAGE)
    shown = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert shown is not None
    with override_settings(MINIMUM_FILLING_SECONDS=0):
        assert send(token=shown[1]).status_code == 302
    assert page.cookies == {}
    assert "no-store" in page["Cache-Control"]


def test_a_known_address_is_answered_as_an_unknown_one() -> None:
    make_member(make_institution(), "anna@example.lv")
    known, unknown = send(), send(email="nobody@example.lv")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert JoinRequest.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"website": "https://example.org"},
        {"token": ""},
        {"token": "\x00"},
        {"token": timedelta(days=8)},
        {"token": timedelta(0)},
    ],
    ids=["trap", "no token", "no token of ours", "too old", "too quick"],
)
def test_what_looks_like_a_program_is_asked_to_press_once_more_and_loses_nothing(typed: dict[str, Any]) -> None:
    answer = send(**{name: token(age) if isinstance(age, timedelta) else age for name, age in typed.items()})
    assert (answer.status_code, JoinRequest.objects.count()) == (200, 0)
    page = answer.content.decode()
    assert "error-summary" in page
    assert "Anna Ozola" in page
    assert "example.org" not in page
    with override_settings(MINIMUM_FILLING_SECONDS=0):
        shown = re.search(r'name="token" value="([^"]+)"', page)
        assert send(token=shown[1]).status_code == 302  # type: ignore[index]


@pytest.mark.parametrize("name", TYPED)
@pytest.mark.parametrize("value", ["", " ", "\u200b", "\x00", "x" * 10_000, "\ud800"])
def test_bad_input_is_answered_with_a_sentence(name: str, value: str) -> None:
    if name == "words" and value in ("", " ", "\u200b"):
        assert send(**{name: value}).status_code == 302
        return
    answer = send(**{name: value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
    if value == "\ud800" and name != "email":  # a broken letter becomes a mark of its own
        assert answer.status_code == 302
        return
    assert (answer.status_code, name in answer.context["form"].errors) == (200, True)
    assert not JoinRequest.objects.exists()


def test_missing_fields_and_broken_bytes_are_no_error_of_ours() -> None:
    assert Client().post(PAGE).status_code == 200
    broken = Client().post(PAGE, b"name=%ff%fe&email=%00", content_type="application/x-www-form-urlencoded")
    assert broken.status_code == 200


def test_too_many_are_told_so_and_keep_what_they_wrote() -> None:
    answers = [send() for _ in range(settings.REQUESTS_TO_JOIN_OF_ONE_PER_DAY + 1)]
    assert answers[-1].status_code == 429
    assert "Anna Ozola" in answers[-1].content.decode()
    assert JoinRequest.objects.count() == settings.REQUESTS_TO_JOIN_OF_ONE_PER_DAY


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_the_page_is_there_in_each_language_with_its_form(prefix: str) -> None:
    page = Client().get(prefix + PAGE).content.decode()
    for name in TYPED:
        assert f'name="{name}"' in page
