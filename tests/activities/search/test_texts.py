"""Whose words are owed: whatever changed in an activity or around it is noticed, without anybody telling."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Findable, KnownWord, Meeting, Need, Occurrence, Venue
from activities.search import find
from activities.search.indexing import index_owed
from activities.search.texts import is_owed, owed
from partners.models import Institution, Project
from tests.activities.search.conftest import Say, found

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(say: Say, make_occurrence: Callable[..., Occurrence]) -> Activity:
    """An activity with everything that can stand around it."""
    project = Project.objects.create(slug="a", title_lv="Projektiņš", state="published")
    activity = say("Talka", project=project)
    activity.organisers.add(Institution.objects.create(slug="b", kind="other", short_name_lv="BJC", name_lv="Jaunība"))
    make_occurrence(activity=activity)
    Meeting.objects.update(name_lv="Mēģinājums")
    Need.objects.create(activity=activity, kind="things", title_lv="grābekļi")
    return activity


def test_everything_around_an_activity_finds_it(whole: Activity) -> None:
    texts = ("projektiņš", "jauniba", "BJC", "mezgls", "smilšu 92", "mēģinājumi", "grābeklis", "radošas darbnīcas")
    assert found(*texts) == {text: ["Talka"] for text in texts}


CHANGES: dict[str, Callable[[], object]] = {
    "its title": lambda: Activity.objects.update(title_lv="Koncerts"),
    "its text in Russian": lambda: Activity.objects.update(description_ru="Концерт"),
    "its theme": lambda: Activity.objects.update(theme="safety"),
    "the organiser's name": lambda: Institution.objects.update(name_lv="Koncerts"),
    "the organiser's former names": lambda: Institution.objects.update(former_names="Koncerts"),
    "one organiser less": lambda: Activity.organisers.through.objects.all().delete(),
    "the project's title": lambda: Project.objects.update(title_lv="Koncerts"),
    "the project is withdrawn": lambda: Project.objects.update(state="draft"),
    "the venue's district": lambda: Venue.objects.update(district_lv="Koncerts"),
    "a meeting's name": lambda: Meeting.objects.update(name_lv="Koncerts"),
    "a meeting elsewhere": lambda: Meeting.objects.update(where="home", venue=None),
    "what is needed": lambda: Need.objects.update(title_lv="Koncerts"),
    "no longer public": lambda: Activity.objects.update(audience="discreet"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_change_of_what_can_be_found_is_owed(whole: Activity, change: Callable[[], object]) -> None:
    (texts,) = owed(9)
    Findable.objects.create(activity_id=whole.pk, digest=texts.digest, title_words="", head_words="", all_words="")
    assert not is_owed()
    change()
    assert is_owed()


def test_what_cannot_be_found_is_not_owed(whole: Activity, say: Say) -> None:
    (texts,) = owed(9)
    Findable.objects.create(activity_id=whole.pk, digest=texts.digest, title_words="", head_words="", all_words="")
    Activity.objects.update(slug="citur", unit="families", returned_note="Koncerts")
    Institution.objects.update(phone="20000000")
    for fields in ({"state": "draft"}, {"state": "archived"}, {"audience": "invited"}, {"audience": "discreet"}):
        say("Koncerts", **fields)
    assert not is_owed()
    assert owed(9) == []


def test_asking_takes_one_query_however_many_there_are(say: Say) -> None:
    for _count in (1, 3):
        say("Talka")
        with CaptureQueriesContext(connection) as queries:
            is_owed()
        assert len(queries) == 1


def test_a_project_that_is_no_longer_published_is_not_found_by(whole: Activity) -> None:
    assert found("projektiņš") == {"projektiņš": ["Talka"]}
    Project.objects.update(state="draft")
    assert found("projektiņš") == {"projektiņš": []}


def test_a_word_that_stands_in_no_public_text_any_more_is_forgotten(say: Say) -> None:
    activity = say("Kanārijputniņš ķīmijā")
    say("Ķīmija")
    index_owed()
    assert KnownWord.objects.filter(form="kanarijputnins").exists()
    Activity.objects.filter(pk=activity.pk).update(audience="discreet")
    index_owed()
    known = {form for row in KnownWord.objects.values_list("form", "lemma", "spelled") for form in row}
    assert not {word for word in known if "kanār" in word or "kanar" in word}
    assert "kimija" in known
    assert find("kanarijputnis").shown_for == ""
