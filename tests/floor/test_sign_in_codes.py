"""Institutions' people sign in by a code from a letter; whoever asks learns nothing of who is known."""

import re
import time
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from kopiena.floor.models import Notice, Tally, User
from kopiena.floor.outbox import sending
from kopiena.roles import COORDINATOR
from tests.office import staff

pytestmark = pytest.mark.django_db

ASK, TYPE = "/konts/login/code/", "/konts/login/code/confirm/"
NEXT = "/ru/musu-iestade/"


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user("anna@example.lv")


def asks(client: Client, email: str = "anna@example.lv", **extra: Any) -> Any:
    return client.post(ASK, {"email": email}, **extra)


def code() -> str:
    """The code of the newest letter that is owed."""
    return str(Notice.objects.filter(kind="sign_in_code", state="owed").latest("pk").details["code"])


def wrong() -> str:
    return f"{(int(code()) + 1) % 10**8:08}"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def without_token(page: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


def test_a_teacher_asks_types_the_code_and_is_at_her_desk(teacher: User) -> None:
    client = Client()
    asked = asks(client, " Anna@Example.LV ")
    assert (asked.status_code, asked["Location"]) == (302, TYPE)
    assert re.fullmatch(r"\d{8}", code())
    typed = client.post(TYPE, {"code": code()})
    assert (typed.status_code, typed["Location"]) == (302, "/musu-iestade/")
    assert client.session["_auth_user_id"] == str(teacher.pk)


@pytest.mark.parametrize("spaced", ["{0}{1}", " {0} {1} ", "{0}-{1}", "{0}\u00a0{1}"])
def test_the_code_may_be_pasted_with_what_stands_around_it(teacher: User, spaced: str) -> None:
    client = Client()
    asks(client)
    client.post(TYPE, {"code": spaced.format(code()[:4], code()[4:])})
    assert is_in(client)


def test_the_letter_holds_the_code_in_the_language_one_asked_in(teacher: User) -> None:
    client = Client()
    client.post(f"{ASK}?next={NEXT}", {"email": "anna@example.lv"})
    secret = code()
    sending.send_due()
    assert secret in mail.outbox[0].body
    assert Notice.objects.get().language == "ru"


def test_the_field_takes_the_code_from_the_keyboard_of_a_phone(teacher: User) -> None:
    client = Client()
    asks(client)
    field = re.search(r'<input[^>]*name="code"[^>]*>', client.get(TYPE).content.decode())
    assert field is not None
    assert 'autocomplete="one-time-code"' in field[0]
    assert 'inputmode="numeric"' in field[0]


# In which language


@pytest.mark.parametrize(("wanted", "language"), [(NEXT, "ru"), ("/en/musu-iestade/", "en"), ("/musu-iestade/", "lv")])
def test_it_speaks_the_language_of_where_one_wants_to_go_at_every_step(
    teacher: User, wanted: str, language: str
) -> None:
    client = Client()
    first = client.get(f"{ASK}?next={wanted}")
    asked = client.post(f"{ASK}?next={wanted}", {"email": "anna@example.lv"})
    second = client.get(asked["Location"])
    for page in (first, second):
        assert f'<html lang="{language}"' in page.content.decode()
    assert client.post(asked["Location"], {"code": code()})["Location"] == wanted


def test_the_languages_in_the_head_lead_to_the_same_page_in_each() -> None:
    page = Client().get(f"{ASK}?next=/ru/musu-iestade/20-pii/").content.decode()
    for prefix in ("", "/ru", "/en"):
        assert f'href="{ASK}?next={prefix}/musu-iestade/20-pii/"' in page
    assert f'href="{ASK}?next=/ru/musu-iestade/"' in Client().get(ASK).content.decode()


@pytest.mark.parametrize("broken", ["https://evil.example/", "//evil.example/", "http://[", "\x00", "%ff", "x" * 5000])
def test_a_next_that_is_not_ours_is_not_followed_and_breaks_nothing(teacher: User, broken: str) -> None:
    client = Client()
    assert client.get(ASK, {"next": broken}).status_code == 200
    asks(client)
    answer = client.post(TYPE, {"code": code(), "next": broken})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]


# Nobody learns who is known


@pytest.fixture
def others(teacher: User) -> list[str]:
    """Addresses that get no code: unknown, of the staff, switched off."""
    User.objects.create_user("off@example.lv", is_active=False)
    return ["nobody@example.lv", staff(COORDINATOR).email, "off@example.lv"]


def test_whoever_gets_no_code_is_answered_as_whoever_gets_one(others: list[str]) -> None:
    seen = []
    for email in ("anna@example.lv", *others):
        client = Client()
        asked = asks(client, email)
        page = client.get(asked["Location"])
        tried = [client.post(TYPE, {"code": "12345678"}) for _ in range(3)]
        told = without_token(page.content).replace(email, "…")
        ways = [(each.status_code, without_token(each.content).replace(email, "…")) for each in tried]
        again = without_token(client.get(ASK).content)
        seen.append((asked.status_code, asked["Location"], sorted(asked.cookies), told, ways, again))
    assert seen[1:] == [seen[0]] * 3
    assert [notice.recipient for notice in Notice.objects.all()] == ["anna@example.lv"]


def test_the_same_is_counted_for_all(others: list[str]) -> None:
    for email in ("anna@example.lv", *others):
        asks(Client(), email)
    assert Tally.objects.filter(what="code letter", count=1).count() == 4


@pytest.mark.parametrize("email", ["nobody@example.lv", "anna@example.lv"])
def test_asking_again_is_answered_alike_too(teacher: User, email: str) -> None:
    client = Client()
    asks(client, email)
    again = client.post(TYPE, {"again": "1"})
    assert (again.status_code, again["Location"]) == (302, TYPE)
    assert "message--good" in client.get(TYPE).content.decode()


def test_who_joined_the_staff_or_was_switched_off_meanwhile_is_not_let_in(teacher: User) -> None:
    for change in ({"is_staff": True}, {"is_active": False}):
        User.objects.update(is_staff=False, is_active=True)
        client = Client()
        asks(client)
        secret = code()
        User.objects.update(**change)
        answer = client.post(TYPE, {"code": secret})
        assert answer["Location"] == ASK
        assert not is_in(client)


# Wrong codes


def test_a_wrong_code_says_so_and_the_page_stays(teacher: User) -> None:
    client = Client()
    asks(client)
    answer = client.post(TYPE, {"code": wrong()})
    assert answer.status_code == 200
    assert answer.context["form"].errors["code"]
    client.post(TYPE, {"code": code()})
    assert is_in(client)


def test_after_three_wrong_codes_it_begins_again_and_the_right_one_is_too_late(teacher: User) -> None:
    client = Client()
    asks(client)
    answers = [client.post(f"{TYPE}?next={NEXT}", {"code": wrong()}) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 302]
    assert unquote(answers[2]["Location"]) == f"{ASK}?next={NEXT}"
    assert "message--warning" in client.get(answers[2]["Location"]).content.decode()
    client.post(TYPE, {"code": code()})
    assert not is_in(client)


def test_three_tries_are_three_also_where_the_browsers_count_is_turned_back(teacher: User) -> None:
    client = Client()
    asks(client)
    before = client.session["account_login"]
    for _ in range(3):
        client.post(TYPE, {"code": wrong()})
        session = client.session
        session["account_login"] = before  # many tries in one instant all read the same count
        session.save()
    client.post(TYPE, {"code": code()})
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "abc", "\x00", "🎈" * 8, "1" * 10_000])
def test_what_can_be_no_code_is_told_so_and_costs_no_try(teacher: User, typed: str) -> None:
    client = Client()
    asks(client)
    for _ in range(4):
        answer = client.post(TYPE, {"code": typed})
        assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    client.post(TYPE, {"code": code()})
    assert is_in(client)


def test_a_code_is_good_for_ten_minutes_in_the_browser_that_asked(
    teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, other = Client(), Client()
    asks(client)
    assert other.post(TYPE, {"code": code()})["Location"] == ASK
    later = time.time() + 601
    monkeypatch.setattr(time, "time", lambda: later)
    assert unquote(client.post(f"{TYPE}?next={NEXT}", {"code": code()})["Location"]) == f"{ASK}?next={NEXT}"
    assert not is_in(client)


def test_asking_again_makes_the_code_before_it_worthless(teacher: User) -> None:
    client = Client()
    asks(client)
    old = code()
    client.post(TYPE, {"again": "1"})
    assert code() != old
    client.post(TYPE, {"code": old})
    assert not is_in(client)
    client.post(TYPE, {"code": code()})
    assert is_in(client)


def test_whoever_mistyped_the_address_can_type_another(teacher: User) -> None:
    client = Client()
    asks(client, "ana@example.lv")
    assert client.get(ASK).status_code == 200
    asks(client)
    client.post(TYPE, {"code": code()})
    assert is_in(client)


# Counts


@pytest.mark.parametrize("email", ["anna@example.lv", "nobody@example.lv"])
def test_a_mailbox_gets_few_letters_an_hour_whoever_asks(teacher: User, email: str) -> None:
    answers = [asks(Client(), email, REMOTE_ADDR=f"198.51.100.{number}") for number in range(6)]
    assert [each.status_code for each in answers] == [302] * 5 + [429]
    assert "error-summary" in answers[5].content.decode()
    assert Notice.objects.count() == (5 if email == "anna@example.lv" else 0)
    Tally.objects.update(counted_at=timezone.now() - timedelta(hours=1, seconds=1))
    assert asks(Client(), email).status_code == 302


def test_asking_again_counts_as_asking(teacher: User) -> None:
    client = Client()
    asks(client)
    for _ in range(6):
        client.post(TYPE, {"again": "1"})
    assert Notice.objects.count() == settings.CODE_LETTERS_PER_HOUR


def test_one_connection_asks_and_tries_only_so_often(teacher: User) -> None:
    Tally.objects.count_one("code asking", "127.0.0.1", timezone.now())
    Tally.objects.update(count=settings.CODES_ASKED_PER_HOUR)
    assert asks(Client()).status_code == 429
    client = Client()
    asks(client, REMOTE_ADDR="192.0.2.1")
    Tally.objects.count_one("code guess", "192.0.2.1", timezone.now())
    Tally.objects.filter(what="code guess").update(count=settings.CODE_GUESSES_PER_HOUR)
    assert client.post(TYPE, {"code": code()}, REMOTE_ADDR="192.0.2.1")["Location"] == ASK
    assert not is_in(client)


@pytest.mark.parametrize("email", ["", "x" * 10_000 + "@example.lv", "🎈", "\x00@example.lv", "a@b", "‮@a.lv"])
def test_any_address_is_answered_with_a_sentence(email: str) -> None:
    answer = asks(Client(), email)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)


# The two doors


def test_each_sign_in_leads_to_the_other() -> None:
    assert f'href="{ASK}' in Client().get("/konts/login/").content.decode()
    assert 'href="/konts/login/"' in Client().get(f"{ASK}?next=/musu-iestade/").content.decode()


def test_the_staff_come_to_the_office_and_a_teacher_never_does(teacher: User) -> None:
    coordinator = staff(COORDINATOR)
    client = Client()
    sent = client.post("/konts/login/", {"login": coordinator.email, "password": "a long enough secret"})
    assert sent["Location"] == "/admin/"
    client = Client()
    asks(client)
    client.post(TYPE, {"code": code()})
    assert client.get(ASK)["Location"] == "/musu-iestade/"
    assert client.get("/admin/").status_code in (302, 403)


def test_after_signing_out_one_is_on_the_home_page(teacher: User) -> None:
    client = Client()
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/konts/logout/")["Location"] == "/"
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/konts/logout/", {"next": "/ru/"})["Location"] == "/ru/"
    assert not is_in(client)


def test_nothing_of_it_is_kept_and_forms_of_it_pass_the_browsers_check(teacher: User) -> None:
    page = Client().get(ASK)
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "same-origin"  # told to name nothing, a browser sends `Origin: null`
    strict = Client(enforce_csrf_checks=True)
    token = re.search(r'value="(\w{64})"', strict.get(ASK).content.decode())[1]  # type: ignore[index]
    sent = {"email": "anna@example.lv", "csrfmiddlewaretoken": token}
    assert strict.post(ASK, sent, headers={"origin": "http://testserver"}).status_code == 302
    assert strict.post(ASK, {"email": "anna@example.lv"}).status_code == 403
