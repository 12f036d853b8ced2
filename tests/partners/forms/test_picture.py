"""The picture in a form: nothing typed or sent is lost, nothing forged is taken."""

from typing import Any

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from kopiena.floor.models import User
from kopiena.floor.uploads import TooLarge
from partners.forms.picture import PictureFields, PicturePart
from partners.models import Institution, Picture
from partners.taking_in import take_in
from tests.conftest import NOW
from tests.partners.test_models import make_institution
from tests.pictures import sent

pytestmark = pytest.mark.django_db

ALT = "Bērni stāda tulpes"


class ProjectForm(PictureFields):
    """A form of the desk with one more thing to ask."""

    title = forms.CharField(max_length=20)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout("title", PicturePart())
        return helper


@pytest.fixture
def ours() -> Institution:
    return make_institution("darzins")


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user("anna@example.lv")


@pytest.fixture
def make(ours: Institution, teacher: User) -> Any:
    def form(data: dict[str, str] | None = None, file: Any = None, **also: Any) -> ProjectForm:
        files = MultiValueDict({"picture_file": [file]} if file else {})
        return ProjectForm(data, files, institution=ours, by=teacher, now=NOW, **also)

    with translation.override("en"):
        yield form


def test_a_form_without_a_picture_is_fine(make: Any) -> None:
    form = make({"title": "Palodze"})
    assert form.is_valid()
    assert form.picture_content() == {"picture": "", "picture_alt": ""}
    assert form.shown_picture == ""
    assert form.taken_in() is None


def test_a_picture_comes_with_the_form(make: Any, ours: Institution) -> None:
    form = make({"title": "Palodze", "picture_declared": "on", "picture_alt": f"  {ALT} "}, sent())
    assert form.is_valid(), form.errors
    picture = Picture.objects.get()
    assert picture.institution == ours
    assert form.picture_content() == {"picture": picture.key, "picture_alt": ALT}
    assert form.cleaned_data["picture"] == picture.key


def test_a_picture_taken_in_stays_when_the_form_comes_back(make: Any) -> None:
    form = make({"title": "", "picture_declared": "on", "picture_alt": ""}, sent())
    assert sorted(form.errors) == ["picture_alt", "title"]
    picture = Picture.objects.get()
    page = render_crispy_form(form)
    assert f'name="picture" value="{picture.key}"' in page
    assert picture.address(400) in page
    again = make({"title": "Palodze", "picture": picture.key, "picture_alt": ALT})
    assert again.is_valid()
    assert again.picture_content() == {"picture": picture.key, "picture_alt": ALT}
    assert Picture.objects.count() == 1


def test_it_is_taken_in_once_however_often_the_form_is_asked(make: Any) -> None:
    form = make({"title": "", "picture_declared": "on", "picture_alt": ALT}, sent())
    form.picture_content()
    form.is_valid()
    form.picture_content()
    assert Picture.objects.count() == 1


def test_without_the_declaration_nothing_is_taken_in(make: Any) -> None:
    form = make({"title": "Palodze", "picture_alt": ALT}, sent())
    assert list(form.errors) == ["picture_declared"]
    assert (Picture.objects.count(), form.picture_content()["picture"]) == (0, "")


@pytest.mark.parametrize("words", ["", "foto.jpg", "IMG_1234", "bilde", "a", "ezers"])
def test_the_words_must_tell_what_is_seen(make: Any, words: str) -> None:
    form = make({"title": "Palodze", "picture_declared": "on", "picture_alt": words}, sent(name="Ezers.jpg"))
    assert list(form.errors) == ["picture_alt"]
    assert form.picture_content()["picture"] == Picture.objects.get().key


def test_what_is_unfit_is_said_and_the_rest_of_the_form_is_kept(make: Any) -> None:
    for file in (sent(b"GIF89a"), sent(b""), TooLarge("ezers.jpg", 20_000_000)):
        form = make({"title": "Palodze", "picture_declared": "on", "picture_alt": ALT}, file)
        assert list(form.errors) == ["picture_file"]
        page = render_crispy_form(form)
        assert 'value="Palodze"' in page
        assert f'value="{ALT}"' in page


def test_an_unfit_file_leaves_the_picture_that_was_there(make: Any, ours: Institution, teacher: User) -> None:
    there = take_in(sent(), ours, by=teacher, now=NOW)
    form = make({"title": "x", "picture": there.key, "picture_declared": "on", "picture_alt": ALT}, sent(b"GIF89a"))
    assert list(form.errors) == ["picture_file"]
    assert form.picture_content()["picture"] == there.key


def test_a_picture_is_removed(make: Any, ours: Institution, teacher: User) -> None:
    there = take_in(sent(), ours, by=teacher, now=NOW)
    form = make({"title": "x", "picture": there.key, "picture_alt": ALT, "picture_remove": "on"})
    assert form.is_valid()
    assert form.picture_content() == {"picture": "", "picture_alt": ""}


def test_keys_of_others_and_made_up_ones_are_as_if_not_there(make: Any, teacher: User) -> None:
    theirs = take_in(sent(), make_institution("saulite"), by=teacher, now=NOW)
    for key in (theirs.key, "0" * 32, "\0", "ā" * 90, "../../x", "x" * 5000, theirs.name):
        form = make({"title": "x", "picture": key, "picture_alt": ""})
        assert form.is_valid(), form.errors
        assert form.picture_content() == {"picture": "", "picture_alt": ""}
        assert theirs.key not in render_crispy_form(form)


def test_what_stands_on_the_page_may_stay(make: Any, teacher: User) -> None:
    theirs = take_in(sent(), make_institution("saulite"), by=teacher, now=NOW)
    for key, current in ((theirs.key, theirs.name), ("activities/ezers.webp", "activities/ezers.webp")):
        form = make({"title": "x", "picture": key, "picture_alt": ALT}, current=current)
        assert form.is_valid(), form.errors
        assert form.picture_content()["picture"] == key
        assert current in render_crispy_form(form)


def test_a_draft_opens_with_its_picture(make: Any, ours: Institution, teacher: User) -> None:
    there = take_in(sent(), ours, by=teacher, now=NOW)
    form = make(initial={"title": "x", "picture": there.key, "picture_alt": ALT})
    page = render_crispy_form(form)
    assert there.address(400) in page
    assert f'value="{ALT}"' in page
    assert form.picture_content() == {"picture": there.key, "picture_alt": ALT}


def test_the_script_comes_with_the_form_and_waits(make: Any) -> None:
    page = render_crispy_form(make())
    assert "js/picture" in page
    assert "defer" in page


@pytest.mark.parametrize("typed", ["\0", "a" * 201, "x\ud800"])
def test_broken_words_are_an_error_of_the_form(make: Any, ours: Institution, teacher: User, typed: str) -> None:
    there = take_in(sent(), ours, by=teacher, now=NOW)
    form = make({"title": "x", "picture": there.key, "picture_alt": typed})
    assert list(form.errors) == ["picture_alt"]
    assert len(form.picture_content()["picture_alt"]) <= 200
