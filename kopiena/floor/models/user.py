"""Someone who can sign in; the e-mail is the name."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = [("lv", _("Latvian")), ("ru", _("Russian")), ("en", _("English"))]


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mails are kept in small letters."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Staff, who have a password, and institutions' people, who come in by a code."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80, blank=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="lv")
    # Raised, it ends every session that began before: somebody without a password has nothing else to change.
    session_version = models.PositiveIntegerField(default=0, editable=False)
    joined_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("Somebody with this e-mail is already here."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["lv", "ru", "en"]),
                name="user_language_is_ours",
                violation_error_message=_("The language is Latvian, Russian or English."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Of the password and of `session_version`: whichever changes, sessions begun before are over."""
        key_salt = "kopiena.floor.models.User.get_session_auth_hash"
        value = f"{self.password}:{self.session_version}"
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()

    @classmethod
    def end_sessions(cls, *user_ids: int) -> None:
        """Wherever these people are signed in, their next click asks for a sign-in."""
        cls.objects.filter(pk__in=user_ids).update(session_version=F("session_version") + 1)
