"""An account in words, for whoever manages accounts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from trellis.accounts.models import Invitation, Membership, User
from trellis.accounts.second_factors import SecondFactors
from trellis.core.presenters import day, moment, plural

NONE = "None at present"


def list_rows(accounts: Iterable[User]) -> list[dict[str, Any]]:
    """``accounts`` with their ``current_memberships``."""
    return [
        {
            "account": account,
            "roles": [f"{held.role}, {held.team}" for held in account.current_memberships],  # type: ignore[attr-defined]
            "signed_in": moment(account.last_login) or "Not yet",
        }
        for account in accounts
    ]


def facts(account: User, steps: SecondFactors, invitation: Invitation | None) -> list[tuple[str, object]]:
    return [
        ("E-mail address", account.email),
        ("Agency", account.agency),
        ("Job title", account.job_title),
        ("Account", state(account)),
        ("Last signed in", moment(account.last_login) or "Not yet"),
        ("Second steps", "Not asked of invented people" if account.is_demonstration else second_steps(steps)),
        ("Invitation", f"Can be used until {moment(invitation.expires_at)}" if invitation else "None waiting"),
        ("Home postcode", "Recorded" if account.home_postcode else ""),
    ]


def state(account: User) -> str:
    if account.is_demonstration:
        return "Open, for demonstration" if account.is_active else "Closed, was for demonstration"
    return "Open" if account.is_active else "Closed"


def second_steps(steps: SecondFactors) -> str:
    parts = ["authenticator app"] if steps.app else []
    parts += [plural(len(steps.keys), "security key")] if steps.keys else []
    if not parts:
        return "None set up yet: asked for at the next sign-in"
    said = " and ".join(parts)
    return f"{said[:1].upper()}{said[1:]}; {plural(steps.codes_left, 'recovery code')} left"


def membership_rows(memberships: Iterable[Membership], on: date) -> list[dict[str, Any]]:
    return [
        {
            "membership": held,
            "from": day(held.starts_on),
            "until": day(held.ends_on) or "No end yet",
            "state": membership_state(held, on),
            "can_end": held.ends_on is None or held.ends_on > on,
        }
        for held in memberships
    ]


def membership_state(held: Membership, on: date) -> str:
    if held.ends_on is not None and held.ends_on <= on:
        return "Ended"
    return "To come" if held.starts_on > on else "Held now"
