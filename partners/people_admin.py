"""An institution's people in the admin: who acts for it, who is invited, and the pages that invite and take back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kopiena.floor.context import OWN_NAMES
from kopiena.floor.models import User
from partners import inviting, office
from partners.models import Institution, Invitation, Membership

PAGES = "admin/partners/institution/"


class PersonField(forms.ModelChoiceField):
    """People by their e-mails: in the log, and so by themselves, they are numbers."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.email} ({obj.name})" if obj.name else str(obj.email)


class MembershipFormSet(BaseInlineFormSet):
    """All of them at once: nobody is there twice."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("The same person is here twice. Take one of the two out.")

    def get_form_error(self) -> str:
        return _("This person is here already.")


class MembershipInline(admin.StackedInline):
    """Who may act for the institution; below each other, so that a phone shows whom the tick takes out."""

    model = Membership
    formset = MembershipFormSet
    fields = [("user", "role"), "since"]
    extra = 0
    readonly_fields = ["since"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs |= {"form_class": PersonField, "queryset": User.objects.order_by("email")}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class InviteForm(forms.Form):
    """Whom to invite, as what, and in which language the letter is."""

    email = forms.EmailField(label=gettext_lazy("E-mail at work"), max_length=254)
    role = forms.ChoiceField(
        label=capfirst(gettext_lazy("role")), choices=Membership.Role.choices, initial=Membership.Role.MANAGER
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letter"), choices=list(OWN_NAMES.items()))


class PeopleOfInstitution(admin.ModelAdmin):
    """Changes of who acts for an institution end sessions; invitations have a list and two pages."""

    change_form_template = f"{PAGES}change_form.html"

    def get_urls(self) -> list[URLPattern]:
        invite, take_back = (self.admin_site.admin_view(view) for view in (self.invite_view, self.take_back_view))
        one = "<int:institution_id>/ielugumi/"
        return [
            path(one, invite, name="partners_institution_invite"),
            path(f"{one}<int:invitation_id>/atsaukt/", take_back, name="partners_institution_take_back"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        rows = []
        if object_id is not None and object_id.isdecimal() and request.user.has_perm("partners.view_invitation"):
            rows = _rows(int(object_id))
        return super().changeform_view(request, object_id, form_url, {"invitations": rows, **(extra_context or {})})

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Whoever acts otherwise than before, or no more, is outside with the next click."""
        touched = _touched(formset) if formset.model is Membership else set()
        super().save_formset(request, form, formset, change)
        _end_sessions(request, touched)

    def delete_model(self, request: HttpRequest, obj: Institution) -> None:
        people = set(obj.memberships.values_list("user", flat=True))
        super().delete_model(request, obj)
        _end_sessions(request, people)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Institution]) -> None:
        people = set(Membership.objects.filter(institution__in=queryset).values_list("user", flat=True))
        super().delete_queryset(request, queryset)
        _end_sessions(request, people)

    def invite_view(self, request: HttpRequest, institution_id: int) -> HttpResponse:
        """Invite one more person."""
        office.only_with(request, "partners.view_institution", "partners.add_invitation")
        found, now = get_object_or_404(Institution, pk=institution_id), timezone.now()
        form = InviteForm(request.POST if request.method == "POST" else None, initial={"language": "lv"})
        if request.method == "POST" and form.is_valid():
            given, by = form.cleaned_data, office.staff(request)
            if office.is_done(form, lambda: inviting.invite(found, **given, by=by, now=now)):
                self.message_user(request, _("The invitation is on its way to: %(email)s") % {"email": given["email"]})
                return _back(found)
        return office.page(self, request, f"{PAGES}invite.html", form, title=_("Invite"), institution=found)

    def take_back_view(self, request: HttpRequest, institution_id: int, invitation_id: int) -> HttpResponse:
        """Ask once, then the link lets nobody in."""
        office.only_with(request, "partners.view_institution", "partners.change_invitation")
        known = Invitation.objects.select_related("institution").filter(institution=institution_id)
        found, now = get_object_or_404(known, pk=invitation_id), timezone.now()
        if not found.is_open(now):
            self.message_user(request, _why_not(found.state(now)), messages.WARNING)
            return _back(found.institution)
        form = forms.Form(request.POST if request.method == "POST" else None)
        if form.is_valid() and office.is_done(form, lambda: inviting.revoke(found.pk, now=now)):
            self.message_user(request, _("The invitation is taken back."), messages.SUCCESS)
            return _back(found.institution)
        context = {"institution": found.institution, "invitation": found, "title": _("Take the invitation back")}
        return office.page(self, request, f"{PAGES}take_back.html", form, **context)


def _rows(institution_id: int) -> list[tuple[Invitation, Invitation.State]]:
    now = timezone.now()
    return [(each, each.state(now)) for each in Invitation.objects.filter(institution=institution_id)[:50]]


def _why_not(state: Invitation.State) -> str:
    """Why an invitation in this state is not taken back."""
    if state == Invitation.State.ACCEPTED:
        return _("An invitation that was accepted cannot be taken back: remove the person.")
    if state == Invitation.State.TAKEN_BACK:
        return _("This invitation has been taken back already.")
    return _("This invitation is not valid any more.")


def _touched(formset: Any) -> set[int]:
    """Whose membership the form changes or deletes; where it goes to another person, both."""
    changed = [each for each in formset.initial_forms if each.has_changed() or each in formset.deleted_forms]
    return {user for each in changed for user in (each.initial.get("user"), each.instance.user_id) if user}


def _end_sessions(request: HttpRequest, people: set[int]) -> None:
    """Theirs; the coordinator's own goes on, for she is of the staff whatever she acts for."""
    User.end_sessions(*people)
    if request.user.pk in people:
        update_session_auth_hash(request, User.objects.get(pk=request.user.pk))


def _back(institution: Institution) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:partners_institution_change", args=[institution.pk]))
