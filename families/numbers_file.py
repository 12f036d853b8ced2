"""The numbers of an institution as a file for Excel and LibreOffice; text stays text, whatever it looks like."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from families.numbers import Report, Sum
from kopiena.floor import dates

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = 9  # as Excel counts paper
# Nothing typed becomes a formula, a number or a link.
AS_TYPED = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def workbook(report: Report) -> bytes:
    """Four sheets: by project and activity, by month, meeting by meeting, and what counts. A row is kept only once."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into, {"constant_memory": True, **AS_TYPED})
    book.set_properties({"title": _("Our numbers"), "company": report.institution})
    about = f"{report.institution}, {dates.days_label(report.first, report.last)}"
    alone = _("Without a project")
    projects = [((part.name or alone, each.name), each.sum) for part in report.projects for each in part.parts]
    _table(book, _("By activity"), about, [(_("Project"), 34), (_("Activity"), 44)], projects)
    months = [((dates.month(*month),), it) for month, it in report.months]
    _table(book, _("By month"), about, [(_("Month"), 24)], months)
    _meetings(book, report, about)
    _what_counts(book, report)
    book.close()
    return into.getvalue()


def _meetings(book: Any, report: Report, about: str) -> None:
    columns = [(_("Day"), 12), (_("Project"), 34), (_("Activity"), 44)]
    rows = [((each.day.isoformat(), each.project, each.title), each.sum) for each in report.held]
    _table(book, _("Meetings"), about, columns, rows)


def number_columns() -> list[str]:
    """The heads of the numbers, the same on the page and in the file."""
    return [
        _("Adults"),
        _("Children"),
        _("People in all"),
        _("Meetings held"),
        _("Of these without numbers"),
        _("For the first time (registrations)"),
    ]


def numbers_of(it: Sum) -> tuple[int, ...]:
    """The numbers in the order of their heads."""
    return it.adults, it.children, it.people, it.meetings, it.without_numbers, it.first_timers


def _table(
    book: Any, name: str, about: str, columns: Sequence[tuple[str, int]], rows: Iterable[tuple[Sequence[str], Sum]]
) -> None:
    """One sheet: a head, a row for each, and what they add up to as a formula with its value."""
    sheet, bold = _sheet(book, name, about), book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    heads = [*(head for head, _width in columns), *number_columns()]
    for column, (_head, width) in enumerate(columns):
        sheet.set_column(column, column, width)
    sheet.set_column(len(columns), len(heads) - 1, 14)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    row, total = 0, Sum()
    for row, (texts, it) in enumerate(rows, start=1):
        total += it
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
        for column, number in enumerate(numbers_of(it), start=len(texts)):
            sheet.write_number(row, column, number)
    sheet.write_string(row + 1, 0, _("Total"), bold)
    for column, number in enumerate(numbers_of(total), start=len(columns)):
        letter = chr(ord("A") + column)
        formula = f"=SUM({letter}2:{letter}{row + 1})" if row else "=0"
        sheet.write_formula(row + 1, column, formula, bold, number)


def _what_counts(book: Any, report: Report) -> None:
    sheet = _sheet(book, _("What counts"), report.institution)
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    said = [report.institution, dates.days_label(report.first, report.last), *what_counts()]
    for row, text in enumerate(said):
        sheet.write_string(row, 0, text)


def what_counts() -> list[str]:
    """The rules of `families.numbers` in sentences for whoever reads the numbers."""
    return [
        _("People who came are counted, not those who only signed up. Who came to two meetings is counted at both."),
        _("A meeting counts once it has begun and was not called off; it belongs to the day on which it began."),
        _("A meeting without numbers counts among the meetings and adds no people."),
        _("For the first time: registrations that said so and came, each once."),
        _("What several institutions organise together each of them counts whole."),
    ]


def _sheet(book: Any, name: str, about: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_header(f"&L{about[:100].replace('&', '&&')}")
    sheet.set_footer("&R&P / &N")
    return sheet
