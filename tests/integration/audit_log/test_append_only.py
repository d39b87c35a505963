"""The log is added to. Not the app, not even the table's owner, changes a line of it."""

import uuid

import pytest
from django.db import DatabaseError, connections, transaction

from trellis.audit_log.models import Action, AuditEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("statement", ["UPDATE audit_log_auditevent SET why = 'x'", "DELETE FROM audit_log_auditevent"])
def test_the_app_changes_no_line(statement):
    AuditEvent.objects.create(action=Action.READ, what="record", request_id=uuid.uuid4())
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connections["default"].cursor().execute(statement)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_log_auditevent SET why = 'x'", "DELETE FROM audit_log_auditevent", "TRUNCATE audit_log_auditevent"],
)
def test_the_owner_changes_no_line_by_accident(statement, owner_connection):
    with pytest.raises(DatabaseError, match="never changed"):
        owner_connection.cursor().execute(statement)
