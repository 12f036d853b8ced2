"""A sent form says when the family may safely be rung up; erased with its contact."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("families", "0004_groups_are_counted")]

    operations = [
        migrations.AddField(
            model_name="signup",
            name="safe_to_call",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="when it is safe to call"),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="signup", name="sign_up_erased_holds_no_person"),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(contact_name="", email="", phone="", safe_to_call=""),
                name="sign_up_erased_holds_no_person",
                violation_error_message="An erased form holds no name and no contact.",
            ),
        ),
    ]
