"""A draft thrown away while somebody still writes in it: their words are shown, and one press makes them a draft."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from activities.models import Proposal
from partners.models import Institution
from tests.activities.desk.conftest import draft_of
from tests.activities.desk.test_drafting import page_of, sent
from tests.journeys.resident import Page

AGAIN = "Sākt jaunu melnrakstu ar šo tekstu"
TYPED = {
    "project": {"story": "Pirmā\r\n<b>otrā</b> rinda", "begins_on": "reiz"},
    "activity": {"theme": "garden", "project": "17", "date_rows": "1", "date_1_day": "2027-04-03", "place": "Pagalms"},
}


def thrown_away(draft: Proposal) -> Proposal:
    Proposal.objects.filter(pk=draft.pk).delete()
    return draft


@pytest.mark.parametrize("kind", ["project", "activity"])
@pytest.mark.parametrize("deed", ["", "iesniegt/", "saglabat/"])
def test_the_words_are_shown_and_one_press_makes_a_draft_of_them(
    teacher: Client, ours: Institution, now: datetime, kind: str, deed: str
) -> None:
    draft = thrown_away(draft_of(ours, now, kind))
    typed = sent(draft, 3, language="ru", **TYPED[kind])
    gone = teacher.post(page_of(draft, deed), typed)
    page = Page(gone, "").with_button(AGAIN)
    assert (gone.status_code, page.heading) == (404, "Šī melnraksta vairs nav")
    assert "Audzējam lociņus." in page.text
    assert ("<b>otrā</b> rinda" in page.text) == (kind == "project")
    fields = {**dict(page.fields()), "kind": page.buttons()[AGAIN][1]}
    answers = [teacher.post(page.form.get("action"), fields) for _press in range(2)]
    new = Proposal.objects.get()
    assert [answer["Location"] for answer in answers] == [page_of(new)] * 2
    assert (new.kind, new.language, new.title, new.institution) == (kind, "ru", "Zaļā palodze", ours)
    shown = Page(teacher.get(page_of(new)), "").with_field("title")
    read = {name: shown.typed(name).strip().replace("\n", "\r\n") for name in TYPED[kind]}
    assert read | {"project": ""} == TYPED[kind] | {"project": ""}


def test_the_answer_is_the_same_for_what_is_gone_and_what_is_another_s(
    teacher: Client, theirs: Institution, now: datetime
) -> None:
    def without_token(response: Any) -> str:
        return response.content.decode().split("<h1>")[1].split("<h2>")[1]

    draft = draft_of(theirs, now, content={"title": "Viņu noslēpums"})
    another_s = teacher.post(page_of(draft), sent(draft))
    gone = teacher.post(page_of(thrown_away(draft)), sent(draft))
    assert (another_s.status_code, without_token(another_s)) == (404, without_token(gone))
    assert "Viņu noslēpums" not in another_s.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("deed", ["", "dzest/", "atsaukt/", "skats/"])
def test_where_nothing_was_typed_the_way_on_leads_to_the_desk(
    teacher: Client, ours: Institution, now: datetime, method: str, deed: str
) -> None:
    draft = thrown_away(draft_of(ours, now))
    response = getattr(teacher, method)(page_of(draft, deed))
    assert response.status_code == 404
    assert Page(response, "").links()["Mūsu iestāde"] == "/musu-iestade/"
    assert "/kalendars/" not in Page(response, "").source.split("<main")[1].split("</main>")[0]
