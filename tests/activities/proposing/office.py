"""For tests of proposals in the office: the addresses of its pages, and a page read."""

from django.test import Client
from django.urls import reverse

from activities.models import Proposal


def page(name: str, proposal: Proposal) -> str:
    """Its page "change", or "approve", "return", "venue", "preview"."""
    return reverse(f"admin:activities_proposal_{name}", args=[proposal.pk])


def list_page() -> str:
    return reverse("admin:activities_proposal_changelist")


def read(client: Client, name: str, proposal: Proposal) -> str:
    """What the page says."""
    response = client.get(page(name, proposal))
    assert response.status_code == 200
    return response.content.decode()
