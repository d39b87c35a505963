"""The key that signs what is sealed. It lies beside the heads, outside the database, and is made once."""

import base64
import hashlib
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from trellis.core.errors import Unusable

PRIVATE, PUBLIC = "signing-key.pem", "public-key.pem"


def make_signing_key(folder: Path) -> None:
    """Make the key, closed to others, and beside it the public one that verifies. A key that is there stays."""
    key = Ed25519PrivateKey.generate()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _put(folder / PRIVATE, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)


def replace_signing_key(folder: Path) -> None:
    """Make another key where the first is lost. What the first signed stays vouched for by what comes after it."""
    for name in (PRIVATE, PUBLIC):
        path = folder / name
        if path.exists():
            path.rename(folder / f"{path.stem}-until-{datetime.now(UTC):%Y%m%dT%H%M%S}{path.suffix}")
    make_signing_key(folder)


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key that signs. Raises Unusable when it is not there or cannot be read."""
    try:
        key = load_pem_private_key((folder / PRIVATE).read_bytes(), password=None)
    except (OSError, ValueError) as problem:
        raise Unusable(f"{folder / PRIVATE} cannot be read; it signs the audit log: put it back.") from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise Unusable(f"{folder / PRIVATE} is no Ed25519 key; it signs the audit log: put the right one back.")
    if not (folder / PUBLIC).exists():
        _put(folder / PUBLIC, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    return key


def public_key(folder: Path) -> Ed25519PublicKey:
    """The key that verifies. Raises Unusable when there is none."""
    try:
        key = load_pem_public_key((folder / PUBLIC).read_bytes())
    except FileNotFoundError as problem:
        raise Unusable(
            f"{folder / PUBLIC} is not there: the audit log was never sealed here, or it is lost."
        ) from problem
    except (OSError, ValueError) as problem:
        raise Unusable(f"{folder / PUBLIC} cannot be read; it verifies the audit log: put it back.") from problem
    if not isinstance(key, Ed25519PublicKey):
        raise Unusable(f"{folder / PUBLIC} is no Ed25519 key; it verifies the audit log: put the right one back.")
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """What to compare with a note kept elsewhere: the SHA-256 of the key, as ssh shows one."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "SHA256:" + base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def is_signed(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _put(path: Path, content: bytes, mode: int) -> None:
    """Write a file in one movement; one that is there already stays as it is."""
    half = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    with suppress(FileExistsError):
        os.link(half, path)
    half.unlink()
