"""Security keys and passkeys (WebAuthn): adding one, and signing in with one. The browser's part: security_key.js."""

import ipaddress
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from trellis.accounts import services
from trellis.accounts.models import SecurityKey, User
from trellis.core.clocks import now

KEY = "security key"
PREFERRED = UserVerificationRequirement.PREFERRED
# What a browser's answer may raise when it is none: its base64, its numbers, its depth.
NOT_AN_ANSWER = (WebAuthnException, ValueError, TypeError, RecursionError)


@dataclass(frozen=True)
class Party:
    """Whom a key answers to: the host name keys are bound to, and the origins pages may come from."""

    host: str
    origins: list[str]


class Ceremony(NamedTuple):
    """What the browser is asked (JSON), and the challenge its answer must hold."""

    options: str
    challenge: str


def party_of(request: HttpRequest) -> Party | None:
    """The party of this request's address; None at a bare number, to which no browser binds a key.

    Behind a proxy TRELLIS_ORIGINS says what browsers see.
    """
    seen = f"{request.scheme}://{request.get_host()}"
    told = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin]
    host = _host(seen) if not told or _host(seen) in map(_host, told) else _host(told[0])
    if _is_number(host):
        return None
    return Party(host, [origin for origin in told if _host(origin) == host] or [seen])


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def ask_to_add(user: User, party: Party) -> Ceremony:
    """Begin adding a key; those added before are named, so that none is added twice."""
    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name="Trellis",
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=user.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=PREFERRED
        ),
        exclude_credentials=_descriptors(user),
    )
    return Ceremony(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def add_key(user: User, name: str, answer: str, challenge: str, party: Party) -> bool:
    """Keep a new key; says whether the browser's answer was right and the key is nobody's yet."""
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.host,
            expected_origin=party.origins,
        )
    except NOT_AN_ANSWER:
        return False
    key = SecurityKey(
        user=user,
        name=name or f"Security key {SecurityKey.objects.filter(user=user).count() + 1}",
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
    )
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError:
        return False
    services.record_change(user, f"{KEY} added")
    return True


def ask_to_sign_in(user: User, party: Party) -> Ceremony:
    """Begin signing in with one of the user's keys."""
    options = webauthn.generate_authentication_options(
        rp_id=party.host, allow_credentials=_descriptors(user), user_verification=PREFERRED
    )
    return Ceremony(webauthn.options_to_json(options), bytes_to_base64url(options.challenge))


def accept_key(user: User, answer: str, challenge: str, party: Party) -> bool:
    """Whether the browser's answer comes from one of the user's keys, for this challenge and no other.

    A key whose counter does not go on counting may have been copied: its answer is refused.
    """
    try:
        credential = parse_authentication_credential_json(answer)
        key = SecurityKey.objects.get(user=user, credential_id=credential.raw_id)
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.host,
            expected_origin=party.origins,
            credential_public_key=bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
        )
    except (*NOT_AN_ANSWER, SecurityKey.DoesNotExist):
        return False
    unchanged = SecurityKey.objects.filter(id=key.id, sign_count=key.sign_count)
    return unchanged.update(sign_count=verified.new_sign_count, used_at=now()) == 1


def _descriptors(user: User) -> list[PublicKeyCredentialDescriptor]:
    ids = SecurityKey.objects.filter(user=user).values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(id=bytes(credential_id)) for credential_id in ids]
