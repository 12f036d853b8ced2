"""Our own drawings (templates/drawings/), painted by Pillow as a browser paints them."""

import math
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings
from PIL import Image, ImageDraw

from activities.sharing.inks import Colour, Ink, ink
from activities.sharing.paths import Line, Point, lines_of

FINER = 4  # times as large as shown, then made smaller: that smooths the edges
STRIP = 70  # so many lines of the sheet at a time: the whole of it, that much larger, would take 40 MB
SVG = re.compile(r"<svg.*</svg>", re.DOTALL)


@dataclass(frozen=True)
class Shape:
    """One path of a drawing with what paints it."""

    lines: tuple[Line, ...]
    ink: Ink


@dataclass(frozen=True)
class Drawing:
    """The shapes from the back to the front, in the drawing's own units."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@cache
def drawing(template: str, theme: str) -> Drawing:
    """A drawing in the colours of a theme: `drawing("drawings/garden.html", "garden")`."""
    text = Path(settings.BASE_DIR, "templates", template).read_text(encoding="utf-8")
    found = SVG.search(text)
    if found is None:
        raise ValueError(template)
    svg = ElementTree.fromstring(found[0])
    _x, _y, width, height = map(float, svg.attrib["viewBox"].split())
    return Drawing(width, height, tuple(_shape(path, theme) for path in svg.iter("path")))


def stroked(template: str, size: int) -> Image.Image:
    """An icon of the pages (24 units, a line of 2) as a mask of `size`."""
    text = Path(settings.BASE_DIR, "templates", template).read_text(encoding="utf-8")
    mask = Image.new("L", (size * FINER, size * FINER))
    scale = size * FINER / 24
    for path in ElementTree.fromstring(f"<svg>{text}</svg>").iter("path"):
        shape = Shape(tuple(lines_of(path.attrib["d"])), Ink(stroke=(255,), width=2))
        _paint(mask, shape, scale, (0, 0))
    return mask.reduce(FINER)


def _shape(path: ElementTree.Element, theme: str) -> Shape:
    painted = ink(path.get("class", ""), theme)
    if "opacity" in path.attrib and painted.opacity == 1:  # a rule of the style sheet would win
        painted = replace(painted, opacity=float(path.attrib["opacity"]))
    return Shape(tuple(lines_of(path.attrib["d"])), painted)


def painted(of: Drawing, size: tuple[int, int], scale: float, corner: Point, background: Colour) -> Image.Image:
    """The drawing on a sheet of `size`, its upper left corner at `corner`; what reaches past the sheet is cut off."""
    sheet = Image.new("RGB", size, background)
    for top in range(0, size[1], STRIP):
        height = min(STRIP, size[1] - top)
        large = Image.new("RGB", (size[0] * FINER, height * FINER), background)
        at = (corner[0] * FINER, (corner[1] - top) * FINER)
        for shape in of.shapes:
            _paint(large, shape, scale * FINER, at)
        sheet.paste(large.reduce(FINER), (0, top))
    return sheet


def _paint(sheet: Image.Image, shape: Shape, scale: float, corner: Point) -> None:
    lines = [
        Line(tuple((x * scale + corner[0], y * scale + corner[1]) for x, y in line.points), line.is_closed)
        for line in shape.lines
    ]
    box = _box(lines, shape.ink.width * scale, sheet.size)
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    if shape.ink.opacity == 1:
        _fill_and_stroke(ImageDraw.Draw(sheet), lines, shape.ink, scale)
        return
    moved = [Line(tuple((x - box[0], y - box[1]) for x, y in line.points), line.is_closed) for line in lines]
    part = sheet.crop(box)
    over = part.copy()
    _fill_and_stroke(ImageDraw.Draw(over), moved, shape.ink, scale)
    sheet.paste(Image.blend(part, over, shape.ink.opacity), box[:2])


def _box(lines: list[Line], edge: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """What a shape covers, within the sheet."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    left, upper = max(0, int(min(xs) - edge)), max(0, int(min(ys) - edge))
    right, lower = min(size[0], int(max(xs) + edge) + 1), min(size[1], int(max(ys) + edge) + 1)
    return left, upper, right, lower


def _fill_and_stroke(pen: ImageDraw.ImageDraw, lines: list[Line], paint: Ink, scale: float) -> None:
    if paint.fill is not None:
        for line in lines:
            if len(line.points) > 2:
                pen.polygon([(round(x), round(y)) for x, y in line.points], fill=paint.fill)
    if paint.stroke is not None:
        for line in lines:
            _stroke(pen, line, paint.stroke, paint.width * scale)


def _stroke(pen: ImageDraw.ImageDraw, line: Line, stroke: Colour, width: float) -> None:
    """A line with round ends and round corners: straight pieces, and a dot wherever two of them meet."""
    points = [*line.points, line.points[0]] if line.is_closed else line.points
    half = width / 2
    for (x, y), (to_x, to_y) in pairwise(points):
        length = math.hypot(to_x - x, to_y - y)
        if length:  # Pillow's own wide lines round their ends on the way, and so a curve of them is rough
            over, up = (to_y - y) / length * half, (to_x - x) / length * half
            corners = ((x - over, y + up), (x + over, y - up), (to_x + over, to_y - up), (to_x - over, to_y + up))
            pen.polygon([(round(at_x), round(at_y)) for at_x, at_y in corners], fill=stroke)
    for x, y in points:
        pen.ellipse((round(x - half), round(y - half), round(x + half), round(y + half)), fill=stroke)
