"""Pictures on pages: in the kinds and sizes there are, so that a phone fetches the small one."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kopiena.floor.pictures.sizes import KINDS, Kept, kept
from kopiena.floor.said import said

register = template.Library()

PAGE = "(min-width: 42rem) 40rem, 94vw"  # how wide it stands on a page: static/css/drawings.css


@register.simple_tag
def picture(row: Any, field: str = "picture", sizes: str = "") -> SafeString:
    """`{% picture activity %}`, `{% picture institution "logo" "8rem" %}`: the row's picture with the words it has."""
    file = getattr(row, field)
    if not file:
        return mark_safe("")
    words = said(row, f"{field}_alt")
    return _picture(file.name, file.url, words.text, words.lang, sizes or PAGE)


@register.simple_tag
def picture_file(name: str, alt: str = "", sizes: str = "20rem") -> SafeString:
    """A picture by its name below the media folder, for who has just sent it."""
    return _picture(name, settings.MEDIA_URL + name, alt, mark_safe(""), sizes)


def _picture(name: str, url: str, alt: str, lang: SafeString, sizes: str) -> SafeString:
    found = kept(name)
    if found is None:
        return format_html('<img src="{}" alt="{}"{} loading="lazy">', url, alt, lang)
    others = [kind for kind in KINDS if kind != "jpg"]
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{} loading="lazy"></picture>',
        format_html_join(
            "",
            '<source type="{}" srcset="{}" sizes="{}">',
            ((KINDS[kind], _srcset(found, kind), sizes) for kind in others),
        ),
        settings.MEDIA_URL + found.file(found.at_least(800), "jpg"),
        _srcset(found, "jpg"),
        sizes,
        found.width,
        found.height,
        alt,
        lang,
    )


def _srcset(found: Kept, kind: str) -> str:
    return ", ".join(f"{settings.MEDIA_URL}{found.file(size, kind)} {size[0]}w" for size in found.sizes)
