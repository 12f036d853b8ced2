"""Activities, dates and meetings know when they were last changed, whoever changes them."""

import django.db.models.functions.datetime
from django.db import migrations, models

MODELS = ("activity", "occurrence", "meeting")

# A column that the database makes is not made yet when the trigger looks, so `during` is left out. What a save of the
# whole row writes back of an old moment is overruled by the change that comes with it.
MAKE = """
CREATE FUNCTION activities_remembers_its_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'changed_at' - 'during' IS DISTINCT FROM to_jsonb(OLD) - 'changed_at' - 'during' THEN
        NEW.changed_at := statement_timestamp();
    END IF;
    RETURN NEW;
END $$;
""" + "".join(
    f"CREATE TRIGGER activities_remembers_its_change BEFORE UPDATE ON activities_{name} "
    "FOR EACH ROW EXECUTE FUNCTION activities_remembers_its_change();\n"
    for name in MODELS
)

UNMAKE = (
    "".join(f"DROP TRIGGER activities_remembers_its_change ON activities_{name};\n" for name in MODELS)
    + "DROP FUNCTION activities_remembers_its_change();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_free_and_moved"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="changed_at",
                field=models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="last changed"
                ),
            )
            for name in MODELS
        ),
        migrations.RunSQL(MAKE, UNMAKE),
    ]
