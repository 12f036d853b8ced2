"""The words are complete, and each way in which they may not be is found."""

import os
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings

from kopiena.floor import words


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small project of its own with one module and one template."""
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities" / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        'print(_("Hello, %(name)s"), ngettext("%(n)d cat", "%(n)d cats", 2), pgettext("verb", "Plant"), _("long "\n'
        '    "text"))\n'
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}<h1>{% translate "Title" %}</h1>\n'
        "   <p>It's {% blocktranslate trimmed with name=x.name %}\n      Dear <b>{{ name }}</b>,\n   come\n"
        "  {% endblocktranslate %}\n  </p>{# a comment's (own\n#}"
        '{% translate "Plant" context "noun" %}'
        "{% blocktranslate count n=many trimmed %}\n{{ n }} dog\n{% plural %}\n{{ n }} dogs{% endblocktranslate %}"
    )
    return tmp_path


def translated(house: Path, *lines: str) -> list[str]:
    """The project's words with these blocks merged in, and what the check says then about Latvian."""
    blocks = {
        "hello": "en: Hello, %(name)s\nlv: Sveiki, %(name)s\nru: Привет, %(name)s",
        "cat": (
            "en: %(n)d cat\nen_plural: %(n)d cats\nlv0: %(n)d kaķis\nlv1: %(n)d kaķi\nlv2: neviena kaķa\n"
            "ru0: %(n)d кошка\nru1: %(n)d кошки\nru2: %(n)d кошек"
        ),
        "verb": "context: verb\nen: Plant\nlv: Stādīt\nru: Сажать",
        "noun": "context: noun\nen: Plant\nlv: Augs\nru: Растение",
        "long": "en: long text\nlv: garš teksts\nru: длинный текст",
        "title": "en: Title\nlv: Virsraksts\nru: Заголовок",
        "dear": "en: Dear <b>{{ name }}</b>, come\nlv: <b>{{ name }}</b>, nāciet\nru: <b>{{ name }}</b>, приходите",
        "dog": (
            "en: {{ n }} dog\nen_plural: {{ n }} dogs\nlv0: {{ n }} suns\nlv1: {{ n }} suņi\nlv2: {{ n }} suņu\n"
            "ru0: {{ n }} собака\nru1: {{ n }} собаки\nru2: {{ n }} собак"
        ),
    }
    for line in lines:
        name, _, block = line.partition("=")
        blocks[name] = block
    file = house / "team.po.txt"
    file.write_text("# ours\n\n" + "\n\n".join(block for block in blocks.values() if block) + "\n")
    words.update(house, house / "locale")
    assert words.merge(house / "locale", [file]) == []
    return words.check_all(house, house / "locale")


def test_the_words_of_the_project_are_complete() -> None:
    packages = [Path(app.path) for app in apps.get_app_configs()]
    wrong = words.check_all(Path(settings.BASE_DIR), Path(settings.LOCALE_PATHS[0]), packages=packages)
    assert wrong == [], "\n".join(wrong)


def test_python_and_templates_are_extracted_and_a_full_translation_is_clean(house: Path) -> None:
    assert translated(house) == []
    catalogue = words.load(house / "locale", "lv")
    assert {(e.msgctxt, e.msgid, e.msgid_plural): [name for name, _ in e.occurrences] for e in catalogue} == {
        (None, "%(n)d cat", "%(n)d cats"): ["activities/views.py"],
        (None, "%(n)s dog", "%(n)s dogs"): ["templates/page.html"],
        (None, "Dear <b>%(name)s</b>, come", ""): ["templates/page.html"],
        (None, "Hello, %(name)s", ""): ["activities/views.py"],
        ("noun", "Plant", ""): ["templates/page.html"],
        ("verb", "Plant", ""): ["activities/views.py"],
        (None, "Title", ""): ["templates/page.html"],
        (None, "long text", ""): ["activities/views.py"],
    }


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("title=", "lv: not translated: Title"),
        (
            "hello=en: Hello, %(name)s\nlv: Sveiki\nru: Привет, %(name)s",
            "lv: placeholders differ (%(name)s became none)",
        ),
        (
            "cat=en: %(n)d cat\nlv0: kaķis\nlv1: %(n)d kaķi\nlv2: kaķu nav\nru0: %(n)d к\nru1: %(n)d к\nru2: %(n)d к",
            "lv: placeholders differ (%(n)d became none): %(n)d cat",
        ),
        (
            "dear=en: Dear <b>{{ name }}</b>, come\nlv: {{ name }}, nāciet\nru: <b>{{ name }}</b>, да",
            "lv: HTML tags differ (</b>, <b> became none)",
        ),
        ("title=en: Title\nlv: Vai jūs nāksiet\nru: Придёте", "lv: “jūs” needs a capital letter: Title"),
        ("title=en: Title\nlv: Jūsu tēma\nru: Для вашей семьи", "ru: “вашей” needs a capital letter: Title"),
    ],
)
def test_a_translation_with_a_mistake_is_found(house: Path, block: str, problem: str) -> None:
    wrong = translated(house, block)
    assert any(found.startswith(problem) for found in wrong), wrong


def test_the_polite_words_are_whole_words(house: Path) -> None:
    assert translated(house, "title=en: Title\nlv: Jūsma un Jūsu jūsma\nru: Вы, Ваша высота и выбор") == []


def change(house: Path, old: str, new: str) -> list[str]:
    """What the check says after something in the Latvian catalogue was written over."""
    assert translated(house) == []
    path = words.catalogue_path(house / "locale", "lv")
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return words.check_all(house, house / "locale")


def test_a_wrong_plural_header_is_found(house: Path) -> None:
    wrong = change(house, "nplurals=3; plural=(n%10==1 && n%100!=11", "nplurals=3; plural=(n%10==1")
    assert [problem[:35] for problem in wrong] == ["lv: the Plural-Forms header must be"]


def test_a_fuzzy_translation_is_found(house: Path) -> None:
    wrong = change(house, 'msgid "Title"', '#, fuzzy\nmsgid "Title"')
    assert wrong == ["lv: fuzzy: Title"]


def test_what_nothing_uses_any_more_is_found_and_leaves_with_the_next_update(house: Path) -> None:
    wrong = change(house, 'msgid "Title"', 'msgid "Old"\nmsgstr "Vecs"\n\nmsgid "Title"')
    assert wrong == ["lv: obsolete, nothing uses it: Old"]
    words.update(house, house / "locale")
    assert words.check_all(house, house / "locale") == []


def test_a_new_message_is_found_before_it_is_extracted(house: Path) -> None:
    assert translated(house) == []
    (house / "activities" / "forms.py").write_text('from x import gettext_lazy as g\nlabel = gettext_lazy("New")\n')
    assert words.check_all(house, house / "locale") == ["lv: not extracted yet: New", "ru: not extracted yet: New"]


def test_a_message_over_two_lines_is_found(house: Path) -> None:
    assert translated(house) == []
    page = house / "templates" / "page.html"
    page.write_text(page.read_text() + "{% load i18n %}{% blocktranslate %}Two\nlines{% endblocktranslate %}")
    words.update(house, house / "locale")
    wrong = words.check_all(house, house / "locale")
    assert "lv: a line break in a message: write {% blocktranslate trimmed %}: Two\nlines" in wrong


def test_a_word_of_a_package_is_not_changed_unnoticed_but_may_be_on_purpose(house: Path) -> None:
    assert translated(house) == []
    package, locale = house / "package", house / "locale"
    theirs = polib.POFile()
    theirs.append(polib.POEntry(msgid="Title", msgstr="Nosaukums"))
    path = words.catalogue_path(package / "locale", "lv")
    path.parent.mkdir(parents=True)
    theirs.save(str(path))
    assert words.check_all(house, locale, packages=[package]) == [
        "lv: changes a word of a package (“Nosaukums”), needs a context: Title"
    ]

    on_purpose = house / "kopiena" / "floor" / "foreign_words.py"
    on_purpose.parent.mkdir(parents=True)
    on_purpose.write_text('gettext_noop("Title")\n')
    assert words.check_all(house, locale, packages=[package]) == []


def test_an_update_keeps_translations_and_changes_nothing_where_nothing_changed(house: Path) -> None:
    assert translated(house) == []
    path = words.catalogue_path(house / "locale", "lv")
    before = path.read_bytes()
    os.utime(path, ns=(1, 1))
    words.update(house, house / "locale")
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == 1, "an unchanged file must not be written again"


def test_the_compiled_words_are_made_only_where_they_are_older(house: Path) -> None:
    assert translated(house) == []
    locale = house / "locale"
    assert len(words.compile_all(locale)) == 2
    assert words.compile_all(locale) == []
    compiled = polib.mofile(str(words.catalogue_path(locale, "lv").with_suffix(".mo")))
    assert {entry.msgid: entry.msgstr for entry in compiled}["Title"] == "Virsraksts"


def test_a_merge_says_what_it_could_not_use(house: Path, tmp_path: Path) -> None:
    assert translated(house) == []
    file = tmp_path / "more.po.txt"
    file.write_text("en: Unknown\nlv: Nezināms\nru: Нет\n\nen: Title\nlv: A\nru: Заголовок\n\nen: Title\nlv: B\n")
    assert words.merge(house / "locale", [file]) == [
        "more.po.txt:1: no such message in the project: Unknown",
        "more.po.txt:9: lv contradicts more.po.txt:5, which stands: Title",
        "more.po.txt:9: ru is not complete: Title",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("en: Title\nvalue: x\n", "bad.po.txt:2: neither a known key"),
        ("en: Title\nen: Title\n", "bad.po.txt:2: “en” a second time"),
        ("lv: Virsraksts\n", "bad.po.txt:1: a block without en:"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "bad.po.txt"
    file.write_text(text)
    with pytest.raises(ValueError, match=problem):
        words.read_blocks(file)
