"""A picture that was taken in: rebuilt from its pixels, in the sizes that pages use; the original is not kept."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kopiena.floor.pictures.sizes import Kept
from partners.models.institution import Institution


def new_key() -> str:
    """128 random bits, in the names of all its files: who was not told the address does not find it."""
    return secrets.token_hex(16)


class Picture(models.Model):
    """One picture of an institution, or of the centre where it names none; what shows it keeps its words."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    width = models.PositiveIntegerField(_("width, pixels"))
    height = models.PositiveIntegerField(_("height, pixels"))
    declared_at = models.DateTimeField(_("declared that no child is recognisable or the parents agreed"))
    uploaded_at = models.DateTimeField(_("taken in"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken in by"),
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=r"^[0-9a-f]{32}$"),
                name="picture_key_is_random",
                violation_error_message=_("A picture is known by 32 random letters and digits."),
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1),
                name="picture_has_a_size",
                violation_error_message=_("A picture has at least one pixel."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def kept(self) -> Kept:
        """The files it is kept in."""
        return Kept(self.key, self.width, self.height)

    @property
    def name(self) -> str:
        """The path of its largest JPEG below the media folder: what an image field of a project holds."""
        return self.kept.name

    def address(self, width: int, kind: str = "jpg") -> str:
        """Where a browser finds it at least so wide, or as wide as it is; `kind` is avif, webp or jpg."""
        return settings.MEDIA_URL + self.kept.file(self.kept.at_least(width), kind)
