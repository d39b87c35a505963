"""Talking with the sign-in of an organisation: OpenID Connect, authorization code with PKCE.

Nothing it says is believed before it is checked: the discovery document must name the issuer the hub was given, and
the ID token must carry its signature, its issuer, our client as audience, our nonce and a time that has not passed.
Every conversation ends within three seconds. No token is kept or logged.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.core.cache import cache
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

SECONDS = 3.0
KEPT_SECONDS = 600
LEEWAY_SECONDS = 60
SCOPE = "openid email"
# Signatures with a key only the provider has; never "none", never one made with a secret the hub holds too.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
# What proves more than a password: RFC 8176, section 2.
SECOND_METHODS = frozenset({"mfa", "otp", "hwk", "swk", "fpt"})
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Unreachable(Exception):
    """The provider does not answer in time, or answers with a fault of its own."""


class Untrusted(Exception):
    """What came back cannot be believed, or the provider refused it; the words are for the log."""


@dataclass(frozen=True)
class Journey:
    """One sign-in under way: what the browser is sent off with, and must come back with."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Said:
    """What the provider says of whoever signed in there."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    second_step_done: bool


def configured() -> bool:
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


class Provider:
    """One conversation with the provider named in the settings, three seconds for all of it."""

    def __init__(self, back: str) -> None:
        self.issuer: str = settings.OIDC_ISSUER
        self.ends = time.monotonic() + SECONDS
        self.client = OAuth2Session(
            client_id=settings.OIDC_CLIENT_ID,
            client_secret=settings.OIDC_CLIENT_SECRET or None,
            token_endpoint_auth_method="client_secret_basic" if settings.OIDC_CLIENT_SECRET else "none",
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
        )

    def set_out(self) -> Journey:
        """Where to send the browser, with fresh secrets. Raises Unreachable, Untrusted."""
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        more = {"acr_values": " ".join(settings.OIDC_MFA_ACR)} if settings.OIDC_MFA_ACR else {}
        url, state = self.client.create_authorization_url(
            self.endpoint("authorization_endpoint"), nonce=nonce, code_verifier=verifier, **more
        )
        return Journey(url, state, nonce, verifier)

    def come_back(self, code: str, nonce: str, verifier: str) -> Said:
        """Exchange the code and check the ID token. Raises Unreachable, Untrusted."""
        token = self.token_for(code, verifier)
        claims = self.checked(str(token.get("id_token", "")), nonce, str(token.get("access_token", "")))
        person: Mapping[str, Any] = claims if "email" in claims else self.person(str(claims["sub"]))
        return Said(
            issuer=self.issuer,
            subject=str(claims["sub"]),
            email=str(person.get("email") or "").lower(),
            email_verified=person.get("email_verified") is True,
            second_step_done=second_step_in(claims),
        )

    def token_for(self, code: str, verifier: str) -> Mapping[str, Any]:
        if "client_secret_basic" not in self.metadata().get("token_endpoint_auth_methods_supported", [""]):
            self.client.token_endpoint_auth_method = self.plainest_method()
        try:
            token: Mapping[str, Any] = self.client.fetch_token(
                self.endpoint("token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                timeout=self.left(),
                allow_redirects=False,
            )
        except requests.RequestException as problem:
            raise Unreachable(type(problem).__name__) from None
        except (OAuthError, ValueError) as problem:
            raise Untrusted(getattr(problem, "error", None) or "the answer cannot be read") from None
        return token

    def plainest_method(self) -> str:
        """How to show the client secret to a provider that does not say it takes the usual way."""
        offered = self.metadata().get("token_endpoint_auth_methods_supported")
        usual = "client_secret_basic" if not offered else "client_secret_post"
        return usual if settings.OIDC_CLIENT_SECRET else "none"

    def checked(self, id_token: str, nonce: str, access_token: str = "") -> dict[str, Any]:
        """The claims of an ID token that is whole, from this issuer, for us, for this journey and in date."""
        try:
            read = self.decoded(id_token)
            options = {
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
                "nonce": {"essential": True, "value": nonce},
            }
            params = {"nonce": nonce, "client_id": settings.OIDC_CLIENT_ID, "access_token": access_token}
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, KeyError) as problem:
            raise Untrusted(f"ID token: {type(problem).__name__}") from None
        return dict(claims)

    def decoded(self, id_token: str) -> jwt.Token:
        """The token with its signature checked; a key nobody knows yet is asked for once more."""
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        try:
            return jwt.decode(id_token, KeySet.import_key_set(self.keys()), registry=registry)
        except InvalidKeyIdError:
            return jwt.decode(id_token, KeySet.import_key_set(self.keys(again=True)), registry=registry)

    def person(self, subject: str) -> dict[str, Any]:
        """Name and address, when the ID token leaves them to be asked for."""
        if "userinfo_endpoint" not in self.metadata():
            return {}
        said = self.document(self.endpoint("userinfo_endpoint"), with_token=True)
        if said.get("sub") != subject:
            raise Untrusted("the person described is not who signed in")
        return said

    def keys(self, again: bool = False) -> Any:
        return self.remembered("keys", lambda: self.document(self.endpoint("jwks_uri")), again)

    def metadata(self) -> dict[str, Any]:
        """The discovery document, which must speak for the issuer the hub was given."""
        address = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found: dict[str, Any] = self.remembered("metadata", lambda: self.document(safe(address)))
        if found.get("issuer") != self.issuer:
            raise Untrusted("the discovery document names another issuer")
        return found

    def endpoint(self, name: str) -> str:
        try:
            return safe(str(self.metadata()[name]))
        except KeyError:
            raise Untrusted(f"the discovery document has no {name}") from None

    def remembered(self, what: str, ask: Any, again: bool = False) -> Any:
        """What changes seldom is asked for every ten minutes."""
        key = f"single-sign-on:{what}:{self.issuer}"
        found = None if again else cache.get(key)
        if found is None:
            found = ask()
            cache.set(key, found, KEPT_SECONDS)
        return found

    def document(self, url: str, with_token: bool = False) -> dict[str, Any]:
        try:
            answer = self.client.get(url, withhold_token=not with_token, timeout=self.left(), allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as problem:
            raise Unreachable(type(problem).__name__) from None
        if answer.is_redirect or not isinstance(found, dict):
            raise Unreachable("no document")
        return found

    def left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise Unreachable("out of time")
        return left


def safe(url: str) -> str:
    """``url``, unless a token or a password would travel it in the clear."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return url
    raise Untrusted("the provider's addresses must begin with https")


def second_step_in(claims: Mapping[str, Any]) -> bool:
    """Whether the provider asked for more than a password."""
    methods = claims.get("amr")
    known = {str(method) for method in methods} if isinstance(methods, list) else set()
    return bool(known & SECOND_METHODS) or claims.get("acr") in settings.OIDC_MFA_ACR
