"""What tests of the search can ask for: activities that say one thing only, taken in, and found by title."""

from collections.abc import Callable
from typing import Any

import pytest

from activities.models import Activity
from activities.search import find
from activities.search.indexing import index_owed

Say = Callable[..., Activity]


@pytest.fixture
def say(make_activity: Callable[..., Activity]) -> Say:
    """Makes a public activity of which nothing is said but this; a language that is not used costs no dictionary."""

    def make(title: str, **fields: Any) -> Activity:
        return make_activity(**{"title_lv": title, "title_ru": "", "title_en": "", "theme": "craft", **fields})

    return make


def found(*texts: str) -> dict[str, list[str]]:
    """For each text the Latvian titles of what it finds, in order; what is owed is taken in before."""
    index_owed()
    titles = dict(Activity.objects.values_list("pk", "title_lv"))
    return {text: [titles[pk] for pk in find(text).ids] for text in texts}
