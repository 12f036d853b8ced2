"""No real person's phone or e-mail stands in the repository."""

import re

import pytest

from tests.guards.files import texts

# A Latvian number: eight digits beginning with 2 or 6, in the groups people write; with the country, in any.
GROUPS = (r"[26]\d{7}", r"[26]\d{3}_\d{4}", r"[26]\d_\d{3}_\d{3}", r"[26]\d{2}_\d{2}_\d{3}", r"[26]\d(?:_\d{2}){3}")
COUNTRY = r"(?:\+|00)371(?:_?\d){8}"
PHONE = re.compile(rf"(?<![\w.+])(?:{'|'.join((COUNTRY, *GROUPS))})(?![\w.]?\d)".replace("_", r"[ \u00a0-]"))
DRAWN = re.compile(r"\b(?:d|points|viewBox|transform)=\"[^\"]*\"")  # the numbers of a drawing's strokes
MADE_UP_PHONE = re.compile(r"(?:(?:\+|00)?371)?200000\d\d")
EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", re.I)
MADE_UP_EMAIL = re.compile(r".+@(?:[\w-]+\.)*example\.lv", re.I)


def real(text: str) -> list[str]:
    """Numbers and addresses that are not of the made-up ones."""
    phones = [match.group() for match in PHONE.finditer(DRAWN.sub("", text))]
    emails = [match.group() for match in EMAIL.finditer(text)]
    return [phone for phone in phones if not MADE_UP_PHONE.fullmatch(re.sub(r"[ \u00a0-]", "", phone))] + [
        email for email in emails if not MADE_UP_EMAIL.fullmatch(email)
    ]


def test_no_real_number_or_address_stands_in_the_repository() -> None:
    here = "tests/guards/test_nobody_real.py"  # the examples below
    assert {str(name): found for name, text in texts() if str(name) != here and (found := real(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "+371 2912 3456",
        "tel:+37129123456",
        "29123456",
        "2912-3456",
        "0037165412345",
        "654 12 345",
        "+371 291 23 456",
        "info@centrs.lv",
    ],
)
def test_the_finder_finds_a_real_one(text: str) -> None:
    assert len(real(f"Zvaniet: {text}, labi?")) == 1


@pytest.mark.parametrize(
    "text", ["+371 2000 0000", "20000012", "anna@example.lv", "a@b.example.lv", "2027-03-27 10:00", "4829 1375", "2027"]
)
def test_the_finder_leaves_made_up_ones_and_dates_alone(text: str) -> None:
    assert real(f"Zvaniet: {text}, labi?") == []
