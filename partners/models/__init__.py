"""Who offers: institutions, their people, and projects."""

from partners.models.institution import Institution, Membership
from partners.models.project import Project

__all__ = ["Institution", "Membership", "Project"]
