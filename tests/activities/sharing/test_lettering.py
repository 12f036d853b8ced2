"""The letters of the picture: none is missing, and every title finds room."""

import string

import pytest

from activities.sharing.lettering import NOBODYS, drawable, fitted, font, is_known, shortened, wrapped
from activities.sharing.picture import EDGE, SIZE, TITLES

LATVIAN = "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
MARKS = "„“”«»‘’–—…№%+&@#*·×°€§()[]/!?,.:;'\"-"
LETTERS = LATVIAN + LATVIAN.upper() + RUSSIAN + RUSSIAN.upper() + string.ascii_letters + string.digits + MARKS
WIDTH = SIZE[0] - 2 * EDGE


@pytest.mark.parametrize("weight", ["bold", "medium"])
def test_the_font_has_every_letter_of_ours_and_the_marks_we_write(weight: str) -> None:
    face = font(weight, 40)
    box = bytes(face.getmask(NOBODYS))
    assert [letter for letter in LETTERS if bytes(face.getmask(letter)) == box] == []
    assert [letter for letter in LETTERS if not is_known(letter)] == []


@pytest.mark.parametrize("sign", ["🎉", "中", "ا", "☀", "✓", "\ufffe", "\U0010fffd"])
def test_a_sign_that_the_font_lacks_is_found_out(sign: str) -> None:
    assert not is_known(sign)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Ezera talka", "Ezera talka"),
        ("Svētki 🎉 pagalmā", "Svētki pagalmā"),
        ("👩‍👩‍👧‍👦🇱🇻 Ģimenes diena ☀️", "Ģimenes diena"),
        ("  Talka\n\tun\u00a0tēja ", "Talka un tēja"),
        ("G\u0327imene, s\u030carfs", "Ģimene, šarfs"),  # written with marks apart
        ("за\u0301мок", "замок"),  # a stress mark has no letter of its own
        ("no\u00adlikt\u200bava\u202e", "noliktava"),
        ("① klase \uff21", "1 klase A"),  # other shapes of plain letters
        ("你好", ""),
    ],
)
def test_a_sign_without_a_letter_leaves_no_box(written: str, drawn: str) -> None:
    assert drawable(written) == drawn
    assert all(is_known(sign) for sign in drawn if sign != " ")


def test_a_short_title_is_as_large_as_it_can_be() -> None:
    setting = fitted("Ezera talka", "bold", WIDTH, TITLES)
    assert (setting.lines, setting.size) == (("Ezera talka",), TITLES[0][0])


@pytest.mark.parametrize(
    "title",
    [
        "Sīpolloki un dilles vientuļu senioru palodzēm",
        "Занятие на улице «Безопасность на дороге и в транспорте»",
        "Zaļie loki un dilles uz palodzēm – audzējam kopā visu pavasari, no marta līdz maijam",
    ],
)
def test_a_longer_title_shrinks_and_keeps_every_word(title: str) -> None:
    setting = fitted(title, "bold", WIDTH, TITLES)
    assert " ".join(setting.lines) == title
    assert 1 < len(setting.lines) <= dict(TITLES)[setting.size]
    widths = [font("bold", setting.size).getlength(line) for line in setting.lines]
    assert max(widths) <= WIDTH


def test_the_lines_of_a_title_are_about_as_long_as_each_other() -> None:
    setting = fitted("Gleznošanas nodarbība brīvā dabā", "bold", WIDTH, TITLES)
    first, second = (font("bold", setting.size).getlength(line) for line in setting.lines)
    assert min(first, second) > 0.6 * max(first, second)


def test_a_title_of_160_letters_ends_in_an_ellipsis_on_the_third_line() -> None:
    title = ("Vasaras noslēguma pasākums ģimenēm no visām Daugavpils apkaimēm un ciemiem " * 3)[:160]
    setting = fitted(title, "bold", WIDTH, TITLES)
    assert (len(setting.lines), setting.size) == (3, TITLES[-1][0])
    assert setting.lines[-1].endswith("…")
    assert title.startswith(" ".join(setting.lines)[:-1])
    assert all(font("bold", setting.size).getlength(line) <= WIDTH for line in setting.lines)


@pytest.mark.parametrize("letter", ["ā", "Ш", "i", "W"])
@pytest.mark.parametrize("length", [80, 160])
def test_a_word_too_long_for_a_line_is_broken(letter: str, length: int) -> None:
    setting = fitted(letter * length, "bold", WIDTH, TITLES)
    assert 1 <= len(setting.lines) <= 3
    assert all(line.endswith("-") for line in setting.lines[:-1])
    assert all(font("bold", setting.size).getlength(line) <= WIDTH for line in setting.lines)
    shown = "".join(line.rstrip("-…") for line in setting.lines)
    assert shown == letter * len(shown)
    assert len(shown) == length or setting.lines[-1].endswith("…")


def test_a_long_word_does_not_pull_the_others_with_it() -> None:
    lines = wrapped(f"Talka {'a' * 100} beigas", font("bold", 48), WIDTH)
    assert lines[0] == "Talka"
    assert lines[-1].endswith(" beigas")


def test_a_little_word_does_not_end_a_line() -> None:
    face = font("bold", 48)
    width = int(face.getlength("Drošība uz ceļa un"))
    assert wrapped("Drošība uz ceļa un transportā", face, width) == ["Drošība uz ceļa", "un transportā"]


def test_little_words_tied_into_a_knot_too_long_are_set_apart_again() -> None:
    face = font("bold", 48)
    lines = wrapped("a b c d e f g h " + "i" * 40, face, 300)
    assert " ".join(lines).replace("- ", "") == "a b c d e f g h " + "i" * 40
    assert all(face.getlength(line) <= 300 for line in lines)


def test_an_empty_title_is_one_empty_line() -> None:
    assert fitted("", "bold", WIDTH, TITLES).lines == ("",)


def test_one_line_is_cut_only_where_it_must_be() -> None:
    face = font("medium", 34)
    assert shortened("Mezgls, Smilšu iela 92", face, WIDTH) == "Mezgls, Smilšu iela 92"
    cut = shortened("Kultūras pils, " * 20, face, WIDTH)
    assert cut.endswith(("s…", "pils…", "…"))
    assert not cut.endswith((" …", ",…"))
    assert face.getlength(cut) <= WIDTH
    assert face.getlength(cut) > WIDTH * 0.9


def test_the_letters_are_set_the_same_on_every_machine() -> None:
    from PIL import ImageFont

    assert font("bold", 48).layout_engine == ImageFont.Layout.BASIC
