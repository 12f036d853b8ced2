"""The picture itself, 1200 × 630: the theme's drawing above, title, date and place below."""

from io import BytesIO
from threading import Lock

from PIL import Image, ImageDraw

from activities.sharing.drawings import drawing, painted
from activities.sharing.inks import colour
from activities.sharing.labels import GAP, Label, pill
from activities.sharing.lettering import Sizes, drawable, fitted, font, shortened
from activities.sharing.words import Words

SIZE = (1200, 630)
COLOURS = 256
EDGE = 56
SCENE = 276  # how high the drawing is
SCENE_OF_THE_SITE, ASIDE_OF_THE_SITE = 400, -48
TITLES_OF_THE_SITE = ((84, 1), (76, 1), (66, 1), (56, 2))
ASIDE = 44  # and how far right of the middle: the label on the left is longer than our name
LABELS = 58  # the middle of the labels in it
LABEL, NAME, WHEN, WHERE = 30, 38, 42, 34
# How large a title may be, with the most lines it may then have, and where it stands.
TITLES = ((84, 1), (76, 2), (66, 2), (56, 3), (48, 3))
TITLE_FROM, TITLE_TO = SCENE + 18, 500
AT_WHEN, AT_WHERE = 534, 590
HIGHER = 16  # the label of what does not take place is so much higher than its letters
PALE = 0.55
OUR_NAME = "Kopiena"
ONE_AT_A_TIME = Lock()  # a picture needs some 15 MB while it is made


def png_of(words: Words) -> bytes:
    """The file about an activity; the same bytes for the same words."""
    with ONE_AT_A_TIME:
        sheet = _sheet(f"drawings/{words.theme}.html", words, SCENE, ASIDE)
        _write_theme(sheet, words)
        _write_title(sheet, words, TITLES, TITLE_FROM, TITLE_TO - (HIGHER if words.off else 0))
        _write_when(sheet, words)
        _write_where(sheet, words)
        return _packed(sheet)


def png_of_the_site(words: Words) -> bytes:
    """The file for every page that is not about one activity: our neighbourhood."""
    with ONE_AT_A_TIME:
        sheet = _sheet("drawings/neighbourhood.html", words, SCENE_OF_THE_SITE, ASIDE_OF_THE_SITE)
        _write_title(sheet, words, TITLES_OF_THE_SITE, SCENE_OF_THE_SITE, AT_WHERE - WHERE // 2)
        _write_where(sheet, words)
        return _packed(sheet)


def _packed(sheet: Image.Image) -> bytes:
    packed = BytesIO()
    # Five times as quick as the method that is usual, and no eye sees the colours that are one step off.
    sheet.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG")
    return packed.getvalue()


def _sheet(template: str, words: Words, height: int, aside: int) -> Image.Image:
    """Paper with the drawing above and our name on it."""
    scene = drawing(template, words.theme)
    scale = height / scene.height
    corner = ((SIZE[0] - scene.width * scale) / 2 + aside, 0)
    shown = painted(scene, (SIZE[0], height), scale, corner, colour(f"{words.theme}-tint"))
    sheet = Image.new("RGB", SIZE, colour("paper"))
    if words.off:  # what does not take place is pale
        shown = Image.blend(shown, sheet.crop((0, 0, *shown.size)), PALE)
    sheet.paste(shown, (0, 0))
    ImageDraw.Draw(sheet).rectangle((0, height, SIZE[0], height + 1), fill=colour("line"))
    _write_name(sheet)
    return sheet


def _write_theme(sheet: Image.Image, words: Words) -> None:
    """The theme as icon and word, as on the pages."""
    label = Label(drawable(words.theme_word), LABEL, words.theme, "card", icon=words.theme)
    label.write(sheet, EDGE, LABELS)


def _write_name(sheet: Image.Image) -> None:
    """Our mark and our name."""
    face, size = font("bold", NAME), 58
    width = round(face.getlength(OUR_NAME)) + size + 3 * GAP + GAP // 3
    left = SIZE[0] - EDGE - width
    pill(sheet, (left, LABELS - 38, SIZE[0] - EDGE, LABELS + 38), colour("card"))
    mark = painted(drawing("_mark.html", "garden"), (size, size), size / 64, (0, 0), colour("card"))
    sheet.paste(mark, (left + GAP, LABELS - size // 2))
    at = (left + 2 * GAP + size, LABELS)
    ImageDraw.Draw(sheet).text(at, OUR_NAME, fill=colour("chalk"), font=face, anchor="lm")


def _write_title(sheet: Image.Image, words: Words, sizes: Sizes, top: int, bottom: int) -> None:
    title = fitted(drawable(words.title), "bold", SIZE[0] - 2 * EDGE, sizes)
    step = title.size * 1.15
    middle = (top + bottom) / 2 - step * (len(title.lines) - 1) / 2
    for number, line in enumerate(title.lines):
        at = (EDGE, round(middle + number * step))
        ImageDraw.Draw(sheet).text(at, line, fill=colour("ink"), font=font("bold", title.size), anchor="lm")


def _write_when(sheet: Image.Image, words: Words) -> None:
    """The date; before it, where it does not take place, that."""
    left, middle = EDGE, AT_WHEN
    if words.off:
        middle -= HIGHER // 2
        off = Label(drawable(words.off), WHEN, "on-clay", "clay", icon="cross", weight="bold")
        left = off.write(sheet, EDGE, middle) + GAP
    face = font("bold", WHEN)
    when = shortened(drawable(words.when), face, SIZE[0] - EDGE - left)
    fill = colour("quiet" if words.off or words.is_past else words.theme)
    ImageDraw.Draw(sheet).text((left, middle), when, fill=fill, font=face, anchor="lm")


def _write_where(sheet: Image.Image, words: Words) -> None:
    face = font("medium", WHERE)
    where = shortened(drawable(words.where), face, SIZE[0] - 2 * EDGE)
    ImageDraw.Draw(sheet).text((EDGE, AT_WHERE), where, fill=colour("quiet"), font=face, anchor="lm")
