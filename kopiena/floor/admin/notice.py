"""Every notice in the admin, with what became of it; for coordinators only."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor import outbox, phones
from kopiena.floor.access import is_coordinator
from kopiena.floor.admin import notice_words
from kopiena.floor.admin.notice_pages import NoticePages
from kopiena.floor.admin.office import at
from kopiena.floor.models import Notice
from kopiena.floor.outbox.kinds import all_kinds


class KindFilter(admin.SimpleListFilter):
    """By kind, in the office's words."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(kind.name, kind.label) for kind in all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class LanguageFilter(admin.SimpleListFilter):
    """By the language it speaks, by its name."""

    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return settings.LANGUAGES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        return queryset.filter(language=self.value()) if self.value() else queryset


class UndeliveredFilter(admin.SimpleListFilter):
    """Those the first page of the office counts."""

    title = gettext_lazy("not delivered of late")
    parameter_name = "undelivered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", gettext_lazy("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        late = notice_words.undelivered_of_late(timezone.now())
        return queryset.filter(pk__in=late) if self.value() == "yes" else queryset


@admin.register(Notice)
class NoticeAdmin(NoticePages):
    """Letters and calls, owed, sent, failed or withdrawn."""

    list_display = ["kind_shown", "state_shown", "about_shown", "way_and_language", "written"]
    list_filter = ["state", "channel", KindFilter, LanguageFilter, UndeliveredFilter]
    list_select_related = ["done_by"]
    date_hierarchy = "created_at"

    class Media:
        css: ClassVar = {"all": ["css/office/notices.css"]}

    # Who may see what

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_coordinator(request.user) and super().has_view_permission(request, obj)

    def get_list_display(self, request: HttpRequest) -> Any:
        """A mail server may answer with the address: its words are for those who may see that."""
        kind, state, about, *others = super().get_list_display(request)
        if not self.sees_recipients(request):
            return [kind, state, about, *others]
        return [kind, "state_and_answer", about, "recipient_shown", *others]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Who may not see a contact cannot find by it either."""
        return ["recipient"] if self.sees_recipients(request) else []

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What one may not see cannot be found out by filtering either; a mail server may answer with the address."""
        is_hidden = lookup.startswith(("recipient", "answer", "details")) and not self.sees_recipients(request)
        return not is_hidden and super().lookup_allowed(lookup, value, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only what there is to say about this one; its details are the machine's."""
        sees, call = self.sees_recipients(request), obj is not None and obj.is_call
        answer = ["answer_shown"] if obj is not None and obj.answer and sees else []
        to = ["recipient_shown"] if sees else []
        next_try = ["next_try"] if obj is not None and obj.is_owed else []
        done = ["sent_at_shown"] if obj is not None and obj.sent_at else []
        tries = [*done, "done_by"] if call else ["tries", *next_try, *done]
        return [
            (None, {"fields": ["kind_shown", "about_shown", "state_shown", *answer]}),
            (_("To whom"), {"fields": ["way", *to, "language_shown"]}),
            (_("When"), {"fields": ["created_shown", *tries]}),
        ]

    # The columns and fields

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_shown(self, notice: Notice) -> str:
        return capfirst(outbox.label_of(notice.kind))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, notice: Notice) -> str:
        return notice_words.state(notice)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_and_answer(self, notice: Notice) -> Any:
        return notice_words.state_and_answer(notice)

    @admin.display(description=gettext_lazy("way"), ordering="channel")
    def way(self, notice: Notice) -> str:
        return notice.get_channel_display()

    @admin.display(description=gettext_lazy("way"), ordering="channel")
    def way_and_language(self, notice: Notice) -> Any:
        return format_html("{}, <br>{}", notice.get_channel_display(), self.language_shown(notice))

    @admin.display(description=gettext_lazy("to"), ordering="recipient")
    def recipient_shown(self, notice: Notice) -> str:
        if notice.is_call and notice.recipient:
            return phones.shown(notice.recipient)
        return notice.recipient or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_shown(self, notice: Notice) -> str:
        return str(dict(settings.LANGUAGES)[notice.language])

    @admin.display(description=gettext_lazy("written"), ordering="created_at")
    def created_shown(self, notice: Notice) -> str:
        return at(notice.created_at)

    @admin.display(description=gettext_lazy("written"), ordering="created_at")
    def written(self, notice: Notice) -> str:
        """Shorter, for a column."""
        return f"{timezone.localtime(notice.created_at):%d.%m.%Y. %H.%M}"

    @admin.display(description=gettext_lazy("the mail server's answer"))
    def answer_shown(self, notice: Notice) -> str:
        return notice.answer

    @admin.display(description=gettext_lazy("sent at"))
    def sent_at_shown(self, notice: Notice) -> str:
        return at(notice.sent_at)

    @admin.display(description=gettext_lazy("next try"))
    def next_try(self, notice: Notice) -> str:
        return at(notice.due_at)
