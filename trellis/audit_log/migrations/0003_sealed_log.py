"""The log is sealed in batches. A trigger queues each event with its own transaction, so that none is forgotten."""

import django.contrib.postgres.fields
import django.utils.timezone
from django.db import migrations, models

import trellis.audit_log.models
import trellis.core.ids
from trellis.audit_log.event_bytes import bytes_of, mac_of

NEW_COLUMNS = """
ALTER TABLE audit_log_auditevent
    ADD COLUMN event_key uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN mac bytea NOT NULL DEFAULT '';
ALTER TABLE audit_log_auditevent ALTER COLUMN event_key DROP DEFAULT, ALTER COLUMN mac DROP DEFAULT;
"""
NO_NEW_COLUMNS = "ALTER TABLE audit_log_auditevent DROP COLUMN event_key, DROP COLUMN mac"

QUEUE = """
CREATE FUNCTION await_audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.audit_log_awaitingseal (event_id, queued_at) SELECT id, clock_timestamp() FROM added;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_log_awaits_seal AFTER INSERT ON audit_log_auditevent
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION await_audit_seal();
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log_auditbatch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
ALTER TABLE audit_log_awaitingseal SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
"""
NO_QUEUE = """
DROP TRIGGER audit_log_is_append_only ON audit_log_auditbatch;
DROP TRIGGER audit_log_awaits_seal ON audit_log_auditevent;
DROP FUNCTION await_audit_seal();
"""
GUARD = "ALTER TABLE audit_log_auditevent {} TRIGGER audit_log_is_append_only"


def vouch_for_what_is_there(apps, schema_editor):
    """Events from before there were macs are given one, and wait for their seal."""
    event, awaiting = apps.get_model("audit_log", "AuditEvent"), apps.get_model("audit_log", "AwaitingSeal")
    alias = schema_editor.connection.alias
    if not event.objects.using(alias).exists():
        return
    schema_editor.execute(GUARD.format("DISABLE"))
    for row in event.objects.using(alias).order_by("id").iterator():
        event.objects.using(alias).filter(id=row.id).update(mac=mac_of(bytes_of(row)))
        awaiting.objects.using(alias).create(event_id=row.id, queued_at=django.utils.timezone.now())
    schema_editor.execute(GUARD.format("ENABLE"))


class Migration(migrations.Migration):
    dependencies = [("audit_log", "0002_append_only")]
    operations = [
        migrations.AlterField(
            "auditevent", "at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)
        ),
        migrations.AlterField(
            "auditevent", "action", models.CharField(choices=trellis.audit_log.models.Action.choices, max_length=20)
        ),
        migrations.AddIndex("auditevent", models.Index(fields=["action", "-at"], name="audit_by_action")),
        migrations.RunSQL(
            NEW_COLUMNS,
            NO_NEW_COLUMNS,
            state_operations=[
                migrations.AddField(
                    "auditevent",
                    "event_key",
                    models.UUIDField(default=trellis.core.ids.new_id, editable=False, unique=True),
                ),
                migrations.AddField("auditevent", "mac", trellis.audit_log.models.MacField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="AwaitingSeal",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("queued_at", models.DateTimeField()),
            ],
            options={"verbose_name_plural": "awaiting seal"},
        ),
        migrations.CreateModel(
            name="AuditBatch",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "event_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "doubtful",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                ("total", models.PositiveBigIntegerField()),
                ("digest", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("signature", models.BinaryField()),
            ],
            options={"ordering": ["number"], "verbose_name_plural": "audit batches"},
        ),
        migrations.RunPython(vouch_for_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL(QUEUE, NO_QUEUE),
    ]
