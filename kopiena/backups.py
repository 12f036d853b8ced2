"""Backup and restore: database and pictures in one file, counted and summed so that a restore can check itself."""

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from kopiena.floor import embedded_postgres
from kopiena.floor.pictures.storing import is_unfinished

DUMP, KEY, MANIFEST, MEDIA = "database.dump", "secret_key", "manifest.json", "media"


class BackupRefused(Exception):
    """Nothing was changed; the sentence says why."""


def back_up(target: Path) -> None:
    """Writes the database and the media folder into `target`, readable by its owner alone; whole or not at all."""
    if not target.parent.is_dir():
        raise BackupRefused(f"There is no folder {target.parent}.")
    part = target.with_name(f"{target.name}.part")
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".kopiena-backup-") as folder:
            dump = Path(folder) / DUMP
            tables = _dump(dump)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    _fill(tar, dump, tables)
                file.flush()
                os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def restore(source: Path) -> list[str]:
    """Brings a backup into an empty database and an empty media folder; what it found to be the same, in sentences."""
    _refuse_unless_empty()
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent, prefix=".restoring-") as folder:
        manifest = _unpack(source, Path(folder))
        _load(Path(folder) / DUMP)
        found = {table: _count(table) for table in manifest["tables"]}
        if found != manifest["tables"]:
            wrong = [table for table, rows in manifest["tables"].items() if found[table] != rows]
            raise BackupRefused(f"Restored, but rows are missing or too many in: {', '.join(sorted(wrong))}.")
        new = Path(folder) / MEDIA
        new.mkdir(exist_ok=True)
        if media.exists():
            shutil.rmtree(media)  # known to hold no file
        new.rename(media)
        if (Path(folder) / KEY).exists():
            (Path(folder) / KEY).replace(settings.VAR_DIR / KEY)
    return [f"{sum(found.values())} rows in {len(found)} tables", f"{len(manifest['files'])} files, each as it was"]


def _dump(dump: Path) -> dict[str, int]:
    """pg_dump and our count of rows look at the same moment, so that the two must agree for ever."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        tables = {table: _count(table) for table in sorted(connection.introspection.table_names(cursor))}
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={dump}"]
        _call("pg_dump", options)
    dump.chmod(0o600)
    return tables


def _load(dump: Path) -> None:
    connection.close()
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _call("pg_restore", options, [str(dump)])


def _call(program: str, options: list[str], last: list[str] | None = None) -> None:
    """One of the wheel's programs on the database of the settings; the password travels in the environment."""
    arguments, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *where, name = arguments[1:]
    command = [str(embedded_postgres.binaries() / program), *options, *where, "--dbname", name, *(last or [])]
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise BackupRefused(f"{program} failed: {done.stderr.strip()}")


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])


def _fill(tar: tarfile.TarFile, dump: Path, tables: dict[str, int]) -> None:
    files = {DUMP: _add(tar, dump, DUMP)}
    key = Path(settings.VAR_DIR) / KEY
    if key.exists() and key.read_text() == settings.SECRET_KEY:
        files[KEY] = _add(tar, key, KEY)  # without this checkout's own key the private links would die
    for path in _files_under(Path(settings.MEDIA_ROOT)):
        below = path.relative_to(settings.MEDIA_ROOT).as_posix()
        if is_unfinished(below):  # it grows while we read it, and nothing shows it
            continue
        name = f"{MEDIA}/{below}"
        with contextlib.suppress(FileNotFoundError):  # erased while we were reading
            files[name] = _add(tar, path, name)
    text = json.dumps({"tables": tables, "files": files}, indent=1).encode()
    about = tarfile.TarInfo(MANIFEST)
    about.size, about.mode = len(text), 0o600
    tar.addfile(about, io.BytesIO(text))


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        about = tarfile.TarInfo(name)
        about.size, about.mode = os.fstat(file.fileno()).st_size, 0o600
        tar.addfile(about, file)
        file.seek(0)
        return _sum(file)


def _files_under(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _sum(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _refuse_unless_empty() -> None:
    tables = connection.introspection.table_names()
    if tables:
        data = embedded_postgres.data_folder(settings.VAR_DIR.resolve())
        raise BackupRefused(
            f"The database is not empty ({len(tables)} tables), and a restore never overwrites. To get an empty one: "
            f"stop the portal and move {data} and {settings.MEDIA_ROOT} aside; with DATABASE_URL name a new database."
        )
    if next(_files_under(Path(settings.MEDIA_ROOT)), None):
        raise BackupRefused(f"{settings.MEDIA_ROOT} holds files, and a restore never overwrites: move them aside.")


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Only plain files at the places we give out, and only with the content their manifest promises."""
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                if not member.isreg() or not _is_ours(member.name):
                    raise BackupRefused(f"{source} is not a backup of ours: it holds {member.name!r}.")
                place = folder / member.name
                place.parent.mkdir(parents=True, exist_ok=True)
                content = tar.extractfile(member)
                with place.open("xb") as file:
                    shutil.copyfileobj(content, file)  # type: ignore[arg-type]
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        found = {path.relative_to(folder).as_posix() for path in _files_under(folder)}
        if found != {*manifest["files"], MANIFEST}:
            raise BackupRefused(f"{source} is damaged: it does not hold what its list says.")
        for name, promised in manifest["files"].items():
            with (folder / name).open("rb") as file:
                if _sum(file) != promised:
                    raise BackupRefused(f"{source} is damaged: {name} is not what was written.")
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise BackupRefused(f"{source} cannot be read as a backup: {error}") from error
    return manifest


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    inside = path.parts[:1] == (MEDIA,) and len(path.parts) > 1 and ".." not in path.parts and "\0" not in name
    return name in (DUMP, KEY, MANIFEST) or inside
