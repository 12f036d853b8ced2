"""Backups: what is no backup of ours is refused before anything is touched, and nothing lands outside its place."""

import io
import json
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kopiena import backups
from kopiena.backups import DUMP, MANIFEST, BackupRefused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    return folder


def archive(path: Path, contents: dict[str, bytes], *odd: tarfile.TarInfo, **manifest: Any) -> Path:
    """A tar file as ours, with whatever a forger would put in."""
    promised = {name: sha256(content).hexdigest() for name, content in contents.items()}
    contents = {**contents, MANIFEST: json.dumps({"tables": {}, "files": promised, **manifest}).encode()}
    with tarfile.open(path, "w") as tar:
        for name, content in contents.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            tar.addfile(about, io.BytesIO(content))
        for about in odd:
            tar.addfile(about)
    return path


def test_a_whole_archive_is_unpacked(tmp_path: Path, folder: Path) -> None:
    source = archive(tmp_path / "b.tar", {DUMP: b"dump", "media/a/ķ.webp": b"picture"})
    assert set(backups._unpack(source, folder)["files"]) == {DUMP, "media/a/ķ.webp"}
    assert (folder / "media/a/ķ.webp").read_bytes() == b"picture"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "media/../../evil",
        "media/../evil",
        "/tmp/evil",
        "media",
        "media/",
        "elsewhere/evil",
        "media//../../evil",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path, folder: Path) -> None:
    source = archive(tmp_path / "b.tar", {DUMP: b"dump", name: b"evil"})
    with pytest.raises(BackupRefused):
        backups._unpack(source, folder)
    assert not list(tmp_path.rglob("evil"))
    assert not Path("/tmp/evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_taken(kind: bytes, tmp_path: Path, folder: Path) -> None:
    odd = tarfile.TarInfo("media/link")
    odd.type, odd.linkname = kind, "/etc/passwd"
    source = archive(tmp_path / "b.tar", {DUMP: b"dump"}, odd)
    with pytest.raises(BackupRefused, match="is not a backup of ours"):
        backups._unpack(source, folder)


def test_a_file_twice_is_refused(tmp_path: Path, folder: Path) -> None:
    source = archive(tmp_path / "b.tar", {DUMP: b"dump"}, tarfile.TarInfo(DUMP))
    with pytest.raises(BackupRefused, match="cannot be read"):
        backups._unpack(source, folder)


def test_a_changed_byte_is_found(tmp_path: Path, folder: Path) -> None:
    source = archive(tmp_path / "b.tar", {DUMP: b"the dump as it was written"})
    source.write_bytes(source.read_bytes().replace(b"as it was", b"as it is!", 1))
    with pytest.raises(BackupRefused, match=r"damaged: database\.dump"):
        backups._unpack(source, folder)


def test_a_file_that_the_list_does_not_name_is_refused(tmp_path: Path, folder: Path) -> None:
    source = archive(tmp_path / "b.tar", {DUMP: b"dump", "media/more": b""}, files={DUMP: sha256(b"dump").hexdigest()})
    with pytest.raises(BackupRefused, match="does not hold what its list says"):
        backups._unpack(source, folder)


@pytest.mark.parametrize("content", [b"", b"nonsense" * 200])
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path, folder: Path) -> None:
    source = tmp_path / "b.tar"
    source.write_bytes(content)
    with pytest.raises(BackupRefused, match="cannot be read as a backup"):
        backups._unpack(source, folder)


def test_half_an_archive_is_refused(tmp_path: Path, folder: Path) -> None:
    source = archive(tmp_path / "b.tar", {DUMP: b"dump" * 10_000})
    source.write_bytes(source.read_bytes()[:20_000])
    with pytest.raises(BackupRefused, match="cannot be read as a backup"):
        backups._unpack(source, folder)


@pytest.mark.django_db
def test_a_database_that_holds_something_is_never_restored_into(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"The database is not empty.*stop the portal and move"):
        backups.restore(archive(tmp_path / "b.tar", {DUMP: b"dump"}))


@pytest.mark.django_db
def test_media_that_are_there_are_never_mixed_with_restored_ones(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "kept.webp").write_bytes(b"kept")
    monkeypatch.setattr(backups.connection.introspection, "table_names", lambda: [])
    with pytest.raises(BackupRefused, match="holds files"):
        backups.restore(archive(tmp_path / "b.tar", {DUMP: b"dump"}))
    assert (tmp_path / "media" / "kept.webp").read_bytes() == b"kept"


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dump(target: Path) -> dict[str, int]:
        raise BackupRefused("pg_dump failed: no room")

    monkeypatch.setattr(backups, "_dump", dump)
    target = tmp_path / "b.tar"
    target.write_bytes(b"yesterday's")
    with pytest.raises(BackupRefused):
        backups.back_up(target)
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"yesterday's"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="There is no folder"):
        backups.back_up(tmp_path / "nowhere" / "b.tar")


def test_a_picture_that_is_being_made_stays_out_and_those_that_are_done_are_in(
    tmp_path: Path, folder: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "media", tmp_path
    done, unfinished = f"pictures/{'a' * 32}/400x300.jpg", f"pictures/new-{'b' * 32}/400x300.jpg"
    for name in (done, unfinished, "activities/new-year.jpg"):
        (tmp_path / "media" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "media" / name).write_bytes(b"picture")
    (tmp_path / DUMP).write_bytes(b"dump")
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        backups._fill(tar, tmp_path / DUMP, {})
    found = set(backups._unpack(tmp_path / "b.tar", folder)["files"])
    assert found == {DUMP, f"media/{done}", "media/activities/new-year.jpg"}
