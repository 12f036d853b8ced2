"""The look keeps its promises: contrast in light and dark, nothing an old phone does not know, drawings of ours."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CSS = sorted((ROOT / "static/css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
DRAWN = sorted((ROOT / "templates/drawings").glob("*.html")) + sorted((ROOT / "templates/icons").glob("*.html"))
THEMES = ("garden", "cleanup", "stage", "craft", "home", "safety")
LOOK = {
    "paper": "#fffdf8",
    "ink": "#1f2933",
    "quiet": "#52606d",
    "line": "#e4ddd0",
    "chalk": "#1d5f8a",
    "shoot": "#2f6f3e",
    "ochre": "#8a5a00",
    "clay": "#a3271b",
}
SURFACES = ("paper", "card", "sill")
STATES = ("chalk", "shoot", "ochre", "clay")
TEXT_PAIRS = (
    [(text, surface) for text in ("ink", "quiet", "chalk", "chalk-deep", *STATES[1:]) for surface in SURFACES]
    + [("ink", f"{state}-soft") for state in STATES]
    + [(state, f"{state}-soft") for state in STATES]
    + [("chalk", f"{state}-soft") for state in STATES]
    + [("chalk-deep", "chalk-soft"), ("on-chalk", "chalk"), ("on-chalk", "chalk-deep"), ("on-clay", "clay")]
    + [(theme, f"{theme}-tint") for theme in THEMES]
)
CONTROL_PAIRS = [(edge, surface) for edge in ("control", "chalk", "clay") for surface in SURFACES]
# What Chrome 80 or Safari 13 does not know and what would break the page there.
TOO_NEW = {
    "nesting": r"(^|[\s;{}])&",
    "newer selectors": r":(has|is|where)\(",
    "newer rules": r"@(container|layer|scope|property|starting-style)\b",
    "newer colours": r"\b(oklch|oklab|lch|lab|color-mix|light-dark)\(",
    "newer properties": r"(^|[\s;{])(inset|aspect-ratio|translate|scale|rotate|(margin|padding)-(inline|block))\s*:",
    "newer lengths": r"\d(d|s|l)v[hw]\b|\bclamp\(",
    "ranges in media queries": r"@media[^{]*[<>]",
}
TOO_NEW_FOR_SCRIPTS = (r"\?\.", r"\?\?", r"\|\|=", r"&&=", r"\.at\(", r"\.replaceAll\(", r"catch\s*\{", r"\.flat\(")


def tokens(dark: bool) -> dict[str, str]:
    text = without_comments(ROOT / "static/css/tokens.css")
    light, _, night = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night)) if dark else found


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def contrast(one: str, other: str) -> float:
    """The ratio as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_measured_as_it_should_be() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_light_colours_are_those_we_agreed_on() -> None:
    assert {name: tokens(dark=False)[name] for name in LOOK} == LOOK


def test_every_colour_has_a_dark_twin() -> None:
    text = without_comments(ROOT / "static/css/tokens.css")
    light, _, night = text.partition("@media (prefers-color-scheme: dark)")
    colours = re.compile(r"--([\w-]+): #")
    assert set(colours.findall(light)) == set(colours.findall(night))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), TEXT_PAIRS)
def test_text_stands_out_from_its_background(text: str, surface: str, dark: bool) -> None:
    colours = tokens(dark)
    assert contrast(colours[text], colours[surface]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "surface"), CONTROL_PAIRS)
def test_the_edge_of_a_control_stands_out(edge: str, surface: str, dark: bool) -> None:
    colours = tokens(dark)
    assert contrast(colours[edge], colours[surface]) >= 3


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_an_old_phone_understands_the_style_sheet(path: Path) -> None:
    text = without_comments(path)
    assert {name: found[0] for name, wanted in TOO_NEW.items() if (found := re.search(wanted, text))} == {}


def test_no_flex_row_counts_on_gap() -> None:
    rules = [rule for path in CSS for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", without_comments(path))]
    grids = {selector.strip() for selector, body in rules if "display: grid" in body or "columns:" in body}
    gapped = {selector.strip() for selector, body in rules if re.search(r"(^|[\s;])(row-|column-)?gap\s*:", body)}
    assert gapped
    assert gapped <= grids


def test_the_focus_ring_does_not_need_focus_visible() -> None:
    text = "".join(without_comments(path) for path in CSS)
    assert re.search(r"(^|\n):focus \{ outline: 3px solid", text)
    assert set(re.findall(r"[^{},\n]*:focus-visible[^{},\n]*", text)) == {":focus:not(:focus-visible) "}


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_an_old_phone_understands_the_script(path: Path) -> None:
    text = re.sub(r"(^|\s)//.*", "", path.read_text())
    assert [found[0] for wanted in TOO_NEW_FOR_SCRIPTS if (found := re.search(wanted, text))] == []


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_has_tint_icon_and_drawing(theme: str) -> None:
    cards = (ROOT / "static/css/cards.css").read_text()
    assert f".theme--{theme}, .card--{theme} {{ --tint: var(--{theme}-tint); --hue: var(--{theme}); }}" in cards
    assert (ROOT / f"templates/icons/{theme}.html").exists()
    assert (ROOT / f"templates/drawings/{theme}.html").exists()


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_drawings_take_their_colours_from_the_style_sheet(path: Path) -> None:
    text = path.read_text()
    classes = set(re.findall(r'class="([^"]+)"', text))
    known = "".join(style.read_text() for style in CSS)
    assert not re.search(r'style=|fill="#|stroke="#|<style|<script|href="http', text)
    assert [name for names in classes for name in names.split() if f".{name}" not in known] == []


def test_no_template_of_ours_carries_inline_style_or_script() -> None:
    # A letter is no page: it brings its style along, for it may load nothing.
    pages = [path for path in sorted((ROOT / "templates").rglob("*.html")) if path.parent != ROOT / "templates/letters"]
    assert len(pages) > 50
    guilty = [
        str(path.relative_to(ROOT))
        for path in pages
        if re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)", path.read_text())
    ]
    assert guilty == []
