"""Digits are read however they were grouped."""

import pytest

from kopiena.floor.codes import digits_of


def test_wide_digits_of_another_keyboard_are_read() -> None:
    assert digits_of("".join(chr(0xFF10 + int(digit)) for digit in "48291375")) == "48291375"


@pytest.mark.parametrize("typed", ["48291375", "4829 1375", " 4829-1375.", "4829\u00a01375", "kods: 48291375"])
def test_the_digits_alone_are_read(typed: str) -> None:
    assert digits_of(typed) == "48291375"


@pytest.mark.parametrize("typed", ["", "kods", "\x00", "٤٨٢٩", "🎈"])
def test_what_holds_no_digits_of_ours_is_none(typed: str) -> None:
    assert digits_of(typed) == ""
