"""Names and titles that try something stand in the letter as they were typed, and nothing else happens."""

from collections.abc import Callable
from html import escape
from typing import Any

import pytest

from activities.models import Activity, Occurrence
from families.models import SignUp
from kopiena.floor.models import Centre
from tests.families.letters.stories import everything, parts, read, said, told

pytestmark = pytest.mark.django_db
Dates = Callable[..., Occurrence]
TRIED = [
    "Anna <b>x</b>",
    "{{7*7}}",
    "{x.__class__}",
    "%(name)s %s",
    "\r\nBcc: a@b",
    "a\nSubject: x",
    "🎈" * 300,
    "\u202eabc",
    "&amp;",
]
NAME, TITLE, REASON = 80, 160, 300  # characters the models take


def in_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("tried", TRIED, ids=lambda text: ascii(text)[:16])
@pytest.mark.parametrize("name", ["placed", "moved", "called_off", "reminder", "no_place"])
def test_whatever_was_typed_appears_literally(make_occurrence: Dates, name: str, tried: str) -> None:
    notice, now = told(name, make_occurrence)
    # Straight into the database: the forms would have cleaned much of it.
    SignUp.objects.update(contact_name=tried[:NAME])
    Activity.objects.update(title_lv=tried[:TITLE])
    Occurrence.objects.update(reason_lv=tried[:REASON])
    Centre.objects.update(name_lv=tried[:120])
    message = read(notice, now)
    found = parts(message)
    text, page = found["text/plain"].replace("\r\n", "\n"), found["text/html"]
    name_typed = tried[:NAME].replace("\r\n", "\n")
    assert f"Labdien, {name_typed}!" in text
    assert escape(name_typed).replace("\n", "<br>") in page or escape(name_typed) in page
    title = tried[:TITLE].strip().replace("\r\n", "\n")
    assert title in text
    assert in_one_line(title) in str(message["Subject"])
    assert escape(title).replace("\n", "<br>") in page or escape(title) in page
    assert "<b>" not in page
    assert "49" not in str(message["Subject"])
    assert "class '" not in everything(message)
    recipients = [str(value) for header in ("To", "Cc", "Bcc") for value in message.get_all(header, [])]
    assert recipients == ["anna@example.lv"]
    assert len(message.get_all("Subject", [])) == 1
    assert {part for part in found} <= {"text/plain", "text/html", "text/calendar"}


@pytest.mark.parametrize("tried", TRIED, ids=lambda text: ascii(text)[:16])
def test_what_is_said_holds_it_literally_too(make_occurrence: Dates, tried: str) -> None:
    notice, now = told("called_off", make_occurrence)
    Activity.objects.update(title_lv=tried[:TITLE])
    assert tried[:TITLE].strip() in said(notice, now)


@pytest.mark.parametrize("field", ["title_lv", "bring_lv", "weather_lv"])
def test_a_title_is_no_template_and_no_format(make_occurrence: Dates, field: str) -> None:
    notice, now = told("reminder", make_occurrence)
    Activity.objects.update(**{field: "%(moment)s {{ letter }} {0} %d"})
    assert "%(moment)s {{ letter }} {0} %d" in parts(read(notice, now))["text/plain"]


def test_a_recipient_that_breaks_the_line_adds_no_header(make_occurrence: Dates) -> None:
    notice, now = told("placed", make_occurrence)
    notice.recipient = "anna@example.lv\r\nBcc: other@example.lv"
    try:
        message: Any = read(notice, now)
    except ValueError:
        return  # refused is right as well
    assert message["Bcc"] is None
