"""The pages of institutions and projects."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client

from partners.models import Institution, Project

Make = Callable[..., Any]
See = Callable[..., str]


@pytest.fixture
def institution(db: None) -> Institution:
    return Institution.objects.create(
        slug="20-pii", kind="preschool", short_name_lv="20. PII", name_lv="Divdesmitā", short_name_ru="20-й"
    )


@pytest.fixture
def project(institution: Institution) -> Project:
    made = Project.objects.create(
        slug="teatris", title_lv="Teātris pagalmā", story_lv="Vienu darbu veltām jaunajām māmiņām.", state="published"
    )
    made.institutions.add(institution)
    return made


def test_the_list_sets_those_that_closed_apart(see: See, institution: Institution) -> None:
    closed = date(2026, 9, 1)
    Institution.objects.create(slug="9", kind="preschool", short_name_lv="9. PII", name_lv="Devītā", closed_on=closed)
    Institution.objects.create(slug="iic", kind="organiser", short_name_lv="IIC", name_lv="IIC", is_partner=False)
    page = see("/iestades/")
    assert page.index("20. PII") < page.index("Vairs nedarbojas") < page.index("9. PII")
    assert "Darbu beidza 2026. gada 1. septembrī" in page
    assert "IIC" not in page
    assert 'href="/par-mums/iestadem/"' in page


def test_an_institution_shows_its_projects_and_its_activities_coming_undated_and_past(
    see: See, project: Project, institution: Institution, make_occurrence: Make, make_activity: Make, now: datetime
) -> None:
    Project.objects.create(slug="melnraksts", title_lv="Melnraksts").institutions.add(institution)
    Institution.objects.update(former_names="Saulīte\nPasaciņa", own_partners_lv="Ģimenes")
    activities = [
        make_occurrence(title_lv="Izrāde").activity,
        make_activity(title_lv="Dobes", approximate_year=2027),
        make_occurrence(title_lv="Rudens rīts", starts_at=now - timedelta(days=3)).activity,
    ]
    for activity in activities:
        activity.organisers.add(institution)
    make_occurrence(title_lv="Cita iestāde")
    page = see("/iestades/20-pii/")
    told = ["Saulīte", "Teātris pagalmā", "Gaidāms", "Izrāde", "Iecerēts", "Dobes", "Agrāk", "Rudens rīts", "Notika"]
    assert [page.find(words) for words in told] == sorted(page.find(words) for words in told)
    assert all(words in page for words in told)
    assert "Melnraksts" not in page
    assert "Cita iestāde" not in page


def test_an_institution_without_activities_says_so(see: See, institution: Institution) -> None:
    assert "Pašlaik nav izsludinātu aktivitāšu." in see("/iestades/20-pii/")


def test_the_projects_that_ended_stand_apart(see: See, project: Project) -> None:
    Project.objects.create(slug="beidzies", title_lv="Beidzies", state="published", ends_on=date(2027, 2, 28))
    Project.objects.create(slug="melnraksts", title_lv="Melnraksts")
    page = see("/projekti/")
    assert page.index("Teātris pagalmā") < page.index("Pabeigtie") < page.index("Beidzies")
    assert "20. PII" in page
    assert "Melnraksts" not in page


def test_a_project_tells_its_story_with_its_institutions_and_activities(
    see: See, project: Project, make_occurrence: Make
) -> None:
    make_occurrence(title_lv="Izrāde", project=project)
    page = see("/projekti/teatris/")
    assert "Vienu darbu veltām jaunajām māmiņām." in page
    assert 'href="/iestades/20-pii/"' in page
    assert "Izrāde" in page


def test_of_what_is_not_for_everybody_institution_and_project_say_nothing(
    see: See, project: Project, institution: Institution, make_occurrence: Make, make_activity: Make
) -> None:
    pages = ("/iestades/", "/iestades/20-pii/", "/projekti/", "/projekti/teatris/")
    before = [see(page) for page in pages]
    for hidden in ({"audience": "discreet"}, {"audience": "invited"}, {"state": "draft"}, {"state": "archived"}):
        make_occurrence(project=project, **hidden).activity.organisers.add(institution)
        make_activity(project=project, approximate_year=2027, **hidden).organisers.add(institution)
    assert [see(page) for page in pages] == before


@pytest.mark.parametrize("path", ["/iestades/x/", "/projekti/x/", "/projekti/melnraksts/", "/iestades/%00/"])
def test_what_is_not_there_or_not_published_is_not_there(client: Client, db: None, path: str) -> None:
    Project.objects.create(slug="melnraksts", title_lv="Melnraksts")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/iestades/", 1), ("/iestades/20-pii/", 4 + 4), ("/projekti/", 2), ("/projekti/teatris/", 4 + 4)],
)
def test_the_same_queries_whatever_the_number_of_rows(
    see: See,
    project: Project,
    institution: Institution,
    make_occurrence: Make,
    django_assert_num_queries: Make,
    path: str,
    queries: int,
) -> None:
    for number, count in enumerate((1, 3)):
        for place in range(count):
            make_occurrence(project=project).activity.organisers.add(institution)
            slug = f"pii-{number}-{place}"
            other = Institution.objects.create(slug=slug, kind="preschool", short_name_lv=slug, name_lv=slug)
            project.institutions.add(other)
            Project.objects.create(slug=slug, title_lv=slug, state="published").institutions.add(institution, other)
        with django_assert_num_queries(queries):  # four are the catalogue's, asked once after a change
            see(path)


def test_the_pages_are_sound_html(
    client: Client, project: Project, institution: Institution, make_occurrence: Make, make_activity: Make
) -> None:
    Institution.objects.update(former_names="Saulīte", phone="+37120000000", website="https://example.lv/")
    Project.objects.update(begins_on=date(2027, 1, 1), ends_on=date(2028, 1, 1))
    make_occurrence(project=project, title_lv="<script>").activity.organisers.add(institution)
    make_activity(project=project, approximate_year=2020).organisers.add(institution)
    for path in ("/iestades/", "/iestades/20-pii/", "/projekti/", "/projekti/teatris/", "/ru/iestades/20-pii/"):
        html5lib.HTMLParser(strict=True).parse(client.get(path).content)
