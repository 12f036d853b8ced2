"""Proposals in the office: read side by side, approved, returned, and by nobody but a coordinator."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from activities.models import Activity, Proposal
from activities.proposing import drafts, project
from kopiena.floor.models import Notice, User
from kopiena.roles import AUDITOR, COORDINATOR, HELPER
from partners.models import Institution, Picture, Project
from tests.activities.proposing.office import list_page, page, read
from tests.activities.proposing.story import activity, again, institution, person, published, sent
from tests.conftest import NOW
from tests.office import signed_in

pytestmark = pytest.mark.django_db
PAGES = ("change", "approve", "return", "venue", "preview")
STRANGERS = ("helper", "auditor", "member", "nobody")


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def teacher() -> User:
    return person()


@pytest.fixture
def office() -> Client:
    return signed_in(COORDINATOR)


def browser_of(who: str, teacher: User) -> Client:
    if who in ("helper", "auditor"):
        return signed_in({"helper": HELPER, "auditor": AUDITOR}[who])
    client = Client()
    if who == "member":
        client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    return client


# Who may come in


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_sees_or_decides(teacher: User, who: str) -> None:
    proposal = sent(teacher)
    client = browser_of(who, teacher)
    signed = {"revision": proposal.revision, "note": "Nē.", "name": "Vieta"}
    for address in [*(page(name, proposal) for name in PAGES), list_page()]:
        for response in (client.get(address), client.post(address, signed)):
            assert response.status_code == 403 if who in ("helper", "auditor") else "/login/" in response["Location"]
    assert (again(proposal).state, Project.objects.count()) == ("proposed", 0)
    assert not Notice.objects.filter(kind__in=["approved", "returned"]).exists()


def test_who_may_look_only_decides_nothing(teacher: User) -> None:
    proposal = sent(teacher)
    user = User.objects.create_user("skatitaja@example.lv", is_staff=True)
    rights = Permission.objects.filter(codename__in=["coordinate", "view_proposal"])
    user.user_permissions.set(rights)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert page("approve", proposal) not in read(client, "change", proposal)
    for name in ("approve", "return", "venue"):
        assert client.post(page(name, proposal), {"revision": proposal.revision, "note": "Nē."}).status_code == 403
    assert again(proposal).state == "proposed"


def test_django_has_no_form_of_it(office: Client, teacher: User) -> None:
    proposal = sent(teacher)
    assert office.post(page("change", proposal), {"state": "approved"}).status_code == 403
    for name in ("add", "delete"):
        arguments = [] if name == "add" else [proposal.pk]
        assert office.post(reverse(f"admin:activities_proposal_{name}", args=arguments)).status_code == 403
    assert (again(proposal).state, Proposal.objects.count()) == ("proposed", 1)


@pytest.mark.parametrize("name", ["approve", "return", "venue", "preview"])
def test_what_is_not_there_is_not_found(office: Client, name: str) -> None:
    assert office.get(reverse(f"admin:activities_proposal_{name}", args=[999])).status_code == 404


# The list


def test_what_waits_stands_first_the_oldest_of_it_before_the_others(office: Client, teacher: User) -> None:
    rows = [sent(teacher, content={"title": f"Iecere {number}", "summary": "Ir."}) for number in range(4)]
    drafts.take_back(rows[0].pk)
    for row, day in zip(rows, (1, 20, 21, 1), strict=True):
        Proposal.objects.filter(pk=row.pk).update(proposed_at=NOW.replace(month=2, day=day))
    found = office.get(list_page()).context["cl"].result_list
    assert [row.title for row in found] == ["Iecere 3", "Iecere 1", "Iecere 2", "Iecere 0"]


def test_it_is_found_by_its_title_and_counts_few_questions(
    office: Client, teacher: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        sent(teacher, content={"title": f"Iecere {number}", "summary": "Ir."})
    found = office.get(list_page(), {"q": "iecere 4"}).context["cl"].result_list
    assert [row.title for row in found] == ["Iecere 4"]
    with django_assert_max_num_queries(12):
        office.get(list_page())


@pytest.mark.parametrize("query", ["q=%00", "o=9999999999", "state__exact=king", "p=99999999999", "institution__id=x"])
def test_what_a_list_cannot_be_asked_is_no_fault(office: Client, query: str) -> None:
    assert office.get(f"{list_page()}?{query}").status_code in (200, 302)


# Side by side


def test_a_change_stands_beside_what_is_published_and_is_marked_in_words(office: Client, teacher: User) -> None:
    there = published()
    content = {**project.content_of(there, "lv"), "summary": "Audzējam <b>lociņus</b>."}
    proposal = sent(teacher, content=content, project=there)
    shown = read(office, "change", proposal)
    for part in ("Publicēts pašlaik", "<del>sīpolus", "&lt;b&gt;lociņus", ">mainīts</strong>"):
        assert part in shown
    assert shown.count(">mainīts</strong>") == 1
    assert "{&#x27;" not in shown  # no machine's words


def taken_in(of: Institution) -> Picture:
    return Picture.objects.create(institution=of, width=800, height=600, declared_at=NOW, uploaded_at=NOW)


def test_another_picture_is_shown_beside_the_one_on_the_site(office: Client, teacher: User) -> None:
    ours, theirs = institution(), institution("13-vsk")
    old, new, foreign = taken_in(ours), taken_in(ours), taken_in(theirs)
    there = published(picture=old.name, picture_alt_lv="Sīpoli uz palodzes")
    content = project.content_of(there, "lv")
    proposal = sent(teacher, content=content, project=there)
    shown = read(office, "change", proposal)
    assert (old.key in shown, ">mainīts</strong>" in shown) == (True, False)
    assert shown.count("<h2>Attēls") == 1
    for key, mark in ((new.key, "mainīts"), (foreign.key, "izņemts"), ("", "izņemts")):
        Proposal.objects.update(content={**content, "picture": key})
        shown = read(office, "change", proposal)
        assert (old.key in shown, new.key in shown) == (True, key == new.key)
        assert foreign.key not in shown
        assert f">{mark}</strong>" in shown
        assert shown.count("<h2>Attēls") == 1


@pytest.mark.parametrize(
    "content", [{}, {"title": "A" * 5000, "story": None, "dates": "x"}, {"title": ["a"], "picture": ["b"]}]
)
@pytest.mark.parametrize("kind", ["project", "activity"])
def test_whatever_a_draft_holds_its_page_opens(office: Client, teacher: User, kind: str, content: Any) -> None:
    proposal = sent(teacher, kind=kind, content=content)
    for state in ("proposed", "draft"):
        Proposal.objects.filter(pk=proposal.pk).update(state=state)
        assert f"/{proposal.pk}/" in read(office, "change", proposal)


def test_the_preview_is_the_public_page_in_its_language_and_nothing_of_it_stays(office: Client, teacher: User) -> None:
    written = {"title": "Сказки на окне", "summary": "Читаем вместе."}
    proposal = sent(teacher, content=written, language="ru")
    response = office.get(page("preview", proposal))
    shown = response.content.decode()
    assert '<html lang="ru"' in shown
    assert "Сказки на окне" in shown
    assert f'href="{page("change", proposal)}"' in shown
    assert "no-store" in response["Cache-Control"]
    assert Project.objects.count() == 0


def test_the_way_back_from_the_preview_of_an_activity_leads_back(office: Client, teacher: User) -> None:
    proposal = sent(teacher, kind="activity", content=activity())
    assert f'href="{page("change", proposal)}"' in read(office, "preview", proposal)
    assert Activity.objects.count() == 0


def test_a_preview_that_cannot_be_made_says_why(office: Client, teacher: User) -> None:
    proposal = sent(teacher, content={"title": "", "summary": ""})
    response = office.get(page("preview", proposal), follow=True)
    assert response.redirect_chain[0][0] == page("change", proposal)
    assert [each.level_tag for each in response.context["messages"]] == ["error"]
