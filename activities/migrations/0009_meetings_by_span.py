"""A month among 20,000 meetings is found by the spans of time they take."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0008_found_words_raise_the_stamp"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="meeting",
            index=django.contrib.postgres.indexes.GistIndex(fields=["during"], name="meeting_by_span"),
        ),
    ]
