"""The picture's colours are those of the pages, in their light twin."""

import pytest

from activities.models import Activity
from activities.sharing.inks import Ink, colour, ink


def test_a_colour_is_that_of_the_style_sheet_and_never_its_dark_twin() -> None:
    assert colour("paper") == (0xFF, 0xFD, 0xF8)
    assert colour("ink") == (0x1F, 0x29, 0x33)
    assert colour("garden-tint") == (0xE4, 0xF1, 0xDD)


def test_a_shape_is_painted_as_its_classes_say() -> None:
    assert ink("d-ochre d-line", "home") == Ink(fill=(0xED, 0xB6, 0x4A), stroke=(0x1F, 0x29, 0x33), width=3.5)
    assert ink("d-thin", "home") == Ink(stroke=(0x1F, 0x29, 0x33), width=2)
    assert ink("d-dark", "home") == Ink(fill=(0x1F, 0x29, 0x33))


@pytest.mark.parametrize("theme", Activity.Theme.values)
def test_the_two_colours_of_a_theme_are_put_in(theme: str) -> None:
    assert ink("d-hue", theme) == Ink(fill=colour(theme))
    assert ink("d-tint", theme) == Ink(fill=colour(f"{theme}-tint"))
    assert ink("d-soft", theme) == Ink(stroke=colour(theme), width=3, opacity=0.55)


def test_a_class_without_a_rule_paints_nothing() -> None:
    assert ink("nothing-of-ours", "home") == Ink()
