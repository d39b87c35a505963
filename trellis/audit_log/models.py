"""Who read or wrote what, when and why. Rows are added and never changed; they hold no content.

Each event carries a mac, waits in a queue that the database itself fills, and is sealed into a batch: see ADR 10.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone

from trellis.accounts.models import User
from trellis.audit_log.event_bytes import bytes_of, mac_of
from trellis.core.ids import new_id
from trellis.core.models import AppendOnly
from trellis.core.protection import OnDuty, Open


class Action(models.TextChoices):
    READ = "read", "read"
    SEARCH = "search", "searched"
    WRITE = "write", "wrote"
    REFUSE = "refuse", "was refused"
    SIGN_IN = "sign_in", "signed in"
    SIGN_OUT = "sign_out", "signed out"
    SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
    SIGN_IN_BLOCKED = "sign_in_blocked", "was kept from guessing on"
    SIGN_IN_CHANGED = "sign_in_changed", "changed how they sign in"
    CONFIRMED = "confirmed", "confirmed that it was them"
    EXPORT = "export", "exported"


class MacField(models.BinaryField):
    """The mac over everything else the event says, made as the event is stored, so that nobody can forget it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        mac = mac_of(bytes_of(model_instance))
        setattr(model_instance, self.attname, mac)
        return mac


class AuditEvent(AppendOnly):
    """One reading, writing or refusal. ``children`` names each child whose data was touched."""

    protection = OnDuty("who looked at whom is for those who may ask", anybody_adds=True)

    id = models.BigAutoField(primary_key=True)
    event_key = models.UUIDField(default=new_id, unique=True, editable=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=50, blank=True)
    action = models.CharField(max_length=20, choices=Action)
    what = models.CharField(max_length=80)
    object_id = models.UUIDField(null=True)
    children = ArrayField(models.UUIDField(), default=list)
    grants = ArrayField(models.UUIDField(), default=list)
    why = models.CharField(max_length=200, blank=True)
    request_id = models.UUIDField()
    mac = MacField(editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["children"], name="audit_by_child"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
            models.Index(fields=["action", "-at"], name="audit_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_action_display()} {self.what}"


class AwaitingSeal(models.Model):
    """An event no batch holds yet. A trigger adds the row with the event; the sealer takes it away."""

    protection = Open("numbers of events, and nothing of what they say")

    event_id = models.BigIntegerField(primary_key=True)
    queued_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "awaiting seal"

    def __str__(self) -> str:
        return f"event {self.event_id}"


class AuditBatch(AppendOnly):
    """Some seconds of the log, sealed: signed, and bound to the batch before it. ``doubtful`` events were found
    changed, forged or gone when they were sealed."""

    protection = Open("numbers of events and digests")

    number = models.BigIntegerField(primary_key=True)
    event_ids = ArrayField(models.BigIntegerField())
    doubtful = ArrayField(models.BigIntegerField(), default=list)
    count = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    digest = models.BinaryField()
    previous = models.BinaryField()
    sealed_at = models.DateTimeField()
    signature = models.BinaryField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "audit batches"

    def __str__(self) -> str:
        return f"batch {self.number}"
