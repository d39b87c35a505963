from django.apps import AppConfig


class AuditLogConfig(AppConfig):
    name = "trellis.audit_log"
