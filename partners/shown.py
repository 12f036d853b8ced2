"""How partners stand in a list: by kind, then by the number in the name, then by the alphabet."""

import re
from collections.abc import Iterable

from partners.models import Institution

KINDS_IN_ORDER = [kind.value for kind in Institution.Kind]


def in_order(institutions: Iterable[Institution]) -> list[Institution]:
    """Preschools before schools, the third before the twentieth."""
    return sorted(institutions, key=_place)


def _place(institution: Institution) -> tuple[int, int, str]:
    number = re.match(r"\d{1,9}", institution.short_name_lv)
    return (
        KINDS_IN_ORDER.index(institution.kind),
        int(number[0]) if number else 0,
        institution.short_name_lv.casefold(),
    )
