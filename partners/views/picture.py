"""A picture on its own, sent as soon as it is chosen: its key for the form, or the sentence why not."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kopiena.floor.uploads import takes_files
from partners.acting import Desk, member_required
from partners.forms.picture import PictureFields

PREVIEW = 400  # pixels wide


@member_required
@takes_files
@require_POST
def take_in(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Takes the file in for the institution whose desk it is; what it shows is asked by the form it belongs to."""
    form = PictureFields(
        request.POST, request.FILES, institution=desk.institution, by=desk.user, now=timezone.now(), initial={}
    )
    picture = form.taken_in()
    if picture is None:
        errors = form.errors.get("picture_file") or form.errors.get("picture_declared")
        sentence = errors[0] if errors else _("The picture did not arrive. Please choose it once more.")
        return JsonResponse({"sentence": sentence})
    width, height = picture.kept.at_least(PREVIEW)
    return JsonResponse({"key": picture.key, "preview": picture.address(PREVIEW), "width": width, "height": height})
