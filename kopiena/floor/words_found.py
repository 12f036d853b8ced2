"""Finds every message of the project to be translated, in Python and in templates, without the gettext program."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGES = ("kopiena", "partners", "activities", "families")
TEMPLATES = "templates"
_NEVER = {"migrations", "tests", "__pycache__"}
_FUNCTIONS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
KEYWORDS = {
    **{f"{name}{suffix}": spec for name, spec in _FUNCTIONS.items() for suffix in ("", "_lazy", "_noop")},
    "_": None,
}

Key = tuple[str, str]  # context (or nothing) and msgid: what gettext looks a message up by


@dataclass
class Message:
    """One message: its context, its English singular and plural, and the files it stands in."""

    context: str
    msgid: str
    plural: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.msgid


def find(root: Path) -> dict[Key, Message]:
    """Every message under `root`, by its key. Two plurals for one singular are an error that names both files."""
    found: dict[Key, Message] = {}
    for path in sorted(sources(root)):
        name = path.relative_to(root).as_posix()
        for context, msgid, plural in messages_in(path.read_text(), is_template=path.suffix != ".py"):
            message = found.setdefault((context, msgid), Message(context, msgid, plural))
            if plural and message.plural and plural != message.plural:
                raise ValueError(f"{name}: “{msgid}” has another plural in {', '.join(sorted(message.files))}")
            message.plural = message.plural or plural
            message.files.add(name)
    return found


def sources(root: Path) -> Iterator[Path]:
    """The files that may speak: the packages' Python, and templates wherever they lie."""
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            if not _NEVER.intersection(path.relative_to(root).parts):
                yield path
    for folder in [root / TEMPLATES, *(root / package for package in PACKAGES)]:
        yield from (path for suffix in ("html", "txt", "xml", "svg") for path in folder.rglob(f"*.{suffix}"))


def messages_in(source: str, *, is_template: bool) -> Iterator[tuple[str, str, str]]:
    """Context, msgid and plural of each message in one file's text."""
    if is_template:
        # What is left of the page around the calls has no Python indent; in brackets the tokenizer does not mind.
        source = f"(\n{templatize(source)}\n)"
    for _line, words, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        msgid, plural = words[:2] if isinstance(words, tuple) else (words, "")
        if msgid:
            yield context or "", msgid, plural
