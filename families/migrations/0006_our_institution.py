"""Who really came, and for how many of a group the parents said no to photographs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0010_our_institution"),
        ("families", "0005_when_we_may_safely_call"),
        ("partners", "0003_our_institution"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("adults", models.PositiveIntegerField(default=0, verbose_name="adults")),
                ("children", models.PositiveIntegerField(default=0, verbose_name="children")),
                ("noted_at", models.DateTimeField(verbose_name="noted")),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendance (plural)",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="signup",
            name="not_photographed",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Of a group: for so many the parents said no.",
                verbose_name="of them not to be photographed",
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("not_photographed", 0),
                    models.Q(
                        ("channel", "desk"), ("may_be_photographed", True), ("may_be_photographed__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="sign_up_only_of_a_group_some_are_not_photographed",
                violation_error_message="Only of a group that may be photographed some may not.",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.institution",
                verbose_name="own group of the institution",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="activities.meeting",
                verbose_name="meeting",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="noted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="noted by",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="registration",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="families.registration",
                verbose_name="registration",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("registration__isnull", False)),
                fields=("meeting", "registration"),
                name="attendance_once_for_a_registration",
                violation_error_message="It is already noted who came of this registration.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("institution__isnull", False), ("registration__isnull", True)),
                fields=("meeting", "institution"),
                name="attendance_once_for_an_own_group",
                violation_error_message="The numbers of this group are already noted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("institution__isnull", True), ("registration__isnull", True)),
                fields=("meeting",),
                name="attendance_once_for_all_others",
                violation_error_message="It is already noted how many just came.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("registration__isnull", True), ("institution__isnull", True), _connector="OR"),
                name="attendance_is_of_one_kind",
                violation_error_message="Numbers are of a registration or of an own group, not of both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(("adults__lte", 2000), ("children__lte", 2000)),
                name="attendance_is_human",
                violation_error_message="That many people do not come at once.",
            ),
        ),
    ]
