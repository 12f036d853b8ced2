"""Static files: the parts of a style sheet joined into one file, then hashed and compressed; everywhere the same."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import\s+(?:url\(\s*)?["\']([^"\')]+)["\']\s*\)?\s*;')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
MARGIN = re.compile(r"\s*\n\s*")

Paths = Mapping[str, tuple[Storage, str]]


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins what `css/site.css` imports into that file, so that a first visit asks for one style sheet.

    A name without a manifest entry is an error, with DEBUG too: a page must not look right here and break there.
    """

    joined = ("css/site.css",)

    def url(self, name: str | None, force: bool = True) -> str:
        """The hashed address, also with DEBUG, where Django itself would give the plain one and its many imports."""
        return super().url(name, force=True)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            paths = {**paths, **{name: self.join(name, paths) for name in self.joined if name in paths}}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def join(self, name: str, paths: Paths) -> tuple[Storage, str]:
        """Writes the joined file into the place of the collected one; returns where it now stands."""
        text = with_imports(name, paths)
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        return self, name


def with_imports(name: str, paths: Paths, above: tuple[str, ...] = ()) -> str:
    """The text of a style sheet with every import replaced by what it names; comments and margins left out."""
    if name in above:
        raise ValueError(f"{name} imports itself by way of {' > '.join(above)}")
    if name not in paths:
        raise ValueError(f"{above[-1] if above else 'The joined list'} names {name}, which is no static file")
    storage, path = paths[name]
    with storage.open(path) as file:
        text = COMMENT.sub("", file.read().decode())

    def imported(match: re.Match[str]) -> str:
        part = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        return with_imports(part, paths, (*above, name))

    return MARGIN.sub("\n", IMPORT.sub(imported, text)).strip() + "\n"
