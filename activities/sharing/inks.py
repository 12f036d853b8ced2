"""The colours and strokes of our drawings, read from the style sheets that pages use, so that both stay the same."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import ImageColor

Colour = tuple[int, ...]

MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # the dark twins: a picture is always light
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
VARIABLE = re.compile(r"var\(--([\w-]+)(?:,[^)]*)?\)")
SHEETS = ("tokens.css", "drawings.css")


@dataclass(frozen=True)
class Ink:
    """How one shape is painted: its surface, its outline, and how much shows through."""

    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0
    opacity: float = 1.0


def colour(name: str) -> Colour:
    """A colour of the pages by its name in the style sheet: "paper", "garden-tint"."""
    return ImageColor.getrgb(_sheet().variables[name])


def ink(classes: str, theme: str) -> Ink:
    """What the classes of a shape paint, in the colours of a theme."""
    painted = Ink()
    for name in classes.split():
        for property_, value in _sheet().rules.get(name, {}).items():
            painted = _with(painted, property_, _resolved(value, theme))
    return painted


@dataclass(frozen=True)
class _Sheet:
    variables: dict[str, str]
    rules: dict[str, dict[str, str]]


@cache
def _sheet() -> _Sheet:
    variables: dict[str, str] = {}
    rules: dict[str, dict[str, str]] = {}
    for name in SHEETS:
        text = COMMENT.sub("", Path(settings.BASE_DIR, "static/css", name).read_text(encoding="utf-8"))
        for selectors, body in RULE.findall(MEDIA.sub("", text)):
            pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
            said = {property_.strip(): value.strip() for property_, value in pairs}
            variables |= {property_[2:]: value for property_, value in said.items() if property_.startswith("--")}
            for selector in selectors.split(","):
                if re.fullmatch(r"\.[\w-]+", selector.strip()):
                    rules.setdefault(selector.strip()[1:], {}).update(said)
    return _Sheet(variables, rules)


def _resolved(value: str, theme: str) -> str:
    """The value with its variables put in; the theme's own two are named after it."""
    variables = {**_sheet().variables, "hue": f"var(--{theme})", "tint": f"var(--{theme}-tint)"}
    while found := VARIABLE.search(value):
        value = value.replace(found[0], variables[found[1]])
    return value


def _with(painted: Ink, property_: str, value: str) -> Ink:
    if property_ in ("fill", "stroke"):
        seen = None if value == "none" else ImageColor.getrgb(value)
        return replace(painted, fill=seen) if property_ == "fill" else replace(painted, stroke=seen)
    if property_ == "stroke-width":
        return replace(painted, width=float(value))
    return replace(painted, opacity=float(value)) if property_ == "opacity" else painted
