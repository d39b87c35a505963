"""Who can be kept from a record."""

from trellis.accounts.models import User
from trellis.need_to_know.exclusions import exclusions_of
from trellis.people.models import Person


def could_be_excluded(user: User, person: Person) -> list[User]:
    """Every worker but the user and those kept from this record already, by name. Raises Refused, Hidden."""
    kept = [held.user_id for held in exclusions_of(user, person)]
    return list(User.objects.filter(is_active=True).exclude(id__in=[user.pk, *kept]).order_by("name", "id"))
