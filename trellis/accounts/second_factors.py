"""The second step of signing in: an authenticator app's code or a recovery code (security keys: security_keys.py)."""

import secrets
from dataclasses import dataclass

import pyotp
import segno
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from trellis.accounts import services
from trellis.accounts.models import AuthenticatorApp, RecoveryCode, SecurityKey, User
from trellis.accounts.sealed import Unreadable, keyed_hashes, seal, unseal
from trellis.core.clocks import now

APP, RECOVERY = "authenticator app", "recovery code"
STEP_SECONDS = 30
STEPS_AROUND = (-1, 0, 1)
RECOVERY_CODES = 10
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_LENGTH = 10


class TheLastOne(Exception):
    """Without this one nothing would be left to sign in with."""


@dataclass(frozen=True)
class SecondFactors:
    """What somebody has set up."""

    app: AuthenticatorApp | None
    keys: list[SecurityKey]
    codes_left: int

    @property
    def only_one(self) -> bool:
        return bool(self.app) + len(self.keys) == 1


def second_factors_of(user: User) -> SecondFactors:
    codes = RecoveryCode.objects.filter(user=user, used_at=None).count()
    return SecondFactors(_app_of(user), list(SecurityKey.objects.filter(user=user)), codes)


def has_second_factor(user: User) -> bool:
    """Whether ``user`` has an authenticator app or a security key; recovery codes alone do not count."""
    return AuthenticatorApp.objects.filter(user=user).exists() or SecurityKey.objects.filter(user=user).exists()


def _app_of(user: User) -> AuthenticatorApp | None:
    return AuthenticatorApp.objects.filter(user=user).first()


def new_secret() -> str:
    """A secret for an authenticator app: 160 bits in the 32 letters apps understand."""
    return pyotp.random_base32()


def picture_of(secret: str, user: User) -> str:
    """The picture an authenticator app reads, as the address of an image."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Trellis")
    return segno.make(uri, error="m").svg_data_uri(scale=5, border=4, dark="#0b0c0c", light="#ffffff")


def add_app(user: User, secret: str, code: str) -> bool:
    """Set up, or replace, the authenticator app once ``code`` shows that it works; says whether it did."""
    step = _step_of(secret, code)
    if step is None:
        return False
    values = {"secret": seal(secret.encode(), "totp"), "last_step": step, "recorded_at": now()}
    AuthenticatorApp.objects.update_or_create(user=user, defaults=values)
    services.record_change(user, f"{APP} set up")
    return True


def accept_code(user: User, code: str) -> bool:
    """Whether ``code`` is the app's code of now, or of half a minute either side. Each counts once."""
    app = _app_of(user)
    step = _step_of(_secret_of(app), code) if app else None
    if app is None or step is None:
        return False
    return AuthenticatorApp.objects.filter(id=app.id, last_step__lt=step).update(last_step=step) == 1


def _secret_of(app: AuthenticatorApp) -> str:
    """The app's secret; after the hub's secret key was changed there is none, and no code is right."""
    try:
        return unseal(app.secret, "totp").decode()
    except Unreadable:
        return ""


def _step_of(secret: str, code: str) -> int | None:
    """The half minute whose code this is."""
    typed = "".join(code.split())
    if not secret or not (typed.isascii() and typed.isdigit()):
        return None
    present = int(now().timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    steps = (present + around for around in STEPS_AROUND)
    return next((step for step in steps if constant_time_compare(app.generate_otp(step), typed)), None)


def remove_app(user: User) -> None:
    """Take the authenticator app away. Raises TheLastOne."""
    with transaction.atomic():
        _keep_one(user)
        removed, _ = AuthenticatorApp.objects.filter(user=user).delete()
        if removed:
            services.record_change(user, f"{APP} removed")


def remove_key(user: User, key: SecurityKey) -> None:
    """Take a security key away. Raises TheLastOne."""
    with transaction.atomic():
        _keep_one(user)
        key.delete()
        services.record_change(user, "security key removed")


def _keep_one(user: User) -> None:
    """Refuse when only one is left; the lock keeps two removals at once from each sparing the other's."""
    User.objects.select_for_update(of=("self",)).get(id=user.id)
    if second_factors_of(user).only_one:
        raise TheLastOne


def make_recovery_codes(user: User) -> list[str]:
    """Ten new codes in the place of any before, each good for one sign-in. Only their hashes are kept."""
    codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=_digests(user, code)[0]) for code in codes])
        services.record_change(user, "recovery codes made")
    return codes


def unused_codes(user: User) -> QuerySet[RecoveryCode]:
    return RecoveryCode.objects.filter(user=user, used_at=None)


def accept_recovery_code(user: User, code: str) -> bool:
    """Whether ``code`` is one of the user's codes and was not used before; from now on it was."""
    return unused_codes(user).filter(digest__in=_digests(user, code)).update(used_at=now()) == 1


def _new_recovery_code() -> str:
    letters = "".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def _digests(user: User, code: str) -> list[str]:
    """The code's hash under the present secret key and those before. Spaces, hyphens and capitals do not matter."""
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    return keyed_hashes(f"{user.id}:{letters}", "recovery")


def codes_for_whoever_has_none(user: User) -> list[str]:
    """New recovery codes when none are left, else nothing."""
    return [] if unused_codes(user).exists() else make_recovery_codes(user)
