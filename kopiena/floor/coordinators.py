"""Whom to write to at the office."""

from django.contrib.auth.models import Permission
from django.db.models import Q

from kopiena.floor.models import Centre, User

LANGUAGE = "lv"  # the office's


def addresses() -> dict[str, str]:
    """Who a letter is for ("user:3") -> the e-mail: whoever coordinates; the centre's own where nobody does."""
    right = Permission.objects.filter(codename="coordinate", content_type__app_label="floor")
    may = Q(is_superuser=True) | Q(user_permissions__in=right) | Q(groups__permissions__in=right)
    found = {
        f"user:{user.pk}": user.email for user in User.objects.filter(may, is_active=True).distinct().order_by("pk")
    }
    centre = Centre.objects.exclude(email="").first()
    return found or ({"centre:1": centre.email} if centre else {})
