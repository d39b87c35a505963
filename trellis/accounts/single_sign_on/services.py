"""Whom the organisation's sign-in lets in here: an open account, told by its identity and never made by it."""

from enum import Enum

from trellis.accounts.models import Membership, SignInIdentity, User
from trellis.accounts.services import record_failed_sign_in
from trellis.accounts.single_sign_on.provider import Said

STEP = "single sign-on"


class Why(Enum):
    """Why somebody stays outside, in the words of the log."""

    NOBODY = "no account has this address"
    NOT_VERIFIED = "the address is not verified"
    ANOTHER = "the account belongs to another identity"
    CLOSED = "the account is closed"
    INVENTED = "the account is a demonstration account"
    LEFT = "no membership at present"


class NotAdmitted(Exception):
    def __init__(self, why: Why, user: User | None = None) -> None:
        super().__init__(why.value)
        self.why, self.user = why, user


def admit(said: Said) -> User:
    """The user this is. Once linked, by issuer and subject; the first time, by an address the provider has verified.

    Raises NotAdmitted, which the log has then. Nobody is created.
    """
    try:
        return _linked(said) or _link(said)
    except NotAdmitted as refusal:
        record_failed_sign_in(refusal.user, f"{STEP}: {refusal.why.value}")
        raise


def record_stopped(why: str) -> None:
    """A single sign-on came to nothing before anybody was named."""
    record_failed_sign_in(None, f"{STEP}: {why}")


def _linked(said: Said) -> User | None:
    known = SignInIdentity.objects.filter(issuer=said.issuer, subject=said.subject).select_related("user").first()
    return _who_may_enter(known.user) if known else None


def _link(said: Said) -> User:
    user = User.objects.filter(email=said.email).first() if said.email else None
    if not said.email_verified:
        raise NotAdmitted(Why.NOT_VERIFIED, user)
    if user is None:
        raise NotAdmitted(Why.NOBODY)
    _who_may_enter(user)
    made, _ = SignInIdentity.objects.get_or_create(issuer=said.issuer, user=user, defaults={"subject": said.subject})
    if made.subject != said.subject:
        raise NotAdmitted(Why.ANOTHER, user)
    return user


def _who_may_enter(user: User) -> User:
    if user.is_demonstration:
        raise NotAdmitted(Why.INVENTED, user)
    if not user.is_active:
        raise NotAdmitted(Why.CLOSED, user)
    if not Membership.objects.filter(user=user).current().exists():
        raise NotAdmitted(Why.LEFT, user)
    return user
