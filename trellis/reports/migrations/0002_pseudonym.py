"""HMAC-SHA-256 in SQL, for extracts: the two padded keys are settings of the reading transaction only."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_pseudonym(kind text, id uuid) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT left(encode(sha256(
        decode(current_setting('trellis.outer_pad'), 'hex')
        || sha256(decode(current_setting('trellis.inner_pad'), 'hex') || convert_to(kind || ':' || id, 'UTF8'))
    ), 'hex'), 32)
$$
"""
BACKWARD = "DROP FUNCTION reports_pseudonym(text, uuid)"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
