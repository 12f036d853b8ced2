"""Digits that people copy from a letter or a slip: read however they were grouped."""

import unicodedata


def digits_of(typed: str) -> str:
    """The digits alone, without the spaces and dashes around them."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(letter for letter in plain if letter.isascii() and letter.isdigit())
