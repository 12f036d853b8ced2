"""People of institutions have a language, and their sessions can be ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("floor", "0003_stamps"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                choices=[("lv", "Latvian"), ("ru", "Russian"), ("en", "English")],
                default="lv",
                max_length=2,
                verbose_name="language",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="session_version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["lv", "ru", "en"])),
                name="user_language_is_ours",
                violation_error_message="The language is Latvian, Russian or English.",
            ),
        ),
    ]
