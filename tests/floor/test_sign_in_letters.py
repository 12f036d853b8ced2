"""Letters of the sign-in: owed, never sent inside the request, tried while they are good, forgotten when they go."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.db import connection
from django.test import RequestFactory, override_settings
from django.utils import timezone, translation

from kopiena.floor import outbox, sign_in_letters
from kopiena.floor.models import Notice, User
from kopiena.floor.outbox import kind_of, sending
from kopiena.floor.sign_in import LOGIN_CODE
from tests.office import staff

pytestmark = pytest.mark.django_db
CODE = "QX4-7JKM2"


@pytest.fixture
def request_from_elsewhere() -> Iterator[Any]:
    """A request whose Host is not ours, as allauth has it at hand."""
    request = RequestFactory().get("/konts/login/", headers={"host": "evil.example"})
    request.session = SessionStore()
    with override_settings(ALLOWED_HOSTS=["*"]), context.request_context(request):
        yield request


def asks(email: str, code: str = CODE) -> None:
    """Somebody asks for a code; allauth hands the letter to our adapter."""
    get_adapter().send_mail(LOGIN_CODE, email, {"code": code})


def read(notice: Notice, now: datetime) -> Any:
    with translation.override(notice.language):
        sent = kind_of(notice.kind).letter(notice, now).message(notice, None, now).message().as_bytes()
    return message_from_bytes(sent, policy=policy.default)


def text_of(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


def is_anywhere(secret: str) -> bool:
    """Whether any row of the table of notices holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM floor_notice n WHERE n::text LIKE %s", [f"%{secret}%"])
        return bool(cursor.fetchone()[0])


def send(after: timedelta = timedelta()) -> dict[str, int]:
    """The worker's turn, so long after now."""
    return sending.send_due(clock=lambda: timezone.now() + after).counts


def test_a_code_is_owed_and_nothing_is_sent_inside_the_request() -> None:
    user = staff()
    asks(user.email)
    notice = Notice.objects.get()
    assert (notice.kind, notice.about, notice.recipient, notice.state) == (
        sign_in_letters.SIGN_IN_CODE,
        f"user:{user.pk}",
        user.email,
        "owed",
    )
    assert notice.details == {"code": CODE}
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("language", "subject"),
    [("lv", "Jūsu pieslēgšanās kods"), ("ru", "Ваш код для входа"), ("en", "Your code to sign in")],
)
def test_the_code_stands_in_the_letter_but_not_in_its_subject(language: str, subject: str) -> None:
    with translation.override(language):
        asks(staff().email)
    message = read(Notice.objects.get(), datetime.now(UTC))
    assert message["Subject"] == subject
    assert f": {CODE}\n" in text_of(message)
    assert re.search(r"\b10\b", text_of(message)), "for how many minutes it is good"


def test_once_it_is_sent_the_code_is_nowhere_in_the_database() -> None:
    asks(staff().email)
    assert is_anywhere(CODE)
    assert send()["sent"] == 1
    assert CODE in mail.outbox[0].body
    assert not is_anywhere(CODE)


def test_after_ten_minutes_it_is_not_sent_any_more_and_forgotten() -> None:
    asks(staff().email)
    assert send(timedelta(minutes=10, seconds=1))["withdrawn"] == 1
    assert mail.outbox == []
    assert not is_anywhere(CODE)
    notice = Notice.objects.get()
    assert (notice.state, notice.reason) == ("withdrawn", "too_late")


def test_it_is_valid_for_as_long_as_the_letter_says() -> None:
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT == 600
    assert sign_in_letters.VALID == kind_of(sign_in_letters.SIGN_IN_CODE).tried_for == timedelta(minutes=10)


def test_once_the_code_is_no_good_a_server_that_was_away_does_not_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: Any, **_options: Any) -> None:
        raise ConnectionRefusedError

    asks(staff().email)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    send()
    assert Notice.objects.get().state == "owed"
    Notice.objects.update(created_at=timezone.now() - sign_in_letters.VALID - timedelta(seconds=1))
    send()
    assert not is_anywhere(CODE)
    assert Notice.objects.values_list("state", "reason").get() == ("withdrawn", "too_late")


def test_a_newer_code_withdraws_the_older_and_forgets_it() -> None:
    user = staff()
    asks(user.email, "OLD-CODE1")
    asks(user.email, "NEW-CODE2")
    assert list(Notice.objects.order_by("pk").values_list("state", "details")) == [
        ("withdrawn", {}),
        ("owed", {"code": "NEW-CODE2"}),
    ]
    assert not is_anywhere("OLD-CODE1")


def test_who_is_switched_off_meanwhile_gets_no_code() -> None:
    user = staff()
    asks(user.email)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert send()["withdrawn"] == 1
    assert mail.outbox == []
    assert not is_anywhere(CODE)


def test_the_same_code_is_never_sent_a_second_time() -> None:
    asks(staff().email)
    send()
    outbox.owe_again(Notice.objects.get(), timezone.now())
    assert send()["withdrawn"] == 1
    assert len(mail.outbox) == 1


def test_codes_go_before_all_other_letters() -> None:
    assert kind_of(sign_in_letters.SIGN_IN_CODE).is_first
    assert kind_of(sign_in_letters.SIGN_IN_CODE).is_secret


def test_any_other_letter_of_allauth_is_owed_as_it_was_worded_with_links_of_the_site_alone(
    request_from_elsewhere: Any,
) -> None:
    user = staff()
    link = request_from_elsewhere.build_absolute_uri("/konts/password/reset/key/abc/")
    get_adapter().send_mail("account/email/password_reset_key", user.email, {"password_reset_url": link, "user": user})
    notice = Notice.objects.get()
    assert (notice.kind, notice.about, notice.state) == (sign_in_letters.OF_THE_ACCOUNT, f"user:{user.pk}", "owed")
    assert mail.outbox == []
    message = read(notice, datetime.now(UTC))
    assert f"{settings.SITE_URL}/konts/password/reset/key/abc/" in text_of(message)
    assert "evil" not in str(message)
    send()
    assert not is_anywhere("reset/key/abc")


def test_a_letter_to_nobody_we_know_names_nobody_in_what_it_is_about(request_from_elsewhere: Any) -> None:
    get_adapter().send_mail("account/email/unknown_account", "nobody@example.lv", {"signup_url": "/"})
    notice = Notice.objects.get()
    assert notice.about.startswith("nobody:")
    assert "nobody@" not in notice.about
    assert str(notice) == f"of_the_account {notice.about}"
