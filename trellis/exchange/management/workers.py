"""The worker in whose name a command works."""

from trellis.accounts.models import User
from trellis.core.errors import Unusable


def worker_named(email: str) -> User | None:
    """Whoever has this address; nobody for none. Raises Unusable for an address nobody has."""
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise Unusable(f"nobody with the address {email} has an account")
    return found
