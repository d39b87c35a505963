"""Reads about users that no child's record is part of."""

from django.db.models import QuerySet

from trellis.accounts.models import Agency, User


def demonstration_users() -> QuerySet[User]:
    """Open demonstration accounts, in the order the sign-in page and the console list them."""
    return User.objects.filter(is_demonstration=True, is_active=True).select_related("agency").order_by("name", "email")


def agency_choices() -> list[tuple[str, str]]:
    """Code and name of every agency, by name."""
    return list(Agency.objects.values_list("code", "name"))
