"""Institutions that would like to be invited: a list, and one page on which the coordinator answers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor.addresses import free_address
from kopiena.floor.admin.office import ReadOnlyAdmin
from partners import joining, office
from partners.models import Institution, JoinRequest, Membership

ANSWER = "partners.change_joinrequest"


class Unanswered(admin.SimpleListFilter):
    """Those that wait."""

    title = gettext_lazy("answered")
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("not answered yet"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(answered_at__isnull=True) if self.value() == "yes" else queryset


class AnswerForm(forms.Form):
    """For which institution, known or new, and as what."""

    institution = forms.ModelChoiceField(
        label=gettext_lazy("Institution in the portal"),
        queryset=Institution.objects.order_by("short_name_lv"),
        required=False,
        empty_label=gettext_lazy("A new institution:"),
    )
    short_name = forms.CharField(label=capfirst(gettext_lazy("short name (Latvian)")), max_length=60, required=False)
    name = forms.CharField(label=capfirst(gettext_lazy("full name (Latvian)")), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=capfirst(gettext_lazy("kind")), choices=[("", "---------"), *Institution.Kind.choices], required=False
    )
    role = forms.ChoiceField(
        label=capfirst(gettext_lazy("role")), choices=Membership.Role.choices, initial=Membership.Role.MANAGER
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two; the names the form itself proposed are nobody's choice."""
        cleaned = super().clean() or {}
        if cleaned.get("institution") is not None:
            for field in ("short_name", "name"):
                if field in self.changed_data and cleaned.get(field):
                    self.add_error(field, _("Choose an institution from the list, or write a new one: not both."))
        if cleaned.get("institution") is None and "institution" not in self.errors:
            for field in ("short_name", "name", "kind"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, _("Needed for a new institution."))
        return cleaned

    def chosen(self) -> Institution:
        """The institution chosen, or a new one that is not saved yet."""
        given = self.cleaned_data
        if given["institution"] is not None:
            return given["institution"]
        names = {"short_name_lv": given["short_name"], "name_lv": given["name"], "kind": given["kind"]}
        return Institution(slug=free_address(Institution, given["short_name"]), **names)


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin):
    """Who asked, when, and how it stands; what they wrote is changed by nobody."""

    list_display = ["institution_name", "name", "email", "created_at", "answered_at"]
    list_filter = [Unanswered]
    search_fields = ["institution_name", "name", "email"]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What they wrote, and the two ways to answer."""
        office.only_with(request, "partners.view_joinrequest")
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        form = AnswerForm(self._sent(request), initial=_guess(found))
        if request.method == "POST":
            office.only_with(request, ANSWER, "partners.add_invitation", "partners.add_institution")
            if "otherwise" in request.POST:
                form = forms.Form(request.POST)  # type: ignore[assignment]
                if office.is_done(form, lambda: joining.answered_otherwise(found.pk, now=timezone.now())):
                    return self._back(request, _("Marked as answered."))
            elif form.is_valid() and office.is_done(form, lambda: self._invite(request, found, form)):
                return self._back(request, _("The invitation is on its way to: %(email)s") % {"email": found.email})
            found.refresh_from_db()  # who is refused may have been forestalled
        may_answer = found.answered_at is None and request.user.has_perm(ANSWER)
        context = {"request_to_join": found, "may_answer": may_answer, "title": found.institution_name}
        return office.page(self, request, "admin/partners/joinrequest/answer.html", form, **context)

    def _invite(self, request: HttpRequest, found: JoinRequest, form: AnswerForm) -> None:
        by, role = office.staff(request), form.cleaned_data["role"]
        joining.answer(found.pk, form.chosen(), role, by=by, now=timezone.now())

    @staticmethod
    def _sent(request: HttpRequest) -> Any:
        return request.POST if request.method == "POST" and "otherwise" not in request.POST else None

    def _back(self, request: HttpRequest, sentence: str) -> HttpResponse:
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:partners_joinrequest_changelist"))


def _guess(found: JoinRequest) -> dict[str, Any]:
    """The institution whose name they wrote, where there is just that one; else the beginning of a new one."""
    typed = found.institution_name
    known = next((each for each in Institution.objects.all() if typed.lower() in _names(each)), None)
    if known is not None:
        return {"institution": known.pk}
    return {"short_name": typed[:60], "name": typed}


def _names(institution: Institution) -> set[str]:
    return {
        getattr(institution, f"{name}_{code}").lower() for name in ("name", "short_name") for code in ("lv", "ru", "en")
    }
