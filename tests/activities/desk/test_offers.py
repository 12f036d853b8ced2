"""The list of what an institution offers, and how a project, an activity or a change is begun."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Proposal
from partners.models import Institution, Project
from tests.activities.desk.conftest import draft_of
from tests.journeys.resident import Page

LIST = "/musu-iestade/20-pii/piedavajums/"
BEGIN, CHANGE = f"{LIST}sakt/", f"{LIST}mainit/"


def project_of(*institutions: Institution, **fields: Any) -> Project:
    number = Project.objects.count()
    made = Project.objects.create(
        **{"slug": f"p{number}", "title_lv": f"Projekts {number}", "state": "published", **fields}
    )
    made.institutions.set(institutions)
    return made


def test_who_has_nothing_yet_sees_how_to_begin(teacher: Client) -> None:
    page = Page(teacher.get(LIST), LIST)
    assert "Šeit vēl nekā nav." in page.text
    assert {"Jauns projekts", "Jauna aktivitāte"} <= set(page.with_button("Jauns projekts").buttons())


def test_everything_of_ours_stands_in_its_place_and_nothing_of_others(
    teacher: Client, ours: Institution, theirs: Institution, now: datetime, make_activity: Callable[..., Activity]
) -> None:
    project_of(ours, title_lv="Mūsu projekts")
    project_of(ours, title_lv="Vēl nerādīts", state="draft")
    project_of(theirs, title_lv="Svešs projekts")
    make_activity(title_lv="Mūsu talka").organisers.add(ours)
    make_activity(title_lv="Klusā talka", audience="discreet").organisers.add(ours)
    make_activity(title_lv="Sveša talka").organisers.add(theirs)
    for state, more in (("draft", {}), ("proposed", {"proposed_at": now}), ("returned", {"note": "Kad tas būs?"})):
        draft_of(ours, now, state=state, content={"title": f"Iecere {state}"}, **more)
    draft_of(theirs, now, content={"title": "Sveša iecere"})
    text = Page(teacher.get(LIST), LIST).text
    shown = ("Mūsu projekts", "Mūsu talka", "Iecere draft", "Iecere proposed", "Iecere returned", "Kad tas būs?")
    hidden = ("Vēl nerādīts", "Sveš", "Klusā")
    assert [name for name in shown if name not in text] == []
    assert [name for name in hidden if name in text] == []


def test_a_longer_list_asks_no_more_queries(teacher: Client, ours: Institution, now: datetime) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert teacher.get(LIST).status_code == 200
        return len(found)

    project_of(ours)
    draft_of(ours, now)
    before = queries()
    for _ in range(3):
        draft_of(ours, now, project=project_of(ours))
    assert queries() == before


def test_a_new_project_is_an_empty_draft_and_pressed_twice_the_same_one(teacher: Client) -> None:
    answers = {teacher.post(BEGIN, {"kind": "project"})["Location"] for _ in "ab"}
    draft = Proposal.objects.get()
    assert answers == {f"/musu-iestade/20-pii/ieceres/{draft.pk}/"}
    assert (draft.kind, draft.content, draft.language, draft.institution.slug) == ("project", {}, "lv", "20-pii")


def test_it_is_written_in_the_language_of_the_page(teacher: Client) -> None:
    teacher.post("/ru" + BEGIN, {"kind": "project"})
    assert Proposal.objects.get().language == "ru"


def test_an_activity_is_begun_within_a_proposed_project_or_a_published_one(
    teacher: Client, ours: Institution, now: datetime
) -> None:
    proposed, published = draft_of(ours, now, content={"title": "Zaļā"}), project_of(ours)
    teacher.post(BEGIN, {"kind": "activity", "within": proposed.pk})
    teacher.post(BEGIN, {"kind": "activity", "project": published.pk})
    first, second = Proposal.objects.filter(kind="activity").order_by("pk")
    assert (first.within, first.content) == (proposed, {})
    assert (second.within, second.content) == (None, {"project": str(published.pk)})


@pytest.mark.parametrize("what", [{}, {"kind": "quest"}, {"kind": "activity", "within": "x"}, {"kind": "\0"}])
def test_what_cannot_be_begun_is_not_there(teacher: Client, what: dict[str, str]) -> None:
    assert teacher.post(BEGIN, what).status_code == 404
    assert not Proposal.objects.exists()


def test_nothing_is_begun_within_what_is_another_s(
    teacher: Client, ours: Institution, theirs: Institution, now: datetime
) -> None:
    foreign, project = draft_of(theirs, now), project_of(theirs)
    for forged in ({"within": foreign.pk}, {"project": project.pk}, {"project": "9" * 18}):
        assert teacher.post(BEGIN, {"kind": "activity", **forged}).status_code == 404
    assert teacher.post(CHANGE, {"project": project.pk}).status_code == 404
    assert teacher.post(CHANGE, {}).status_code == 404
    assert Proposal.objects.count() == 1


def test_a_change_begins_with_what_is_published_and_is_there_once(teacher: Client, ours: Institution) -> None:
    project = project_of(ours, title_ru="Проект", summary_lv="Teikums.")
    answers = [teacher.post(CHANGE, {"project": project.pk, "at": at})["Location"] for at in ("", "outcome")]
    draft = Proposal.objects.get()
    page = f"/musu-iestade/20-pii/ieceres/{draft.pk}/"
    assert answers == [page, f"{page}#id_outcome"]
    assert (draft.project, draft.title, draft.content["summary"]) == (project, project.title_lv, "Teikums.")
    assert page in Page(teacher.get(LIST), LIST).links().values()
    form = Page(teacher.get(page), page).with_field("title")
    assert form.typed("title") == project.title_lv
    assert 'id="id_outcome"' in form.source


def test_a_change_is_begun_in_a_language_the_project_is_written_in(teacher: Client, ours: Institution) -> None:
    only_russian = project_of(ours, title_lv="", title_ru="Проект")
    teacher.post(CHANGE, {"project": only_russian.pk})
    draft = Proposal.objects.get()
    assert (draft.language, draft.title) == ("ru", "Проект")


def test_an_untouched_change_turns_to_the_language_chosen(teacher: Client, ours: Institution) -> None:
    project = project_of(ours, title_ru="Проект")
    teacher.post(CHANGE, {"project": project.pk})
    draft = Proposal.objects.get()
    address = f"/musu-iestade/20-pii/ieceres/{draft.pk}/"
    fields = dict(Page(teacher.get(address), address).with_field("title").fields())
    teacher.post(address, {**fields, "language": "ru"})
    draft.refresh_from_db()
    assert (draft.language, draft.title) == ("ru", "Проект")


def test_two_institutions_of_a_project_do_not_change_it_at_once(
    teacher: Client, stranger: Client, ours: Institution, theirs: Institution
) -> None:
    project = project_of(ours, theirs)
    stranger.post(CHANGE.replace("20-pii", "13-vsk"), {"project": project.pk})
    response = teacher.post(CHANGE, {"project": project.pk}, follow=True)
    assert "Izmaiņas tajā jau gatavo cita iestāde." in Page(response, LIST).text
    assert Proposal.objects.get().institution == theirs
