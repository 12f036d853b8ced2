"""One sent form: whom to tell, and the keys to see it again."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Institution


def new_link_id() -> str:
    """128 random bits, the stored half of the private link."""
    return secrets.token_hex(16)


def new_code() -> str:
    """Eight random digits for phone and paper; useless without the contact."""
    return f"{secrets.randbelow(10**8):08d}"


class SignUp(models.Model):
    """A contact, a language, what was agreed to, and how to come back: private link and code."""

    class Channel(models.TextChoices):
        WEB = "web", _("web")
        PHONE = "phone", _("phone")
        DESK = "desk", _("institution")

    contact_name = models.CharField(_("contact name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    safe_to_call = models.CharField(_("when it is safe to call"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=2)
    may_be_photographed = models.BooleanField(_("may be photographed"), null=True, blank=True)
    not_photographed = models.PositiveSmallIntegerField(
        _("of them not to be photographed"), default=0, help_text=_("Of a group: for so many the parents said no.")
    )
    declared_at = models.DateTimeField(_("declared to be the children's parent or sent by one"), null=True, blank=True)
    form_token = models.CharField(max_length=32, unique=True, null=True, editable=False)
    form_digest = models.CharField(max_length=64, blank=True, editable=False)
    link_id = models.CharField(max_length=32, unique=True, default=new_link_id, editable=False)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    institution = models.ForeignKey(
        Institution, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    created_at = models.DateTimeField(_("sent"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["email"], name="sign_up_by_email", condition=~Q(email="")),
            models.Index(fields=["phone"], name="sign_up_by_phone", condition=~Q(phone="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["lv", "ru", "en"]),
                name="sign_up_language_is_ours",
                violation_error_message=_("The language is Latvian, Russian or English."),
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["web", "phone", "desk"]),
                name="sign_up_channel_is_known",
                violation_error_message=_("A form comes from the web, the phone or an institution."),
            ),
            models.CheckConstraint(
                condition=~Q(channel="web") | Q(erased_at__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="sign_up_from_the_web_has_a_contact",
                violation_error_message=_("Give a phone or an e-mail, so that we can tell you."),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="sign_up_phone_is_international",
                violation_error_message=_("A phone number is kept with its country code."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{8}$"),
                name="sign_up_code_has_eight_digits",
                violation_error_message=_("A code has 8 digits."),
            ),
            models.CheckConstraint(
                # "Not asked" is NULL, of which a comparison alone would let everything pass.
                condition=Q(not_photographed=0)
                | Q(may_be_photographed__isnull=False, may_be_photographed=True, channel="desk"),
                name="sign_up_only_of_a_group_some_are_not_photographed",
                violation_error_message=_("Only of a group that may be photographed some may not."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(contact_name="", email="", phone="", safe_to_call=""),
                name="sign_up_erased_holds_no_person",
                violation_error_message=_("An erased form holds no name and no contact."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def code_in_groups(self) -> str:
        """The code as people read it aloud: 4829 1375."""
        return f"{self.code[:4]} {self.code[4:]}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None
