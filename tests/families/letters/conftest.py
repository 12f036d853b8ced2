"""For tests of letters: a centre that signs them."""

import pytest

from kopiena.floor.models import Centre


@pytest.fixture(autouse=True)
def centre(db: None) -> Centre:
    texts = {
        "name_lv": "Ķīmijas apkaimes centrs",
        "name_ru": "Центр микрорайона Химия",
        "name_en": "Centre of Ķīmija",
        "address_lv": "Smilšu iela 92, Daugavpils",
        "phone": "+37120000000",
        "email": "centrs@example.lv",
    }
    return Centre.objects.update_or_create(pk=1, defaults=texts)[0]
