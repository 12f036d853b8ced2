"""Every occurrence has its row of places from the first moment, whoever inserts it."""

from django.db import migrations

MAKE = """
CREATE FUNCTION activities_capacity_is_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO activities_capacity (occurrence_id, unit, places, held, taken, waiting, last_queue_number)
    SELECT NEW.id, activity.unit, activity.usual_places, 0, 0, 0, 0
    FROM activities_activity activity WHERE activity.id = NEW.activity_id;
    RETURN NULL;
END $$;
CREATE TRIGGER activities_capacity_is_born AFTER INSERT ON activities_occurrence
FOR EACH ROW EXECUTE FUNCTION activities_capacity_is_born();
"""

UNMAKE = """
DROP TRIGGER activities_capacity_is_born ON activities_occurrence;
DROP FUNCTION activities_capacity_is_born();
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_first")]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
