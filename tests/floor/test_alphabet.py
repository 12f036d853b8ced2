"""Names stand where a Latvian looks for them."""

from kopiena.floor.alphabet import LETTERS, in_alphabet


def test_letters_with_marks_stand_after_those_without_and_russian_names_last() -> None:
    in_order = ["4829 1375", "Anna", "Āris", "Cilda", "Čaks", "Koks", "Ķirsis", "Zane", "Žanete"]
    in_order += ["Анна", "Елена", "Ёлка", "Жанна", "Ольга"]
    assert sorted(reversed(in_order), key=in_alphabet) == in_order


def test_great_and_small_letters_are_one_and_each_stands_once() -> None:
    assert in_alphabet("ŠARLOTE") == in_alphabet("šarlote")
    assert len(set(LETTERS)) == len(LETTERS)
