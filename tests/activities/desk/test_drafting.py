"""A draft's page: whatever is typed is kept, two windows never overwrite each other, and nothing is sent half-done."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.desk import drafting
from activities.models import Proposal
from partners.models import Institution, Project
from tests.activities.desk.conftest import WRITTEN, browser, draft_of, member
from tests.journeys.resident import Page

PAGE = "/musu-iestade/20-pii/ieceres/{}/{}"


@pytest.fixture
def draft(ours: Institution, now: datetime) -> Proposal:
    return draft_of(ours, now)


def page_of(draft: Proposal, deed: str = "") -> str:
    return PAGE.format(draft.pk, deed)


def sent(draft: Proposal, revision: int = 0, **typed: Any) -> dict[str, Any]:
    return {"revision": revision, "language": "lv", **WRITTEN, **typed}


def form_of(response: Any) -> Page:
    """The draft's page, its form in hand: the first form on every page of the desk signs out."""
    return Page(response, "").with_field("title")


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_draft_is_saved_however_unfinished(teacher: Client, draft: Proposal) -> None:
    typed = {"title": "", "summary": "x" * 400, "begins_on": "reiz", "ends_on": "2027-02-31"}
    response = teacher.post(page_of(draft), sent(draft, deed="save", **typed))
    assert (response.status_code, response["Location"]) == (302, page_of(draft))
    draft.refresh_from_db()
    assert {name: draft.content[name] for name in typed} == typed
    assert (draft.revision, draft.saved_by.email) == (1, "skolotaja@example.lv")  # type: ignore[union-attr]
    page = form_of(teacher.get(page_of(draft)))
    assert page.typed("begins_on") == "reiz"
    assert page.errors() == []


def test_the_second_window_is_told_what_changed_and_loses_nothing(teacher: Client, draft: Proposal) -> None:
    teacher.post(page_of(draft), sent(draft, title="Pirmā"))
    clash = teacher.post(page_of(draft), sent(draft, title="Otrā", story="Mans stāsts", language="ru"))
    assert clash.status_code == 409
    page = form_of(clash)
    found = [(each.label, each.theirs, each.yours) for each in clash.context["differences"]]
    assert found == [
        ("Projekta nosaukums", "Pirmā", "Otrā"),
        ("Stāsts", "", "Mans stāsts"),
        ("Valoda", "Latviešu", "Русский"),
    ]
    assert [page.typed(name) for name in ("title", "story", "revision", "language")] == [
        "Otrā",
        "Mans stāsts",
        "1",
        "ru",
    ]
    draft.refresh_from_db()
    assert (draft.title, draft.language) == ("Pirmā", "lv")
    again = teacher.post(page_of(draft), dict(page.fields()))
    assert again.status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.language, draft.content["story"]) == ("Otrā", "ru", "Mans stāsts")


def test_it_is_said_whether_a_colleague_saved_it_or_oneself(
    teacher: Client, ours: Institution, draft: Proposal
) -> None:
    colleague = browser(member(ours, "otra@example.lv"))
    teacher.post(page_of(draft), sent(draft, title="Pirmā"))
    mine, theirs = (Page(each.post(page_of(draft), sent(draft)), "").text for each in (teacher, colleague))
    assert "saglabājāt citā logā" in mine
    assert "kāds cits" not in mine
    assert "šo melnrakstu saglabāja kāds cits" in theirs
    assert "citā logā" not in theirs


def test_the_same_sent_twice_is_one_saving(teacher: Client, draft: Proposal) -> None:
    for _ in range(2):
        assert teacher.post(page_of(draft), sent(draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.revision == 1


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 40, "\0", "١"])
def test_a_revision_that_is_none_overwrites_nothing(teacher: Client, draft: Proposal, revision: str) -> None:
    assert teacher.post(page_of(draft), sent(draft) | {"revision": revision}).status_code == 409
    draft.refresh_from_db()
    assert draft.content == {}


def test_what_the_database_cannot_hold_is_left_out(teacher: Client, draft: Proposal) -> None:
    assert teacher.post(page_of(draft), sent(draft, title="Za\0ļā")).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Zaļā"
    body = b"revision=1&title=%ed%a0%80a&summary=%ff%fe"
    assert teacher.post(page_of(draft), body, "application/x-www-form-urlencoded").status_code == 302


def test_saving_by_itself_says_when_and_gives_the_next_revision(teacher: Client, draft: Proposal) -> None:
    first = teacher.post(page_of(draft, "saglabat/"), sent(draft, title="Sākums"))
    assert first.json() == {"revision": 1, "said": "Saglabāts plkst. 12.00"}
    clash = teacher.post(page_of(draft, "saglabat/"), sent(draft, title="Cits"))
    assert clash.status_code == 409
    assert clash.json()["said"].startswith("Pa to laiku Jūs šo melnrakstu saglabājāt citā logā.")
    assert "Nospiediet „Saglabāt melnrakstu”" in clash.json()["said"]
    draft.refresh_from_db()
    assert draft.title == "Sākums"


def test_what_the_centre_wrote_stands_on_top(teacher: Client, draft: Proposal) -> None:
    Proposal.objects.update(state="returned", note="Lūdzu, pastāstiet, kad.")
    assert "Lūdzu, pastāstiet, kad." in Page(teacher.get(page_of(draft)), "").text


def test_dropping_asks_first(teacher: Client, draft: Proposal) -> None:
    assert teacher.get(page_of(draft, "dzest/")).status_code == 200
    assert Proposal.objects.exists()
    response = teacher.post(page_of(draft, "dzest/"))
    assert response["Location"] == "/musu-iestade/20-pii/piedavajums/"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("deed", "status"), [("", 409), ("saglabat/", 409), ("iesniegt/", 409), ("atsaukt/", 302), ("dzest/", 302)]
)
def test_what_a_colleague_throws_away_in_this_moment_is_said_to_be_gone(
    teacher: Client, draft: Proposal, deed: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(desk: Any, pk: int) -> Proposal:
        Proposal.objects.filter(pk=pk).delete()
        return draft

    monkeypatch.setattr(drafting, "_own", gone)
    assert teacher.post(page_of(draft, deed), sent(draft)).status_code == status


def test_the_preview_is_the_public_page_and_nothing_of_it_stays(teacher: Client, draft: Proposal) -> None:
    response = teacher.post(page_of(draft), sent(draft, deed="preview"), follow=True)
    page = Page(response, "")
    assert page.heading == WRITTEN["title"]
    assert page_of(draft) in page.links().values()
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response
    assert not Project.objects.exists()


def test_an_unfinished_draft_has_no_preview_but_says_why(teacher: Client, draft: Proposal) -> None:
    response = teacher.post(page_of(draft), sent(draft, deed="preview", title=""))
    assert Page(response, "").errors() == ["Uzrakstiet projekta nosaukumu."]
    response = teacher.get(page_of(draft, "skats/"))
    assert response["Location"] == page_of(draft)
    assert "Uzrakstiet projekta nosaukumu." in said(response)[0]


def test_an_activity_is_begun_within_the_project_and_nothing_typed_is_lost(teacher: Client, draft: Proposal) -> None:
    response = teacher.post(page_of(draft), sent(draft, deed="activity"))
    draft.refresh_from_db()
    activity = Proposal.objects.get(kind="activity")
    assert response["Location"] == page_of(activity)
    assert (activity.within, draft.title) == (draft, WRITTEN["title"])


def test_another_button_of_the_form_saves_and_comes_back_to_its_place(teacher: Client, draft: Proposal) -> None:
    response = teacher.post(page_of(draft), sent(draft, deed="dates\r\nX: y"))
    assert response["Location"] == page_of(draft) + "#dates%0D%0AX%3A+y"


@pytest.mark.parametrize("deed", ["", "saglabat/", "skats/", "iesniegt/", "atsaukt/", "dzest/"])
def test_for_other_institutions_it_does_not_exist(stranger: Client, draft: Proposal, deed: str) -> None:
    before = Proposal.objects.values().get()
    for address in (page_of(draft, deed), page_of(draft, deed).replace("20-pii", "13-vsk")):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, sent(draft)).status_code == 404
    assert Proposal.objects.values().get() == before


def test_forged_fields_write_nothing_else(teacher: Client, draft: Proposal, theirs: Institution) -> None:
    forged = {"institution": theirs.pk, "state": "approved", "project": 1, "note": "x", "kind": "activity", "was": "x"}
    teacher.post(page_of(draft), sent(draft, **forged))
    draft.refresh_from_db()
    assert (draft.institution.slug, draft.state, draft.project, draft.note, draft.kind) == (
        "20-pii",
        "draft",
        None,
        "",
        "project",
    )
    assert set(draft.content) & set(forged) == set()


def test_a_post_without_its_token_is_refused(ours: Institution, draft: Proposal) -> None:
    client = browser(member(ours, "otra@example.lv"), enforce_csrf_checks=True)
    assert client.post(page_of(draft), sent(draft)).status_code == 403


def test_long_lists_of_partners_cost_no_query_each(teacher: Client, draft: Proposal, theirs: Institution) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert teacher.get(page_of(draft)).status_code == 200
        return len(found)

    before = queries()
    for number in range(5):
        Institution.objects.create(slug=f"s{number}", kind="other", short_name_lv=f"S{number}", name_lv=f"S{number}")
    assert queries() == before
