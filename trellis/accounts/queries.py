"""Reads about users that no child's record is part of."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from trellis.accounts.models import Agency, SecurityKey, User


def demonstration_users() -> QuerySet[User]:
    """Open demonstration accounts, in the order the sign-in page and the console list them."""
    return User.objects.filter(is_demonstration=True, is_active=True).select_related("agency").order_by("name", "email")


def agency_choices() -> list[tuple[str, str]]:
    """Code and name of every agency, by name."""
    return list(Agency.objects.values_list("code", "name"))


def worker_choices() -> list[tuple[str, str]]:
    """Id and name of every account, open and closed, with its agency, by name."""
    found = User.objects.order_by("name", "email").values_list("id", "name", "agency__name")
    return [(str(worker), f"{name}, {agency}") for worker, name, agency in found]


def account_of(email: str) -> User | None:
    """The account this address signs in to, however it is written; found as signing in itself finds it."""
    return User.objects.filter(email__iexact=email).first()


def key_of(user: User, key_id: UUID) -> SecurityKey:
    """One of the user's own security keys. Raises Http404 for anybody else's."""
    return get_object_or_404(SecurityKey, user=user, id=key_id)
