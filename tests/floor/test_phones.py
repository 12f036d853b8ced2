"""Every way people write a phone number ends in the same E.164, everything else in nothing."""

import time

import pytest

from kopiena.floor import phones

LATVIAN = "+37120000000"


@pytest.mark.parametrize(
    "typed",
    [
        "+371 2000 0000",
        "+37120000000",
        "+371-20-000-000",
        "(+371) 20000000",
        "20000000",
        "2000-0000",
        "20 00 00 00",
        " 2000 0000\t",
        "2000\u00a00000",
        "2000\u20110000",
        "2000.0000",
        "00371 20000000",
        "37120000000",
        "２０００ ００００",
        "＋３７１ ２０００ ００００",
        "\u202a+371 2000 0000\u202c",
        "+371\u200b20000000",
    ],
)
def test_a_latvian_number_passes_however_it_is_typed(typed: str) -> None:
    assert phones.normalise(typed) == LATVIAN


def test_a_foreign_number_passes_with_its_country_if_it_can_exist() -> None:
    assert phones.normalise("+44 20 7946 0000") == "+442079460000"
    assert phones.normalise("0044 20 7946 0000") == "+442079460000"
    assert phones.normalise("+44 20 7946") is None
    assert phones.normalise("+999 2000 0000") is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "+",
        "0",
        "2000000",
        "200000000",
        "10000000",
        "+371 2000 000",
        "+371 2000 00000",
        "112",
        "٢٠٠٠٠٠٠٠",
        "२०००००००",
        "CALL ME",
        "2000ABCD",
        "+371 2000 0000 ext 5",
        "2000\x000000",
        "+371+20000000",
        "😀",
        "<script>alert(1)</script>",
        "tel:+37120000000",
        "-1",
        "20000000;20000000",
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert phones.normalise(typed) is None


def test_ten_thousand_characters_are_refused_at_once() -> None:
    started = time.perf_counter()
    for typed in ("2" * 10_000, " " * 10_000, "+371 " * 2_000, "-" * 9_999 + "2"):
        assert phones.normalise(typed) is None
    assert time.perf_counter() - started < 2  # a pattern that tries every way through them would need minutes


def test_a_number_is_shown_as_it_is_read_aloud() -> None:
    assert phones.shown(LATVIAN) == "2000 0000"
    assert phones.shown("+442079460000") == "+44 20 7946 0000"
    assert phones.shown("no number") == "no number"


def test_what_was_normalised_stays_the_same() -> None:
    for typed in ("2000 0000", "+44 20 7946 0000"):
        kept = phones.normalise(typed)
        assert kept is not None
        assert phones.normalise(kept) == kept
        assert phones.normalise(phones.shown(kept)) == kept
