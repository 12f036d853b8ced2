"""The letters of the picture: which of them the font has, how a title is cut into lines, how large it may be."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import font_roboto
from PIL import ImageFont

WEIGHTS = {"bold": font_roboto.RobotoBold, "medium": font_roboto.RobotoMedium}
TRIED_AT = 40  # a size at which a letter is compared with the box that stands for a missing one
NOBODYS = "\U0010fffd"  # a sign that no font has
Sizes = Sequence[tuple[int, int]]  # how large a text may be, and how many lines it may then have
TIED = "\u00a0"
LITTLE_WORD = re.compile(r"(?<!\S)(\w{1,2}) ")


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """A face of the font; only the sizes that the picture uses are ever asked for."""
    # The simple layout draws the same everywhere; the other one needs a library that may not be there.
    return ImageFont.truetype(WEIGHTS[weight], size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """The text without signs that the font lacks: instead of an empty box nothing, or the plain letter for it."""
    kept = (_drawable(sign) for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split())


@lru_cache(maxsize=4096)
def _drawable(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign.isspace():
        return " "
    if kind[0] in "MC":  # marks that belong to no letter here, joiners, what cannot be seen
        return ""
    if is_known(sign):
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    return "".join(map(_drawable, plain)) if plain != sign else ""


def is_known(sign: str) -> bool:
    """Whether the font has the sign, and no box stands for it."""
    return _shape(sign) != _shape(NOBODYS)


def _shape(sign: str) -> tuple[tuple[int, int], bytes]:
    mask = font("bold", TRIED_AT).getmask(sign)
    return mask.size, bytes(mask)


@dataclass(frozen=True)
class Setting:
    """A text ready to be drawn: its lines and how large they are."""

    lines: tuple[str, ...]
    size: int


def fitted(text: str, weight: str, width: int, sizes: Sizes) -> Setting:
    """The largest of `sizes` at which the text fits without breaking a word.

    Where none fits, the smallest one: words too long are broken, and what goes past the last line ends in "…".
    """
    for size, most in sizes:
        face = font(weight, size)
        lines = wrapped(text, face, width)
        if len(lines) <= most and all(face.getlength(word) <= width for word in text.split()):
            return Setting(_even(text, face, width, len(lines)), size)
    size, most = sizes[-1]
    face = font(weight, size)
    lines = wrapped(text, face, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), face, width, is_cut=True)]
    return Setting(tuple(lines), size)


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines no wider than `width`; a little word stays with the next one, a word too long is broken."""
    lines: list[str] = []
    for word in LITTLE_WORD.sub(rf"\1{TIED}", text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if face.getlength(longer) <= width:
            lines[-1:] = [longer]
            continue
        pieces = _pieces(word, face, width)
        lines += pieces
    return [line.replace(TIED, " ") for line in lines]


def shortened(text: str, face: ImageFont.FreeTypeFont, width: int, *, is_cut: bool = False) -> str:
    """The text in one line; what does not fit is left out and "…" stands for it."""
    if not is_cut and face.getlength(text) <= width:
        return text
    kept = text
    while kept and face.getlength(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,.;:–-')}…"


def _pieces(word: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word in lines: whole where it fits, apart where two were tied together, else broken with a hyphen."""
    if face.getlength(word) <= width:
        return [word]
    if TIED in word:
        first, rest = word.split(TIED, 1)
        return [first, *_pieces(rest, face, width)]
    end = max(1, next(end for end in range(len(word), -1, -1) if face.getlength(f"{word[:end]}-") <= width))
    return [f"{word[:end]}-", *_pieces(word[end:], face, width)]


def _even(text: str, face: ImageFont.FreeTypeFont, width: int, count: int) -> tuple[str, ...]:
    """The same number of lines, but none much longer than the others."""
    longest = max(face.getlength(word) for word in text.split()) if text.split() else 0
    narrow, wide = int(longest), width
    while wide - narrow > 4:
        middle = (narrow + wide) // 2
        narrow, wide = (narrow, middle) if len(wrapped(text, face, middle)) <= count else (middle, wide)
    return tuple(wrapped(text, face, wide))
