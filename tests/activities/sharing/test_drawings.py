"""Our drawings painted by Pillow: where, in which colours, and all that stands in the templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from activities.models import Activity
from activities.sharing.drawings import Drawing, Shape, drawing, painted, stroked
from activities.sharing.inks import Ink, colour
from activities.sharing.paths import lines_of

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (255, 0, 0)
DRAWN = [*(f"drawings/{theme}.html" for theme in Activity.Theme.values), "drawings/neighbourhood.html", "_mark.html"]


def one(path: str, ink: Ink) -> Drawing:
    return Drawing(20, 20, (Shape(tuple(lines_of(path)), ink),))


def test_a_surface_is_filled_and_nothing_around_it() -> None:
    sheet = painted(one("M5 5h10v10H5z", Ink(fill=RED)), (40, 40), 2, (0, 0), WHITE)
    assert [sheet.getpixel(at) for at in ((20, 20), (12, 12), (28, 28))] == [RED] * 3
    assert [sheet.getpixel(at) for at in ((7, 20), (32, 20), (20, 7), (20, 32))] == [WHITE] * 4


def test_a_line_is_as_wide_as_said_and_its_ends_are_round() -> None:
    sheet = painted(one("M5 10h10", Ink(stroke=BLACK, width=4)), (80, 80), 4, (0, 0), WHITE)
    assert [sheet.getpixel((40, y)) for y in (33, 40, 46)] == [BLACK] * 3
    assert [sheet.getpixel((40, y)) for y in (30, 50)] == [WHITE] * 2
    assert sheet.getpixel((14, 40)) == BLACK  # the round end reaches half a width further
    assert sheet.getpixel((13, 33)) == WHITE  # but has no corners


def test_an_edge_is_smooth() -> None:
    sheet = painted(one("M0 0L20 20H0z", Ink(fill=BLACK)), (40, 40), 2, (0, 0), WHITE)
    shades = {sheet.getpixel((at, at))[0] for at in range(5, 35)}  # type: ignore[index]
    assert shades
    assert shades <= set(range(40, 216))


def test_what_is_half_seen_through_mixes_with_what_is_behind() -> None:
    behind = Shape(tuple(lines_of("M0 0h20v20H0z")), Ink(fill=BLACK))
    over = Shape(tuple(lines_of("M5 5h10v10H5z")), Ink(fill=WHITE, opacity=0.4))
    sheet = painted(Drawing(20, 20, (behind, over)), (20, 20), 1, (0, 0), RED)
    assert sheet.getpixel((10, 10)) == (102, 102, 102)
    assert sheet.getpixel((2, 2)) == BLACK


def test_what_reaches_past_the_sheet_is_cut_off() -> None:
    wide = Drawing(20, 20, (Shape(tuple(lines_of("M-600 5h1500v10H-600z")), Ink(fill=RED, opacity=0.5)),))
    sheet = painted(wide, (20, 20), 1, (0, 0), WHITE)
    assert sheet.getpixel((0, 10)) == sheet.getpixel((19, 10)) == (255, 127, 127)
    far = one("M100 100h10v10z", Ink(fill=RED, opacity=0.5))
    assert painted(far, (20, 20), 1, (0, 0), WHITE).getcolors() == [(400, WHITE)]


def test_a_tall_sheet_painted_in_strips_has_no_seam() -> None:
    sheet = painted(one("M10-5L12 400", Ink(stroke=BLACK, width=8)), (20, 300), 1, (0, 0), WHITE)
    assert all(sheet.getpixel((11, y)) == BLACK for y in range(300))


@pytest.mark.parametrize("template", DRAWN)
def test_every_path_of_a_template_is_painted(template: str) -> None:
    text = Path(settings.BASE_DIR, "templates", template).read_text()
    shapes = drawing(template, "garden").shapes
    assert len(shapes) == text.count("<path") > 2
    assert all(shape.lines and (shape.ink.fill or shape.ink.stroke) for shape in shapes)
    assert set(re.findall(r"<(\w+)", text)) <= {"svg", "path", "div"}  # the painter knows nothing else


def test_how_much_shows_through_is_read_from_the_path_too() -> None:
    assert [shape.ink.opacity for shape in drawing("drawings/cleanup.html", "cleanup").shapes][:3] == [0.75, 1, 0.8]


@pytest.mark.parametrize("theme", Activity.Theme.values)
def test_each_drawing_shows_its_colours(theme: str) -> None:
    sheet = painted(drawing(f"drawings/{theme}.html", theme), (320, 180), 1, (0, 0), colour(f"{theme}-tint"))
    seen = {of for number, of in sheet.getcolors(1 << 16) or [] if number > 100}
    assert {colour("ink"), colour(f"{theme}-tint")} <= seen
    assert len(seen) > 5


@pytest.mark.parametrize("name", [*Activity.Theme.values, "cross"])
def test_each_icon_is_a_mask_of_its_lines(name: str) -> None:
    mask = stroked(f"icons/{name}.html", 48)
    assert mask.mode == "L"
    assert mask.getextrema() == (0, 255)
    assert 0.05 < sum(mask.tobytes()) / 255 / 48**2 < 0.6
