"""Letters to who answers for a class: nobody calls it a family, and a group too large is told that it waits in vain."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from activities.models import Occurrence
from families import notices, registering
from families.models import Registration
from families.parties import Party
from kopiena.floor.models import Notice
from tests.conftest import NOW
from tests.families.letters import stories
from tests.families.letters.stories import Stories, anna, parts, read
from tests.gate import boss, class_comes

pytestmark = pytest.mark.django_db
Dates = Callable[..., Occurrence]
FAMILY = ("ģimen", "семь", "семей", "family", "famil")
OURS = sorted({*stories.ALL} - {"twice", "twice_with_one_phone", "link"})


class OfAGroup(Stories):
    """The same stories of a class of two children."""

    def comes(self, occurrence: Occurrence | None = None, **also: Any) -> Registration:
        sender = replace(self.sender, may_be_photographed=True, not_photographed=2)
        return class_comes(occurrence or self.date(), party=Party(2, 2), sender=sender, **also)


def told(name: str, dates: Dates, language: str = "lv") -> tuple[Notice, datetime]:
    ours, now = getattr(OfAGroup(dates, anna(language), {}), name)()
    return Notice.objects.letters().about(notices.about(ours.pk)).get(kind=stories.ALL[name]), now


@pytest.mark.parametrize("language", ["lv", "ru", "en"])
@pytest.mark.parametrize("name", OURS)
def test_no_letter_to_a_class_speaks_of_a_family_or_of_photographs(
    name: str, language: str, make_occurrence: Dates
) -> None:
    text = parts(read(*told(name, make_occurrence, language)))["text/plain"].casefold()
    assert [word for word in (*FAMILY, "fotogr", "фотогр", "photo") if word in text] == []


def test_the_rule_of_the_queue_is_said_of_a_group(make_occurrence: Dates) -> None:
    text = parts(read(*told("waiting", make_occurrence)))["text/plain"]
    assert "Gaidīšanas rindā. Jūsu kārtas numurs: 1" in text
    assert "Jūsu grupu nesadalīsim" in " ".join(text.split())


def test_a_group_larger_than_its_limit_is_told_that_it_waits_in_vain(make_occurrence: Dates) -> None:
    ours, _ = OfAGroup(make_occurrence, anna(), {}).waiting()
    registering.set_places(ours.occurrence_id, unit="people", places=4, for_groups=3, by=boss(), now=NOW)
    text = " ".join(parts(read(stories.last(ours), NOW))["text/plain"].split())
    assert "Grupai vajadzīgo vietu skaits: 4. Lielākais vietu skaits, ko grupa šeit var saņemt: 3." in text
    assert [words for words in ("nesadalīsim", "Tiklīdz") if words in text] == []


def test_the_next_dates_lead_to_the_desk_where_a_class_is_signed_up(make_occurrence: Dates) -> None:
    notice, now = told("no_place", make_occurrence)
    waited_for = Registration.objects.get(pk=notice.about_id()).occurrence
    (other,) = waited_for.activity.occurrences.exclude(pk=waited_for.pk)
    text = parts(read(notice, now))["text/plain"]
    assert f"/musu-iestade/pienenite/grupas/jauna/{other.pk}/" in text
    assert "/pieteikties/" not in text
