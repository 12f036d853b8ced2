#!/usr/bin/env python3
"""How long a picture takes and how much memory at most, from a telephone's photograph to a file made to hurt.

Each is worked on as the portal does it: by `kopiena/floor/pictures/rebuilding.py`, a process of its own. Memory is the
most that process ever held, by the kernel's own count.
"""

import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "kopiena/floor/pictures/rebuilding.py"
LIMITS = ("40000000", "1200", "1600", "400", "800", "1200")
WATCHED = """
import runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def photograph(width: int, height: int) -> Image.Image:
    """Soft shapes with some grain: packed it is about as large as a real one."""
    grain = Image.effect_noise((width // 4, height // 4), 40).resize((width, height), Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (grain, light, Image.blend(grain, light, 0.5)))


def packed(picture: Image.Image, kind: str, **how: Any) -> bytes:
    """The picture as a file."""
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def bomb() -> bytes:
    """20 KB that say they are 169 megapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    side = 13_000
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes((side // 8 + 1) * side), 9))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


FILES: dict[str, Callable[[], bytes]] = {
    "12 megapixels, JPEG": lambda: packed(photograph(4000, 3000), "JPEG", quality=90),
    "40 megapixels, JPEG": lambda: packed(photograph(7300, 5470), "JPEG", quality=70),
    "40 megapixels, progressive JPEG": lambda: packed(photograph(7300, 5470), "JPEG", quality=70, progressive=True),
    "40 megapixels, PNG with alpha": lambda: packed(
        Image.linear_gradient("L").resize((7300, 5470)).convert("RGBA"), "PNG", compress_level=1
    ),
    "40 megapixels, WebP": lambda: packed(photograph(7300, 5470), "WEBP", quality=40, method=0),
    "169 megapixels in 20 KB": bomb,
    "12 megapixels, cut off": lambda: packed(photograph(4000, 3000), "JPEG", quality=90)[:-1000],
}


def main() -> None:
    """One line for each file, and what the telephone's photograph became."""
    for name, make in FILES.items():
        content = make()
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-I", "-c", WATCHED, str(PROGRAM), folder, *LIMITS],
                input=content,
                stdout=subprocess.PIPE,
                check=True,
            )
            took = time.perf_counter() - begun
            said, peak = done.stdout.decode().splitlines()
            print(f"{name:32} {len(content) / 1e6:6.2f} MB {took:6.2f} s {int(peak) / 1024:5.0f} MB  {said}")
            if name.startswith("12 megapixels, JPEG"):
                for file in sorted(Path(folder).iterdir()):
                    print(f"    {file.name:14} {file.stat().st_size / 1000:6.0f} KB")


if __name__ == "__main__":
    main()
