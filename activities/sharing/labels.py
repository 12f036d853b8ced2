"""Labels with round ends on the picture, with an icon of the pages before the word."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from activities.sharing.drawings import FINER, stroked
from activities.sharing.inks import Colour, colour
from activities.sharing.lettering import font

GAP = 18


@dataclass(frozen=True)
class Label:
    """A word in the colour `ink` on the colour `surface`, after an icon."""

    text: str
    size: int
    ink: str
    surface: str
    icon: str
    weight: str = "medium"

    @property
    def icon_size(self) -> int:
        return round(self.size * 1.1)

    def write(self, sheet: Image.Image, left: int, middle: int) -> int:
        """Draws it, its left end and its middle at these places; returns where its right end is."""
        face = font(self.weight, self.size)
        half = round(self.size * 0.8)
        before = left + GAP + self.icon_size + GAP * 2 // 3
        right = before + round(face.getlength(self.text)) + GAP * 3 // 2
        pill(sheet, (left, middle - half, right, middle + half), colour(self.surface))
        mask = stroked(f"icons/{self.icon}.html", self.icon_size)
        sheet.paste(colour(self.ink), (left + GAP, middle - self.icon_size // 2), mask)
        ImageDraw.Draw(sheet).text((before, middle), self.text, fill=colour(self.ink), font=face, anchor="lm")
        return right


def pill(sheet: Image.Image, box: tuple[int, int, int, int], fill: Colour) -> None:
    """A surface with round ends and a smooth edge."""
    width, height = (box[2] - box[0]) * FINER, (box[3] - box[1]) * FINER
    mask = Image.new("L", (width, height))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), height // 2, 255)
    sheet.paste(fill, box, mask.reduce(FINER))
