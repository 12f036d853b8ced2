"""The other side: the coordinator finds both families in the admin, an institution its activities on its page."""

from typing import Any

import pytest

from families.models import Registration
from partners.models import Institution, Project
from tests import office
from tests.journeys.conftest import signs_up
from tests.journeys.resident import Page, Resident


def test_the_coordinator_sees_who_comes_and_who_waits(
    resident: Resident, neighbour: Resident, make_occurrence: Any
) -> None:
    occurrence = make_occurrence(places=5)
    signs_up(resident, occurrence, contact_name="Anna", adults=2, children=3)
    signs_up(neighbour, occurrence, contact_name="Olga", button="Stāties rindā", adults=1)
    client = office.signed_in("Coordinator")
    listed = Page(client.get("/admin/families/registration/"), "/admin/")
    rows = [line for line in listed.source.split("<tr") if "field-contact" in line]
    assert len(rows) == 2
    assert all(occurrence.activity.title_lv in row for row in rows)
    assert {"Anna", "Olga"} <= set(" ".join(row.replace("<", " ").replace(">", " ") for row in rows).split())
    for registration in Registration.objects.all():
        page = Page(client.get(f"/admin/families/registration/{registration.pk}/change/"), "/admin/")
        assert registration.sign_up.code_in_groups in page.source
        assert "2000 0000" in page.source
        assert f"/{registration.sign_up.link_id}" not in page.source


def test_a_date_cancelled_by_the_centre_is_said_on_the_familys_page(resident: Resident, make_occurrence: Any) -> None:
    occurrence = make_occurrence()
    ours = signs_up(resident, occurrence)
    occurrence.state, occurrence.reason_lv = "cancelled", "Laikapstākļu dēļ šodien nenotiks."
    occurrence.save()
    page = resident.open(ours.address)
    assert page.marked("status") == ["Nenotiks"]
    assert "Laikapstākļu dēļ šodien nenotiks." in page.text


def test_a_registration_cancelled_in_the_office_says_so_to_the_family(resident: Resident, make_occurrence: Any) -> None:
    ours = signs_up(resident, make_occurrence())
    registration = Registration.objects.get()
    client = office.signed_in("Coordinator")
    address = f"/admin/families/registration/{registration.pk}/atcelt/"
    assert client.get(address).status_code == 200
    assert Registration.objects.get().is_placed
    assert client.post(address).status_code == 302
    (status,) = resident.open(ours.address).marked("status")
    assert status == "Centrs šo pieteikumu ir atcēlis"


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_an_institutions_page_lists_its_projects_and_activities(
    resident: Resident, make_occurrence: Any, prefix: str
) -> None:
    institution = Institution.objects.create(
        slug="darzins", kind="preschool", short_name_lv="Dārziņš", name_lv="Dārziņš"
    )
    project = Project.objects.create(slug="zalais-pagalms", title_lv="Zaļais pagalms", state="published")
    project.institutions.add(institution)
    ours, hidden = make_occurrence(title_lv="Puķu dobes"), make_occurrence(title_lv="Slēptais", audience="discreet")
    ours.activity.organisers.add(institution)
    hidden.activity.organisers.add(institution)
    page = resident.open(f"{prefix}/iestades/darzins/")
    title = {"": "Puķu dobes", "/ru": ours.activity.title_ru, "/en": ours.activity.title_en}[prefix]
    links = page.links()
    assert title in links
    assert links["Zaļais pagalms"] == f"{prefix}/projekti/zalais-pagalms/"
    assert "Slēptais" not in page.source
    assert hidden.activity.title_ru not in page.source
