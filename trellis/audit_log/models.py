"""Who read or wrote what, when and why. Rows are added and never changed; they hold no content."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from trellis.accounts.models import User
from trellis.core.models import AppendOnly


class Action(models.TextChoices):
    READ = "read", "read"
    SEARCH = "search", "searched"
    WRITE = "write", "wrote"
    REFUSE = "refuse", "was refused"
    SIGN_IN = "sign_in", "signed in"
    SIGN_OUT = "sign_out", "signed out"
    SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
    EXPORT = "export", "exported"


class AuditEvent(AppendOnly):
    """One reading, writing or refusal. ``children`` names each child whose data was touched."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=50, blank=True)
    action = models.CharField(max_length=20, choices=Action)
    what = models.CharField(max_length=80)
    object_id = models.UUIDField(null=True)
    children = ArrayField(models.UUIDField(), default=list)
    grants = ArrayField(models.UUIDField(), default=list)
    why = models.CharField(max_length=200, blank=True)
    request_id = models.UUIDField()

    class Meta:
        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["children"], name="audit_by_child"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_action_display()} {self.what}"
