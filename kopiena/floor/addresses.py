"""The address of a page on the site, made of its title, in whichever of our languages that is."""

from typing import Any

from django.utils.text import slugify

# As names stand in passports, near enough to be read aloud.
CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziyklmnoprstufhcye", strict=True)),
    **{"ё": "yo", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"},
}
TABLE = str.maketrans(CYRILLIC)


def address_in_letters(title: str) -> str:
    """ "Ķīmijas šķūnis" becomes kimijas-skunis, «Сарай на Химии» saray-na-himii; empty where no letter is left."""
    return slugify(title.lower().translate(TABLE)).strip("-_")


def free_address(model: Any, title: str, *, apart_from: Any = None) -> str:
    """An address that no other row of the model has: the second of one name ends in -2."""
    longest = model._meta.get_field("slug").max_length
    others = model._default_manager.exclude(pk=apart_from)
    stem = address_in_letters(title)[: longest - 5].strip("-") or model._meta.model_name
    address, number = stem, 1
    while others.filter(slug=address).exists():
        number += 1
        address = f"{stem}-{number}"
    return address
