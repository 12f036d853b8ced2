"""What is no picture for us is refused in two seconds, under 300 MB, in a sentence, and leaves nothing."""

import json
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from kopiena.floor.pictures import rebuilding
from kopiena.floor.pictures.storing import Unfit, store
from tests.pictures import chunk, file_of, no_picture, picture, png, sent


def _texts() -> bytes:
    return png(100, 100, *(chunk(b"tEXt", b"Comment\0" + b"x" * 20) for _ in range(10_000)))


def _packed_texts() -> bytes:
    packed = b"Comment\0\0" + zlib.compress(b"x" * 50_000_000, 9)
    return png(100, 100, *(chunk(b"zTXt", packed) for _ in range(20)))


BAD: list[tuple[str, Callable[[], bytes], str]] = [
    *(
        (name, lambda name=name: no_picture(name), "not a picture in JPEG")
        for name in ("EPS", "TIFF", "SVG", "GIF", "HTML", "ZIP", "PDF", "BMP", "AVIF", "noise", "NUL")
    ),
    ("nothing", lambda: b"", "empty"),
    ("169 megapixels", lambda: png(13_000, 13_000), "40 megapixels"),
    ("1x60000", lambda: png(1, 60_000), "long and narrow"),
    ("60000x1", lambda: png(60_000, 1), "long and narrow"),
    ("one pixel", lambda: png(1, 1), "too small"),
    ("10000 texts", _texts, "hidden data"),
    ("packed texts", _packed_texts, "damaged"),
    ("packed profile", lambda: png(99, 99, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(10**8)))), "damaged"),
    ("less than it says", lambda: png(5000, 5000, data=zlib.compress(b"\0" * 100)), "damaged"),
    ("truncated JPEG", lambda: file_of(picture(4000, 3000))[:-9000], "damaged"),
    ("head of a JPEG", lambda: file_of(picture())[:200], "damaged"),
    ("truncated PNG", lambda: file_of(picture(), "PNG")[:-60], "damaged"),
    ("truncated WebP", lambda: file_of(picture(), "WEBP", lossless=True)[:-20], "damaged"),
    ("many scans", lambda: file_of(picture()) + b"\xff\xda" * 50, "hidden data"),
    ("20 MB", lambda: file_of(picture()) + bytes(20_000_000), "10 MB"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[each[0] for each in BAD])
def test_what_is_no_picture_for_us_is_refused_in_two_seconds(
    media: Path, name: str, content: Callable[[], bytes], words: str
) -> None:
    file = sent(content())
    begun = time.monotonic()
    with translation.override("en"), pytest.raises(Unfit) as refused:
        store(file)
    assert time.monotonic() - begun < 2
    assert words in refused.value.message
    assert list(media.glob("pictures/*")) == []


MEASURED = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[each[0] for each in BAD])
def test_what_is_refused_takes_less_than_300_megabytes(
    tmp_path: Path, name: str, content: Callable[[], bytes], words: str
) -> None:
    limits = ["40000000", "1200", "1600", "400", "800", "1200"]
    done = subprocess.run(
        [sys.executable, "-I", "-c", MEASURED, rebuilding.__file__, str(tmp_path), *limits],
        input=content(),
        capture_output=True,
        check=True,
    )
    said, peak = done.stdout.splitlines()
    assert "refused" in json.loads(said) or name in ("20 MB", "many scans")  # refused before, by its size
    assert int(peak) / 1024 < 300
