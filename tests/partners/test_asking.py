"""Institutions asked to take part in a project: they answer once, on their own page, and agreeing puts them there."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from kopiena.floor.models import Notice, User
from kopiena.floor.outbox import Letter, Pointless, kind_of
from partners import asking as deed
from partners.models import Asking, Institution, Membership, Project
from tests.journeys.resident import Page

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)


def institution(slug: str) -> Institution:
    return Institution.objects.create(slug=slug, kind="preschool", short_name_lv=slug, name_lv=f"Iestāde {slug}")


def member(of: Institution, email: str, **fields: Any) -> User:
    user = User.objects.create_user(email, **fields)
    Membership.objects.create(institution=of, user=user)
    return user


@pytest.fixture
def asked() -> Asking:
    """The school is asked by the kindergarten."""
    kindergarten, school = institution("20-pii"), institution("13-vsk")
    member(school, "latviete@example.lv")
    member(school, "russkaja@example.lv", language="ru")
    member(school, "izslegta@example.lv", is_active=False)
    project = Project.objects.create(slug="palodze", title_lv="Zaļā palodze", state="published")
    project.institutions.add(kindergarten)
    (asking,) = deed.ask(project, [school, kindergarten], asked_by=kindergarten, now=NOW)
    return asking


def letter(notice: Notice) -> Letter:
    with translation.override(notice.language):
        return kind_of(notice.kind).letter(notice, NOW)


def browser(email: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(asking: Asking) -> str:
    return f"/musu-iestade/{asking.institution.slug}/lugumi/{asking.pk}/"


def test_each_of_its_people_gets_one_letter_in_their_own_language(asked: Asking) -> None:
    notices = Notice.objects.order_by("recipient")
    assert [(each.recipient, each.language) for each in notices] == [
        ("latviete@example.lv", "lv"),
        ("russkaja@example.lv", "ru"),
    ]
    found = letter(notices[0])
    assert found.subject == "Jūs aicina piedalīties projektā"
    assert str(found.about) == "Zaļā palodze"
    assert found.facts == [("Kas aicina", "Iestāde 20-pii"), ("Ko aicina", "Iestāde 13-vsk")]
    assert found.ways[0].address.endswith(page_of(asked))
    assert "/ru/" in letter(notices[1]).ways[0].address


def test_the_letter_tells_what_is_so_when_it_goes_out(asked: Asking) -> None:
    Project.objects.update(title_lv="Jauns nosaukums")
    notice = Notice.objects.get(recipient="latviete@example.lv")
    assert str(letter(notice).about) == "Jauns nosaukums"
    deed.answer(asked.pk, has_agreed=False, now=NOW)
    with pytest.raises(Pointless):
        letter(notice)


def test_who_left_meanwhile_gets_no_letter(asked: Asking) -> None:
    Membership.objects.filter(user__email="latviete@example.lv").delete()
    with pytest.raises(Pointless):
        letter(Notice.objects.get(recipient="latviete@example.lv"))


def test_nobody_is_asked_twice(asked: Asking) -> None:
    again = deed.ask(asked.project, [asked.institution], asked_by=asked.asked_by, now=NOW)
    assert (again, Asking.objects.count(), Notice.objects.count()) == ([], 1, 2)


@pytest.mark.parametrize(("given", "is_there"), [("yes", True), ("no", False)])
def test_it_answers_once_and_agreeing_puts_it_among_the_institutions(asked: Asking, given: str, is_there: bool) -> None:
    client, other = browser("latviete@example.lv"), {"yes": "no", "no": "yes"}[given]
    assert list(deed.open_askings(asked.institution)) == [asked]
    page = Page(client.get(page_of(asked)), page_of(asked))
    assert "Zaļā palodze" in page.text
    client.post(page_of(asked), {"answer": given})
    client.post(page_of(asked), {"answer": other})
    asked.refresh_from_db()
    assert asked.has_agreed is is_there
    assert asked.project.institutions.filter(pk=asked.institution_id).exists() is is_there
    assert list(deed.open_askings(asked.institution)) == []
    assert 'name="answer"' not in Page(client.get(page_of(asked)), "").source


def test_what_is_no_answer_changes_nothing(asked: Asking) -> None:
    client = browser("latviete@example.lv")
    for given in ("", "maybe", "\0"):
        assert client.post(page_of(asked), {"answer": given}).status_code == 200
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_to_others_the_question_does_not_exist(asked: Asking) -> None:
    asker = member(asked.asked_by, "skolotaja@example.lv")
    client = browser(asker.email)
    for address in (page_of(asked), page_of(asked).replace("13-vsk", "20-pii")):
        assert [client.get(address).status_code, client.post(address, {"answer": "yes"}).status_code] == [404, 404]
    assert browser("latviete@example.lv").get("/musu-iestade/13-vsk/lugumi/99999999999999999999/").status_code == 404
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_a_project_off_the_site_asks_nobody(asked: Asking) -> None:
    Project.objects.update(state="draft")
    assert list(deed.open_askings(asked.institution)) == []
    assert browser("latviete@example.lv").get(page_of(asked)).status_code == 404
