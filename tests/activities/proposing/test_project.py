"""What approving a project writes: a new one in one language, a change of what was changed and nothing else."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation

from activities.models import Proposal
from activities.proposing import project as kind
from activities.proposing.drafts import NotNow
from kopiena.floor.models import Notice, User
from partners.models import Asking, Institution, Project
from tests.activities.desk.conftest import WRITTEN, draft_of, institution, member


@pytest.fixture
def ours(db: None) -> Institution:
    return institution("20-pii")


@pytest.fixture
def coordinator(db: None) -> User:
    return User.objects.create_superuser("koordinatore@example.lv", "a long enough secret")


@pytest.fixture
def project(ours: Institution) -> Project:
    """Published in Latvian and Russian."""
    texts = {"title_lv": "Palodze", "title_ru": "Подоконник", "summary_lv": "Audzējam.", "summary_ru": "Выращиваем."}
    made = Project.objects.create(
        slug="palodze", state="published", story_lv="Sen.", begins_on=date(2027, 3, 1), **texts
    )
    made.institutions.add(ours)
    return made


def change_of(project: Project, ours: Institution, now: datetime, language: str = "lv", **content: Any) -> Proposal:
    written = {**kind.content_of(project, language), **content}
    return draft_of(ours, now, project=project, language=language, content=written)


def test_a_new_project_is_published_in_its_one_language(ours: Institution, coordinator: User, now: datetime) -> None:
    content = {"title": "Зелёный   подоконник", "summary": "Растим лук.", "begins_on": "27.03.2027", "ends_on": ""}
    draft = draft_of(ours, now, language="ru", content=content)
    made = kind.apply(draft, by=coordinator, now=now)
    assert (made.title_ru, made.title_lv, made.summary_ru) == ("Зелёный подоконник", "", "Растим лук.")
    assert (made.slug, made.state, made.begins_on, made.ends_on) == (
        "zelyonyy-podokonnik",
        "published",
        date(2027, 3, 27),
        None,
    )
    assert list(made.institutions.all()) == [ours]
    draft.refresh_from_db()
    assert draft.project is None


def test_the_second_project_of_a_name_has_an_address_of_its_own(
    ours: Institution, coordinator: User, now: datetime
) -> None:
    made = [kind.apply(draft_of(ours, now, content=WRITTEN), by=coordinator, now=now).slug for _ in "ab"]
    assert made == ["zala-palodze", "zala-palodze-2"]


def test_a_title_of_one_long_word_and_one_of_no_letters_have_addresses(
    ours: Institution, coordinator: User, now: datetime
) -> None:
    made = [
        kind.apply(draft_of(ours, now, content={**WRITTEN, "title": title}), by=coordinator, now=now).slug
        for title in ("ņ" * 80, "!!!")
    ]
    assert made == ["n" * 45, "project"]


def test_a_change_writes_what_was_changed_and_nothing_else(
    project: Project, ours: Institution, coordinator: User, now: datetime
) -> None:
    draft = change_of(project, ours, now, title="Lielā palodze", begins_on="", outcome="Izaudzējām.")
    Project.objects.update(summary_lv="Centra labots.", story_ru="Давно.")  # meanwhile, in the admin
    kind.apply(draft, by=coordinator, now=now)
    project.refresh_from_db()
    assert (project.title_lv, project.outcome_lv, project.begins_on) == ("Lielā palodze", "Izaudzējām.", None)
    assert (project.title_ru, project.summary_lv, project.story_ru) == ("Подоконник", "Centra labots.", "Давно.")
    assert (project.slug, project.story_lv) == ("palodze", "Sen.")


def test_a_change_in_another_language_leaves_the_first_as_it_is(
    project: Project, ours: Institution, coordinator: User, now: datetime
) -> None:
    kind.apply(change_of(project, ours, now, "ru", title="Большой подоконник"), by=coordinator, now=now)
    project.refresh_from_db()
    assert (project.title_lv, project.title_ru) == ("Palodze", "Большой подоконник")


def test_who_left_the_project_changes_nothing_of_it(
    project: Project, ours: Institution, coordinator: User, now: datetime
) -> None:
    draft = change_of(project, ours, now, title="Cits")
    project.institutions.clear()
    with translation.override("lv"):
        words = "Iestāde šajā projektā vairs nepiedalās, tāpēc mainīt to nevar."
        assert kind.missing(draft, now) == [words]
        with pytest.raises(NotNow, match=words):
            kind.apply(draft, by=coordinator, now=now)
    project.refresh_from_db()
    assert project.title_lv == "Palodze"


def test_dates_that_would_end_before_they_begin_are_refused(
    project: Project, ours: Institution, coordinator: User, now: datetime
) -> None:
    draft = change_of(project, ours, now, ends_on="2027-04-01")
    Project.objects.update(begins_on=date(2027, 5, 1))
    with pytest.raises(NotNow):
        kind.apply(draft, by=coordinator, now=now)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"title": "Palodze"},
        {"title": " ", "summary": "x"},
        {"title": "x" * 161, "summary": "x"},
        {"title": "x", "summary": "x" * 301},
        {**WRITTEN, "story": "x" * 20_001},
        {**WRITTEN, "begins_on": "0207-01-01"},
        {**WRITTEN, "begins_on": "9" * 30},
        {**WRITTEN, "begins_on": "2027-02-31"},
        {**WRITTEN, "title": 5, "partners": "x"},
        {"title": ["a"], "summary": {"b": None}, "partners": {"a": 1}, "ends_on": 7},
    ],
)
def test_what_is_not_right_says_so_and_is_never_written(
    ours: Institution, coordinator: User, now: datetime, content: dict[str, Any]
) -> None:
    institution("13-vsk")
    draft = draft_of(ours, now, content=content)
    if kind.missing(draft, now):
        with pytest.raises(NotNow):
            kind.apply(draft, by=coordinator, now=now)
        assert not Project.objects.exists()
    else:
        kind.apply(draft, by=coordinator, now=now)
    assert kind.facts(content, "lv")


def test_partners_are_asked_once_and_stand_there_only_when_they_agree(
    ours: Institution, coordinator: User, now: datetime
) -> None:
    other, closed = institution("13-vsk"), institution("3-pii", closed_on=date(2027, 2, 1))
    member(other, "direktore@example.lv", "manager")
    content = {**WRITTEN, "partners": ["13-vsk", "20-pii"]}
    assert kind.missing(draft_of(ours, now, content={**WRITTEN, "partners": [closed.slug]}), now)
    assert kind.missing(draft_of(ours, now, content=content), now)
    made = kind.apply(draft_of(ours, now, content={**content, "partners": ["13-vsk"]}), by=coordinator, now=now)
    assert list(made.institutions.all()) == [ours]
    asking = Asking.objects.get()
    assert (asking.project, asking.institution, asking.asked_by, asking.answered_at) == (made, other, ours, None)
    assert list(Notice.objects.values_list("kind", "recipient")) == [("partner_asked", "direktore@example.lv")]
    again = kind.KIND.form_class(proposal=change_of(made, ours, now), now=now)
    assert "partners" not in again.fields


def test_the_facts_of_a_draft_read_in_the_language_asked_for(ours: Institution, now: datetime) -> None:
    institution("13-vsk")
    content = {**WRITTEN, "begins_on": "2027-03-27", "ends_on": "reiz", "partners": ["13-vsk"]}
    with translation.override("ru"):
        facts = dict(kind.facts(content, "lv"))
    assert facts["Projekta nosaukums"] == "Zaļā palodze"
    assert (facts["Sākas"], facts["Beidzas"]) == ("2027. gada 27. martā", "reiz")
    assert facts["Kuras iestādes piedalās kopā ar Jums?"] == "13. VSK"
    assert len(facts) == len(kind.facts({}, "ru"))


def test_what_came_of_it_is_asked_once_there_is_something_to_tell(
    project: Project, ours: Institution, now: datetime
) -> None:
    def asks(draft: Proposal) -> bool:
        return "outcome" in kind.KIND.form_class(proposal=draft, now=now).fields

    assert asks(change_of(project, ours, now))
    assert not asks(draft_of(ours, now, content=WRITTEN))
    assert not asks(draft_of(ours, now, content={**WRITTEN, "ends_on": "2027-03-01"}))
    assert asks(draft_of(ours, now, content={**WRITTEN, "ends_on": "2027-02-28"}))
