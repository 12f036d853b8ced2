"""Keeps the catalogues of translated words: extract, merge in the team's translations, compile, check."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django import conf

from . import words_checks
from .words_found import Key, Message, find

LANGUAGES = ("lv", "ru")  # English is the language of the code
# Where a word of a package is translated anew on purpose.
MEANT = {"kopiena/floor/foreign_words.py", "kopiena/floor/admin/borrowed.py"}
_LINE = re.compile(r"(en|en_plural|context|lv[0-2]?|ru[0-2]?):\s?(.*)")
_TEMPLATE_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass
class Block:
    """One message with its translations as a colleague wrote them down."""

    where: str
    values: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.values.get("context", ""), self.values["en"]

    def texts(self, language: str, *, is_plural: bool) -> list[str]:
        """One text, or three for a plural; fewer where the block leaves some out."""
        names = [f"{language}{index}" for index in range(3)] if is_plural else [language]
        return [self.values[name] for name in names if self.values.get(name)]


def catalogue_path(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def load(locale: Path, language: str) -> polib.POFile:
    """The catalogue of a language, empty where there is none yet. Its lines are not wrapped: a merge stays calm."""
    path = catalogue_path(locale, language)
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def save(catalogue: polib.POFile, locale: Path, language: str) -> None:
    """Written sorted, with file names but no line numbers and no dates, and only where something changed."""
    path = catalogue_path(locale, language)
    catalogue.header = "The words of Kopiena. Kept by: manage.py words"
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": words_checks.PLURAL_FORMS[language],
    }
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    text = str(catalogue)
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_at_once(path, text.encode())


def update(root: Path, locale: Path) -> None:
    """Brings the catalogues up to what the project says now: translations stay, new messages come, unused ones go."""
    found = find(root)
    for language in LANGUAGES:
        before = {(entry.msgctxt or "", entry.msgid): entry for entry in load(locale, language) if not entry.obsolete}
        catalogue = polib.POFile(wrapwidth=0)
        catalogue.extend(_entry(message, before.get(message.key)) for message in found.values())
        save(catalogue, locale, language)


def merge(locale: Path, files: Iterable[Path]) -> list[str]:
    """Fills in the translations of these files. Answers what was of no use: unknown messages, holes, contradictions."""
    blocks = [block for path in files for block in read_blocks(path)]
    notes = []
    for language in LANGUAGES:
        catalogue = load(locale, language)
        entries = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue}
        said_before: dict[Key, tuple[str, list[str]]] = {}
        for block in blocks:
            entry = entries.get(block.key)
            if entry is None:
                notes.append(f"{block.where}: no such message in the project: {block.values['en']}")
                continue
            texts = block.texts(language, is_plural=bool(entry.msgid_plural))
            if not texts or (entry.msgid_plural and len(texts) != 3):
                notes.append(f"{block.where}: {language} is not complete: {block.values['en']}")
                continue
            where, earlier = said_before.setdefault(block.key, (block.where, texts))
            if earlier != texts:
                notes.append(f"{block.where}: {language} contradicts {where}, which stands: {block.values['en']}")
                continue
            _fill(entry, texts)
        save(catalogue, locale, language)
    return list(dict.fromkeys(notes))


def read_blocks(path: Path) -> list[Block]:
    """The blocks of one file (`en:`, `en_plural:`, `context:`, `lv:` or `lv0:`…), blank lines between, `#` comments."""
    blocks: list[Block] = []
    block: Block | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if line.startswith("#"):
            continue
        if not line.strip():
            block = None
            continue
        matched = _LINE.fullmatch(line.rstrip())
        if matched is None:
            raise ValueError(f"{path.name}:{number}: neither a known key nor a comment: {line}")
        if block is None:
            blocks.append(block := Block(f"{path.name}:{number}"))
        name, value = matched.groups()
        if name in block.values:
            raise ValueError(f"{path.name}:{number}: “{name}” a second time in one block")
        block.values[name] = _TEMPLATE_VARIABLE.sub(r"%(\1)s", value.strip())
    if unnamed := [block.where for block in blocks if not block.values.get("en")]:
        raise ValueError(f"{unnamed[0]}: a block without en:")
    return blocks


def compile_all(locale: Path) -> list[Path]:
    """Writes the .mo beside each .po that is newer; answers those written."""
    written = []
    for language in LANGUAGES:
        source = catalogue_path(locale, language)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns):
            _write_at_once(target, load(locale, language).to_binary())
            written.append(target)
    return written


def check_all(root: Path, locale: Path, *, packages: Iterable[Path] = ()) -> list[str]:
    """Everything that keeps the words from being complete; `packages` are the folders of the installed apps."""
    found = find(root)
    meant = {message.msgid for message in found.values() if MEANT & message.files}
    folders = [Path(conf.__file__).parent, *packages]
    wrong = []
    for language in LANGUAGES:
        catalogue = load(locale, language)
        paths = [catalogue_path(folder / "locale", language) for folder in folders]
        theirs = [polib.pofile(str(path)) for path in paths if path.exists()]
        wrong += words_checks.check(language, catalogue, found)
        wrong += words_checks.taken_over(language, catalogue, theirs, meant)
    return wrong


def _entry(message: Message, before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        msgstr_plural={0: "", 1: "", 2: ""} if message.plural else {},
        occurrences=[(name, "") for name in sorted(message.files)],
    )
    if before is not None and bool(before.msgid_plural) == bool(message.plural):
        entry.msgstr, entry.flags, entry.tcomment = before.msgstr, before.flags, before.tcomment
        entry.msgstr_plural = before.msgstr_plural or entry.msgstr_plural
    return entry


def _fill(entry: polib.POEntry, texts: list[str]) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(texts))
    else:
        entry.msgstr = texts[0]
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]


def _write_at_once(path: Path, content: bytes) -> None:
    """Another process may be reading: it sees the old file or the new one, never half."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    os.replace(temporary, path)
