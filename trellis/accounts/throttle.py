"""At most so many guesses in any few minutes, by account and by address: passwords and codes counted together.

Each guess is written down before it is looked at, on the second connection, and committed at once: neither fifty
copies at the same moment nor a request that fails afterwards gets one more. A guess that was right is taken back,
so that a whole office behind one address can come to work at nine.
"""

import ipaddress
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Q
from django.http import HttpRequest

from trellis.accounts.models import Guess, User
from trellis.accounts.sealed import keyed_hash
from trellis.core.clocks import now, today
from trellis.core.reference_data import limit

APART = "audit"
ONE_AT_A_TIME = 5_310_427
IPV6_NETWORK = 64


class Blocked(Exception):
    """Too many guesses. ``first`` says that nobody was told so a moment ago: what the log wants to know."""

    def __init__(self, seconds: int, first: bool) -> None:
        super().__init__(f"blocked for {seconds} seconds")
        self.seconds, self.first = seconds, first

    @property
    def words(self) -> str:
        """The same for every account, known or not."""
        minutes = ceil(self.seconds / 60)
        return f"There were too many tries. Wait {minutes} minute{'' if minutes == 1 else 's'}, then try again"


def take_guess(request: HttpRequest, user: User | None, typed: str = "") -> int:
    """Count one guess for ``user`` (or for the address of nobody that was ``typed``) before it is looked at.

    Returns its number for ``take_back``. Raises Blocked when the limits ``sign_in.guesses_by_account`` or
    ``sign_in.guesses_by_address`` within ``sign_in.guess_window`` are reached; the guess is then not to be looked at.
    """
    account = str(user.id) if user else keyed_hash(typed.strip().lower(), "account")
    address = keyed_hash(_address(request), "address")
    moment = now()
    since = moment - timedelta(minutes=limit("sign_in.guess_window", today()))
    with transaction.atomic(using=APART):
        _wait_for_turn()
        Guess.objects.using(APART).filter(at__lt=since).delete()
        full_until = max(
            _full_until("account", account, limit("sign_in.guesses_by_account", today())) or since,
            _full_until("address", address, limit("sign_in.guesses_by_address", today())) or since,
        )
        refused = full_until > since
        told_before = refused and _told_before(account if user else "", address)
        if not told_before:
            counted = account if user or not refused else ""
            guess = Guess.objects.using(APART).create(account=counted, address=address, at=moment, refused=refused)
    if refused:
        raise Blocked(ceil((full_until - since).total_seconds()), first=not told_before)
    return guess.id


def take_back(guess: int) -> None:
    """The guess was right: it no longer counts."""
    Guess.objects.using(APART).filter(id=guess).delete()


def _wait_for_turn() -> None:
    """Guesses are counted one after another: what this transaction counts, no other is adding to."""
    with connections[APART].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _full_until(field: str, value: str, most: int) -> datetime | None:
    """When ``most`` guesses are reached, the time of the guess that must leave the window first; None when not."""
    latest = Guess.objects.using(APART).filter(Q(**{field: value}), refused=False).order_by("-at")
    return latest.values_list("at", flat=True)[most - 1 : most].first()


def _told_before(account: str, address: str) -> bool:
    """One refusal a window is kept for each account and address, however often somebody goes on trying."""
    return Guess.objects.using(APART).filter(account=account, address=address, refused=True).exists()


def _address(request: HttpRequest) -> str:
    """Where the request came from, behind as many proxies as TRELLIS_TRUSTED_PROXIES says.

    Each of them adds whom it heard at the right end of X-Forwarded-For; what stands further left anybody may write.
    An IPv6 subscriber has a whole network, so the network is what counts.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = settings.TRUSTED_PROXIES
    text = forwarded[-hops] if 0 < hops <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
