"""Users by what they are: a worker of the hub, somebody of another agency, somebody who has left."""

from datetime import date
from itertools import count

import pyotp

from trellis.accounts.models import Agency, AuthenticatorApp, Membership, Role, Team, User
from trellis.accounts.sealed import seal

PASSWORD = "a long enough password"
# One cheap hash for every test user: signing in is tested with the real hasher elsewhere.
HASH = "pbkdf2_sha256$1$salt$AbALkWQnZ3NY6fhmMoAsnD2mixplqz6Fq8Lt4iC0H7o="
_number = count(1)


def user(agency: str = "social_care", **fields) -> User:
    """Somebody with an account and no membership: may do nothing."""
    number = next(_number)
    fields = {"email": f"worker{number}@example.org", "name": f"Worker {number}", "password": HASH, **fields}
    return User.objects.create(agency=Agency.objects.get(code=agency), **fields)


def member(team: str, role: str, agency: str = "social_care", **fields) -> User:
    """Somebody who holds ``role`` in ``team`` now."""
    made = user(agency, **fields)
    Membership.objects.create(
        user=made, team=Team.objects.get(code=team), role=Role.objects.get(code=role), starts_on=date(2020, 1, 1)
    )
    return made


def hub_worker(**fields) -> User:
    return member("hub", "practitioner", **fields)


def hub_worker_of(agency: str, **fields) -> User:
    """A hub worker whom a co-located agency sends."""
    return member("hub", "practitioner", agency=agency, **fields)


def manager(**fields) -> User:
    return member("management", "manager", **fields)


def missing_worker(**fields) -> User:
    return member("missing", "missing_worker", agency="missing_team", **fields)


def analyst(**fields) -> User:
    return member("analysis", "analyst", **fields)


def remote_partner(agency: str = "education", **fields) -> User:
    """Somebody of a remote agency: sees only children shared with that agency or with them."""
    made = user(agency, **fields)
    team, _ = Team.objects.get_or_create(code="partners", defaults={"name": "Remote partners"})
    Membership.objects.create(user=made, team=team, role=Role.objects.get(code="partner"), starts_on=date(2020, 1, 1))
    return made


def leaver(**fields) -> User:
    """A hub worker whose membership ended."""
    made = hub_worker(**fields)
    made.memberships.update(ends_on=date(2021, 1, 1))
    return made


def with_app(user: User) -> pyotp.TOTP:
    """Gives ``user`` an authenticator app; what comes back shows its codes."""
    secret = pyotp.random_base32()
    AuthenticatorApp.objects.create(user=user, secret=seal(secret.encode(), "totp"))
    return pyotp.TOTP(secret)
