"""Links that open one page: derived for a purpose, never from the database alone."""

import pytest
from django.test import override_settings

from kopiena.floor.links import id_in, is_proven, link

ID = "0123456789abcdef" * 2


def test_a_link_names_its_row_and_is_proven_for_its_purpose_and_value_alone() -> None:
    made = link("a purpose", ID, "value:1")
    assert (len(made), id_in(made)) == (43, ID)
    assert is_proven(made, "a purpose", ID, "value:1")
    for purpose, value in (("another", "value:1"), ("a purpose", "value:2")):
        assert not is_proven(made, purpose, ID, value)
    with override_settings(SECRET_KEY="somebody else's guess"):
        assert not is_proven(made, "a purpose", ID, "value:1")


@pytest.mark.parametrize("given", ["", "x", "A" * 42, "A" * 44, "č" * 43, "\x00", "-" * 10_000, "A" * 42 + "="])
def test_what_is_no_link_names_no_row(given: str) -> None:
    assert id_in(given) is None
