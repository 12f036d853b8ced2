"""How partners stand in a list."""

from partners.models import Institution
from partners.shown import in_order


def test_they_stand_by_kind_then_by_number_then_by_the_alphabet() -> None:
    rows = [
        ("youth_centre", "BJC"),
        ("preschool", "20. PII"),
        ("secondary_school", "13. vsk"),
        ("preschool", "3. PII"),
        ("basic_school", "11. psk"),
        ("preschool", "Saulīte"),
        ("preschool", "9" * 30),
    ]
    institutions = [Institution(kind=kind, short_name_lv=name) for kind, name in rows]
    assert [institution.short_name_lv for institution in in_order(institutions)] == [
        "Saulīte",
        "3. PII",
        "20. PII",
        "9" * 30,
        "11. psk",
        "13. vsk",
        "BJC",
    ]
