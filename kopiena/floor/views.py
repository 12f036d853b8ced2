"""The pages about the centre and about the portal itself: plain texts, the centre's own row, nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kopiena.floor.access import public
from kopiena.floor.models import Centre


@public
def about(request: HttpRequest) -> HttpResponse:
    """What the centre is, where it is and what this portal does."""
    centre = Centre.objects.first()
    supporters = list(centre.supporters.all()) if centre else []
    return render(request, "floor/about.html", {"centre": centre, "supporters": supporters})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is asked about people, why, and when it is erased."""
    return render(request, "floor/privacy.html", {"centre": Centre.objects.first()})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "floor/accessibility.html", {"centre": Centre.objects.first()})
