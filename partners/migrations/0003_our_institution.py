"""Institutions come in by themselves: invitations, requests, questions to partners, pictures."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import partners.models.coming_in
import partners.models.picture


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_stamps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("has_agreed", models.BooleanField(blank=True, null=True, verbose_name="agreed")),
            ],
            options={
                "verbose_name": "question to a partner",
                "verbose_name_plural": "questions to partners",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[("editor", "editor"), ("manager", "manager")],
                        default="editor",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("lv", "Latvian"), ("ru", "Russian"), ("en", "English")],
                        default="lv",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "link_id",
                    models.CharField(
                        default=partners.models.coming_in.new_link_id, editable=False, max_length=32, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="invited")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("institution_name", models.CharField(max_length=200, verbose_name="institution")),
                ("name", models.CharField(max_length=80, verbose_name="contact name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail at work")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="what they would like to do")),
                (
                    "language",
                    models.CharField(
                        choices=[("lv", "Latvian"), ("ru", "Russian"), ("en", "English")],
                        default="lv",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("form_token", models.CharField(editable=False, max_length=32, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="sent")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            ],
            options={
                "verbose_name": "request to join",
                "verbose_name_plural": "requests to join",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=partners.models.picture.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("width", models.PositiveIntegerField(verbose_name="width, pixels")),
                ("height", models.PositiveIntegerField(verbose_name="height, pixels")),
                (
                    "declared_at",
                    models.DateTimeField(verbose_name="declared that no child is recognisable or the parents agreed"),
                ),
                ("uploaded_at", models.DateTimeField(verbose_name="taken in")),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "ordering": ["-id"],
            },
        ),
        migrations.AlterField(
            model_name="project",
            name="title_lv",
            field=models.CharField(blank=True, max_length=160, verbose_name="title (Latvian)"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title_lv", ""), _negated=True),
                    models.Q(("title_ru", ""), _negated=True),
                    models.Q(("title_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="project_has_a_title",
                violation_error_message="Write a title, in one of the three languages.",
            ),
        ),
        migrations.AddField(
            model_name="asking",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.institution",
                verbose_name="who asks",
            ),
        ),
        migrations.AddField(
            model_name="asking",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.institution",
                verbose_name="who is asked",
            ),
        ),
        migrations.AddField(
            model_name="asking",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="askings",
                to="partners.project",
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="partners.institution",
                verbose_name="institution",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="invited by",
            ),
        ),
        migrations.AddField(
            model_name="joinrequest",
            name="invitation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="partners.invitation",
                verbose_name="invitation",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="partners.institution",
                verbose_name="institution",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken in by",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.UniqueConstraint(
                fields=("project", "institution"),
                name="asking_once",
                violation_error_message="This institution has been asked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("has_agreed__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("has_agreed__isnull", False)),
                    _connector="OR",
                ),
                name="asking_answered_says_when",
                violation_error_message="An answer says when it was given, and no answer says nothing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="asking",
            constraint=models.CheckConstraint(
                condition=models.Q(("institution", models.F("asked_by")), _negated=True),
                name="asking_is_of_another",
                violation_error_message="An institution does not ask itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("institution"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True)),
                name="invitation_open_once",
                violation_error_message="This address is already invited. Take that invitation back first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["editor", "manager"])),
                name="invitation_role_is_known",
                violation_error_message="The role is editor or manager.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["lv", "ru", "en"])),
                name="invitation_language_is_ours",
                violation_error_message="The language is Latvian, Russian or English.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="invitation_expires_after_it_is_made",
                violation_error_message="An invitation must be valid for some time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                name="invitation_taken_back_lets_nobody_in",
                violation_error_message="An invitation that was accepted cannot be taken back: remove the person.",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["lv", "ru", "en"])),
                name="join_request_language_is_ours",
                violation_error_message="The language is Latvian, Russian or English.",
            ),
        ),
        migrations.AddConstraint(
            model_name="joinrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("invitation__isnull", True), ("answered_at__isnull", False), _connector="OR"),
                name="join_request_invited_says_when",
                violation_error_message="A request answered with an invitation says when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[0-9a-f]{32}$")),
                name="picture_key_is_random",
                violation_error_message="A picture is known by 32 random letters and digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("height__gte", 1), ("width__gte", 1)),
                name="picture_has_a_size",
                violation_error_message="A picture has at least one pixel.",
            ),
        ),
    ]
