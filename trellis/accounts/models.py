"""Who works with the hub: agencies, teams, the roles people hold in them and for how long."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from trellis.accounts.permissions import Permission
from trellis.core.clocks import today
from trellis.core.models import Row
from trellis.core.protection import Open


class Agency(Row):
    """An organisation that protects children, such as the police or children's social care.

    ``opens_in_emergency``: what it owns opens to somebody who breaks the glass.
    """

    protection = Open("organisations")

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    co_located = models.BooleanField(default=False)
    opens_in_emergency = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Team(Row):
    """A group whose members share sight of the children granted to it."""

    protection = Open("teams of workers")

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(Row):
    """A job in a team and what it permits. Rows are data: a hub edits them."""

    protection = Open("what a job permits")

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    permissions = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> models.QuerySet[User]:
        """Who somebody works for is asked with every request."""
        return super().get_queryset().select_related("agency")

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(Row, AbstractBaseUser):
    """A person who signs in. Sight of children comes from grants, ability from memberships."""

    protection = Open("who works with the hub")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="users")
    job_title = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    home_postcode = models.CharField(
        max_length=8,
        blank=True,
        db_default="",
        help_text="Only used to notice a worker opening a record at their own address.",
    )
    # Raised whenever a second step is added or taken away, so that every other session ends.
    sign_in_version = models.PositiveIntegerField(default=0, db_default=0)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """A session ends when the password changes, and when the second steps do."""
        value = f"{self.password}:{self.sign_in_version}"
        return salted_hmac("trellis.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Everything the user's present memberships permit; nothing once the account is closed."""
        if not self.is_active:
            return frozenset()
        held = Membership.objects.filter(user=self).current().values_list("role__permissions", flat=True)
        return frozenset(permission for permissions in held for permission in permissions)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, day: date | None = None) -> MembershipQuerySet:
        day = day or today()
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Membership(Row):
    """A role held in a team, from a day and until a day. One taken back on its first day was held on none."""

    protection = Open("who works in which team")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_never_ends_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} in {self.team}"


class AuthenticatorApp(Row):
    """A worker's app that shows a new code every half minute. Its secret is stored sealed, see sealed.py."""

    protection = Open("how a worker signs in")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="authenticator_app")
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"Authenticator app of {self.user}"


class SecurityKey(Row):
    """A security key or passkey a worker signs in with."""

    protection = Open("how a worker signs in")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="security_keys")
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class RecoveryCode(Row):
    """One of ten codes for the day the phone is lost; only its keyed hash is kept, and it counts once."""

    protection = Open("how a worker signs in")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once_a_user")]

    def __str__(self) -> str:
        return f"Recovery code of {self.user}"


class Guess(models.Model):
    """One try at signing in, for the throttle. It holds nothing that was typed: two keyed hashes and a time."""

    protection = Open("two keyed hashes and a time")

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()
    refused = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "guesses"
        indexes = [
            models.Index(fields=["account", "at"], name="guess_by_account"),
            models.Index(fields=["address", "at"], name="guess_by_address"),
        ]

    def __str__(self) -> str:
        return f"Guess at {self.at}"


class SignInIdentity(Row):
    """Who a user is at their organisation's own sign-in: told by its issuer, never by an address that may pass on."""

    protection = Open("who signs in, and nothing of a young person")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        verbose_name = "sign-in identity"
        verbose_name_plural = "sign-in identities"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="sign_in_identity_of_one_user"),
            models.UniqueConstraint(fields=["issuer", "user"], name="one_sign_in_identity_at_an_issuer"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"


class Invitation(Row):
    """A link that lets somebody set a password, once and for 72 hours. Only a hash of it is kept."""

    protection = Open("who is invited to sign in, and nothing of a young person")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Invitation of {self.user}"
