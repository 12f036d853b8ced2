"""Good pictures are kept as their pixels alone, one at a time, all their files at once."""

import struct
import threading
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from PIL import Image, ImageCms, PngImagePlugin

from kopiena.floor.pictures import storing
from kopiena.floor.pictures.sizes import Kept
from kopiena.floor.pictures.storing import Unfit, remove, store
from tests.pictures import BLUE, RED, file_of, picture, sent

SECRETS = (b"Exif", b"GPS", b"Zane", b"http://ns.adobe.com", b"ICC_PROFILE", b"iCCP", b"<script>", b"PK\x03\x04")
GPS, ORIENTATION, THUMBNAIL = 0x8825, 0x0112, 0x0201


def opened(media: Path, name: str) -> Image.Image:
    with Image.open(media / name) as found:
        found.load()
        return found


def is_near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 25 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((4000, 3000), ["1200x900", "400x300", "800x600"]),
        ((3000, 4000), ["1200x1600", "400x533", "800x1067"]),
        ((1000, 500), ["1000x500", "400x200", "800x400"]),
        ((400, 300), ["400x300"]),
        ((90, 60), ["90x60"]),
        ((800, 4000), ["320x1600"]),
    ],
)
def test_a_picture_is_kept_in_the_sizes_that_pages_use_and_never_made_larger(
    media: Path, size: tuple[int, int], made: list[str]
) -> None:
    kept = store(sent(file_of(picture(*size))))
    files = sorted(each.name for each in (media / "pictures" / kept.key).iterdir())
    assert files == sorted(f"{each}.{kind}" for each in made for kind in ("avif", "webp", "jpg"))
    assert sorted(f"{width}x{height}" for width, height in kept.sizes) == made
    for file in files:
        shown = opened(media, f"pictures/{kept.key}/{file}")
        assert f"{shown.width}x{shown.height}" == file.split(".")[0]
    assert [each.name for each in (media / "pictures").iterdir()] == [kept.key]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_file_is_follows_from_its_content(media: Path, kind: str) -> None:
    kept = store(sent(file_of(picture(), kind), name="../../x.exe"))
    for file in ("avif", "webp", "jpg"):
        shown = opened(media, kept.file((1000, 500), file)).convert("RGB")
        assert is_near(shown.getpixel((100, 250)), RED)
        assert is_near(shown.getpixel((900, 250)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_every_way_to_write_colours_is_read(media: Path, mode: str) -> None:
    made = picture(mode="L").convert("I;16") if mode == "I;16" else picture(mode=mode)
    kind = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    kept = store(sent(file_of(made, kind)))
    assert opened(media, kept.name).mode == "RGB"


def test_it_stands_upright_and_nothing_but_pixels_is_left(media: Path) -> None:
    made = picture(1000, 500)
    exif = made.getexif()
    exif[ORIENTATION] = 6  # to be turned by a quarter, clockwise
    exif.get_ifd(GPS)[2] = (55.0, 52.0, 30.0)
    exif[0x010E] = "Zane, 4"
    about = {"exif": exif, "comment": b"Zane", "xmp": b"http://ns.adobe.com/xap/1.0/ Zane"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = file_of(made, "JPEG", icc_profile=profile, **about) + b"PK\x03\x04<script>Zane"
    assert all(secret in content for secret in (b"Exif", b"Zane", b"ICC_PROFILE", b"http://ns.adobe.com"))
    kept = store(sent(content))
    assert (kept.width, kept.height) == (500, 1000)
    shown = opened(media, kept.name)
    assert is_near(shown.getpixel((250, 100)), RED)
    assert is_near(shown.getpixel((250, 900)), BLUE)
    assert not shown.getexif()
    for file in (media / "pictures" / kept.key).iterdir():
        assert [secret for secret in SECRETS if secret in file.read_bytes()] == []


@pytest.mark.parametrize(("orientation", "corner"), [(1, "00"), (2, "10"), (3, "11"), (4, "01"), (5, "00"), (6, "10")])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whichever_way_the_camera_was_held(media: Path, kind: str, orientation: int, corner: str) -> None:
    made = Image.new("RGB", (400, 300), "white")
    made.paste(RED, (0, 0, 150, 100))
    exif = made.getexif()
    exif[ORIENTATION] = orientation
    kept = store(sent(file_of(made, kind, exif=exif)))
    shown = opened(media, kept.name)
    at = ((shown.width - 21) * int(corner[0]) + 10, (shown.height - 21) * int(corner[1]) + 10)
    assert is_near(shown.getpixel(at), RED)
    assert shown.size == ((300, 400) if orientation > 4 else (400, 300))


UNREADABLE = {
    "empty": b"Exif\0\0",
    "leads nowhere": b"Exif\0\0II*\0\xff\xff\xff\xff",
    "zeros": b"Exif\0\0" + bytes(60_000),
    "no head": b"x",
}


@pytest.mark.parametrize("exif", UNREADABLE.values(), ids=UNREADABLE)
def test_exif_that_nobody_can_read_says_nothing(media: Path, exif: bytes) -> None:
    assert store(sent(file_of(picture(), "JPEG", exif=exif))).width == 1000


def test_the_texts_of_a_png_are_left_behind(media: Path) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "Zane")
    texts.add_itxt("XML:com.adobe.xmp", "http://ns.adobe.com Zane", zip=True)
    kept = store(sent(file_of(picture(), "PNG", pnginfo=texts)))
    for file in (media / "pictures" / kept.key).iterdir():
        assert [secret for secret in SECRETS if secret in file.read_bytes()] == []


def test_colours_of_another_profile_become_those_of_every_screen(media: Path) -> None:
    # A profile that means another grey by 128 of each channel than sRGB does: its curve is a straight line.
    grey = Image.new("RGB", (100, 100), (128, 128, 128))
    meant = opened(media, store(sent(file_of(grey, "PNG", icc_profile=straight_profile()))).name)
    assert is_near(meant.getpixel((50, 50)), (188, 188, 188))
    plain = opened(media, store(sent(file_of(grey, "PNG", icc_profile=b"none at all"))).name)
    assert is_near(plain.getpixel((50, 50)), (128, 128, 128))


def straight_profile() -> bytes:
    """The profile of sRGB with a straight line for each of its three curves."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    for number in range(count):
        name, at, size = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        if name in (b"rTRC", b"gTRC", b"bTRC"):
            profile[at : at + size] = (b"curv" + bytes(8)).ljust(size, b"\0")[:size]
    return bytes(profile)


def test_what_can_be_seen_through_stands_on_white(media: Path) -> None:
    glass = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    glass.paste((*RED, 255), (100, 100, 300, 300))
    shown = opened(media, store(sent(file_of(glass, "PNG"))).name)
    assert is_near(shown.getpixel((20, 20)), (255, 255, 255))
    assert is_near(shown.getpixel((200, 200)), RED)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_is_kept(media: Path, kind: str) -> None:
    first, second = Image.new("RGB", (100, 100), RED), Image.new("RGB", (100, 100), BLUE)
    content = file_of(first, kind, save_all=True, append_images=[second], duration=100)
    kept = store(sent(content))
    assert is_near(opened(media, kept.name).getpixel((50, 50)), RED)
    assert getattr(opened(media, kept.file((100, 100), "webp")), "n_frames", 1) == 1


def test_a_decoder_that_does_not_end_is_ended(media: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(storing.rebuilding, "__file__", str(endless))
    monkeypatch.setattr(storing, "PATIENCE", 0.5)
    with translation.override("en"), pytest.raises(Unfit, match="could not open"):
        store(sent())
    assert list(media.glob("pictures/*")) == []


def test_a_decoder_that_dies_leaves_nothing(media: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os, sys; open(sys.argv[1] + '/1x1.jpg', 'w'); os.kill(os.getpid(), 11)")
    monkeypatch.setattr(storing.rebuilding, "__file__", str(dying))
    with translation.override("en"), pytest.raises(Unfit, match="could not open"):
        store(sent())
    assert list(media.glob("pictures/*")) == []


def test_pictures_sent_at_once_are_worked_on_one_after_the_other(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[int] = []
    most: list[int] = []
    really = storing._rebuilt

    def watched(*given: Any) -> tuple[int, int]:
        at_work.append(1)
        most.append(len(at_work))
        try:
            return really(*given)
        finally:
            at_work.pop()

    monkeypatch.setattr(storing, "_rebuilt", watched)
    kept: list[Kept] = []
    threads = [threading.Thread(target=lambda: kept.append(store(sent()))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1]
    assert len({each.key for each in kept}) == 3


def test_who_would_wait_too_long_is_told(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "QUEUE", 0.1)
    with storing._turn, translation.override("en"), pytest.raises(Unfit, match="Many pictures"):
        store(sent())


def test_a_picture_is_thrown_away_with_all_its_files(media: Path) -> None:
    kept = store(sent())
    remove(kept.key)
    remove(kept.key)
    assert list((media / "pictures").iterdir()) == []
