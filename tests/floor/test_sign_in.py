"""Staff sign in by e-mail and password; nobody signs up; wrong guesses are counted in the database."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from kopiena.floor.models import User
from kopiena.roles import COORDINATOR
from tests.office import signed_in, staff

pytestmark = pytest.mark.django_db

LOGIN = "/konts/login/"
RIGHT = "a long enough secret"


def tries(client: Client, email: str, password: str, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_the_right_password_opens_the_office() -> None:
    user = staff(COORDINATOR)
    client = Client()
    assert tries(client, user.email.upper(), RIGHT)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_go_but_never_elsewhere() -> None:
    user = staff(COORDINATOR)
    sent = {"login": user.email, "password": RIGHT}
    there = Client().post(LOGIN, {**sent, "next": "/admin/families/registration/"})
    elsewhere = Client().post(LOGIN, {**sent, "next": "https://example.org/"})
    assert [there["Location"], elsewhere["Location"]] == ["/admin/families/registration/", "/admin/"]


def test_a_known_and_an_unknown_e_mail_are_answered_alike() -> None:
    known = staff(COORDINATOR).email
    answers = [tries(Client(), email, "wrong").content.decode() for email in (known, "nobody@example.lv")]
    answers = [without_token(text).replace(known, "").replace("nobody@example.lv", "") for text in answers]
    assert answers[0] == answers[1]
    assert "error-summary" in answers[0]


def without_token(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_switched_off_account_is_answered_like_an_unknown_one() -> None:
    user = staff(COORDINATOR, is_active=False)
    client = Client()
    tries(client, user.email, "wrong")
    assert client.get("/admin/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_page_helps_a_password_keeper_and_speaks_latvian() -> None:
    page = Client().get(LOGIN).content.decode()
    assert '<html lang="lv"' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert 'type="email"' in page
    assert "placeholder" not in page
    assert "style=" not in page


def test_what_was_typed_is_kept_but_not_the_password() -> None:
    page = tries(Client(), "nobody@example.lv", "wrong-guess").content.decode()
    assert 'value="nobody@example.lv"' in page
    assert "wrong-guess" not in page


@pytest.mark.parametrize(
    "login", ["", "x" * 10_000 + "@example.lv", "🎈@example.lv", "<script>", "\x00@example.lv", "‮@a.lv"]
)
def test_any_input_is_answered_with_a_sentence(login: str) -> None:
    for password in ("", "x" * 10_000, "\x00"):
        answer = tries(Client(), login, password)
        assert answer.status_code == 200
        assert answer.context["form"].errors


# Wrong guesses


@pytest.mark.parametrize("is_known", [True, False])
def test_after_eight_wrong_guesses_even_the_right_password_waits(is_known: bool) -> None:
    user = staff(COORDINATOR)
    email = user.email if is_known else "nobody@example.lv"
    answers = [tries(Client(), email, f"wrong {number}").status_code for number in range(8)]
    assert answers == [200] * 7 + [429]
    answer = tries(Client(), f" {email.upper()} ", RIGHT)
    assert answer.status_code == 429
    assert "account/locked.html" in [template.name for template in answer.templates]
    assert AccessAttempt.objects.get().username == email


def test_guesses_are_counted_by_address_so_no_stranger_locks_the_coordinator_out() -> None:
    user = staff(COORDINATOR)
    for number in range(8):
        tries(Client(), f"guess{number}@example.lv", "wrong", REMOTE_ADDR="198.51.100.1")
    assert tries(Client(), user.email, RIGHT, REMOTE_ADDR="198.51.100.1").status_code == 429
    assert tries(Client(), user.email, RIGHT, REMOTE_ADDR="192.0.2.99").status_code == 302


def test_a_right_password_forgets_the_wrong_ones_before_it() -> None:
    user = staff(COORDINATOR)
    for number in range(16):
        assert tries(Client(), user.email, RIGHT if number % 4 == 3 else "wrong").status_code in (200, 302)


def test_the_count_keeps_no_password() -> None:
    tries(Client(), "nobody@example.lv", "my-other-secret")
    assert "my-other-secret" not in str(AccessAttempt.objects.values().get())


# What is not there


@pytest.mark.parametrize(
    "address",
    [
        "/konts/signup/",
        "/konts/password/reset/",
        "/konts/password/change/",
        "/konts/password/set/",
        "/konts/email/",
        "/konts/confirm-email/",
        "/konts/inactive/",
    ],
)
def test_the_rest_of_allauth_is_not_there_for_anybody(address: str) -> None:
    for client in (Client(), signed_in(COORDINATOR)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"email": "x@example.lv", "password1": RIGHT}).status_code == 404
    assert User.objects.filter(email="x@example.lv").count() == 0
    assert mail.outbox == []


def test_the_names_allauth_asks_for_lead_nowhere() -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "account_change_password"):
        assert Client().get(reverse(name)).status_code == 404


# Signing out


def test_signing_out_asks_first_and_only_the_button_does() -> None:
    client = signed_in(COORDINATOR)
    assert client.get("/konts/logout/").status_code == 200
    assert client.get("/admin/").status_code == 200
    assert client.post("/konts/logout/")["Location"] == settings.ACCOUNT_LOGOUT_REDIRECT_URL
    assert client.get("/admin/").status_code == 302


def test_the_password_is_asked_once_more_in_our_look() -> None:
    client = Client()
    user = staff(COORDINATOR)
    tries(client, user.email, RIGHT)
    answer = client.get("/konts/reauthenticate/")
    assert "site.html" in [template.name for template in answer.templates]
    assert client.post("/konts/reauthenticate/", {"password": RIGHT}).status_code == 302
