"""Notices become the outbox: by which way, when to try, in whose hand, why not; and the worker is called for each."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import kopiena.floor.models.notice

# What was written before: all of it is word that no place came free, to phones and e-mails alike.
FILL = """
UPDATE floor_notice SET channel = CASE WHEN recipient LIKE '+%' THEN 'call' ELSE 'mail' END,
    reason = CASE WHEN state IN ('failed', 'withdrawn') THEN 'not_so' ELSE '' END,
    message_id = '<' || md5(random()::text || id) || '@kopiena>', due_at = created_at;
"""
# A trigger, so that no way of writing a notice forgets to wake the worker; the call goes out with the commit.
WAKE = """
CREATE FUNCTION floor_notice_wakes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY kopiena_notice;
    RETURN NULL;
END $$;
CREATE TRIGGER floor_notice_wakes AFTER INSERT ON floor_notice
FOR EACH STATEMENT EXECUTE FUNCTION floor_notice_wakes();
"""
SLEEP = "DROP TRIGGER floor_notice_wakes ON floor_notice; DROP FUNCTION floor_notice_wakes();"


class Migration(migrations.Migration):
    dependencies = [
        ("floor", "0001_first"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_once_for_each_revision",
        ),
        migrations.AddField(
            model_name="notice",
            name="answer",
            field=models.CharField(blank=True, max_length=300, verbose_name="the mail server's answer"),
        ),
        migrations.AddField(
            model_name="notice",
            name="channel",
            field=models.CharField(
                choices=[("mail", "letter"), ("call", "call")], default="mail", max_length=4, verbose_name="way"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="claimed_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="in hand until"),
        ),
        migrations.AddField(
            model_name="notice",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="called by",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="due_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="next try"),
        ),
        migrations.AddField(
            model_name="notice",
            name="message_id",
            field=models.CharField(default="", editable=False, max_length=300, verbose_name="message id"),
        ),
        migrations.AddField(
            model_name="notice",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "no reason"),
                    ("overtaken", "a newer one says how it is now"),
                    ("not_so", "it is not so any more"),
                    ("too_late", "it would have come too late"),
                    ("erased", "whom it was for is erased"),
                    ("refused", "the mail server does not take it"),
                    ("in_vain", "48 hours of trying were in vain"),
                ],
                default="",
                max_length=10,
                verbose_name="why not",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="sent at"),
        ),
        migrations.AddField(
            model_name="notice",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="notice",
            name="message_id",
            field=models.CharField(
                default=kopiena.floor.models.notice.new_message_id,
                editable=False,
                max_length=300,
                unique=True,
                verbose_name="message id",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["owed", "sending"])), fields=["due_at"], name="notice_to_send"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["owed", "sending"])), fields=["id"], name="notice_in_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("about", "kind", "revision", "channel"),
                name="notice_once_for_each_revision",
                violation_error_message="This notice is already written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["mail", "call"])),
                name="notice_channel_is_known",
                violation_error_message="A notice is a letter or a call.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["", "overtaken", "not_so", "too_late", "erased", "refused", "in_vain"])
                ),
                name="notice_reason_is_known",
                violation_error_message="Nobody knows this reason for not sending a notice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["failed", "withdrawn"]), ("reason", ""), _connector="XOR"),
                name="notice_says_why_it_did_not_go_out",
                violation_error_message="A notice that failed or was withdrawn says why, and no other does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="notice_sent_says_when",
                violation_error_message="A notice that is sent says when, and no other does.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "mail"), ("claimed_until__isnull", False), ("state", "sending")),
                    models.Q(models.Q(("state", "sending"), _negated=True), ("claimed_until__isnull", True)),
                    _connector="OR",
                ),
                name="notice_in_hand_says_until_when",
                violation_error_message="Only a letter being sent is in somebody's hand, and it says until when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_by__isnull", True), models.Q(("channel", "call"), ("state", "sent")), _connector="OR"
                ),
                name="notice_is_called_by_somebody",
                violation_error_message="Only a call that was made was made by somebody.",
            ),
        ),
        migrations.RunSQL(WAKE, SLEEP),
    ]
