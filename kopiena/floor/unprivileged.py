"""As whom the embedded PostgreSQL runs: it refuses to be root, so root finds it another way."""

import ctypes
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

CLONE_NEWUSER = 0x10000000
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}  # no PG… variable of the caller's reaches the server


class PostgresRefused(Exception):
    """The embedded PostgreSQL cannot run here; the sentence says why and what to do."""


@dataclass
class Way:
    """As whom the server runs, where its data are and how its programs are called."""

    var_dir: Path
    data: Path
    programs: Path
    uid: int
    gid: int
    become: Callable[[], None] | None = None
    remark: str = ""

    def run(self, command: Sequence[str | Path], output: Path) -> int:
        """Runs a program of PostgreSQL's; its output goes to a file, since pg_ctl would hold a pipe open for ever."""
        with output.open("ab") as log:
            try:
                return subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env=ENVIRONMENT,
                    cwd="/",
                    umask=0o077,
                    preexec_fn=self.become,
                ).returncode
            except (OSError, subprocess.SubprocessError):
                return 126


def choose_way(var_dir: Path, programs: Path) -> Way:
    """An ordinary user as himself; root in a user namespace, else as `nobody`. Data that exist decide first."""
    own = var_dir / "postgres"
    me = Way(var_dir, own, programs, os.getuid(), os.getgid())
    if own.exists() and own.stat().st_uid != me.uid:
        owner = own.stat().st_uid
        raise PostgresRefused(f"The data in {own} belong to user {owner}: run this as that user, or set DATABASE_URL.")
    if me.uid != 0:
        return me
    forced = os.environ.get("KOPIENA_POSTGRES_AS", "") == "nobody"
    inside = Way(var_dir, own, programs, 0, 0, become=_enter_namespace)
    if not forced and data_folder(var_dir) == own and _can_run(inside):
        return inside
    if (own / "PG_VERSION").exists():  # an empty database in another place would look as if everything were lost
        raise PostgresRefused(
            f"The data in {own} were made by root in a user namespace, which this machine now refuses: "
            "allow user namespaces, or move the data with backup and restore, or set DATABASE_URL."
        )
    return _as_nobody(var_dir, programs)


def data_folder(var_dir: Path) -> Path:
    """Where the data are: under `var_dir`, unless root's PostgreSQL once had to keep them elsewhere."""
    away = away_folder(var_dir) / "postgres"
    return away if os.getuid() == 0 and (away / "PG_VERSION").exists() else var_dir / "postgres"


def away_folder(var_dir: Path) -> Path:
    """Where `nobody` keeps the data: root's own folders are closed to it, and no parent is ever opened."""
    base = Path("/var/lib").resolve()
    return base / f"kopiena-{sha256(os.fsencode(var_dir.resolve())).hexdigest()[:12]}"


def _as_nobody(var_dir: Path, programs: Path) -> Way:
    nobody = pwd.getpwnam("nobody")
    home = away_folder(var_dir)
    sentence = (
        "PostgreSQL refuses to run as root, and here it can run neither in a user namespace nor as nobody "
        "({reason}). Run portal.py as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
    )

    def become() -> None:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    remark = f"PostgreSQL runs as the user nobody, its data are in {home}."
    way = Way(var_dir, home / "postgres", programs, nobody.pw_uid, nobody.pw_gid, become, remark)
    try:
        home.mkdir(mode=0o700, exist_ok=True)
        if home.is_symlink() or home.stat().st_uid not in (0, nobody.pw_uid):
            raise PostgresRefused(sentence.format(reason=f"{home} belongs to somebody else"))
        shutil.chown(home, nobody.pw_uid, nobody.pw_gid)
    except OSError as error:
        raise PostgresRefused(sentence.format(reason=error)) from error
    if not _can_run(way):
        way.programs = _copy_for(way)
    if not _can_run(way):
        raise PostgresRefused(sentence.format(reason=f"nobody may not read {programs}"))
    return way


def _copy_for(way: Way) -> Path:
    """The programs once more beside the data: those in the project may lie in a folder closed to nobody."""
    stat = (way.programs / "postgres").stat()
    copy = way.data.parent / f"programs-{stat.st_size}-{int(stat.st_mtime)}"
    packages = way.programs.parents[2]  # the programs look for their libraries beside their package
    inside = way.programs.relative_to(packages)
    if not copy.exists():
        for old in way.data.parent.glob("programs-*"):
            shutil.rmtree(old)
        new = copy.with_name("programs-new")
        shutil.copytree(way.programs.parent, new / inside.parent, ignore=shutil.ignore_patterns("include"))
        for libraries in packages.glob(f"{inside.parts[0]}.libs"):
            shutil.copytree(libraries, new / libraries.name)
        for path in (new, *new.rglob("*")):
            os.chown(path, way.uid, way.gid)
        new.rename(copy)
    return copy / inside


def _can_run(way: Way) -> bool:
    """Whether the programs start that way and may write where the data belong."""
    home = way.data.parent
    probe = '"$0/postgres" --version && "$0/initdb" --version && test -x "$1" && test -w "$1" && test "$(id -u)" -ne 0'
    return way.run(["/bin/sh", "-c", probe, way.programs, home], Path(os.devnull)) == 0


def _enter_namespace() -> None:
    """Root outside, user 1000 inside: PostgreSQL is content, and its files still belong to root."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY)
        os.write(descriptor, text.encode())
        os.close(descriptor)
