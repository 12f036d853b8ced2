"""What templates need to speak three languages: texts, dates, counted nouns, phones."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from kopiena.floor import counted, dates, phones
from kopiena.floor.said import Said
from kopiena.floor.said import said as find_said

register = template.Library()


@register.simple_tag
def said(row: object, name: str) -> Said:
    """`{% said row "title" %}` prints the text, with its `lang` where it is a fallback.

    `{% said row "title" as x %}` gives x.text, x.language, x.is_fallback, x.lang (the attribute) and x.label.
    """
    return find_said(row, name)


@register.simple_tag
def said_label(row: object, name: str) -> str:
    """ "Tikai krievu valodā" where the text is a fallback, else nothing."""
    return find_said(row, name).label


@register.simple_tag
def said_text(row: object, name: str) -> SafeString:
    """A longer text in paragraphs, each with its `lang` where it is a fallback."""
    found = find_said(row, name)
    paragraphs = linebreaks(found.text, autoescape=True) if found else ""
    # The text is escaped: every <p> in it is ours.
    return mark_safe(paragraphs.replace("<p>", f"<p{found.lang}>"))


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "clock" %}`: the same as including _icon.html, read from its file only once."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return render_to_string("_icon.html", {"name": name})


@register.simple_tag
def options(choices: Iterable[Any]) -> SafeString:
    """The options of a select, each with how many it would leave; in one go, since a form has sixty of them."""
    rows = (
        (each.value, each.lang, mark_safe(" selected" if each.is_chosen else ""), each.words, each.count)
        for each in choices
    )
    return format_html_join("", '<option value="{}"{}{}>{} ({})</option>', rows)


@register.inclusion_tag("_date_block.html")
def date_block(value: date) -> dict[str, Any]:
    """The large numeral with month and weekday, read aloud as one date."""
    on = dates.local_day(value)
    return {
        "day": on.day,
        "month": dates.month_short(on),
        "weekday": dates.weekday_short(on),
        "spoken": dates.day(on),
        "iso": on.isoformat(),
    }


@register.simple_tag
def when(start: date, end: date | None, is_all_day: bool = False) -> str:
    """`{% when meeting.starts_at meeting.ends_at meeting.is_all_day %}`: "sestdien, 27. martā, plkst. 14.00–16.00"."""
    return dates.when(start, end, is_all_day=is_all_day) if start else ""


@register.simple_tag
def span(start: date, end: date) -> str:
    """ "no 5. līdz 9. aprīlim"."""
    return dates.span(start, end) if start and end else ""


@register.simple_tag
def month(year: int, number: int) -> str:
    """ "2027. gada marts"."""
    return dates.month(year, number)


@register.simple_tag
def season(year: int, part: str) -> str:
    """ "2027. gada pavasaris"."""
    return dates.season(year, part)


@register.simple_tag
def in_season(year: int, part: str) -> str:
    """ "2027. gada pavasarī"."""
    return dates.in_season(year, part)


@register.simple_tag
def to_come(year: int, part: str) -> str:
    """ "Laiks tiks precizēts: 2027. gada pavasarī"."""
    return dates.to_come(year, part)


@register.simple_tag
def age_range(lowest: int | None, highest: int | None) -> str:
    """ "4–7 gadi"."""
    return counted.age_range(lowest, highest)


@register.simple_tag
def age_label(lowest: int | None, highest: int | None) -> str:
    """ "Vecums: 4–7 gadi"."""
    return counted.age_label(lowest, highest)


class Keep(template.Node):
    """Prints what stands in it, and keeps it under a name for further down on the page."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        text = self.nodelist.render(context)
        context[self.name] = mark_safe(text.replace('"', "&quot;"))  # it may be printed in an attribute
        return text


@register.tag
def keep(parser: template.base.Parser, token: template.base.Token) -> Keep:
    """`{% keep page_title %}{% block title %}{% endblock %}{% endkeep %}`: a block may stand only once on a page."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(name, nodelist)


def _date_filter(name: str, function: Any) -> None:
    """A missing date prints nothing: a template must not fail because a row has none."""

    def date_filter(value: date | datetime | None) -> str:
        return function(value) if value else ""

    register.filter(name, date_filter)


for _name in (
    "day",
    "day_label",
    "plain_day",
    "until",
    "clock",
    "bare_clock",
    "moment",
    "month_short",
    "weekday_short",
):
    _date_filter(_name, getattr(dates, _name))


@register.filter
def near(value: date | None, today: date) -> str:
    """ "šodien", "rīt" or nothing."""
    return (dates.near(value, today) or "") if value else ""


def _counted_filter(function: Callable[[int], str]) -> None:
    """A number that is not known (an age not asked) prints nothing."""

    def counted_filter(number: int | None) -> str:
        return "" if number is None or number == "" else function(int(number))

    register.filter(function.__name__, counted_filter)


for _counted in (
    counted.places_left,
    counted.places,
    counted.people,
    counted.adults,
    counted.children,
    counted.families,
    counted.activities,
    counted.registrations,
    counted.activities_found,
    counted.waiting,
    counted.age,
):
    _counted_filter(_counted)


@register.filter
def phone(e164: str | None) -> str:
    """ "2000 0000"."""
    return phones.shown(e164) if e164 else ""
