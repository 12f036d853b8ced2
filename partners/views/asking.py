"""The page on which an institution says whether it takes part in a project it was asked about."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from partners import asking as deed
from partners import desk as frame
from partners.acting import Desk, member_required
from partners.models import Asking, Project

ANSWERS = {"yes": True, "no": False}


@member_required
def asking(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """What is asked and by whom; a POST answers, once."""
    asked = Asking.objects.select_related("project", "asked_by").exclude(project__state=Project.State.DRAFT)
    found = get_object_or_404(asked, pk=pk, institution=desk.institution)
    given = ANSWERS.get(request.POST.get("answer", "")) if request.method == "POST" else None
    if given is None:
        return frame.page(request, desk, "desk/asking.html", {"asking": found})
    if deed.answer(found.pk, has_agreed=given, now=timezone.now()):
        done = _("Thank you! Your institution now stands on the project's page.")
        messages.success(request, done if given else _("You have declined. Nothing changes on the project's page."))
    else:
        messages.warning(request, _("This was answered already."))
    return redirect("partners:asking", desk.institution.slug, found.pk)
