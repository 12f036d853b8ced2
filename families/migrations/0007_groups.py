"""Of a form that was never asked about photographs nobody is left out either: a NULL let the number pass."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0006_our_institution"),
        ("partners", "0003_our_institution"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="signup",
            name="sign_up_only_of_a_group_some_are_not_photographed",
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
    ]
