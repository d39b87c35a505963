"""Which entry of the list somebody may change."""

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.wording.models import Nudge


def see_for_change(user: User, code: str) -> Nudge:
    """The latest revision of an entry, taken out of the list or not. Raises Refused, Hidden."""
    check_may(user, Permission.WORDING_EDIT)
    found = Nudge.objects.filter(code=code).select_related("recorded_by").order_by("-revision").first()
    if found is None:
        raise Hidden("advice on wording")
    return found
