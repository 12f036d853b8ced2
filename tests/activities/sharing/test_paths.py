"""SVG paths become points: every command, exactly where the numbers are simple."""

import math
from itertools import pairwise

import pytest

from activities.sharing.paths import Line, NotAPath, lines_of


@pytest.mark.parametrize(
    ("path", "points"),
    [
        ("M1 2L3 4", [(1, 2), (3, 4)]),
        ("m1 2l3 4", [(1, 2), (4, 6)]),
        ("M1 2 3 4 5 6", [(1, 2), (3, 4), (5, 6)]),  # after M it goes on as L
        ("m1 2 3 4 5 6", [(1, 2), (4, 6), (9, 12)]),
        ("M0 0H5V6", [(0, 0), (5, 0), (5, 6)]),
        ("M1 1h5v6h-5", [(1, 1), (6, 1), (6, 7), (1, 7)]),
        ("M58-40h204", [(58, -40), (262, -40)]),  # no gap before a minus
        ("M1.5.5l.5.5", [(1.5, 0.5), (2, 1)]),  # nor between two points
        ("M1e1,2e-1 L 0,0", [(10, 0.2), (0, 0)]),
        ("M0 0C0 0 3 3 3 3", [(0, 0), (3, 3)]),
    ],
)
def test_straight_strokes_are_exact(path: str, points: list[tuple[float, float]]) -> None:
    (line,) = lines_of(path, flatness=100)
    assert line == Line(tuple(pytest.approx(point) for point in points))


def test_a_closed_stroke_says_so_and_the_next_begins_where_it_began() -> None:
    assert lines_of("M1 1h2v2zl5 5") == [
        Line(((1, 1), (3, 1), (3, 3)), is_closed=True),
        Line(((1, 1), (6, 6))),
    ]


def test_each_move_of_the_lifted_pen_is_a_stroke_of_its_own() -> None:
    assert lines_of("M0 0h1M0 5h1m1 1h1") == [Line(((0, 0), (1, 0))), Line(((0, 5), (1, 5))), Line(((2, 6), (3, 6)))]


def test_a_pen_that_only_moves_leaves_nothing() -> None:
    assert lines_of("M5 5") == []
    assert lines_of("") == []


def two_pieces(path: str) -> tuple[float, float]:
    """The point half way along a curve."""
    points = lines_of(path, flatness=0.0001)[0].points
    assert len(points) % 2 == 1
    return points[len(points) // 2]


def test_a_cubic_curve_passes_where_the_formula_says() -> None:
    points = lines_of("M0 0C0 8 8 8 8 0", flatness=0.01)[0].points
    assert points[0] == (0, 0)
    assert points[-1] == (8, 0)
    assert two_pieces("M0 0C0 8 8 8 8 0") == pytest.approx((4, 6))  # (0 + 3·8 + 3·8 + 0) / 8


def test_a_quadratic_curve_passes_where_the_formula_says() -> None:
    assert two_pieces("M0 0Q4 8 8 0") == pytest.approx((4, 4))
    assert two_pieces("M1 1q4 8 8 0") == pytest.approx((5, 5))


def test_a_smooth_curve_mirrors_the_handle_before_it() -> None:
    assert lines_of("M0 0c0 4 4 4 4 0s4-4 4 0") == lines_of("M0 0C0 4 4 4 4 0C4-4 8-4 8 0")
    assert lines_of("M0 0q2 4 4 0t4 0") == lines_of("M0 0Q2 4 4 0Q6-4 8 0")


def test_a_smooth_curve_after_a_straight_line_has_no_handle_to_mirror() -> None:
    assert lines_of("M0 0c0 4 4 4 4 0h2s4-4 4 0") == lines_of("M0 0C0 4 4 4 4 0H6C6 0 10-4 10 0")
    assert lines_of("M0 0L1 0T4 0") == lines_of("M0 0L1 0Q1 0 4 0")


def test_the_pieces_of_a_curve_stay_within_the_flatness() -> None:
    exact = lines_of("M0 0C0 80 80 80 80 0", flatness=0.0001)[0].points
    rough = lines_of("M0 0C0 80 80 80 80 0", flatness=1)[0].points
    assert 3 < len(rough) < len(exact)
    for x, y in exact:
        assert min(far_from((x, y), *piece) for piece in pairwise(rough)) <= 1


def far_from(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    along = (end[0] - start[0], end[1] - start[1])
    t = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / (along[0] ** 2 + along[1] ** 2)
    t = max(0.0, min(1.0, t))
    return math.hypot(point[0] - start[0] - t * along[0], point[1] - start[1] - t * along[1])


@pytest.mark.parametrize("path", ["M5 0a5 5 0 1 1 10 0 5 5 0 0 1-10 0z", "M5 0a5 5 0 1110 0 5 5 0 01-10 0z"])
def test_two_arcs_make_a_circle_however_tightly_they_are_written(path: str) -> None:
    (line,) = lines_of(path, flatness=0.01)
    assert line.is_closed
    assert all(math.hypot(x - 10, y) == pytest.approx(5) for x, y in line.points)
    assert min(y for _, y in line.points) == pytest.approx(-5, abs=0.05)
    assert max(y for _, y in line.points) == pytest.approx(5, abs=0.05)


@pytest.mark.parametrize(
    ("flags", "side"),
    [("0 0", 1), ("0 1", -1)],  # SVG's y points down: clockwise from left to right goes over the top
)
def test_the_flag_of_an_arc_says_on_which_side_it_goes(flags: str, side: int) -> None:
    points = lines_of(f"M0 0A5 5 0 {flags} 10 0", flatness=0.01)[0].points
    assert points[-1] == (10, 0)
    assert all(y * side >= -1e-9 for _, y in points)
    assert max(abs(y) for _, y in points) == pytest.approx(5, abs=0.05)


def test_the_large_arc_goes_the_long_way() -> None:
    small = lines_of("M0 0A10 10 0 0 1 10 0", flatness=0.01)[0].points
    large = lines_of("M0 0A10 10 0 1 1 10 0", flatness=0.01)[0].points
    middle = 10 * math.sin(math.pi / 3)
    assert min(y for _, y in small) == pytest.approx(middle - 10, abs=0.02)
    assert min(y for _, y in large) == pytest.approx(-middle - 10, abs=0.02)


def test_an_arc_too_small_to_reach_grows_and_one_without_a_radius_is_a_line() -> None:
    assert max(y for _, y in lines_of("M0 0A1 1 0 0 0 10 0", flatness=0.01)[0].points) == pytest.approx(5, abs=0.05)
    assert lines_of("M0 0A0 5 0 0 0 10 0") == [Line(((0, 0), (10, 0)))]
    assert lines_of("M3 3a5 5 0 0 0 0 0") == []


def test_a_turned_ellipse_stands_upright() -> None:
    points = lines_of("M0 0A10 2 90 0 1 0 20", flatness=0.01)[0].points
    assert max(x for x, _ in points) == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize("path", ["5 5", "M1", "M0 0C1 2 3", "M0 0zx", "M0 0L1 b", "M0 0 z 5 5", "M0 0A5 5 0 2 0 1 1"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(NotAPath):
        lines_of(path)
