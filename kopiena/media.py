"""Pictures that the office has uploaded; a proxy in front may serve the folder itself."""

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

from kopiena.floor.access import public


@public(knows=None)
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of the media folder, never a listing."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse):
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
