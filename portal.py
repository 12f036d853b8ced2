#!/usr/bin/env python3
"""The portal's commands: run, test, backup, restore. Needs nothing but Python; everything else it installs itself."""

from __future__ import annotations  # an old Python must get as far as being told that it is old

import argparse
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VAR = Path(os.environ.get("KOPIENA_VAR") or ROOT / "var").absolute()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.sha256"
ALONE = ("tests/storms", "tests/browser")  # they kill servers and steer a browser: nothing else may run beside them
NOTHING_COLLECTED = 5  # pytest's exit code
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Reads the command line, makes sure of the environment and does the deed inside it."""
    if sys.version_info < (3, 11):  # noqa: UP036 - called by whatever python3 there is
        return complain("Kopiena needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031
    options, further = read_command_line()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN or number != signal.SIGHUP:  # nohup means what it says
            signal.signal(number, leave)
    problem = install()
    if problem:
        return complain(problem)
    keep_compiled()
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "portal.py"), *sys.argv[1:]])
    if options.command == "install":
        return 0
    os.environ["KOPIENA_VAR"] = str(VAR)
    for folder in (VAR, VAR / "run", VAR / "log"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    from kopiena.floor.unprivileged import PostgresRefused

    try:
        return {"run": run, "test": test, "backup": backup, "restore": restore}[options.command](options, further)
    except PostgresRefused as refused:
        return complain(str(refused))
    except subprocess.CalledProcessError as error:  # it has said itself what was wrong
        return error.returncode or 1


def read_command_line() -> tuple[argparse.Namespace, list[str]]:
    """The options, and what is pytest's."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="run|test|backup|restore")
    one = commands.add_parser("run", help="serve the portal on this machine", allow_abbrev=False)
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--empty", action="store_true", help="load neither the starting data nor the demonstration")
    one = commands.add_parser("test", help="all tests; further arguments are pytest's", allow_abbrev=False)
    one.add_argument("--quick", action="store_true", help="neither storms nor browser")
    for name, sentence in (("backup", "database and media into one file"), ("restore", "into an empty database only")):
        commands.add_parser(name, help=sentence, allow_abbrev=False).add_argument("file", type=Path)
    commands.add_parser("install", allow_abbrev=False)  # for .ci/run: the environment and no more
    options, further = parser.parse_known_args()
    if further and options.command != "test":
        parser.error(f"unknown: {' '.join(further)}")
    return options, further


def install() -> str:
    """Makes .venv and brings what requirements.txt names, if that changed; what is in the way, or nothing."""
    import fcntl

    requirements = ROOT / "requirements.txt"
    wanted = hashlib.sha256(requirements.read_bytes() + repr(sys.version_info[:2]).encode()).hexdigest()
    with requirements.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two first calls at once: the second waits and finds all done
        if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
            return ""
        if (
            subprocess.run([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL).returncode
            if PYTHON.exists()
            else True
        ):
            if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
                return "Python's venv is missing here. On Debian and Ubuntu: apt install python3-venv"
            say("Making .venv …")
            if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
                return "The environment .venv could not be made. On Debian and Ubuntu: apt install python3-venv"
        say("Installing what requirements.txt names …")
        pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        if subprocess.run([*pip, "--no-compile", "-r", requirements]).returncode:  # what is used is compiled when used
            return "Installing failed: pip says why above. A connection to the internet is needed this once."
        STAMP.write_text(wanted)
    return ""


def keep_compiled() -> None:
    """Where Python is told to write no bytecode beside the sources, under var/: else each process compiles all anew.

    That is a second for each of the three that a start waits for.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VAR / "pycache"))


def run(options: argparse.Namespace, further: list[str]) -> int:
    """Everything from preparing to serving, until Ctrl-C or SIGTERM."""
    from kopiena.floor import serving

    with serving.only_one(VAR) as already:
        if already:
            return complain(f"The portal already runs from this folder: {already}")
        ended = serving.end_left_over(VAR)
        if ended:
            say(f"A start that was killed had left {ended} processes behind; they are ended.")
        problem = serving.port_problem(options.host, options.port)
        if problem:
            return complain(problem)
        address = serving.note_address(VAR, options.host, options.port)
        compile_words()
        with serving.database(VAR) as keep_database:
            manage("prepare", *(["--empty"] if options.empty else []))
            serving.serve(ROOT, VAR, options.host, options.port, address, keep_database)
    return 0


def test(options: argparse.Namespace, further: list[str]) -> int:
    """The suite in two phases: most of it on all cores, then storms and browser alone."""
    from kopiena.floor import serving

    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not chromium and not options.quick:
        say("No Chromium here, so the browser's tests are left out (Debian: apt install chromium libatomic1).")
        if os.environ.get("REQUIRE_BROWSER") == "1":
            return complain("REQUIRE_BROWSER=1 is set, so that is a failure.")
    os.environ["CHROMIUM"] = chromium or ""
    compile_words()
    with serving.database(VAR):
        manage("prepare", "--static-only")
        return worst(phases(further, quick=options.quick, browser=bool(chromium)))


def phases(further: list[str], *, quick: bool, browser: bool) -> list[int]:
    """Runs pytest once or twice; what each phase ended with. Paths among the arguments go to their phase."""
    paths = [word for word in further if not word.startswith("-") and (ROOT / word.split("::")[0]).exists()]
    rest = [word for word in further if word not in paths]
    later = [word for word in paths if word.startswith(ALONE)]
    first = [word for word in paths if word not in later]
    codes = []
    if first or not paths:
        ignored = [] if first else [f"--ignore={folder}" for folder in ALONE]
        codes.append(pytest("-n", "auto", *ignored, *rest, *first))
    if not quick and (later or not paths):
        folders = [folder for folder in ALONE if (ROOT / folder).is_dir() and (browser or "browser" not in folder)]
        later = [word for word in later if browser or "browser" not in word] if later else folders
        if later:
            codes.append(pytest("-n", "0", *rest, *later))
    return codes


def worst(codes: list[int]) -> int:
    """A phase without tests is no failure as long as another had some."""
    found = [code for code in codes if code != NOTHING_COLLECTED]
    return max(found) if found else NOTHING_COLLECTED


def pytest(*arguments: str) -> int:
    """One call of pytest in the project's folder."""
    return subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=ROOT).returncode


def backup(options: argparse.Namespace, further: list[str]) -> int:
    """Database and media as they are now, in one file, whether the portal runs or not."""
    from kopiena.floor import serving

    target = options.file.absolute()
    with serving.database(VAR):
        manage("backup", str(target))
    return 0


def restore(options: argparse.Namespace, further: list[str]) -> int:
    """A backup into an empty database; the portal must not run meanwhile."""
    from kopiena.floor import serving

    source = options.file.absolute()
    with serving.only_one(VAR) as already:
        if already:
            return complain(f"The portal runs ({already}): stop it first.")
        with serving.database(VAR):
            manage("restore", str(source))
    return 0


def compile_words() -> None:
    """Only where a .po is newer than its .mo: it costs a second."""
    for po in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns:
            manage("words", "--compile")
            return


def manage(*arguments: str) -> None:
    """One call of manage.py; a failure ends ours too."""
    subprocess.run([PYTHON, ROOT / "manage.py", *arguments], cwd=ROOT, check=True)


def leave(number: int, frame: object) -> None:
    """Ctrl-C and SIGTERM: out through every `finally`, once."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(0 if number == signal.SIGINT else 128 + number)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def complain(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
