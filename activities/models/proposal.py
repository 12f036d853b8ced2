"""What an institution would like a project or an activity to be, until the coordinator says yes.

Nothing of it touches what is published: approving is what writes the project or the activity.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.models.activity import Activity
from kopiena.floor.models.user import LANGUAGES
from partners.models import Institution, Project


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals in the office's words."""

    def of(self, institution: Institution) -> "ProposalQuerySet":
        """Those of its own; the change of what has become discreet is not to be seen at any desk."""
        return self.filter(institution=institution).exclude(activity__audience=Activity.Audience.DISCREET)

    def open(self) -> "ProposalQuerySet":
        """Not approved yet."""
        return self.exclude(state=Proposal.State.APPROVED)

    def proposed(self) -> "ProposalQuerySet":
        """Waiting for the coordinator, the oldest first."""
        return self.filter(state=Proposal.State.PROPOSED).order_by("proposed_at", "pk")


class Proposal(models.Model):
    """A draft of a new project or activity, or of a change to one that is published; written in one language."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("project")
        ACTIVITY = "activity", _("activity")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        RETURNED = "returned", pgettext_lazy("proposal", "returned")
        APPROVED = "approved", pgettext_lazy("proposal", "approved")

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="+", verbose_name=_("institution")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("project it changes or became"),
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("activity it changes or became"),
    )
    within = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed project it belongs to"),
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    content = models.JSONField(_("content"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    note = models.TextField(_("note on returning"), blank=True)
    created_at = models.DateTimeField(_("begun"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("begun by"),
    )
    saved_at = models.DateTimeField(_("last saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("last saved by"),
    )
    proposed_at = models.DateTimeField(_("sent to the centre"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="project", activity__isnull=True, within__isnull=True)
                | Q(kind="activity", project__isnull=True),
                name="proposal_is_of_one_kind",
                violation_error_message=_("A proposal is of a project or of an activity, not of both."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed", "returned", "approved"]),
                name="proposal_state_is_known",
                violation_error_message=_("A proposal is a draft, proposed, returned or approved."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["lv", "ru", "en"]),
                name="proposal_language_is_ours",
                violation_error_message=_("The language is Latvian, Russian or English."),
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_at__isnull=False),
                name="proposal_proposed_says_when",
                violation_error_message=_("A proposal that was sent to the centre says when."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(note=""),
                name="proposal_returned_says_why",
                violation_error_message=_("Write what should be different."),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(decided_at__isnull=False) & (Q(project__isnull=False) | Q(activity__isnull=False))),
                name="proposal_approved_became_something",
                violation_error_message=_("An approved proposal says when, and what it became."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                name="proposal_one_change_of_a_project",
                condition=Q(project__isnull=False) & ~Q(state="approved"),
                violation_error_message=_("A change of this project is already being prepared."),
            ),
            models.UniqueConstraint(
                fields=["activity"],
                name="proposal_one_change_of_an_activity",
                condition=Q(activity__isnull=False) & ~Q(state="approved"),
                violation_error_message=_("A change of this activity is already being prepared."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def title(self) -> str:
        """As it is written so far; may be empty."""
        return str(self.content.get("title", ""))

    @property
    def is_editable(self) -> bool:
        """While it waits for the coordinator it stays as it was sent; it can be taken back."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_change(self) -> bool:
        """Whether it changes what is there already, instead of making something new."""
        return self.state != self.State.APPROVED and bool(self.project_id or self.activity_id)
