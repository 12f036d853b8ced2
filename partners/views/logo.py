"""The institution's logo, changed at its desk."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kopiena.floor.uploads import takes_files
from partners import desk as frame
from partners.acting import Desk, member_required
from partners.forms.logo import LogoForm


@member_required
@takes_files
def logo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The logo and another one in its place; what is saved stands on the site at once."""
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else ()
    form = LogoForm(*sent, desk=desk, now=timezone.now())
    if not is_sent or not form.is_valid():
        return frame.page(request, desk, "desk/logo.html", {"form": form})
    _save(desk, form.name())
    messages.success(request, _("Saved. This is how your page is now."))
    return redirect(request.path)


def _save(desk: Desk, name: str) -> None:
    institution = desk.institution
    if name == (institution.logo.name or ""):
        return
    institution.logo = name
    with transaction.atomic():
        institution.save(update_fields=["logo"])
        LogEntry.objects.log_actions(
            user_id=desk.user.pk,
            queryset=[institution],
            action_flag=CHANGE,
            change_message=[{"changed": {"fields": ["logo"]}}],
            single_object=True,
        )
