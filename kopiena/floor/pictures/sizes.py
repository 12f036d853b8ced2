"""Which files a picture is kept in: their sizes, their names, and how a name is read again."""

import re
from dataclasses import dataclass

FOLDER = "pictures"
WIDTHS = (400, 800, 1200)
LARGEST = (1200, 1600)  # pixels; a taller picture is made narrower than the widest
KINDS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}  # the first one a browser knows is shown

Size = tuple[int, int]

_NAME = re.compile(rf"{FOLDER}/([0-9a-f]{{32}})/([1-9]\d{{0,3}})x([1-9]\d{{0,3}})\.jpg", re.ASCII)


def sizes(width: int, height: int) -> list[Size]:
    """The sizes a picture that is kept in at most this one is shown in, the smallest first; never enlarged."""
    smaller = [(each, max(1, round(height * each / width))) for each in WIDTHS if each < width]
    return [*smaller, (width, height)]


@dataclass(frozen=True)
class Kept:
    """A picture that was taken in, as its largest file's name tells it."""

    key: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """The largest JPEG, for whoever shows only one: a path below the media folder."""
        return self.file((self.width, self.height), "jpg")

    @property
    def sizes(self) -> list[Size]:
        return sizes(self.width, self.height)

    def file(self, size: Size, kind: str) -> str:
        """The path of one of its files below the media folder."""
        return f"{FOLDER}/{self.key}/{size[0]}x{size[1]}.{kind}"

    def at_least(self, width: int) -> Size:
        """The smallest of its sizes that is so wide; the largest where none is."""
        return next((size for size in self.sizes if size[0] >= width), self.sizes[-1])


def kept(name: str) -> Kept | None:
    """What was taken in under this name; None for an older file, which has no other sizes."""
    found = _NAME.fullmatch(name)
    return Kept(found[1], int(found[2]), int(found[3])) if found else None
