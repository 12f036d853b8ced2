"""What a picture shows, in words for who cannot see it: a file's name or "photo" tells them nothing."""

import re
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

SHORTEST = 3  # letters
# What phones, cameras and programs call their files: IMG_1234, DSC00012, PXL_20270401, WhatsApp Image 2027-04-01.
_CAMERA = re.compile(
    r"(img|dscn?|dscf|pxl|mvimg|dji|gopr|photo|foto|image|bilde|screenshot|scan|whatsapp[ _-]image)?[\W_]*\d[\d\W_]*"
    r"([ _.-]?(at|wa|copy|edited)[\W\d_]*)*",
    re.IGNORECASE,
)
_FILE = re.compile(r".*\.(jpe?g|jfif|png|webp|gif|hei[cf]|avif|bmp|tiff?|svg|pdf)", re.IGNORECASE)
_NOTHING_SAID = frozenset(
    {
        *("bilde", "bildes", "bildīte", "foto", "fotogrāfija", "attēls", "logo", "logotips", "nav", "bez nosaukuma"),
        *("картинка", "фото", "фотография", "изображение", "рисунок", "снимок", "логотип", "нет", "без названия"),
        *("picture", "photo", "photograph", "image", "logotype", "none", "untitled", "test", "tests", "тест"),
    }
)


def why_not(words: str, file_name: str = "") -> str:
    """The sentence that says why these words do not tell what the picture shows; "" where they may."""
    said = " ".join(words.split())
    if not said:
        return _("Write what the picture shows, for those who cannot see it. For example: Children plant tulips.")
    bare = said.strip(" .,;:!?-–_\"'„”«»()").lower()
    if _FILE.fullmatch(said) or _CAMERA.fullmatch(said) or bare in _names_of(file_name):
        return _("This is the name of a file. Write what the picture shows. For example: Children plant tulips.")
    letters = {letter for letter in bare if letter.isalpha()}
    if bare in _NOTHING_SAID or len(letters) < SHORTEST:
        return _("This does not tell what the picture shows. For example: Children plant tulips.")
    return ""


def _names_of(file_name: str) -> set[str]:
    name = PurePosixPath(file_name.replace("\\", "/")).name.lower()
    stem = PurePosixPath(name).stem
    spaced = " ".join(re.sub(r"[\W_]+", " ", stem).split())
    return {name, stem, spaced} - {""}
