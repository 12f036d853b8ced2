"""Pictures are served by their names alone; a proxy in front may serve the folder itself (docs/operating.md)."""

import re
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

from kopiena.floor.access import public
from kopiena.floor.pictures.sizes import FOLDER, KINDS

# What a file is follows from its name, which is ours; what it says of itself is nothing to a browser (nosniff).
TYPES = {**KINDS, "jpeg": "image/jpeg", "png": "image/png"}
TAKEN_IN = re.compile(rf"{FOLDER}/[0-9a-f]{{32}}/\d{{1,4}}x\d{{1,4}}\.({'|'.join(KINDS)})", re.ASCII)
FOR_EVER = "public, max-age=31536000, immutable"  # a name is random and never given twice


@public(knows=None)
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of the media folder, if it is a picture; never a listing."""
    kind = _kind(path)
    if kind is None:
        raise Http404
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except (OSError, ValueError) as reason:  # a name longer than names can be
        raise Http404 from reason
    response["Content-Type"] = kind
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if TAKEN_IN.fullmatch(path):
        response["Cache-Control"] = FOR_EVER
    return response


def _kind(path: str) -> str | None:
    """The type of the file at a plain path; None for what we do not serve."""
    parts = path.split("/")
    if any(part.startswith(".") or not part for part in parts) or re.search(r"[\x00-\x1f\\]", path):
        return None
    if parts[0] == FOLDER and not TAKEN_IN.fullmatch(path):
        return None
    return TYPES.get(PurePosixPath(path).suffix.lower().lstrip("."))
