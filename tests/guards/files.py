"""The files of the repository, for the guards that read them."""

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("kopiena", "families", "activities", "partners")
LEFT_BEHIND = {".git", ".venv", "var", "test-results", "__pycache__"}
IN_TEXT = {".py", ".html", ".po", ".js", ".css", ".svg", ".md", ".toml", ".txt", ".yml", ".yaml", ".json", ".sh", ""}


@cache
def repository() -> tuple[Path, ...]:
    """Every file that is or could be committed, relative to the top: what git knows and does not ignore.

    In a folder without git (an unpacked archive) everything counts but what tools and the portal itself make.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        names = [Path(name) for name in listed.stdout.split("\0") if name]
        return tuple(sorted({name for name in names if (ROOT / name).is_file()}))
    return tuple(sorted(_walked()))


def _walked() -> Iterator[Path]:
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in LEFT_BEHIND and not name.endswith("_cache")]
        for name in names:
            if not name.endswith((".mo", ".pyc")):
                yield Path(folder, name).relative_to(ROOT)


def texts() -> Iterator[tuple[Path, str]]:
    """Each text file of the repository with what it says."""
    for name in repository():
        if name.suffix in IN_TEXT:
            yield name, (ROOT / name).read_text(encoding="utf-8")


def modules() -> Iterator[Path]:
    """The Python modules of the portal itself and of its benchmarks, migrations apart."""
    for name in repository():
        ours = name.parts[0] in (*APPS, "bench") or str(name) in ("portal.py", "manage.py")
        if name.suffix == ".py" and ours and "migrations" not in name.parts:
            yield name
