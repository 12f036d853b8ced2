"""Institutions and projects in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners.models import Institution, Membership, Project
from tests.office import signed_in, staff

pytestmark = pytest.mark.django_db

NOBODY_YET = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
NEW = {"short_name_lv": "20. PII", "name_lv": "Daugavpils 20. pirmsskolas izglītības iestāde", "kind": "preschool"}


@pytest.fixture
def make_institution() -> Callable[..., Institution]:
    def make(**fields: Any) -> Institution:
        number = Institution.objects.count() + 1
        return Institution.objects.create(**{**NEW, "slug": f"iestade-{number}", **fields})

    return make


def test_the_address_comes_from_the_short_name_where_it_is_left_empty() -> None:
    client = signed_in(COORDINATOR)
    for _ in range(2):
        client.post("/admin/partners/institution/add/", {**NEW, **NOBODY_YET})
    assert set(Institution.objects.values_list("slug", flat=True)) == {"20-pii", "20-pii-2"}


def test_an_address_that_was_typed_is_kept_and_a_taken_one_refused(
    make_institution: Callable[..., Institution],
) -> None:
    make_institution(slug="musu")
    client = signed_in(COORDINATOR)
    answer = client.post("/admin/partners/institution/add/", {**NEW, **NOBODY_YET, "slug": "musu"})
    assert set(answer.context["adminform"].form.errors) == {"slug"}
    client.post("/admin/partners/institution/add/", {**NEW, **NOBODY_YET, "slug": "cita"})
    assert Institution.objects.filter(slug="cita").exists()


def test_a_website_without_its_scheme_becomes_https_and_a_script_is_refused() -> None:
    client = signed_in(COORDINATOR)
    client.post("/admin/partners/institution/add/", {**NEW, **NOBODY_YET, "website": "example.lv"})
    assert Institution.objects.get().website == "https://example.lv"
    answer = client.post("/admin/partners/institution/add/", {**NEW, **NOBODY_YET, "website": "javascript:alert(1)"})
    assert set(answer.context["adminform"].form.errors) == {"website"}


def test_an_institution_cannot_close_before_it_became_a_partner() -> None:
    sent = {**NEW, **NOBODY_YET, "joined_on": "2020-01-23", "closed_on": "2019-01-01"}
    answer = signed_in(COORDINATOR).post("/admin/partners/institution/add/", sent)
    assert set(answer.context["adminform"].form.errors) == {"__all__"}


def test_who_acts_for_an_institution_is_kept_on_its_page(make_institution: Callable[..., Institution]) -> None:
    institution, person = make_institution(), staff(HELPER)
    sent = {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0}
    sent |= {"memberships-0-user": person.pk, "memberships-0-role": "editor"}
    address = reverse("admin:partners_institution_change", args=[institution.pk])
    assert signed_in(COORDINATOR).post(address, {**NEW, **sent}).status_code == 302
    assert Membership.objects.values_list("user", "role").get() == (person.pk, "editor")
    for role in (HELPER, AUDITOR):
        assert person.email not in signed_in(role).get(address).content.decode()


@pytest.mark.parametrize("field", ["short_name_lv", "name_lv", "former_names", "about_lv", "address", "phone", "email"])
@pytest.mark.parametrize("text", ["x" * 10_000, "\x00", "🎈", "<script>alert(1)</script>", "‮gnol", "-1"])
def test_any_text_is_saved_or_refused_and_shown_harmless(field: str, text: str) -> None:
    client = signed_in(COORDINATOR)
    answer = client.post("/admin/partners/institution/add/", {**NEW, **NOBODY_YET, field: text})
    assert answer.status_code in (200, 302)
    assert Institution.objects.count() == (answer.status_code == 302)
    page = client.get("/admin/partners/institution/").content.decode()
    assert "<script>alert" not in page + answer.content.decode()


@pytest.mark.parametrize("name", ["institution", "project"])
def test_a_list_asks_the_database_no_more_for_three_rows_than_for_one(
    name: str, make_institution: Callable[..., Institution]
) -> None:
    client = signed_in(COORDINATOR)
    counts = []
    for number, more in ((1, 1), (2, 2)):
        for each in range(more):
            project = Project.objects.create(slug=f"p{number}-{each}", title_lv="Zaļā Ķīmija")
            project.institutions.add(make_institution())
        client.get(f"/admin/partners/{name}/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/admin/partners/{name}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_leads_straight_to_the_public_one(make_institution: Callable[..., Institution]) -> None:
    client, closed = signed_in(COORDINATOR), make_institution(closed_on="2020-01-01")
    project = Project.objects.create(slug="palodze", title_lv="Zaļā palodze", state="published")
    for row in (closed, project):
        page = client.get(reverse(f"admin:partners_{row._meta.model_name}_change", args=[row.pk])).content.decode()
        assert f'href="{row.get_absolute_url()}"' in page
        assert "/admin/r/" not in page
        assert client.get(row.get_absolute_url()).status_code == 200


def test_a_project_that_nobody_sees_yet_leads_nowhere() -> None:
    client, project = signed_in(COORDINATOR), Project.objects.create(slug="p", title_lv="Zaļā palodze", state="draft")
    page = client.get(reverse("admin:partners_project_change", args=[project.pk])).content.decode()
    assert "/admin/r/" not in page
    assert project.get_absolute_url() not in page


@pytest.mark.parametrize("role", [HELPER, AUDITOR])
def test_helpers_and_auditors_only_look(role: str, make_institution: Callable[..., Institution]) -> None:
    institution = make_institution()
    client = signed_in(role)
    address = reverse("admin:partners_institution_change", args=[institution.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {**NEW, **NOBODY_YET, "name_lv": "Cits"}).status_code == 403
    assert client.get("/admin/partners/project/add/").status_code == 403
