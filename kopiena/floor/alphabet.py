"""The order of the Latvian alphabet, in which people look for a name; Russian names stand after the Latvian ones."""

LETTERS = "aābcčdeēfgģhiīyjkķlļmnņoōpqrŗsštuūvwxzž"
_PLACE = {letter: number for number, letter in enumerate(LETTERS)}
_DIGITS_FIRST, _LATVIAN, _OTHERS = 0, 1, 2


def in_alphabet(text: str) -> tuple[tuple[int, int], ...]:
    """A key to sort by: "Čakste" after "Cīrule", "Ķirsis" after "Koks", "Анна" after "Žanete"."""
    return tuple(_place(letter) for letter in text.casefold())


def _place(letter: str) -> tuple[int, int]:
    if letter in _PLACE:
        return _LATVIAN, _PLACE[letter]
    # "ё" stands far from "е" in Unicode; in the alphabet it is its neighbour.
    code = ord("е") * 2 + 1 if letter == "ё" else ord(letter) * 2
    return (_OTHERS if letter.isalpha() else _DIGITS_FIRST), code
