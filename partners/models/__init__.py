"""Who offers: institutions, their people, their projects and pictures."""

from partners.models.coming_in import Invitation, JoinRequest
from partners.models.institution import Institution, Membership
from partners.models.picture import Picture
from partners.models.project import Asking, Project

__all__ = ["Asking", "Institution", "Invitation", "JoinRequest", "Membership", "Picture", "Project"]
