"""The file of the picture: its size, the same bytes each time, and what can be seen on it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from activities.models import Activity
from activities.sharing.inks import Colour, colour
from activities.sharing.picture import (
    AT_WHEN,
    AT_WHERE,
    EDGE,
    SCENE,
    SIZE,
    TITLE_FROM,
    TITLE_TO,
    png_of,
    png_of_the_site,
)
from activities.sharing.words import Words

TALKA = Words(
    slug="talka",
    title="Gubiščes ezera krasta talka",
    theme="cleanup",
    theme_word="Talkas",
    when="Sestdien, 27. martā, plkst. 14.00",
    where="Mezgls, Smilšu iela 92",
)
LONGEST = replace(
    TALKA,
    title=("Щёки-ŠĢĶ Вечер, ģimeņu svētki " * 6)[:160],
    theme_word="Ģimenes un mājas svētki",
    when="No 2027. gada 28. decembra līdz 2028. gada 3. janvārim",
    where="Ļoti gara norises vieta " * 10,
    off="Не состоится",
)


def seen(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def shows(picture: Image.Image, wanted: Colour, box: tuple[int, int, int, int]) -> bool:
    """Whether some of the colour, or nearly so, is within the box."""
    colours = picture.crop(box).getcolors(1 << 20) or []
    return any(
        count > 20 and all(abs(a - b) <= 8 for a, b in zip(of, wanted, strict=True))
        for count, of in colours  # type: ignore[arg-type]
    )


def changed(one: Words, other: Words) -> tuple[int, int, int, int]:
    """The box in which the two pictures differ."""
    box = ImageChops.difference(seen(png_of(one)), seen(png_of(other))).point(lambda part: 255 * (part > 40)).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("theme", Activity.Theme.values)
@pytest.mark.parametrize("words", [TALKA, LONGEST], ids=["short", "longest"])
def test_it_is_a_small_png_of_the_size_that_is_shown_large(words: Words, theme: str) -> None:
    png = png_of(replace(words, theme=theme))
    with Image.open(BytesIO(png)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", SIZE, "P")
    assert SIZE == (1200, 630)
    assert len(png) < 40_000


def test_the_picture_of_the_site_is_as_large_and_as_small() -> None:
    png = png_of_the_site(replace(TALKA, theme_word="", when=""))
    assert seen(png).size == SIZE
    assert len(png) < 40_000


def test_the_same_words_give_the_same_bytes_in_every_thread() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(png_of, [TALKA] * 8))
    assert made == {png_of(TALKA)}
    assert png_of(replace(TALKA, title="Cita talka")) not in made


def test_each_theme_has_its_own_drawing_and_tint() -> None:
    pictures = {theme: seen(png_of(replace(TALKA, theme=theme))) for theme in Activity.Theme.values}
    assert len({picture.crop((0, 0, SIZE[0], SCENE)).tobytes() for picture in pictures.values()}) == 6
    for theme, picture in pictures.items():
        assert shows(picture, colour(f"{theme}-tint"), (0, 0, SIZE[0], SCENE))


def test_below_the_drawing_is_paper_with_the_title_in_ink() -> None:
    picture = seen(png_of(TALKA))
    assert shows(picture, colour("paper"), (0, SCENE + 4, EDGE, SIZE[1]))
    assert shows(picture, colour("ink"), (EDGE, TITLE_FROM, SIZE[0] - EDGE, TITLE_TO))


def test_each_word_stands_in_its_place_and_nowhere_else() -> None:
    left, top, right, bottom = changed(TALKA, replace(TALKA, title="Vakars"))
    assert TITLE_FROM <= top < bottom <= TITLE_TO
    assert EDGE <= left < right <= SIZE[0] - EDGE
    _, top, _, bottom = changed(TALKA, replace(TALKA, when="Rīt"))
    assert AT_WHEN - 30 <= top < bottom <= AT_WHEN + 30
    _, top, _, bottom = changed(TALKA, replace(TALKA, where="Citur"))
    assert AT_WHERE - 25 <= top < bottom <= SIZE[1] - 10
    _, top, right, bottom = changed(TALKA, replace(TALKA, theme_word="Svētki"))
    assert bottom < SCENE / 2
    assert right < SIZE[0] / 2


def test_nothing_however_long_reaches_the_edge() -> None:
    picture = seen(png_of(LONGEST))
    paper = Image.new("RGB", SIZE, picture.getpixel((5, SIZE[1] - 5)))
    box = ImageChops.difference(picture, paper).crop((0, SCENE + 4, *SIZE)).getbbox()
    assert box is not None
    assert box[0] >= EDGE - 4
    assert box[2] <= SIZE[0] - EDGE + 4
    assert box[3] <= SIZE[1] - SCENE - 14


def test_what_does_not_take_place_is_said_in_red_and_its_drawing_is_pale() -> None:
    off = seen(png_of(replace(TALKA, off="Nenotiks")))
    line = (EDGE, AT_WHEN - 40, SIZE[0] // 2, AT_WHEN + 40)
    assert shows(off, colour("clay"), line)
    assert not shows(seen(png_of(TALKA)), colour("clay"), line)
    scene = (400, 0, 800, SCENE)
    assert shows(seen(png_of(TALKA)), colour("ink"), scene)
    assert not shows(off, colour("ink"), scene)


def test_what_is_over_is_quiet() -> None:
    line = (EDGE, AT_WHEN - 40, SIZE[0] - EDGE, AT_WHEN + 24)
    assert shows(seen(png_of(TALKA)), colour("cleanup"), line)
    past = seen(png_of(replace(TALKA, is_past=True)))
    assert shows(past, colour("quiet"), line)
    assert not shows(past, colour("cleanup"), line)


def test_a_title_without_a_letter_we_can_draw_still_makes_a_picture() -> None:
    assert seen(png_of(replace(TALKA, title="你好 🎉", when="", where=""))).size == SIZE
