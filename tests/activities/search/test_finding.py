"""Searching: word forms in three languages, no diacritics, half words, slips; the title first; never an error."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity, Findable
from activities.search import Matches, find
from activities.search.indexing import index_owed
from tests.activities.search.conftest import Say, found

pytestmark = pytest.mark.django_db


def all_find(title: str, *texts: str) -> None:
    """Each of the texts finds the activity of this title and no other."""
    assert found(*texts) == {text: [title] for text in texts}


def test_latvian_forms_find_each_other_with_diacritics_and_without(say: Say) -> None:
    for title in ("Talka", "Ģimenes svētki", "Zīmēšanas nodarbības", "Puķu dobes", "Pankūku rīts", "Leļļu teātris"):
        say(title)
    all_find("Talka", "talka", "talku", "TALKAS", "talkām", "ta\u00adlka")
    all_find("Ģimenes svētki", "gimene", "Ģimenēm", "ģimeņu", "gimenu")
    all_find("Zīmēšanas nodarbības", "zīmēšana", "zimesanu", "nodarbība", "nodarbibam")
    all_find("Leļļu teātris", "lelle", "teātra lelles")
    # These two no dictionary knows.
    all_find("Puķu dobes", "dobe", "dobēm")
    all_find("Pankūku rīts", "pankūkas", "pankukam")


def test_russian_and_english_forms_find_each_other(say: Say) -> None:
    say("Nodarbība", title_ru="Занятия для детей", title_en="Lessons for families")
    say("Egle", title_ru="Ёлка во дворе", title_en="A tree")
    all_find("Nodarbība", "занятие", "занятия", "ЗАНЯТИЯМ", "ребёнок", "ребенка", "family", "families", "Lesson")
    all_find("Egle", "елка", "ёлку", "елки", "trees")


def test_a_name_is_found_in_whatever_language_it_stands(say: Say) -> None:
    say("Ezers", summary_ru="Клуб «Mezgls»", summary_en="Beside Gubišče")
    assert found("Mezglā", "gubisce", "Gubiščes") == {
        "Mezglā": ["Ezers"],
        "gubisce": ["Ezers"],
        "Gubiščes": ["Ezers"],
    }


def test_the_title_comes_before_the_summary_and_the_summary_before_the_text(say: Say) -> None:
    say("Pēdējais", description_lv="Notiks arī koncerts.")
    say("Vidējais", summary_lv="Pēc koncerta dejas.")
    say("Koncerti")
    assert found("koncerts") == {"koncerts": ["Koncerti", "Vidējais", "Pēdējais"]}
    assert find("koncerts").in_title == 1


def test_half_a_word_is_enough_where_no_whole_word_is_like_it(say: Say) -> None:
    say("Nodarbība")
    say("Sala")
    say("Salātu diena")
    assert found("nodarb", "sala", "no") == {"nodarb": ["Nodarbība"], "sala": ["Sala"], "no": []}
    assert find("nodarb").shown_for == ""


def test_of_two_words_both_must_stand_there(say: Say) -> None:
    say("Leļļu teātris")
    say("Teātris", description_lv="Bez lellēm.")
    say("Lelles")
    assert found("leļļu teātris", "par lelli un teātri") == {
        "leļļu teātris": ["Leļļu teātris", "Teātris"],
        "par lelli un teātri": ["Leļļu teātris", "Teātris"],
    }


def test_the_nearest_that_finds_something_is_taken_and_said(say: Say) -> None:
    say("Talka", title_ru="Субботник")
    say("Ģimeņu koncerts")
    nearest = {
        "tlka": ("talka", "Talka"),
        "Tallku": ("talka", "Talka"),
        "gimne": ("ģimene", "Ģimeņu koncerts"),
        "konsertiem": ("koncerts", "Ģimeņu koncerts"),
        "субботнк": ("субботник", "Talka"),
        "ģimeņu konserts": ("ģimeņu koncerts", "Ģimeņu koncerts"),
        "talka qqqq": ("talka", "Talka"),
        "ģimenes koncerts talkā": ("ģimenes koncerts", "Ģimeņu koncerts"),
        "lākta": ("", ""),
        "qqqq": ("", ""),
        "2026": ("", ""),
    }
    finds = found(*nearest)
    assert {text: (find(text).shown_for, "".join(titles)) for text, titles in finds.items()} == nearest


def test_a_near_word_is_only_taken_where_it_finds_something_that_is_still_public(say: Say) -> None:
    """Between two looks of the worker its words are still known."""
    say("Kanārijputniņš")
    index_owed()
    assert find("kanarijputnijs").shown_for == "kanārijputniņš"
    Activity.objects.update(audience="invited")
    assert find("kanarijputnijs") == find("kanārijputniņš") == Matches()


@pytest.mark.parametrize(
    "text", ["", "  ", "\0", "?!", "' & | :* \\ <-> !()", "😀", "\u202e\u200f", "par un", "a", "_"]
)
def test_what_holds_no_word_filters_nothing_and_asks_nothing(text: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert find(text) == Matches(is_asked=False)
    assert len(queries) == 0


def test_only_what_is_public_is_found_at_every_moment(say: Say) -> None:
    """Taken in while it was public, then changed; and the other way round."""
    every = list(product(Activity.State.values, Activity.Audience.values))
    for state, audience in every:
        say(f"Talka {state} {audience}")
    index_owed()
    for activity, (state, audience) in zip(Activity.objects.order_by("pk"), every, strict=True):
        Activity.objects.filter(pk=activity.pk).update(state=state, audience=audience)
    public = ["Talka published open"]
    assert found_now("talka") == found_now("tlka") == found_now("talka qqqq") == public
    assert found("talka", "tlka") == {"talka": public, "tlka": public}
    assert Findable.objects.count() == 1
    Activity.objects.update(state="published", audience="open")
    assert found_now("talka") == public
    assert len(found("talka")["talka"]) == len(every)


def found_now(text: str) -> list[str]:
    """Without taking anything in before."""
    titles = dict(Activity.objects.values_list("pk", "title_lv"))
    return [titles[pk] for pk in find(text).ids]


def test_one_and_many_activities_take_the_same_queries(say: Say) -> None:
    asked: dict[str, list[int]] = {"talka": [], "tal": [], "talka koncerts": [], "tlka": [], "qqqq": []}
    for count in (1, 4):
        for number in range(count):
            say(f"Talka {number}")
        say("Koncerts")
        index_owed()
        for text, counts in asked.items():
            with CaptureQueriesContext(connection) as queries:
                find(text)
            counts.append(len(queries))
    assert asked == {"talka": [1, 1], "tal": [1, 1], "talka koncerts": [2, 2], "tlka": [3, 3], "qqqq": [2, 2]}


def test_a_limit_keeps_the_likeliest(say: Say) -> None:
    say("Diena", description_lv="talka")
    say("Talka")
    index_owed()
    assert [len(find("talka", limit).ids) for limit in (None, 2, 1, 0)] == [2, 2, 1, 0]
    assert find("talka", 1).ids == (Activity.objects.get(title_lv="Talka").pk,)


STRANGE = [
    "a" * 100_000,
    "talka " * 20_000,
    " ".join(f"vārds{number}" for number in range(10_000)),
    "\ud800talka",
    "ta\0lka",
    "ﷺ" * 300,
    "talka':*&!|<->()\\",
    "'; DROP TABLE activities_activity; --",
    "%s %(forms)s {0}",
    "İıſßǅ" * 50,
    "½ ² ① 一二三",
    "~talk",
]


def test_nothing_that_can_be_typed_is_an_error_or_much_work(say: Say) -> None:
    say("Talka")
    index_owed()
    for text in STRANGE:
        with CaptureQueriesContext(connection) as queries:
            matches = find(text)
        assert matches.is_asked, text
        assert len(queries) <= 3, text
        assert all(len(query["sql"]) < 8_000 for query in queries), text
    assert Activity.objects.count() == 1


def test_no_text_at_all_raises(say: Say) -> None:
    say("Talka pie ezera", title_ru="Субботник у озера", title_en="Lake clean-up")
    index_owed()
    pieces = st.one_of(st.text(), st.sampled_from(["talka", "tlka", "субб", "'", "&", ":*", "\\", "~", "\0", " "]))

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(pieces, max_size=12).map("".join))
    def never_raises(text: str) -> None:
        matches = find(text)
        assert matches.is_asked or not (matches.ids or matches.shown_for)

    never_raises()
