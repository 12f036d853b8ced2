"""A name tells which files there are; what is no such name is an older file."""

import pytest

from kopiena.floor.pictures.sizes import Kept, kept, sizes

KEY = "0123456789abcdef" * 2


def test_the_name_of_the_largest_tells_everything() -> None:
    picture = Kept(KEY, 1000, 750)
    assert picture.name == f"pictures/{KEY}/1000x750.jpg"
    assert kept(picture.name) == picture
    assert picture.sizes == [(400, 300), (800, 600), (1000, 750)]
    assert picture.file((400, 300), "avif") == f"pictures/{KEY}/400x300.avif"


@pytest.mark.parametrize(("asked", "given"), [(1, 400), (400, 400), (401, 800), (801, 1000), (9999, 1000)])
def test_the_smallest_that_is_wide_enough_is_given(asked: int, given: int) -> None:
    assert Kept(KEY, 1000, 750).at_least(asked) == (given, given * 3 // 4)


def test_the_width_itself_is_not_made_twice() -> None:
    assert sizes(800, 10) == [(400, 5), (800, 10)]
    assert sizes(399, 10) == [(399, 10)]


@pytest.mark.parametrize(
    "name",
    [
        "activities/ezers.webp",
        "",
        f"pictures/{KEY}/1000x750.png",
        f"pictures/{KEY[:-1]}/1000x750.jpg",
        f"pictures/{KEY.upper()}/1000x750.jpg",
        f"pictures/{KEY}/0x750.jpg",
        f"pictures/{KEY}/1000x750.jpg\n",
        f"../pictures/{KEY}/1000x750.jpg",
    ],
)
def test_other_names_are_those_of_older_files(name: str) -> None:
    assert kept(name) is None
