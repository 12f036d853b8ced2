"""Rebuild one picture from its pixels: a program of its own, which knows nothing of the portal.

It reads the file from its standard input, writes the pictures of each size and kind into the folder it is given and
says in a line of JSON what came of it. Whatever a made-up file does to a decoder, it does to this process alone, which
ends within limits of memory and time that it sets itself.
"""

import json
import os
import resource
import struct
import sys
import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageFile

MEMORY = 768 * 1024 * 1024  # bytes of addresses: 40 megapixels of WebP need most of it, everything else under half
SECONDS = 15  # of reckoning

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_HIDDEN_TEXTS = 100  # in a PNG; a photograph has none, a screenshot a few
MOST_SCANS = 40  # in a progressive JPEG, which has about ten; each costs a pass over all pixels
LONGEST = 5  # how many times longer than wide, or wider than long
SMALLEST = 32  # pixels of the shorter side
STRIP = 256  # rows made smaller at a time

TURNED = (5, 6, 7, 8)  # values of EXIF's orientation at which width and height change places
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L")  # of grey
SEEN_AS = {"1": "L", "L": "L", "RGB": "RGB", "CMYK": "CMYK", "YCbCr": "RGB", **dict.fromkeys(SIXTEEN_BITS, "L")}

QUALITY: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 58, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
}


class Refused(Exception):
    """The file is no picture for us; the word says why."""


def rebuild(content: bytes, most_pixels: int, box: tuple[int, int]) -> Image.Image:
    """The picture upright, in sRGB, on white, no larger than the box; nothing else of the file is in it."""
    picture = _opened(content, most_pixels)
    if picture.format == "PNG":  # its EXIF may stand behind the pixels
        _load(picture)
    orientation = _orientation(picture)
    if orientation in TURNED:
        box = (box[1], box[0])
    width, height = picture.size
    picture.draft("RGB", (min(2 * box[0], width), min(2 * box[1], height)))  # JPEG only: decoded smaller at once
    profile = picture.info.get("icc_profile")
    _load(picture)
    small = _made_smaller(picture, box)
    small = _in_srgb(small, profile)
    small = _on_white(small)
    upright = small.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else small
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return clean


def _opened(content: bytes, most_pixels: int) -> ImageFile.ImageFile:
    """Only what its head says has been read of it, and that is fit."""
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as reason:
        raise Refused("pixels") from reason
    except Exception as reason:  # decoders raise whatever they like
        raise Refused("kind" if not _looks_like_ours(content) else "broken") from reason
    width, height = picture.size
    if max(width, height) > LONGEST * min(width, height):
        raise Refused("narrow")
    if width * height > most_pixels:
        raise Refused("pixels")
    if min(width, height) < SMALLEST:
        raise Refused("small")
    if _hidden_texts(content) > MOST_HIDDEN_TEXTS or (content.count(b"\xff\xda") > MOST_SCANS and _is_jpeg(content)):
        raise Refused("stuffed")
    return picture


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ORIENTATION, 1))
    except Exception:  # what cannot be read says nothing
        return 1


def _load(picture: ImageFile.ImageFile) -> None:
    try:
        picture.load()
    except MemoryError as reason:
        raise Refused("pixels") from reason
    except Exception as reason:
        raise Refused("broken") from reason


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def _looks_like_ours(content: bytes) -> bool:
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return _is_jpeg(content) or is_webp or content.startswith(b"\x89PNG\r\n\x1a\n")


def _hidden_texts(content: bytes) -> int:
    """How many chunks of text a PNG carries."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return 0
    at, found = 8, 0
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        found += kind in (b"tEXt", b"zTXt", b"iTXt")
        at += 12 + length
    return found


def _made_smaller(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    """Fitted into the box; first by a whole number, a strip at a time, so that nothing of its size is made again."""
    mode = "RGBA" if "transparency" in picture.info else SEEN_AS.get(picture.mode, "RGBA")
    width, height = picture.size
    factor = max(1, min(max(width // (2 * box[0]), height // (2 * box[1])), min(width, height)))
    rows = STRIP // factor * factor or factor
    small = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(top + rows, height)))
        strip = _as(strip, mode)
        small.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    small.thumbnail(box, Image.Resampling.LANCZOS)
    return small


def _as(picture: Image.Image, mode: str) -> Image.Image:
    if picture.mode in SIXTEEN_BITS:
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture if picture.mode == mode else picture.convert(mode)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """As its own profile means the colours; one that cannot be read means nothing."""
    if not profile or picture.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return picture
    try:
        alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
        opaque = picture.convert("RGB") if alpha else picture
        turned = ImageCms.profileToProfile(
            opaque, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    if turned is None:
        return picture
    if alpha:
        turned.putalpha(alpha)
    return turned


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def save(picture: Image.Image, folder: str, widths: list[int]) -> None:
    """Each size in each kind, on the disk when this returns; the largest is the picture itself."""
    sizes = [(each, max(1, round(picture.height * each / picture.width))) for each in widths if each < picture.width]
    for size in [*sizes, picture.size]:
        shown = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
        for kind, how in QUALITY.items():
            with open(os.path.join(folder, f"{size[0]}x{size[1]}.{kind}"), "xb") as file:
                shown.save(file, **how)
                file.flush()
                os.fsync(file.fileno())


def _within_limits() -> None:
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        _soft, hard = resource.getrlimit(limit)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # macOS knows no limit of addresses
            continue


def main(folder: str, most_pixels: int, box: tuple[int, int], widths: list[int]) -> dict[str, Any]:
    """What came of it: width and height of the largest, or the word of a refusal."""
    Image.MAX_IMAGE_PIXELS = most_pixels
    warnings.simplefilter("ignore")
    try:
        picture = rebuild(sys.stdin.buffer.read(), most_pixels, box)
        save(picture, folder, widths)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "pixels"}
    return {"width": picture.width, "height": picture.height}


if __name__ == "__main__":
    _within_limits()
    _folder, _pixels, _width, _height, *_widths = sys.argv[1:]
    print(json.dumps(main(_folder, int(_pixels), (int(_width), int(_height)), [int(each) for each in _widths])))
