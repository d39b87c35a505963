from django.apps import AppConfig


class AuditLogConfig(AppConfig):
    name = "trellis.audit_log"

    def ready(self) -> None:
        from trellis.accounts import services
        from trellis.accounts.administration import services as administration
        from trellis.audit_log.trail import record_account, record_session

        services.listeners.append(record_session)
        administration.listeners.append(record_account)
