"""Those who can sign in: made and kept by the coordinator, who can give nobody more than she may do herself."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kopiena.floor.admin.office import TitledList
from kopiena.floor.models import User

# What changed here says that somebody else may be at the other end of a session, or may do something else.
ENDS_SESSIONS = {"email", "is_active", "is_staff", "is_superuser", "groups"}


class SmallLettersMixin:
    """E-mails are kept in small letters."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()  # type: ignore[attr-defined]


class NewUserForm(SmallLettersMixin, AdminUserCreationForm):
    """A new person: e-mail, name, first password."""

    usable_password = None  # type: ignore[assignment]  # everybody signs in by password

    class Meta:
        model = User
        fields = ["email", "name"]


class UserForm(SmallLettersMixin, UserChangeForm):
    """A known person."""

    class Meta:
        model = User
        fields = ["email", "name", "password", "is_active", "is_staff", "groups"]


class RolesField(forms.ModelMultipleChoiceField):
    """Groups by their names in the reader's language."""

    def __init__(self, queryset: QuerySet[Group], **kwargs: Any) -> None:
        kwargs["help_text"] = _(
            "Coordinator: everything. Helper: looks at activities and who comes. Auditor: numbers only."
        )
        super().__init__(queryset, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return gettext(obj.name)


class RoleFilter(admin.RelatedFieldListFilter):
    """Whoever has this role, by its name in the reader's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("roles")

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [(group.pk, gettext(group.name)) for group in Group.objects.order_by("name")]


def rights_of(user: Any) -> QuerySet[Permission]:
    """The rights a user has herself or through her groups."""
    return Permission.objects.filter(Q(group__user=user) | Q(user=user)).distinct()


def within_rights_of(user: Any, rows: QuerySet[Any], *, key: str) -> QuerySet[Any]:
    """Only those rows (groups, or users) none of whose rights goes beyond the user's own."""
    if user.is_superuser:
        return rows
    beyond = Permission.objects.exclude(pk__in=rights_of(user).values("pk"))
    return rows.exclude(Exists(beyond.filter(**{key: OuterRef("pk")})))


@admin.register(User)
class UserAdmin(TitledList, StockUserAdmin):
    """Staff accounts; nobody is raised to superuser here but by a superuser."""

    form = UserForm
    add_form = NewUserForm
    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active", "roles"]
    list_filter = ["is_staff", "is_active", ("groups", RoleFilter)]
    search_fields = ["email", "name"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("May do"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("When"), {"fields": ["last_login", "joined_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(gettext(group.name) for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return [*fieldsets, (_("Superuser"), {"classes": ["collapse"], "fields": ["is_superuser"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody shuts herself out or raises herself."""
        own = ["is_active", "is_staff", "is_superuser", "groups"] if obj == request.user else []
        return [*super().get_readonly_fields(request, obj), *own]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whoever may do something else from now on, or nothing, signs in once more wherever they are."""
        super().save_related(request, form, formsets, change)
        if change and ENDS_SESSIONS & set(form.changed_data):
            User.end_sessions(form.instance.pk)
            if form.instance == request.user:
                update_session_auth_hash(request, User.objects.get(pk=form.instance.pk))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A password or e-mail changed is an account taken over: only of those who may do no more than oneself."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.is_superuser:
            return allowed
        reachable = within_rights_of(request.user, User.objects.filter(pk=obj.pk), key="user")
        by_groups = within_rights_of(request.user, Group.objects.filter(user=obj), key="group")
        return not obj.is_superuser and reachable.exists() and by_groups.count() == obj.groups.count()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = within_rights_of(request.user, Group.objects.order_by("name"), key="group")
            kwargs["form_class"] = RolesField
        return super().formfield_for_manytomany(db_field, request, **kwargs)
