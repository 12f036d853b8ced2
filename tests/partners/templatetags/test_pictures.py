"""What a page shows of a picture: each kind and size there is, or an older file as it is."""

from typing import Any

import html5lib
import pytest
from django.template import Context, Template
from django.utils import translation

from activities.models import Activity
from kopiena.floor.pictures.sizes import Kept
from partners.models import Institution

KEY = "ab" * 16
NAME = Kept(KEY, 1000, 750).name


def shown(template: str, **context: Any) -> Any:
    page = Template("{% load pictures %}" + template).render(Context(context))
    return html5lib.parseFragment(page, namespaceHTMLElements=False)


def test_a_picture_stands_in_three_kinds_and_its_sizes() -> None:
    activity = Activity(picture=NAME, picture_alt_lv='Bērni "stāda" <tulpes>')
    (picture,) = shown("{% picture activity %}", activity=activity)
    sources, image = picture.findall("source"), picture.find("img")
    folder = f"/media/pictures/{KEY}"
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    for kind, where in (("avif", sources[0]), ("webp", sources[1]), ("jpg", image)):
        sizes = f"{folder}/400x300.{kind} 400w, {folder}/800x600.{kind} 800w, {folder}/1000x750.{kind} 1000w"
        assert where.get("srcset") == sizes
    assert (image.get("src"), image.get("loading")) == (f"{folder}/800x600.jpg", "lazy")
    assert (image.get("width"), image.get("height")) == ("1000", "750")
    assert image.get("alt") == 'Bērni "stāda" <tulpes>'
    assert image.get("lang") is None


def test_words_in_another_language_say_so() -> None:
    activity = Activity(picture=NAME, picture_alt_lv="Bērni stāda tulpes")
    with translation.override("ru"):
        (picture,) = shown("{% picture activity %}", activity=activity)
    assert picture.find("img").get("lang") == "lv"


@pytest.mark.parametrize("name", ["activities/ezers un saule.jpg", "pictures/ezers.webp"])
def test_an_older_file_is_shown_as_it_is(name: str) -> None:
    (image,) = shown("{% picture activity %}", activity=Activity(picture=name, picture_alt_lv="Ezers"))
    assert image.tag == "img"
    assert image.get("src").replace("%20", " ") == f"/media/{name}"
    assert (image.get("alt"), image.get("srcset")) == ("Ezers", None)


def test_where_there_is_no_picture_there_is_nothing() -> None:
    assert len(shown("{% picture activity %}", activity=Activity())) == 0


def test_a_logo_beside_the_name_says_nothing_twice() -> None:
    (picture,) = shown('{% picture institution "logo" "10rem" %}', institution=Institution(logo=NAME))
    assert picture.find("img").get("alt") == ""
    assert picture.find("img").get("sizes") == "10rem"
