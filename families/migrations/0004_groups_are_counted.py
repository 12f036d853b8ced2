"""No commit may leave the places of groups different from the groups' registrations either."""

from importlib import import_module

from django.db import migrations

before = import_module("families.migrations.0002_taken_is_the_sum_of_seats")

MAKE = """
CREATE OR REPLACE FUNCTION families_taken_is_the_sum_of_seats() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    capacity activities_capacity%ROWTYPE;
    seated bigint;
    in_queue bigint;
    of_groups bigint;
BEGIN
    FOR checked IN
        SELECT DISTINCT occurrence_id FROM (
            VALUES (CASE WHEN TG_OP <> 'DELETE' THEN NEW.occurrence_id END),
                   (CASE WHEN TG_OP <> 'INSERT' THEN OLD.occurrence_id END)
        ) AS changed (occurrence_id) WHERE occurrence_id IS NOT NULL
    LOOP
        -- Locked, so that raw SQL that went round the gate cannot slip past the gate's own commit.
        SELECT * INTO capacity FROM activities_capacity WHERE occurrence_id = checked FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            CONTINUE;  -- the occurrence is gone, and its places with it
        END IF;
        SELECT coalesce(sum(seats) FILTER (WHERE status = 'placed'), 0), count(*) FILTER (WHERE status = 'waiting'),
            coalesce(sum(seats) FILTER (WHERE status = 'placed' AND is_group), 0)
        INTO seated, in_queue, of_groups FROM families_registration WHERE occurrence_id = checked;
        IF capacity.taken <> seated THEN
            RAISE EXCEPTION 'occurrence %: % places are said to be taken, the registrations take %',
                checked, capacity.taken, seated
                USING ERRCODE = 'check_violation', CONSTRAINT = 'capacity_taken_is_the_sum_of_seats';
        END IF;
        IF capacity.taken_by_groups <> of_groups THEN
            RAISE EXCEPTION 'occurrence %: groups are said to take % places, they take %',
                checked, capacity.taken_by_groups, of_groups
                USING ERRCODE = 'check_violation', CONSTRAINT = 'capacity_taken_by_groups_is_their_sum';
        END IF;
        IF capacity.waiting <> in_queue THEN
            RAISE EXCEPTION 'occurrence %: % parties are said to wait, % do', checked, capacity.waiting, in_queue
                USING ERRCODE = 'check_violation', CONSTRAINT = 'capacity_waiting_is_the_queue';
        END IF;
        IF capacity.places IS NOT NULL AND seated > capacity.places THEN
            RAISE EXCEPTION 'occurrence %: % places taken of %', checked, seated, capacity.places
                USING ERRCODE = 'check_violation', CONSTRAINT = 'capacity_never_overbooked';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER families_registration_counts ON families_registration;
CREATE CONSTRAINT TRIGGER families_registration_counts
AFTER INSERT OR DELETE OR UPDATE OF occurrence_id, status, seats, is_group ON families_registration
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION families_taken_is_the_sum_of_seats();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0003_what_the_office_may_let_pass"),
        ("activities", "0003_groups_keep_to_their_limit"),
    ]

    operations = [migrations.RunSQL(MAKE, before.UNMAKE + before.MAKE)]
