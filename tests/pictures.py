"""Files for tests that take pictures in: good ones, and such as somebody makes up. None is kept in the repository."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

RED, BLUE = (220, 30, 40), (30, 40, 220)


def picture(width: int = 1000, height: int = 500, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (width, height), RED)
    made.paste(BLUE, (width // 2, 0, width, height))
    return made.convert(mode)


def file_of(made: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """The picture as a file of this kind."""
    written = BytesIO()
    made.save(written, kind, **how)
    return written.getvalue()


def sent(content: bytes | None = None, name: str = "ezers.jpg") -> SimpleUploadedFile:
    """A file as a form brings it."""
    return SimpleUploadedFile(name, file_of(picture()) if content is None else content, "image/jpeg")


def png(width: int, height: int, *chunks: bytes, data: bytes | None = None) -> bytes:
    """A PNG of black and white, made by hand: as large as it says, or as little of it as `data`."""
    row = bytes(width // 8 + (2 if width % 8 else 1))
    packed = zlib.compress(row * height, 9) if data is None else data
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"".join((b"\x89PNG\r\n\x1a\n", head, *chunks, chunk(b"IDAT", packed), chunk(b"IEND", b"")))


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def no_picture(of: str) -> bytes:
    """A file of another kind, called .jpg by whoever sends it."""
    if of in ("GIF", "TIFF", "EPS", "PDF", "BMP", "AVIF"):
        return file_of(picture(100, 50), of)
    return {
        "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "ZIP": b"PK\x03\x04" + bytes(200),
        "noise": bytes(range(256)) * 400,
        "NUL": bytes(1000),
    }[of]
