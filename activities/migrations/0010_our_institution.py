"""What institutions propose; a title in one language is enough."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0009_meetings_by_span"),
        ("partners", "0003_our_institution"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("project", "project"), ("activity", "activity")], max_length=10, verbose_name="kind"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("lv", "Latvian"), ("ru", "Russian"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("content", models.JSONField(blank=True, default=dict, verbose_name="content")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="revision")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "proposed"),
                            ("returned", "returned"),
                            ("approved", "approved"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note on returning")),
                ("created_at", models.DateTimeField(verbose_name="begun")),
                ("saved_at", models.DateTimeField(verbose_name="last saved")),
                ("proposed_at", models.DateTimeField(blank=True, null=True, verbose_name="sent to the centre")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-id"],
            },
        ),
        migrations.AlterField(
            model_name="activity",
            name="title_lv",
            field=models.CharField(blank=True, max_length=160, verbose_name="title (Latvian)"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title_lv", ""), _negated=True),
                    models.Q(("title_ru", ""), _negated=True),
                    models.Q(("title_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="activity_has_a_title",
                violation_error_message="Write a title, in one of the three languages.",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="activities.activity",
                verbose_name="activity it changes or became",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="begun by",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.institution",
                verbose_name="institution",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.project",
                verbose_name="project it changes or became",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="saved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="last saved by",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="within",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="activities.proposal",
                verbose_name="proposed project it belongs to",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("activity__isnull", True), ("kind", "project"), ("within__isnull", True)),
                    models.Q(("kind", "activity"), ("project__isnull", True)),
                    _connector="OR",
                ),
                name="proposal_is_of_one_kind",
                violation_error_message="A proposal is of a project or of an activity, not of both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "proposed", "returned", "approved"])),
                name="proposal_state_is_known",
                violation_error_message="A proposal is a draft, proposed, returned or approved.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["lv", "ru", "en"])),
                name="proposal_language_is_ours",
                violation_error_message="The language is Latvian, Russian or English.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "proposed"), _negated=True), ("proposed_at__isnull", False), _connector="OR"
                ),
                name="proposal_proposed_says_when",
                violation_error_message="A proposal that was sent to the centre says when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_returned_says_why",
                violation_error_message="Write what should be different.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        models.Q(("project__isnull", False), ("activity__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="proposal_approved_became_something",
                violation_error_message="An approved proposal says when, and what it became.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("project__isnull", False), models.Q(("state", "approved"), _negated=True)),
                fields=("project",),
                name="proposal_one_change_of_a_project",
                violation_error_message="A change of this project is already being prepared.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("activity__isnull", False), models.Q(("state", "approved"), _negated=True)),
                fields=("activity",),
                name="proposal_one_change_of_an_activity",
                violation_error_message="A change of this activity is already being prepared.",
            ),
        ),
    ]
