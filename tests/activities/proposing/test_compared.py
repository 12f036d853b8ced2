"""A proposal beside what is published: every field on both sides, and word for word what differs."""

import time

import pytest

from activities.proposing import compared, deciding, project
from activities.proposing.compared import GONE, NEW, SAME, _beside, _line
from tests.activities.proposing.story import activity, again, person, published, sent
from tests.conftest import NOW
from tests.gate import boss

pytestmark = pytest.mark.django_db


def test_only_the_words_that_differ_are_marked() -> None:
    line = _line("Kas", "Audzējam sīpolus uz palodzes.\nNāciet!", "Audzējam lociņus uz palodzes.\nNāciet!")
    assert line.before == [(SAME, "Audzējam "), (GONE, "sīpolus "), (SAME, "uz palodzes.\nNāciet!")]
    assert line.after == [(SAME, "Audzējam "), (NEW, "lociņus "), (SAME, "uz palodzes.\nNāciet!")]
    assert line.is_changed
    assert not line.is_added
    assert not line.is_removed


def test_what_is_alike_is_not_marked_and_what_came_or_went_is_named() -> None:
    assert _line("a", "vārds. Nāciet", "vārds, Nāciet").after == [(SAME, "vārds"), (NEW, ", "), (SAME, "Nāciet")]
    same, added, gone, empty = (_line("a", *texts) for texts in (("b", "b"), ("", "b"), ("b", ""), ("", " ")))
    assert (same.is_changed, empty.is_changed) == (False, False)
    assert (added.is_added, added.is_removed, gone.is_added, gone.is_removed) == (True, False, False, True)


def test_a_very_long_text_is_compared_in_no_time() -> None:
    begun = time.monotonic()
    line = _line("a", "a b " * 20_000, "b a " * 20_000)
    assert time.monotonic() - begun < 1
    assert [how for how, _text in (*line.before, *line.after)] == [GONE, NEW]


def test_fields_that_only_one_side_has_stand_there_too() -> None:
    lines = _beside([("Kas", "a"), ("Kur", "b")], [("Kas", "a"), ("Kad", "c")])
    assert [(line.label, line.is_changed) for line in lines] == [("Kas", False), ("Kad", True), ("Kur", True)]


def test_a_change_stands_beside_what_the_site_says_in_its_language() -> None:
    there = published()
    content = {**project.content_of(there, "lv"), "summary": "Audzējam lociņus."}
    proposal = sent(person(), content=content, project=there)
    changed = [line for line in compared.lines(proposal, "lv") if line.is_changed]
    assert [[text for _how, text in line.after] for line in changed] == [["Audzējam ", "lociņus", "."]]
    assert "izmaiņas" in compared.kind_in_words(proposal)


@pytest.mark.parametrize(("kind", "content"), [("project", None), ("activity", activity())])
def test_what_is_new_has_one_side(kind: str, content: object) -> None:
    proposal = sent(person(), kind=kind, **({"content": content} if content else {}))
    lines = compared.lines(proposal, "lv")
    assert len(lines) > 4
    assert not any(line.before for line in lines)
    assert "jauns" in compared.kind_in_words(proposal)


def test_approved_it_is_what_the_site_says() -> None:
    proposal = sent(person())
    deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    assert not [line.label for line in compared.lines(again(proposal), "lv") if line.is_changed]


def test_what_nobody_touched_stands_there_as_the_centre_has_mended_it_meanwhile() -> None:
    there = published()
    content = {**project.content_of(there, "lv"), "title": "Zaļā palodze un pagalms"}
    proposal = sent(person(), content=content, project=there)
    there.summary_lv = "Birojs laboja."
    there.save()
    lines = compared.lines(again(proposal), "lv")
    assert [line.label for line in lines if line.is_changed] == ["Projekta nosaukums"]
    assert "Birojs laboja." in [text for line in lines for _how, text in line.after]
    deciding.approve(proposal.pk, proposal.revision, by=boss(), now=NOW)
    there.refresh_from_db()
    assert (there.title_lv, there.summary_lv) == ("Zaļā palodze un pagalms", "Birojs laboja.")
