"""A letter in Latvian about what is written in Russian only still names it."""

from collections.abc import Callable

import pytest

from activities.models import Occurrence
from tests.families.letters import stories
from tests.families.letters.stories import everything, read, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(stories.ALL))
def test_each_letter_names_it_in_the_language_it_has(make_occurrence: Callable[..., Occurrence], name: str) -> None:
    notice, now = told(name, make_occurrence, "lv", title_lv="", title_en="")

    assert "Субботник у озера" in everything(read(notice, now))
