"""Refused with a way on: where else all of them fit, one press away, with everything typed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from activities.models import Occurrence
from families.models import Registration
from tests.journeys.conftest import saved, sign_up_form, signs_up
from tests.journeys.resident import Resident

HEADING = "Šeit vietu pietiek visiem kopā; ierakstītais nepazudīs"
Makes = Callable[..., Occurrence]


def test_a_party_without_room_goes_to_another_date_with_all_it_wrote(
    resident: Resident, make_occurrence: Makes, now: datetime
) -> None:
    full = make_occurrence(places=3)
    make_occurrence(places=3)
    roomy = make_occurrence(places=10, starts_at=now + timedelta(days=12))
    refused = signs_up(resident, full, adults=2, children=2, contact_name="Olga", needs="Ratiņkrēsls")
    assert HEADING in refused.text
    (other,) = [words for words in refused.buttons() if words.startswith("Ezera talka 3")]
    form = resident.press(refused, other)
    assert (form.address, form.errors()) == (f"/pieteikties/{roomy.pk}/", [])
    typed = [form.typed(name) for name in ("contact_name", "adults", "children", "photo", "needs", "declaration")]
    assert typed == ["Olga", "2", "2", "no", "Ratiņkrēsls", "on"]
    assert resident.press(form, "Nosūtīt pieteikumu").marked("status") == ["Pieteikums apstiprināts"]
    assert list(Registration.objects.values_list("occurrence", "seats")) == [(roomy.pk, 4)]


def test_a_child_too_young_is_shown_what_is_for_its_age_and_the_rows_go_along(
    resident: Resident, make_occurrence: Makes
) -> None:
    refused_at = make_occurrence(is_age_asked=True, age_from=4, age_to=7)
    make_occurrence(is_age_asked=True, age_from=0, age_to=3)
    make_occurrence()
    typed: dict[str, Any] = {"child_1_age": 1, "child_1_first_name": "Līga", "declaration": "on", "children": None}
    refused = signs_up(resident, refused_at, **typed)
    assert "Vecums: 4–7 gadi. 1. bērnam šajā dienā: 1 gads." in refused.text
    with_ages, with_counts = [words for words in refused.buttons() if words.startswith("Ezera talka")]
    form = resident.press(refused, with_ages)
    assert (form.typed("child_1_age"), form.typed("child_1_first_name")) == ("1", "Līga")
    assert resident.press(refused, with_counts).typed("children") == "1"
    assert saved()["SignUp"] == 0


def test_a_number_of_children_becomes_rows_where_ages_are_asked(resident: Resident, make_occurrence: Makes) -> None:
    full = make_occurrence(places=1)
    make_occurrence(is_age_asked=True)
    refused = signs_up(resident, full, adults=1, children=3)
    # Whether they fit by age nobody knows yet, so the date is not offered as one that fits.
    assert HEADING not in refused.text
    asked = resident.client.post(f"/pieteikties/{full.pk + 1}/", {"take_along": "1", "adults": "1", "children": "3"})
    assert 'name="child_3_age"' in asked.content.decode()


def test_after_the_queue_has_stopped_a_waiting_family_is_told_so_with_the_next_dates(
    resident: Resident, neighbour: Resident, make_occurrence: Makes, now: datetime
) -> None:
    full = make_occurrence(places=2, starts_at=now + timedelta(hours=20))
    make_occurrence(places=9)
    signs_up(neighbour, full)
    waits = signs_up(resident, full, button="Stāties rindā")
    assert "Rinda pati virzās uz priekšu. Tā apstāsies " in waits.text
    assert "Šoreiz vietas neatbrīvojās." not in waits.text
    Occurrence.objects.filter(pk=full.pk).update(promote_until=now - timedelta(hours=1))
    told = resident.open(waits.address)
    assert "Šoreiz vietas neatbrīvojās. Ja kāda tomēr atbrīvosies, centrs sazināsies ar Jums." in told.text
    assert "Vietas, kas vēl atbrīvojas, tagad piešķir centrs" in told.text
    assert "Nākamie laiki, kad visiem pietiek vietu" in told.text
    assert "Vietas, kas vēl atbrīvojas, tagad piešķir centrs" in sign_up_form(neighbour, full).text
