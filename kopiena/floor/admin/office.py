"""What every page of the office shares: three languages, moments that exist, a clash that keeps what was typed."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, AdminURLFieldWidget
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kopiena.floor import dates
from kopiena.floor.access import is_coordinator
from kopiena.floor.pictures.admin_field import TakenInField
from kopiena.floor.said import in_language, said

FIRST_YEAR, LAST_YEAR = 2000, 2100


def sensible_year(value: Any) -> None:
    """Refuse a day outside our times: 0207 instead of 2027, and what the database could not give back."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("The year lies between 2000 and 2100."), code="year")


class Moment(forms.SplitDateTimeField):
    """A day and a clock time in Riga; one that the clock change skips or repeats is refused by Django itself."""

    default_validators = [sensible_year]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        label = kwargs.get("label") or ""
        for part, name in zip(self.widget.widgets, (_("day"), _("clock time")), strict=True):
            part.attrs["aria-label"] = format_lazy("{}: {}", label, name)  # the label itself names only the first


class Day(forms.DateField):
    """A day of our times."""

    default_validators = [sensible_year]


class WebAddress(forms.URLField):
    """The address of a page elsewhere; what is typed without a scheme is https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


FORM_FIELDS: dict[Any, dict[str, Any]] = {
    models.DateTimeField: {"form_class": Moment, "widget": AdminSplitDateTime},
    models.DateField: {"form_class": Day, "widget": AdminDateWidget},
    models.URLField: {"form_class": WebAddress, "widget": AdminURLFieldWidget},
    models.ImageField: {"form_class": TakenInField},
}


def texts(language: str, *names: str) -> list[Any]:
    """The fields of these texts in one language."""
    return [f"{name}_{language}" for name in names]


def other_languages(*names: str) -> list[Any]:
    """Folded groups for Russian and English, to stand after the Latvian texts."""
    return [
        (_("Texts in Russian"), {"classes": ["collapse"], "fields": texts("ru", *names)}),
        (_("Texts in English"), {"classes": ["collapse"], "fields": texts("en", *names)}),
    ]


def at(moment: datetime | None, *, is_whole_day: bool = False) -> str:
    """A moment short enough for a column: "sestd., 27.03.2027. 14.00"; kept in two lines at most."""
    if moment is None:
        return gettext("no date yet")
    local = timezone.localtime(moment)
    day = f"{dates.weekday_short(local)},\u00a0{local:%d.%m.%Y}."
    return day if is_whole_day else f"{day} {local:%H.%M}"


class TitledList(admin.ModelAdmin):
    """A list headed by what is in it: "Aktivitātes"."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})


class OfficeAdmin(TitledList):
    """An editable list of the office."""

    list_per_page = 50
    formfield_overrides = FORM_FIELDS

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Once more where somebody else saved at the same moment: the form then sees it and says so by it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            for _name, uploads in request.FILES.lists():
                for upload in uploads:
                    upload.seek(0)  # the first look has read it to its end
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """What is deleted keeps its number until the history has named it: some are known by nothing else."""
        numbers = [(each.instance, each.instance.pk) for each in formset.deleted_forms]
        super().save_formset(request, form, formset, change)
        for deleted, number in numbers:
            deleted.pk = number

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Ask the database's last word before anything is said to be saved: some of its rules wait for the commit."""
        super().save_related(request, form, formsets, change)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class TitledRows(admin.ModelAdmin):
    """A list whose rows have a title in one of three languages: the Latvian one is shown, else another."""

    ordering: ClassVar[Any] = [in_language("title", "lv"), "pk"]

    @admin.display(description=_("title"), ordering=in_language("title", "lv"))
    def title(self, row: Any) -> str:
        return str(said(row, "title", "lv"))


class ReadOnlyAdmin(TitledList):
    """A list to look at: what is in it is written by the gate alone, so nobody adds, changes or deletes here."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def seen_by(rows: QuerySet[Any], request: HttpRequest, audience: str) -> QuerySet[Any]:
    """The rows without what is discreet, unless a coordinator asks; `audience` is the way to the activity's."""
    return rows if is_coordinator(request.user) else rows.exclude(**{audience: "discreet"})
