"""Two sequences say whether anything that public pages show has changed: what is offered, and the places left."""

from django.db import migrations

SEQUENCES = "CREATE SEQUENCE floor_offer_stamp; CREATE SEQUENCE floor_places_stamp;"
NO_SEQUENCES = "DROP SEQUENCE floor_offer_stamp; DROP SEQUENCE floor_places_stamp;"

# A trigger, so that no way of writing is forgotten; deferred, so that it is raised with the commit and not long before.
FUNCTIONS = """
CREATE FUNCTION floor_offer_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM nextval('floor_offer_stamp'); RETURN NULL; END $$;
CREATE FUNCTION floor_places_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM nextval('floor_places_stamp'); RETURN NULL; END $$;
"""
NO_FUNCTIONS = "DROP FUNCTION floor_offer_changes(); DROP FUNCTION floor_places_change();"

TABLES = ("floor_centre", "floor_supporter")
RAISED = """
CREATE CONSTRAINT TRIGGER {table}_raises_the_stamp AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION floor_offer_changes();
"""
NOT_RAISED = "DROP TRIGGER {table}_raises_the_stamp ON {table};"


class Migration(migrations.Migration):
    dependencies = [("floor", "0002_the_outbox")]

    operations = [
        migrations.RunSQL(SEQUENCES, NO_SEQUENCES),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        *(migrations.RunSQL(RAISED.format(table=table), NOT_RAISED.format(table=table)) for table in TABLES),
    ]
