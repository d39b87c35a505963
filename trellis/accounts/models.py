"""Who works with the hub: agencies, teams, the roles people hold in them and for how long."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trellis.accounts.permissions import Permission
from trellis.core.clocks import today
from trellis.core.models import Row


class Agency(Row):
    """An organisation that protects children, such as the police or children's social care."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    co_located = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Team(Row):
    """A group whose members share sight of the children granted to it."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(Row):
    """A job in a team and what it permits. Rows are data: a hub edits them."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    permissions = ArrayField(models.CharField(max_length=40, choices=[(p, p) for p in Permission]), default=list)

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

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="users")
    job_title = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)

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
    """A role held in a team, from a day and until a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role} in {self.team}"
