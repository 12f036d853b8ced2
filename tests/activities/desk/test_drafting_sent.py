"""A draft sent to the centre: complete, once however often one presses, and read-only until it is taken back."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from activities.desk import drafting
from activities.desk.keeping import Sent
from activities.models import Proposal
from activities.proposing.kinds import kind_of
from partners.models import Project
from tests.activities.desk.conftest import WRITTEN
from tests.activities.desk.test_drafting import draft, form_of, page_of, sent
from tests.journeys.resident import Page

__all__ = ["draft"]

SENT = "Nosūtīts centram"


def kind_form(draft: Proposal, now: datetime) -> Any:
    return kind_of(draft.kind).form_class.of_content(draft, now)


def test_proposing_says_at_each_field_what_is_missing_and_keeps_the_rest(teacher: Client, draft: Proposal) -> None:
    response = teacher.post(
        page_of(draft, "iesniegt/"), sent(draft, title="", begins_on="2027-05-01", ends_on="2027-04-01")
    )
    page = form_of(response)
    assert page.errors() == ["Uzrakstiet projekta nosaukumu.", "Projekts nevar beigties, pirms tas sācies."]
    assert page.title.startswith("Kļūda:")
    assert page.typed("summary") == WRITTEN["summary"]
    draft.refresh_from_db()
    assert (draft.state, draft.content["ends_on"], draft.revision) == ("draft", "2027-04-01", 1)
    assert page.typed("revision") == "1"


def test_what_is_proposed_is_read_only_until_it_is_taken_back(teacher: Client, draft: Proposal, now: datetime) -> None:
    response = teacher.post(page_of(draft, "iesniegt/"), sent(draft))
    assert (response.status_code, response["Location"]) == (302, page_of(draft))
    draft.refresh_from_db()
    assert (draft.state, draft.proposed_at, draft.title) == ("proposed", now, WRITTEN["title"])
    page = form_of(teacher.get(page_of(draft)))
    assert 'name="title"' not in page.source
    assert WRITTEN["summary"] in page.text
    late = teacher.post(page_of(draft), sent(draft, 1, title="Vēlāk"))
    assert late.status_code == 409
    assert form_of(late).typed("title") == "Vēlāk"
    assert teacher.get(page_of(draft, "dzest/")).status_code == 302
    teacher.post(page_of(draft, "atsaukt/"))
    draft.refresh_from_db()
    assert (draft.state, draft.title) == ("draft", WRITTEN["title"])


@pytest.mark.parametrize("is_quick", [False, True])
def test_pressed_twice_it_is_sent_once_and_both_say_so(
    teacher: Client, draft: Proposal, is_quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = teacher.post(page_of(draft, "iesniegt/"), sent(draft))
    if is_quick:  # the second had saved before the first was sent
        draft.refresh_from_db()
        monkeypatch.setattr(drafting, "keep", lambda request, proposal, now: Sent(draft, kind_form(draft, now)))
    second = teacher.post(page_of(draft, "iesniegt/"), sent(draft))
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"]) == (302, page_of(draft))
    assert [words[: len(SENT)] for words in Page(teacher.get(page_of(draft)), "").marked("message--good")] == [SENT]
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == ("proposed", 1)


def test_what_is_refused_while_the_centre_has_it_says_the_way_to_take_it_back(teacher: Client, draft: Proposal) -> None:
    teacher.post(page_of(draft, "iesniegt/"), sent(draft))
    by_itself = teacher.post(page_of(draft, "saglabat/"), sent(draft, 1, title="Vēlāk")).json()["said"]
    assert by_itself == "Tagad to izskata centrs. Lai mainītu, vispirms atsauciet."
    late = form_of(teacher.post(page_of(draft), sent(draft, 1, title="Vēlāk", begins_on="reiz")))
    assert late.errors() == []
    assert late.links()["Atvērt jaunā logā to, kas ir centrā"] == page_of(draft)
    teacher.post(page_of(draft, "atsaukt/"))
    assert teacher.post(page_of(draft), dict(late.fields())).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Vēlāk"


def test_another_text_is_not_sent_with_what_the_centre_has(teacher: Client, draft: Proposal) -> None:
    teacher.post(page_of(draft, "iesniegt/"), sent(draft))
    late = teacher.post(page_of(draft, "iesniegt/"), sent(draft, 1, title="Vēlāk"))
    assert (late.status_code, form_of(late).typed("title")) == (409, "Vēlāk")


def test_an_approved_proposal_leads_to_the_published_page(teacher: Client, draft: Proposal, now: datetime) -> None:
    project = Project.objects.create(slug="zala", title_lv="Zaļā", state="published")
    Proposal.objects.update(state="approved", project=project, decided_at=now)
    page = Page(teacher.get(page_of(draft)), "")
    assert "/projekti/zala/" in page.links().values()
    assert page.marked("message--good") == ["Centrs to apstiprināja pirmdien, 1. martā, plkst. 12.00."]
    russian = Page(teacher.get("/ru" + page_of(draft)), "")
    assert russian.marked("message--good") == ["Центр одобрил это в понедельник, 1 марта, в 12.00."]
    assert teacher.post(page_of(draft), sent(draft)).status_code == 409
    assert teacher.get(page_of(draft, "skats/"))["Location"] == page_of(draft)
