"""Whatever changes partners and their projects is seen by the pages that are kept."""

from django.db import migrations

TABLES = ("partners_institution", "partners_project", "partners_project_institutions")
RAISED = """
CREATE CONSTRAINT TRIGGER {table}_raises_the_stamp AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION floor_offer_changes();
"""
NOT_RAISED = "DROP TRIGGER {table}_raises_the_stamp ON {table};"


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_first"), ("floor", "0003_stamps")]

    operations = [migrations.RunSQL(RAISED.format(table=table), NOT_RAISED.format(table=table)) for table in TABLES]
