from datetime import date
from uuid import UUID

from django.urls import path, register_converter

from trellis.governance.views import child, entry, grants, log, unusual


class RecordOrDay:
    """The id of a record, or a day: what a finding is about."""

    regex = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d"

    def to_python(self, value: str) -> UUID | date:
        return date.fromisoformat(value) if len(value) == len("2026-01-01") else UUID(value)

    def to_url(self, value: UUID | date | str) -> str:
        return str(value)


register_converter(RecordOrDay, "record_or_day")

urlpatterns = [
    path("governance/", entry.governance, name="governance"),
    path("governance/access/", grants.access_review, name="access-review"),
    path("governance/access/file/", grants.access_file, name="access-file"),
    path("governance/access/<uuid:grant_id>/end/", grants.end_grant, name="end-grant"),
    path("governance/log/", log.log, name="audit-log"),
    path("governance/log/file/", log.log_file, name="audit-log-file"),
    path("governance/unusual/", unusual.unusual_access, name="unusual-access"),
    path(
        "governance/unusual/<slug:rule>/<uuid:worker>/<record_or_day:about>/",
        unusual.unusual_finding,
        name="unusual-finding",
    ),
    path("children/<uuid:person_id>/access/", child.who_sees, name="child-access"),
]
