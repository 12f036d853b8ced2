"""An SVG path as points: what a pen does with `d="M0 0h10c…"`, flattened so that Pillow can draw it."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

Point = tuple[float, float]

TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
FLATNESS = 0.1  # how far a straight piece may leave its curve, in units of the drawing
MOST_PIECES = 64
# Where numbers are written without a gap ("a5 5 0 1110 0") the two flags of an arc are one digit each.
FLAGS_OF_AN_ARC = (3, 4)


class NotAPath(ValueError):
    """The text is no path, or uses what no drawing of ours needs."""


@dataclass(frozen=True)
class Line:
    """One unbroken stroke of the pen."""

    points: tuple[Point, ...]
    is_closed: bool = False


def lines_of(text: str, flatness: float = FLATNESS) -> list[Line]:
    """The strokes of a path, each curve cut into straight pieces."""
    pen = _Pen(flatness)
    for command, numbers in _commands(text):
        pen.move(command, numbers)
    return pen.finished()


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; one that is repeated without its letter gets it back."""
    rest, command = text.strip(), ""
    while rest:
        letter = TOKEN.match(rest)
        if letter is None:
            raise NotAPath(rest[:20])
        if letter[1]:
            command, rest = letter[1], rest[letter.end() :].lstrip(", \t\n")
        elif not command or command in "Zz":
            raise NotAPath(rest[:20])
        numbers, rest = _numbers(command, rest)
        yield command, numbers
        command = {"M": "L", "m": "l"}.get(command, command)


def _numbers(command: str, rest: str) -> tuple[list[float], str]:
    numbers = []
    for place in range(NUMBERS[command.upper()]):
        is_flag = command in "Aa" and place in FLAGS_OF_AN_ARC
        found = re.match(r"()([01])", rest) if is_flag else TOKEN.match(rest)
        if found is None or not found[2]:
            raise NotAPath(rest[:20])
        numbers.append(float(found[2]))
        rest = rest[found.end() :].lstrip(", \t\n")
    return numbers, rest


class _Pen:
    """Where the pen is, where its stroke began, and where the handle of the last curve stood."""

    def __init__(self, flatness: float) -> None:
        self.flatness = flatness
        self.lines: list[Line] = []
        self.points: list[Point] = []
        self.at: Point = (0.0, 0.0)
        self.handle: Point | None = None
        self.curve = ""  # the kind of the last command, for those that go on from it

    def move(self, command: str, numbers: list[float]) -> None:
        kind, is_relative = command.upper(), command.islower()
        x, y = self.at if is_relative else (0.0, 0.0)
        if kind == "Z":
            self._close()
        elif kind == "A":
            self._arc(numbers[:5], (numbers[5] + x, numbers[6] + y))
        elif kind in "HV":
            self._to((numbers[0] + x, self.at[1]) if kind == "H" else (self.at[0], numbers[0] + y))
        else:
            points = [(numbers[at] + x, numbers[at + 1] + y) for at in range(0, len(numbers), 2)]
            if kind == "M":
                self._lift(points[0])
            elif kind == "L":
                self._to(points[0])
            else:
                self._bend(kind, points)
        self.curve = kind

    def finished(self) -> list[Line]:
        self._lift(self.at)
        return self.lines

    def _lift(self, to: Point) -> None:
        if len(self.points) > 1:
            self.lines.append(Line(tuple(self.points)))
        self.at, self.points = to, [to]

    def _close(self) -> None:
        if len(self.points) > 1:
            self.lines.append(Line(tuple(self.points), is_closed=True))
        self.at = self.points[0] if self.points else self.at
        self.points = [self.at]

    def _to(self, point: Point) -> None:
        self.points.append(point)
        self.at = point

    def _bend(self, kind: str, points: list[Point]) -> None:
        """Cubic and quadratic curves; S and T take their first handle from the curve before, mirrored."""
        start, end = self.at, points[-1]
        if kind in "ST":
            goes_on = self.handle is not None and self.curve in ("CS" if kind == "S" else "QT")
            last = self.handle if goes_on and self.handle is not None else start
            points = [(2 * start[0] - last[0], 2 * start[1] - last[1]), *points]
        self.handle = points[-2]
        if kind in "QT":
            (qx, qy) = points[0]
            points = [((p[0] + 2 * qx) / 3, (p[1] + 2 * qy) / 3) for p in (start, end)] + [end]
        one, two, _ = points
        for piece in range(1, pieces := _pieces((start, one, two, end), self.flatness)):
            self._to(_on_curve(piece / pieces, start, one, two, end))
        self._to(end)

    def _arc(self, shape: list[float], end: Point) -> None:
        for point in _arc_points(self.at, shape, end, self.flatness):
            self._to(point)


def _pieces(handles: tuple[Point, Point, Point, Point], flatness: float) -> int:
    """How many straight pieces keep within the flatness, by the second differences of the handles."""
    bend = max(math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]) for a, b, c in (handles[:3], handles[1:]))
    return max(1, min(MOST_PIECES, math.ceil(math.sqrt(0.75 * bend / flatness))))


def _on_curve(t: float, *points: Point) -> Point:
    one, u = points, 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return (
        sum(weight * point[0] for weight, point in zip(weights, one, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, one, strict=True)),
    )


def _arc_points(start: Point, shape: list[float], end: Point, flatness: float) -> Iterator[Point]:
    """An elliptic arc by the formulas of the SVG standard (B.2.4), from two ends to a centre and two angles."""
    rx, ry, turned, is_large, is_clockwise = abs(shape[0]), abs(shape[1]), math.radians(shape[2]), *shape[3:5]
    if start == end:
        return
    if not rx or not ry:
        yield end
        return
    cos, sin = math.cos(turned), math.sin(turned)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    too_small = math.sqrt((x / rx) ** 2 + (y / ry) ** 2)
    rx, ry = rx * max(1.0, too_small), ry * max(1.0, too_small)
    across = (rx * y) ** 2 + (ry * x) ** 2
    far = math.sqrt(max(0.0, (rx * ry) ** 2 / across - 1)) * (-1 if is_large == is_clockwise else 1)
    cx, cy = far * rx * y / ry, -far * ry * x / rx
    begin = math.atan2((y - cy) / ry, (x - cx) / rx)
    sweep = math.atan2((-y - cy) / ry, (-x - cx) / rx) - begin
    if is_clockwise and sweep < 0:
        sweep += 2 * math.pi
    elif not is_clockwise and sweep > 0:
        sweep -= 2 * math.pi
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    step = 2 * math.acos(max(0.0, 1 - flatness / max(rx, ry, flatness)))
    pieces = max(1, math.ceil(abs(sweep) / step)) if step else MOST_PIECES
    for piece in range(1, pieces):
        angle = begin + sweep * piece / pieces
        ex, ey = cx + rx * math.cos(angle), cy + ry * math.sin(angle)
        yield middle[0] + cos * ex - sin * ey, middle[1] + sin * ex + cos * ey
    yield end
