"""Whatever changes what is offered, or the places left, is seen by the pages that are kept."""

from django.db import migrations

OFFER = (
    "activities_activity",
    "activities_activity_organisers",
    "activities_occurrence",
    "activities_meeting",
    "activities_need",
    "activities_venue",
    "activities_room",
)
RAISED = """
CREATE CONSTRAINT TRIGGER {table}_raises_the_stamp AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}();
"""
NOT_RAISED = "DROP TRIGGER {table}_raises_the_stamp ON {table};"


def raised_by(table: str, function: str = "floor_offer_changes") -> migrations.RunSQL:
    """The trigger of one table."""
    return migrations.RunSQL(RAISED.format(table=table, function=function), NOT_RAISED.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_groups_keep_to_their_limit"), ("floor", "0003_stamps")]

    operations = [*map(raised_by, OFFER), raised_by("activities_capacity", "floor_places_change")]
