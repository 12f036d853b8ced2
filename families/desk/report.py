"""People reached by the institution, as a page and as a file."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from families.forms.span import FIRST, LAST, YEAR, SpanForm
from families.numbers import Report, Sum, first_year, report
from families.numbers_file import MEDIA_TYPE, number_columns, numbers_of, what_counts, workbook
from kopiena.floor import counted, dates
from partners import desk as frame
from partners.acting import Desk, member_required


@dataclass(frozen=True)
class Row:
    """A line of a table; `is_project` one that sums up the activities under it."""

    name: str
    numbers: tuple[int, ...]
    is_project: bool = False

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Each number with its head."""
        return list(zip(number_columns(), self.numbers, strict=True))


@dataclass(frozen=True)
class Shown:
    """The report in words; every text is in the active language."""

    report: Report
    address: str  # of the file

    heads = property(lambda self: number_columns())
    rules = property(lambda self: what_counts())

    @property
    def span(self) -> str:
        return dates.days_label(self.report.first, self.report.last)

    @property
    def people(self) -> str:
        """ "380 cilvēki: 48 pieaugušie, 332 bērni"."""
        total = self.report.total
        people = f"{counted.adults(total.adults)}, {counted.children(total.children)}"
        return f"{counted.people(total.people)}: {people}"

    @property
    def total(self) -> Row:
        return _row(_("Total"), self.report.total)

    @property
    def activities(self) -> list[Row]:
        """Each project with its activities under it; activities without one last."""
        rows = []
        for project in self.report.projects:
            rows.append(_row(project.name or _("Without a project"), project.sum, is_project=True))
            rows += [_row(each.name, each.sum) for each in project.parts]
        return rows

    @property
    def months(self) -> list[Row]:
        return [_row(dates.month(*month), it) for month, it in self.report.months]


def _row(name: str, it: Sum, *, is_project: bool = False) -> Row:
    return Row(name, numbers_of(it), is_project=is_project)


def _years(desk: Desk, now: datetime) -> list[int]:
    """This year and each before it in which something was held, the latest first."""
    this_year = dates.local_day(now).year
    return list(range(this_year, min(first_year(desk.institution, now) or this_year, this_year) - 1, -1))


@member_required
def numbers_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The tables of a year, or of the days asked for."""
    now, shown = timezone.now(), None
    form = SpanForm(request.GET, today=dates.local_day(now))
    if form.is_valid():
        query = urlencode({FIRST: form.span[0].isoformat(), LAST: form.span[1].isoformat()})
        file = reverse("families:desk_numbers_file", args=[desk.institution.slug])
        shown = Shown(report(desk.institution, *form.span, now), f"{file}?{query}")
    context = {"form": form, "shown": shown, "years": _years(desk, now), "year_parameter": YEAR}
    return frame.page(request, desk, "desk/numbers.html", context)


@member_required
def numbers_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same as a file; the page says what is wrong with an address."""
    now = timezone.now()
    form = SpanForm(request.GET, today=dates.local_day(now))
    if not form.is_valid():
        page = reverse("families:desk_numbers", args=[desk.institution.slug])
        return redirect(f"{page}?{request.GET.urlencode()}")
    first, last = form.span
    name = f"{desk.institution.slug}-{first.isoformat()}-{last.isoformat()}.xlsx"
    response = HttpResponse(workbook(report(desk.institution, first, last, now)), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
