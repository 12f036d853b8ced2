"""What may be wrong with a catalogue of translated words; each finding is one sentence that names the message."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import polib

from .words_found import Key, Message

PLURAL_FORMS = {
    # Index 2 is nought only.
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    # Three forms: Django's own Russian catalogues say four, the fourth (for fractions) no reader ever sees.
    "ru": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"),
}
_PLACEHOLDERS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
# Whole words only: "jūsma" is another word. With a capital in letters and forms, so everywhere.
_IMPOLITE = {
    "lv": re.compile(r"\b(?:jūs|jums|jūsu|jūsos)\b"),
    "ru": re.compile(r"\b(?:вы|вас|вам|вами|ваш(?:а|е|и|его|ей|ею|ему|ем|им|ими|их|у)?)\b"),
}


def check(language: str, catalogue: polib.POFile, found: dict[Key, Message]) -> list[str]:
    """Everything wrong with one language's catalogue against the messages found in the project."""
    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete}
    wrong = []
    if catalogue.metadata.get("Plural-Forms") != PLURAL_FORMS[language]:
        wrong.append(f"{language}: the Plural-Forms header must be “{PLURAL_FORMS[language]}”")
    wrong += [f"{language}: not extracted yet: {_shown(key)}" for key in sorted(found.keys() - entries.keys())]
    gone = (entries.keys() - found.keys()) | {(e.msgctxt or "", e.msgid) for e in catalogue.obsolete_entries()}
    wrong += [f"{language}: obsolete, nothing uses it: {_shown(key)}" for key in sorted(gone)]
    for key in sorted(found.keys() & entries.keys()):
        wrong += [f"{language}: {problem}: {_shown(key)}" for problem in _problems(language, entries[key], found[key])]
    return wrong


def taken_over(language: str, catalogue: polib.POFile, others: Iterable[polib.POFile], meant: set[str]) -> list[str]:
    """Messages that change a word of Django's or a package's pages: our catalogue wins everywhere, in the admin too.

    They need a context of their own, unless they are `meant` to be translated anew.
    """
    ours = {entry.msgid: entry for entry in catalogue if not entry.msgctxt and not entry.obsolete}
    wrong = set()
    for other in others:
        for theirs in other.translated_entries():
            mine = ours.get(theirs.msgid)
            if mine is None or theirs.msgctxt or theirs.msgid in meant or not mine.translated():
                continue
            if _texts(mine)[0] != _texts(theirs)[0]:
                wrong.add(
                    f"{language}: changes a word of a package (“{_texts(theirs)[0]}”), needs a context: {mine.msgid}"
                )
    return sorted(wrong)


def _problems(language: str, entry: polib.POEntry, message: Message) -> Iterator[str]:
    if "\n" in message.msgid + message.plural:
        yield "a line break in a message: write {% blocktranslate trimmed %}"
    if entry.msgid_plural != message.plural:
        yield "the plural in the code is another one"
        return
    if entry.fuzzy:
        yield "fuzzy"
    texts = _texts(entry)
    if not all(text.strip() for text in texts) or (message.plural and len(texts) != 3):
        yield "not translated"
        return
    for index, text in enumerate(texts):
        is_nought = language == "lv" and bool(message.plural) and index == 2
        yield from _broken_markup(message.plural or message.msgid, text, is_nought=is_nought)
        if small := _IMPOLITE[language].search(text):
            yield f"“{small[0]}” needs a capital letter"


def _broken_markup(english: str, text: str, *, is_nought: bool) -> Iterator[str]:
    wanted, got = _placeholders(english), _placeholders(text)
    # The Latvian form for nought may say "nav" in place of the number.
    if wanted != got and not (is_nought and got <= wanted):
        yield f"placeholders differ ({_listed(wanted)} became {_listed(got)})"
    if (theirs := _tags(english)) != (ours := _tags(text)):
        yield f"HTML tags differ ({_listed(theirs)} became {_listed(ours)})"


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDERS.findall(text.replace("%%", "")))


def _tags(text: str) -> Counter[str]:
    return Counter(_TAGS.findall(text))


def _listed(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none"


def _texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr_plural[i] for i in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def _shown(key: Key) -> str:
    context, msgid = key
    return f"[{context}] {msgid}" if context else msgid
