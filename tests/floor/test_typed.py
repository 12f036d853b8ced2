"""What people type is kept without marks that cannot be seen."""

from kopiena.floor.typed import on_one_line, seen


def test_marks_that_cannot_be_seen_go_and_lines_stay() -> None:
    assert seen(" \u202eAnna\u200b\nOzola ") == "Anna\nOzola"


def test_a_name_is_one_line_with_single_spaces() -> None:
    assert on_one_line(" Anna \u200b\n  Ozola\u00a0") == "Anna Ozola"
