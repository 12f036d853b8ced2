"""Keep a picture from outside: all its files at once or none, each worker one picture at a time."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kopiena.floor.pictures import rebuilding
from kopiena.floor.pictures.sizes import FOLDER, LARGEST, WIDTHS, Kept

PATIENCE = 20.0  # seconds for one picture; a large one takes two
QUEUE = 30.0  # seconds somebody waits for those before them
NEW = "new-"  # what is not finished yet: no address leads there

# A picture takes up to 300 MB of memory while it is worked on, and a worker has many threads.
_turn = BoundedSemaphore(1)


class Unfit(Exception):
    """What was sent is no picture for us; `message` says why, to a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def store(file: Any) -> Kept:
    """Rebuild the picture in an uploaded file and keep it; raises Unfit."""
    if not file.size:
        raise Unfit(_("The file is empty. Please choose it once more."))
    if file.size > settings.PICTURE_MAX_BYTES:
        raise Unfit(_("The file is larger than 10 MB. Make the picture smaller, or choose another one."))
    if not _turn.acquire(timeout=QUEUE):
        raise Unfit(_("Many pictures are being sent at this moment. Please choose it once more in a minute."))
    try:
        return _stored(file)
    finally:
        _turn.release()


def remove(key: str) -> None:
    """Throw its files away; that they are gone already is all right."""
    shutil.rmtree(folder() / key, ignore_errors=True)


def folder() -> Path:
    """Where the pictures are, each in a folder of its own."""
    return Path(settings.MEDIA_ROOT) / FOLDER


def is_unfinished(name: str) -> bool:
    """Whether the path below the media folder is of a picture that is being made at this moment."""
    return name.startswith(f"{FOLDER}/{NEW}")


def _stored(file: Any) -> Kept:
    key = secrets.token_hex(16)
    unfinished = folder() / f"{NEW}{key}"
    unfinished.mkdir(parents=True)
    try:
        width, height = _rebuilt(file, unfinished)
        os.replace(unfinished, folder() / key)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return Kept(key, width, height)


def _rebuilt(file: Any, into: Path) -> tuple[int, int]:
    numbers = (settings.PICTURE_MAX_PIXELS, *LARGEST, *WIDTHS)
    file.seek(0)
    try:
        done = subprocess.run(
            [sys.executable, "-I", rebuilding.__file__, str(into), *map(str, numbers)],
            input=file.read(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unfit(_refusal("slow")) from None
    try:
        said = json.loads(done.stdout)
    except ValueError:  # it ended at one of its limits
        raise Unfit(_refusal("slow")) from None
    if "refused" in said:
        raise Unfit(_refusal(said["refused"]))
    return said["width"], said["height"]


def _refusal(why: str) -> str:
    return {
        "kind": _("This is not a picture in JPEG, PNG or WebP, whatever its name says. Choose another file."),
        "broken": _("The file is damaged or not whole. Send it to yourself again, or choose another picture."),
        "pixels": _("The picture has more than 40 megapixels. Make it smaller, or choose another one."),
        "narrow": _("The picture is too long and narrow: at most 5 times as long as wide. Please choose another one."),
        "small": _("The picture is too small: each side has at least 32 pixels. Choose another one."),
        "stuffed": _("Besides the picture, the file holds too much hidden data. Save it anew, or choose another one."),
        "slow": _("The portal could not open this picture. Save it anew as JPEG, or choose another one."),
    }[why]
