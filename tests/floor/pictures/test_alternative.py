"""Words that tell what a picture shows are taken, the name of a file is not."""

import pytest
from django.utils import translation

from kopiena.floor.pictures.alternative import why_not

NAMES = [
    *("foto.jpg", "IMG_1234", "img-2027-04-01-wa0003.jpg", "DSC00012", "DSCN 0012", "PXL_2027_0401", "1234"),
    *("2027_0401_1011", "ezers.PNG", "WhatsApp Image 2027-04-01 at 10.11.12", "Screenshot 2027-04-01"),
    "bilde (2).webp",
]
NOTHING = [
    *("bilde", "Bilde.", "Foto", "FOTOGRĀFIJA", "attēls", "картинка", "фото", "picture"),
    *("a", "ā", "...", "aaaa", "„b”"),
]
GOOD = ["Bērni stāda tulpes", "Дети сажают тюльпаны", "Trīs bērni pie ezera, 2027", "Mūsu logo: saule un ezers"]
GOOD += ["Foto no talkas: trīs maisi", "Ezers", "3 lapas", "Img un bērni"]


@pytest.mark.parametrize("words", NAMES)
def test_the_name_of_a_file_is_none(words: str) -> None:
    with translation.override("en"):
        assert why_not(words).startswith("This is the name of a file.")


@pytest.mark.parametrize("words", NOTHING)
def test_words_that_say_nothing_are_none(words: str) -> None:
    with translation.override("en"):
        assert why_not(words).startswith("This does not tell")


@pytest.mark.parametrize("words", ["", "  ", "\n\t"])
def test_no_words_are_asked_for(words: str) -> None:
    with translation.override("en"):
        assert why_not(words).startswith("Write what the picture shows")


@pytest.mark.parametrize("words", ["ezera talka", "Ezera-talka_1.jpg", "ezera-talka_1", "Ezera talka 1"])
def test_the_names_of_the_file_itself_are_none(words: str) -> None:
    file = "C:\\Bildes\\Ezera-talka_1.jpg" if "1" in words else "ezera talka.png"
    with translation.override("en"):
        assert why_not(words, file).startswith("This is the name of a file.")
    assert (why_not("ezera talka", "") == "") is True


@pytest.mark.parametrize("words", GOOD)
def test_what_can_be_seen_is_taken(words: str) -> None:
    assert why_not(words, "IMG_1234.jpg") == ""
