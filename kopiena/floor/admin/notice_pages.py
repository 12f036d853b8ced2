"""The pages about one notice: what it says, and the way to send it again; GET asks, POST does."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from kopiena.floor import outbox
from kopiena.floor.access import is_coordinator, kept_private
from kopiena.floor.admin import notice_letter, notice_words
from kopiena.floor.admin.office import ReadOnlyAdmin
from kopiena.floor.models import Notice
from kopiena.floor.outbox import again

# A letter's own HTML is a document apart: no script, no picture, no form, nobody's cookies.
SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

SENT_AGAIN = gettext_noop("letter sent again")  # the line in the admin's log


class NoticePages(ReadOnlyAdmin):
    """A notice to look at; its letter is sent again in no transaction of the admin."""

    change_form_template = "admin/floor/notice/change_form.html"

    # For those above the floor

    def sees_recipients(self, request: HttpRequest) -> bool:
        """Whether e-mails and phones are for this member of staff."""
        return is_coordinator(request.user)

    @admin.display(description=gettext_lazy("about"), ordering="about")
    def about_shown(self, notice: Notice) -> Any:
        """What it tells of; who stands above the floor knows its page."""
        return notice.about

    def recipient_now(self, notice: Notice) -> str:
        """Where it would go today."""
        return notice.recipient

    def record(self, request: HttpRequest, notice: Notice) -> None:
        """Write down who sent it again; never to whom."""
        self.log_change(request, notice, [{"changed": {"fields": [SENT_AGAIN]}}])

    def back_of(self, notice: Notice) -> str:
        """Where one goes after the deed."""
        return page_of(notice)

    # Pages

    def get_urls(self) -> list[URLPattern]:
        pages = [("vestule/", self.html_view, "html"), ("velreiz/", self.again_view, "again")]
        ours = [
            path(f"<int:notice_id>/{route}", self.admin_site.admin_view(view), name=f"floor_notice_{name}")
            for route, view, name in pages
        ]
        return [*ours, *super().get_urls()]

    def found(self, request: HttpRequest, notice_id: int) -> Notice:
        """The notice, for who may see it and its recipient; 403 for everybody else of the staff."""
        if not (self.has_view_permission(request) and self.sees_recipients(request)):
            raise PermissionDenied
        notice = self.get_object(request, str(notice_id))
        if notice is None:
            raise Http404
        return notice

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what it says and the way to send it again."""
        may_see = self.has_view_permission(request)
        notice = self.get_object(request, object_id) if may_see else None
        told: dict[str, Any] = {}
        if notice is not None:
            told = {"title": capfirst(outbox.label_of(notice.kind)), "subtitle": None}
            if self.sees_recipients(request):
                told["says"] = notice_letter.shown(notice, timezone.now())
                told["may_send_again"] = not again.why_not(notice)
        return super().change_view(request, object_id, form_url, {**told, **(extra_context or {})})

    def html_view(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        """The letter's HTML as it was kept, as a document of its own that can do nothing."""
        message = notice_letter.kept_letter(self.found(request, notice_id))
        html = notice_letter.html_of(message) if message is not None else ""
        if not html:
            raise Http404
        response = kept_private(HttpResponse(html))
        response["Content-Security-Policy"] = SANDBOX
        return response

    def again_view(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        """Send it again: GET asks, POST does. No transaction of the admin around it."""
        notice = self.found(request, notice_id)
        if request.method == "POST":
            self.message_user(request, *self._send_again(request, notice))
            return HttpResponseRedirect(self.back_of(notice))
        now = timezone.now()
        refusal = again.why_not(notice)
        says = None if refusal else notice_letter.foreseen(notice, now)
        context = {
            "title": _("Send again"),
            "notice": notice,
            "kind": outbox.label_of(notice.kind),
            "about": self.about_shown(notice),
            "state": notice_words.state_and_answer(notice),
            "recipient": self.recipient_now(notice),
            "says": says,
            "refusal": refusal or (says.instead if says else ""),
            "back": self.back_of(notice),
        }
        page = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, "admin/floor/notice/again.html", page)

    def _send_again(self, request: HttpRequest, notice: Notice) -> tuple[str, int]:
        """Do it; returns what to say about it."""
        try:
            again.send_again(
                notice.pk,
                request.POST.get("seen", ""),
                to=self.recipient_now,
                record=lambda sent: self.record(request, sent),
                now=timezone.now(),
            )
        except again.Done:
            return _("Nothing was sent twice: this letter has been sent again meanwhile."), messages.INFO
        except again.NotAgain as refusal:
            return str(refusal), messages.ERROR
        return _("The letter goes out again within a minute."), messages.SUCCESS


def page_of(notice: Notice) -> str:
    """Where one notice is looked at."""
    return reverse("admin:floor_notice_change", args=[notice.pk])


def again_page_of(notice: Notice) -> str:
    """Where it is sent again; empty where it cannot be."""
    return "" if again.why_not(notice) else reverse("admin:floor_notice_again", args=[notice.pk])
