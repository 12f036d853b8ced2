"""The head of a letter, read from the bytes that go over the wire."""

from collections.abc import Callable
from email.utils import parsedate_to_datetime

import pytest
from django.test import override_settings

from activities.models import Occurrence
from kopiena.floor.models import Centre
from tests.families.letters.stories import everything, parts, read, told

pytestmark = pytest.mark.django_db
Dates = Callable[..., Occurrence]


def test_the_head_says_who_writes_whom_to_answer_and_that_no_robot_should(make_occurrence: Dates) -> None:
    notice, now = told("placed", make_occurrence)
    message = read(notice, now)
    heads = ("From", "To", "Reply-To", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language")
    assert {head: str(message[head]) for head in heads} == {
        "From": "Kopiena <kopiena@127.0.0.1>",
        "To": "anna@example.lv",
        "Reply-To": "centrs@example.lv",
        "Message-ID": notice.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "lv",
    }
    assert parsedate_to_datetime(str(message["Date"])) == now
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in message.iter_parts()] == ["multipart/alternative", "text/calendar"]


@pytest.mark.parametrize("title", ["Talka", "Субботник у озера", "Ļoti gara nosaukuma aktivitāte " * 5, "🎈" * 160])
def test_the_subject_is_folded_so_that_nothing_stands_before_or_within_it(make_occurrence: Dates, title: str) -> None:
    message = read(*told("placed", make_occurrence, title_lv=title))
    assert message["Subject"] == f"Pieteikums apstiprināts: {title.strip()}, ceturtdien, 11. martā"
    assert max(len(line) for line in message.as_bytes().split(b"\n\n")[0].splitlines()) <= 78


def test_a_second_copy_is_known_by_its_message_id(make_occurrence: Dates) -> None:
    notice, now = told("placed", make_occurrence)
    assert read(notice, now)["Message-ID"] == read(notice, now)["Message-ID"] == notice.message_id


def test_without_an_e_mail_of_the_centre_there_is_nobody_to_answer(make_occurrence: Dates) -> None:
    notice, now = told("placed", make_occurrence)
    Centre.objects.update(email="")
    assert read(notice, now)["Reply-To"] is None
    Centre.objects.all().delete()
    message = read(notice, now)
    assert message["Reply-To"] is None
    assert parts(message)["text/plain"].rstrip().endswith("-- \nKopiena\nhttp://127.0.0.1:8000")


@override_settings(DEFAULT_FROM_EMAIL="Kopiena <zinas@kopiena.example.lv>", SITE_URL="https://kopiena.example.lv")
def test_sender_and_links_are_the_sites_own(make_occurrence: Dates) -> None:
    message = read(*told("placed", make_occurrence))
    assert message["From"] == "Kopiena <zinas@kopiena.example.lv>"
    assert "127.0.0.1" not in everything(message)
    assert "https://kopiena.example.lv/pieteikums/" in parts(message)["text/plain"]
