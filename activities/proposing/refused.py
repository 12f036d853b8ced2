"""What the database refuses when a proposal is written, as a sentence for a person."""

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from activities.models import Activity, Meeting, Occurrence
from partners.models import Project

WRITTEN: tuple[type[models.Model], ...] = (Project, Activity, Occurrence, Meeting)


def sentence_of(refusal: IntegrityError) -> str:
    """What the broken rule says; else that somebody was quicker."""
    broken = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", None)
    rules = (rule for model in WRITTEN for rule in model._meta.constraints)
    says = (str(rule.violation_error_message) for rule in rules if rule.name == broken)
    return next(says, _("Somebody changed the same at this moment. Please look at it once more."))
