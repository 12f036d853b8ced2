"""A text is found in the reader's language or in the next one, and never without its language."""

from itertools import product
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from kopiena.floor.said import Said, in_language, said
from partners.models import Institution


def row(**texts: str) -> SimpleNamespace:
    return SimpleNamespace(**({"title_lv": "", "title_ru": "", "title_en": ""} | texts))


@pytest.mark.parametrize(
    ("filled", "language", "expected"),
    [
        ("lv ru en", "lv", "lv"),
        ("lv ru en", "ru", "ru"),
        ("lv ru en", "en", "en"),
        ("ru en", "lv", "ru"),
        ("en", "lv", "en"),
        ("lv en", "ru", "lv"),
        ("en", "ru", "en"),
        ("lv ru", "en", "lv"),
        ("ru", "en", "ru"),
    ],
)
def test_the_readers_language_comes_first_and_the_next_one_is_marked(filled: str, language: str, expected: str) -> None:
    texts = {f"title_{code}": f"text in {code}" for code in filled.split()}
    assert said(row(**texts), "title", language) == Said(
        f"text in {expected}", expected, is_fallback=expected != language
    )


def test_blank_and_missing_texts_count_as_not_written() -> None:
    assert said(row(title_lv=" \n", title_ru="Сад"), "title", "lv") == Said("Сад", "ru", is_fallback=True)
    assert said(row(), "title", "lv") == Said("", "lv")
    assert said(None, "title", "lv") == Said("", "lv")
    assert said(SimpleNamespace(title_lv=None), "title", "lv") == Said("", "lv")
    assert not said(row(), "title", "lv")


def printed(source: str, language: str = "lv", **texts: str) -> str:
    with translation.override(language):
        return Template("{% load kopiena %}" + source).render(Context({"row": row(**texts)}))


def test_the_tag_prints_the_text_and_marks_a_fallback() -> None:
    assert printed('{% said row "title" %}', title_lv="Dārzs") == "Dārzs"
    assert printed('{% said row "title" %}', title_ru="Сад") == '<span lang="ru">Сад</span>'
    assert printed('{% said row "title" as x %}{{ x.text }}/{{ x.language }}/{{ x.is_fallback }}', title_ru="Сад") == (
        "Сад/ru/True"
    )
    heading = '{% said row "title" as x %}<h1{{ x.lang }}>{{ x }}</h1>'
    assert printed(heading, title_ru="Сад") == '<h1 lang="ru">Сад</h1>'
    assert printed(heading, title_lv="Dārzs") == "<h1>Dārzs</h1>"


def test_what_a_person_wrote_is_escaped() -> None:
    evil = '<script>alert("x")</script>'
    escaped = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"
    assert printed('{% said row "title" %}', title_lv=evil) == escaped
    assert printed('{% said row "title" %}', title_ru=evil) == f'<span lang="ru">{escaped}</span>'
    assert printed('{% said row "title" as x %}{{ x }}', title_ru=evil) == escaped
    assert printed('{% said_text row "title" %}', title_ru=evil) == f'<p lang="ru">{escaped}</p>'
    assert printed('{% said_text row "title" %}', title_ru="<p>") == '<p lang="ru">&lt;p&gt;</p>'


def test_a_longer_text_becomes_paragraphs_with_their_language() -> None:
    text = "Первый.\nСтрока.\n\nВторой."
    assert printed('{% said_text row "title" %}', "ru", title_ru=text) == (
        "<p>Первый.<br>Строка.</p>\n\n<p>Второй.</p>"
    )
    assert printed('{% said_text row "title" %}', "lv", title_ru=text) == (
        '<p lang="ru">Первый.<br>Строка.</p>\n\n<p lang="ru">Второй.</p>'
    )
    assert printed('{% said_text row "title" %}') == ""


def test_a_fallback_is_labelled_in_the_readers_language() -> None:
    label = '{% said_label row "title" %}'
    assert printed(label, "lv", title_ru="Сад") == "Tikai krievu valodā"
    assert printed(label, "lv", title_en="Garden") == "Tikai angļu valodā"
    assert printed(label, "ru", title_lv="Dārzs") == "Только на латышском языке"
    assert printed(label, "en", title_lv="Dārzs") == "In Latvian only"
    assert printed(label, "en", title_ru="Сад") == "In Russian only"
    assert printed(label, "lv", title_lv="Dārzs") == ""


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lv", "ru", "en"])
def test_the_database_finds_the_same_text(language: str) -> None:
    for number, texts in enumerate(product(("", " \n\u00a0", "\tVārds "), ("", "Слово"), ("", "Word"))):
        Institution.objects.create(
            slug=f"a-{number}", kind="other", **dict(zip(("name_lv", "name_ru", "name_en"), texts, strict=True))
        )
    rows = Institution.objects.annotate(found=in_language("name", language))
    assert [row.found for row in rows] == [said(row, "name", language).text for row in rows]
