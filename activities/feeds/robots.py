"""What search engines may read: robots.txt."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from kopiena.floor import dates

MEDIA_TYPE = "text/plain; charset=utf-8"
# Forms and private pages, in each language; no more of an address than everybody knows.
CLOSED = ("pieteikties/", "pieteikums/", "mans-pieteikums/", "musu-iestade/", "ielugums/")
CLOSED_FOR_ALL = ("/admin/", "/konts/", "/healthz", "/readiness")


def written() -> bytes:
    """The whole file."""
    closed = list(CLOSED_FOR_ALL)
    for code in dates.LANGUAGES:
        with translation.override(code):
            closed += [reverse("families:home") + path for path in CLOSED]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "Allow: /", ""]
    return "\n".join([*lines, f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]).encode()
