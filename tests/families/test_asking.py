"""With a mere e-mail or phone one may ask for the link or a call; who is known and who is not cannot be told apart."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from activities.models import Occurrence
from families import asking, calling, registering
from families.models import Registration
from families.registering import Sender
from kopiena.floor.models import Notice, Tally
from tests.conftest import NOW
from tests.gate import boss, signs_up

pytestmark = pytest.mark.django_db
ADDRESS = "/mans-pieteikums/"
ANNA = Sender(name="Anna", language="ru", email="anna@example.lv", phone="+37120000000")


@pytest.fixture
def anna(make_occurrence: Callable[..., Occurrence]) -> Registration:
    """Signed up in Russian with an e-mail and a phone; what that owed is out of the way."""
    registration = signs_up(make_occurrence(), sender=ANNA)
    Notice.objects.all().delete()
    return registration


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


def asks_link(client: Client, email: str, prefix: str = "", **also: Any) -> Any:
    return client.post(prefix + ADDRESS, {"ask": "link", "email": email}, **also)


def asks_call(client: Client, phone: str, when: str = "", prefix: str = "", **also: Any) -> Any:
    return client.post(prefix + ADDRESS, {"ask": "call", "phone": phone, "safe_to_call": when}, **also)


def wishes() -> list[tuple[str, dict[str, str], str, str]]:
    rows = Notice.objects.calls().filter(kind="please_call").order_by("pk")
    return list(rows.values_list("recipient", "details", "language", "state"))


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_a_known_e_mail_is_answered_to_the_byte_as_an_unknown_one(
    client: Client, anna: Registration, prefix: str
) -> None:
    known, unknown = (asks_link(client, email, prefix) for email in ("anna@example.lv", "nobody@example.lv"))
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert dict(known.headers) == dict(unknown.headers)
    assert b"@example.lv" not in known.content
    assert Notice.objects.count() == 1


def test_the_answer_promises_nothing_that_is_not_so(client: Client, anna: Registration) -> None:
    answer = asks_link(client, "anna@example.lv").content.decode()
    assert "Ja ar šo adresi ir pieteikums, saiti nosūtīsim dažu minūšu laikā." in answer


def test_the_links_go_to_the_newest_sign_up_in_its_own_language_once_a_minute(
    client: Client, anna: Registration
) -> None:
    newest = signs_up(anna.occurrence, sender=Sender(name="Anna", language="lv", email="anna@example.lv"))
    Notice.objects.all().delete()
    for _ in range(2):
        asks_link(client, " Anna@Example.lv ", "/en")
    (notice,) = Notice.objects.all()
    assert (notice.about, notice.kind, notice.revision) == (
        f"sign_up:{newest.sign_up_id}", "link", int(NOW.timestamp()) // 60
    )  # fmt: skip
    assert (notice.recipient, notice.language, notice.channel) == ("anna@example.lv", "lv", "mail")


def test_one_address_gets_a_few_letters_an_hour_and_nobody_learns_when_it_is_enough(
    client: Client, anna: Registration, settings: Any, clock: Any
) -> None:
    answers = set()
    for _ in range(settings.LINK_LETTERS_PER_HOUR + 2):
        clock.shift(timedelta(minutes=1))
        answers.add(asks_link(client, "anna@example.lv").content)
    assert len(answers) == 1
    assert Notice.objects.count() == settings.LINK_LETTERS_PER_HOUR
    clock.shift(timedelta(hours=1))
    asks_link(client, "anna@example.lv")
    assert Notice.objects.count() == settings.LINK_LETTERS_PER_HOUR + 1


def test_whoever_is_erased_gets_no_letter(client: Client, anna: Registration) -> None:
    registering.erase(anna.sign_up_id, now=NOW)
    Notice.objects.all().delete()
    asks_link(client, "anna@example.lv")
    assert not Notice.objects.exists()


def test_a_known_and_an_unknown_e_mail_cost_the_same_commits(
    anna: Registration, django_assert_max_num_queries: Any
) -> None:
    """Both are counted and looked up in one transaction; a letter is one row more, older ones pulled along."""
    with django_assert_max_num_queries(5) as unknown:
        asking.send_links("nobody@example.lv", now=NOW)
    with django_assert_max_num_queries(7) as known:
        asking.send_links("anna@example.lv", now=NOW)
    assert len(known) - len(unknown) == 2


@pytest.mark.parametrize("ask", [asks_link, asks_call], ids=["link", "call"])
def test_one_connection_asks_a_limited_number_of_times_an_hour(
    client: Client, settings: Any, clock: Any, ask: Callable[..., Any]
) -> None:
    def typed(number: int) -> str:
        return f"nobody{number}@example.lv" if ask is asks_link else f"2000 00{number % 100:02}"

    for number in range(settings.ASKS_PER_HOUR):
        assert ask(client, typed(number)).status_code == 200
    refused = ask(client, typed(999))
    assert refused.status_code == 429
    assert typed(999) in refused.content.decode()
    assert "mēģiniet vēlreiz pēc stundas" in refused.content.decode()
    assert ask(client, typed(999), REMOTE_ADDR="192.0.2.7").status_code == 200
    clock.shift(timedelta(hours=1))
    assert ask(client, typed(999)).status_code == 200


def test_a_known_phone_is_answered_as_an_unknown_one_and_both_are_rung_up(client: Client, anna: Registration) -> None:
    known, unknown = (asks_call(client, phone, "pēc 18") for phone in ("2000 0000", "+371 20000009"))
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert "Paldies! Mēs Jums piezvanīsim." in known.content.decode()
    assert wishes() == [(phone, {"when": "pēc 18"}, "lv", "owed") for phone in ("+37120000000", "+37120000009")]
    assert not any("2000" in about for about in Notice.objects.values_list("about", flat=True))


def test_a_second_wish_before_the_call_is_one_with_the_first(client: Client) -> None:
    asks_call(client, "2000 0000", "pēc 18")
    asks_call(client, "2000 0000", prefix="/ru")
    assert wishes() == [("+37120000000", {"when": "pēc 18"}, "ru", "owed")]
    asks_call(client, "2000 0000", "rītos")
    assert wishes() == [("+37120000000", {"when": "rītos"}, "lv", "owed")]


def test_who_was_rung_up_may_ask_again_a_few_times_a_day(client: Client, settings: Any, clock: Any) -> None:
    for _ in range(settings.CALL_WISHES_PER_DAY + 2):
        asks_call(client, "2000 0000")
        for call in Notice.objects.calls().owed():
            calling.mark_called(call.pk, by=boss(), now=NOW)
    assert len(wishes()) == settings.CALL_WISHES_PER_DAY
    clock.shift(timedelta(days=1))
    asks_call(client, "2000 0000")
    assert wishes()[-1][-1] == "owed"


def test_erasing_withdraws_and_blanks_the_wish_by_its_phone_and_the_letter(client: Client, anna: Registration) -> None:
    asks_call(client, "2000 0000", "pēc 18")
    asks_call(client, "2000 0009", "rītos")
    asks_link(client, "anna@example.lv")
    registering.erase(anna.sign_up_id, now=NOW)
    assert wishes() == [("", {}, "lv", "withdrawn"), ("+37120000009", {"when": "rītos"}, "lv", "owed")]
    assert Notice.objects.filter(kind="link").values_list("recipient", "state", "reason").get() == (
        "", "withdrawn", "erased"
    )  # fmt: skip


def test_a_sign_up_that_ends_by_itself_after_a_year_takes_no_wish_of_today_along(
    client: Client, anna: Registration
) -> None:
    asks_call(client, "2000 0000")
    registering.forget(type(anna.sign_up).objects.all(), NOW)
    assert wishes() == [("+37120000000", {}, "lv", "owed")]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"ask": "link", "email": ""}, "Ierakstiet e-pastu, ar kuru pieteicāties."),
        ({"ask": "link", "email": "anna"}, "Piemēram: anna@example.lv"),
        ({"ask": "call", "phone": ""}, "Ierakstiet tālruni, uz kuru zvanīt."),
        ({"ask": "call", "phone": "12"}, "Tālruņa numurā ir 8 cipari, piemēram, 2000 0000."),
        ({"ask": "call", "phone": "2000 0000", "safe_to_call": "x" * 81}, "Lūdzu, uzrakstiet to īsāk"),
    ],
)
def test_what_cannot_be_is_said_kept_and_not_counted(client: Client, sent: dict[str, str], sentence: str) -> None:
    answer = client.post(ADDRESS, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "<title>Kļūda:" in page
    assert all(f'value="{typed}"' in page for name, typed in sent.items() if typed and name != "ask")
    assert not Notice.objects.exists()
    assert not Tally.objects.exists()


def test_nobody_reads_the_phone_from_what_a_wish_is_about(now: datetime) -> None:
    abouts = {asking.about_phone(f"+3712000000{digit}") for digit in range(10)}
    assert len(abouts) == 10
    assert all(len(about) < 60 and about.partition(":")[2].isdecimal() for about in abouts)
