"""A list by words is made anew once the words of an activity are known."""

from django.db import migrations

RAISED = """
CREATE CONSTRAINT TRIGGER activities_findable_raises_the_stamp AFTER INSERT OR UPDATE OR DELETE ON activities_findable
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION floor_offer_changes();
"""
NOT_RAISED = "DROP TRIGGER activities_findable_raises_the_stamp ON activities_findable;"


class Migration(migrations.Migration):
    dependencies = [("activities", "0007_when_it_changed")]

    operations = [migrations.RunSQL(RAISED, NOT_RAISED)]
