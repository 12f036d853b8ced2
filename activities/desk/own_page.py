"""The institution's own page, changed where it is theirs; name and address go through the centre."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activities.desk import own_page_form
from activities.desk.keeping import Difference
from activities.desk.own_page_form import OwnPageForm
from kopiena.floor.context import OWN_NAMES
from partners import desk as frame
from partners.acting import Desk, member_required
from partners.models import Institution


@member_required
def own_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form in one language; what is saved stands on the site at once."""
    language, institution = _language(request), desk.institution
    if request.method != "POST":
        return _page(request, desk, OwnPageForm(institution=institution, language=language))
    form = OwnPageForm(request.POST, institution=institution, language=language)
    if "show" in request.POST:
        return _in_another_language(request, desk, form)
    if not form.is_valid():
        return _page(request, desk, form, stand=request.POST.get("stand", ""))
    try:
        own_page_form.save(institution.pk, form, request.POST.get("stand", ""), by=desk.user, now=timezone.now())
    except own_page_form.Changed:
        return _changed_meanwhile(request, desk, form)
    messages.success(request, _("Saved. This is how your page is now."))
    return redirect(f"{reverse('activities:desk_page', args=[institution.slug])}?valoda={language}")


def _in_another_language(request: HttpRequest, desk: Desk, form: OwnPageForm) -> HttpResponse:
    """The page in the language chosen; asked first where something typed in this one is not saved."""
    chosen = request.POST.get("valoda", "")
    wanted = chosen if chosen in OWN_NAMES else form.language
    there = own_page_form.values_of(desk.institution, form.language)
    if all(there[name] == yours.replace("\r\n", "\n").strip() for name, _label, yours in form.shown()):
        return redirect(f"{request.path}?valoda={wanted}")
    form.errors.clear()  # it was no attempt to save
    return _page(request, desk, form, stand=request.POST.get("stand", ""), wanted=wanted, wanted_name=OWN_NAMES[wanted])


def _changed_meanwhile(request: HttpRequest, desk: Desk, form: OwnPageForm) -> HttpResponse:
    """409: theirs and yours side by side, everything typed kept; pressing once more saves yours."""
    institution = Institution.objects.get(pk=desk.institution.pk)
    theirs = own_page_form.values_of(institution, form.language)
    found = [Difference(label, theirs[name], yours) for name, label, yours in form.shown() if theirs[name] != yours]
    stand = own_page_form.stand_of(institution, form.language)
    return _page(request, desk, form, stand=stand, differences=found, status=HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest, desk: Desk, form: OwnPageForm, *, stand: str = "", status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "stand": stand or own_page_form.stand_of(desk.institution, form.language),
        "languages": OWN_NAMES.items(),
        "language": form.language,
        **more,
    }
    return frame.page(request, desk, "activities/desk/own_page.html", context, status=status)


def _language(request: HttpRequest) -> str:
    """The one chosen, else the page's."""
    chosen = request.POST.get("language") or request.GET.get("valoda", "")
    return chosen if chosen in OWN_NAMES else translation.get_language() or "lv"
