"""One function that finds a text kept in three languages, and says in which language it was found."""

# Plain fields title_lv, title_ru, title_en on the row; never a query and never a hidden item: what is not written in
# the reader's language is shown in the next one, marked with its own.

from dataclasses import dataclass

from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from .dates import language_or_active

# Most residents who read one of the first two read the other as well; English comes last.
ORDER = {"lv": ("lv", "ru", "en"), "ru": ("ru", "lv", "en"), "en": ("en", "lv", "ru")}

BLANK = " \t\n\r\x0b\x0c\u00a0"  # what the database takes off the ends of a text


@dataclass(frozen=True)
class Said:
    """A text and the language it is in. Printed by `{% said %}` it carries its `lang` where it is a fallback."""

    text: str
    language: str
    is_fallback: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    def __html__(self) -> SafeString:
        if self.is_fallback:
            return format_html('<span lang="{}">{}</span>', self.language, self.text)
        return conditional_escape(self.text)

    @property
    def lang(self) -> SafeString:
        """The attribute ` lang="ru"` for an element of the page, empty where the text is in the page's language."""
        return format_html(' lang="{}"', self.language) if self.is_fallback else mark_safe("")

    @property
    def label(self) -> str:
        """What the reader is told about a fallback, else nothing."""
        if not self.is_fallback:
            return ""
        labels = {"lv": gettext("In Latvian only"), "ru": gettext("In Russian only"), "en": gettext("In English only")}
        return labels[self.language]


def said(row: object, name: str, language: str | None = None) -> Said:
    """The row's text `name` in the language asked for (else the active one), or in the next one it is written in."""
    asked = language_or_active(language)
    for code in ORDER[asked]:
        text = (getattr(row, f"{name}_{code}", "") or "").strip()
        if text:
            return Said(text, code, is_fallback=code != asked)
    return Said("", asked)


def in_language(name: str, language: str) -> Coalesce:
    """The same for the database, where rows are many: the text alone, found by the same order."""
    texts = (Func(F(f"{name}_{code}"), Value(BLANK), function="BTRIM") for code in ORDER[language])
    return Coalesce(*(NullIf(text, Value("")) for text in texts), Value(""))
