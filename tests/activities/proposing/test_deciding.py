"""The coordinator's answer: what is approved is published, what is returned says why; once, and as it was seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError

from activities.models import Activity, Meeting, Proposal
from activities.proposing import deciding, drafts, project
from activities.proposing.drafts import NotNow
from activities.proposing.kinds import kind_of
from kopiena.floor.models import Notice, User
from partners.models import Project
from tests.activities.proposing.story import activity, again, person, published, sent
from tests.conftest import NOW
from tests.gate import boss

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def teacher() -> User:
    return person()


def logged() -> list[tuple[str, str]]:
    """Whose page the line stands on, and what it says."""
    rows = LogEntry.objects.order_by("pk").select_related("content_type")
    return [(row.content_type.model, row.change_message) for row in rows]


def letters(kind: str) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("recipient", "state"))


def test_what_is_approved_is_published_and_the_proposal_says_what_it_became(teacher: User) -> None:
    proposal = sent(teacher)
    made: Any = deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW + HOUR)
    assert (made.title_lv, made.state, list(made.institutions.all())) == (
        "Zaļā palodze",
        "published",
        [proposal.institution],
    )
    after = again(proposal)
    assert (after.state, after.project, after.decided_at, after.decided_by) == ("approved", made, NOW + HOUR, boss())
    line = '[{"changed": {"fields": ["proposal approved"]}}]'
    assert logged() == [("proposal", line), ("project", line)]
    assert letters("approved") == [("ilze@example.lv", "owed")]


def test_a_change_is_written_into_its_language_and_the_others_stay(teacher: User) -> None:
    there = published()
    content = {**project.content_of(there, "lv"), "summary": "Audzējam lociņus."}
    proposal = sent(teacher, content=content, project=there)
    assert Project.objects.get().summary_lv == "Audzējam sīpolus."  # until it is approved
    deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    now = Project.objects.get()
    assert (now.summary_lv, now.title_ru) == ("Audzējam lociņus.", "Зелёный подоконник")


def test_an_activity_becomes_its_page_with_its_date(teacher: User) -> None:
    proposal = sent(teacher, kind="activity", content=activity())
    made = deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert (Activity.objects.public().get(), again(proposal).activity_id) == (made, made.pk)
    assert Meeting.objects.get().occurrence.activity == made


def test_a_place_in_words_waits_for_its_venue(teacher: User) -> None:
    proposal = sent(teacher, kind="activity", content=activity(where="elsewhere", place="Mūsu pagalms"))
    with pytest.raises(NotNow) as refusal:
        deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert "Mūsu pagalms" in refusal.value.message
    assert (again(proposal).state, Activity.objects.count()) == ("proposed", 0)


def test_it_is_approved_as_it_was_seen_or_not_at_all(teacher: User) -> None:
    proposal = sent(teacher)
    drafts.take_back(proposal.pk)
    drafts.save(proposal.pk, proposal.revision, {**proposal.content, "title": "Cits"}, by=teacher, now=NOW)
    drafts.propose(proposal.pk, proposal.revision + 1, by=teacher, now=NOW)
    with pytest.raises(NotNow):
        deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert (Project.objects.count(), again(proposal).state, logged()) == (0, "proposed", [])


@pytest.mark.parametrize("state", ["draft", "returned", "approved"])
def test_only_what_waits_is_decided(teacher: User, state: str) -> None:
    proposal = sent(teacher)
    became = {"decided_at": NOW, "project": published()} if state == "approved" else {}
    Proposal.objects.filter(pk=proposal.pk).update(state=state, note="Kāpēc?", **became)
    for decide in (
        lambda: deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW),
        lambda: deciding.send_back(proposal.pk, "Lūdzu, labojiet.", by=boss(), now=NOW),
    ):
        with pytest.raises(NotNow):
            decide()
    assert (again(proposal).state, letters("approved"), letters("returned"), logged()) == (state, [], [], [])


def test_the_second_of_two_taps_and_what_was_dropped_are_told_so(teacher: User) -> None:
    proposal = sent(teacher)
    deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    with pytest.raises(NotNow):
        deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert Project.objects.count() == 1
    with pytest.raises(NotNow):
        deciding.send_back(proposal.pk + 1, "Lūdzu, labojiet.", by=boss(), now=NOW)


def test_returned_it_says_why_and_can_be_written_on(teacher: User) -> None:
    proposal = sent(teacher)
    deciding.send_back(proposal.pk, "  Lūdzu, pierakstiet laiku.  ", by=boss(), now=NOW + HOUR)
    after = again(proposal)
    assert (after.state, after.note, after.is_editable) == ("returned", "Lūdzu, pierakstiet laiku.", True)
    assert (after.decided_at, after.decided_by) == (NOW + HOUR, boss())
    assert logged() == [("proposal", '[{"changed": {"fields": ["proposal returned"]}}]')]
    assert letters("returned") == [("ilze@example.lv", "owed")]


@pytest.mark.parametrize("note", ["", "  \n "])
def test_without_a_note_nothing_is_returned(teacher: User, note: str) -> None:
    proposal = sent(teacher)
    with pytest.raises(NotNow):
        deciding.send_back(proposal.pk, note, by=boss(), now=NOW)
    assert again(proposal).state == "proposed"


def test_what_cannot_be_written_leaves_nothing_behind(teacher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = sent(teacher)

    def breaks(proposal: Proposal, *, by: User, now: Any) -> Project:
        Project.objects.create(slug="a", title_lv="A", begins_on="2027-03-02", ends_on="2027-03-01")
        raise AssertionError

    kind = kind_of("project")
    monkeypatch.setattr(project, "KIND", type(kind)(**{**vars(kind), "apply": breaks}))
    with pytest.raises(NotNow) as refusal:
        deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert refusal.value.message == "Projekts nevar beigties, pirms tas sācies."
    assert isinstance(refusal.value.__cause__, IntegrityError)
    assert (Project.objects.count(), again(proposal).state, letters("approved")) == (0, "proposed", [])


def test_a_refusal_of_the_kind_leaves_nothing_behind(teacher: User) -> None:
    proposal = sent(teacher)
    Proposal.objects.filter(pk=proposal.pk).update(content={"title": "", "summary": ""})
    with pytest.raises(NotNow):
        deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert (Project.objects.count(), again(proposal).state, logged()) == (0, "proposed", [])
