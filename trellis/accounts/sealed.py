"""What must not be read from a stolen database: sealed with, or hashed under, a key made from TRELLIS_SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """What was sealed cannot be opened: the hub's secret key is another one now."""


def seal(plain: bytes, purpose: str) -> bytes:
    """``plain`` enciphered and signed; each ``purpose`` has a key of its own."""
    return _fernet(purpose).encrypt(plain)


def unseal(sealed: bytes | memoryview, purpose: str) -> bytes:
    """What was sealed for this ``purpose``. Raises Unreadable."""
    try:
        return _fernet(purpose).decrypt(bytes(sealed))
    except InvalidToken:
        raise Unreadable(purpose) from None


def keyed_hash(text: str, purpose: str) -> str:
    """64 hexadecimal digits that say whether two texts are the same and, without the key, nothing else."""
    return keyed_hashes(text, purpose)[0]


def keyed_hashes(text: str, purpose: str) -> list[str]:
    """The hash under the present secret key, then under those before it."""
    salt = f"trellis.accounts.{purpose}"
    return [salted_hmac(salt, text, secret=secret, algorithm="sha256").hexdigest() for secret in _secrets()]


def _fernet(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in _secrets()])


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _key(secret: str, purpose: str) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=f"trellis.accounts.{purpose}".encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
