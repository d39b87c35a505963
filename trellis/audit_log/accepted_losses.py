"""Losses a person has accepted with a reason, such as what a restored backup did not hold: signed, beside the heads."""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from trellis.audit_log.signing import is_signed, signing_key

LABEL = b"trellis audit loss accepted 1\n"
FILE = "accepted-losses.jsonl"


@dataclass(frozen=True)
class Loss:
    """Batches, first and last, that are missing on one side; why that is no tampering; when that was said."""

    first: int
    last: int
    why: str
    at: str
    signature: str = ""

    def signed_part(self) -> bytes:
        return LABEL + json.dumps(asdict(replace(self, signature=""))).encode()

    def covers(self, lost: tuple[int, int]) -> bool:
        return self.first <= lost[0] and lost[1] <= self.last


def accept(folder: Path, lost: tuple[int, int], why: str) -> None:
    """Write down that these batches are lost and why, signed with the hub's key."""
    loss = Loss(*lost, why=why, at=datetime.now(UTC).isoformat(timespec="seconds"))
    loss = replace(loss, signature=signing_key(folder).sign(loss.signed_part()).hex())
    with (folder / FILE).open("a") as file:
        file.write(json.dumps(asdict(loss)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def accepted(folder: Path, key: Ed25519PublicKey) -> list[Loss]:
    """Every loss accepted under our signature; a line that is not is passed over."""
    path = folder / FILE
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [loss for line in lines if (loss := _parse(line)) and _is_ours(loss, key)]


def _parse(line: bytes) -> Loss | None:
    try:
        return Loss(**json.loads(line))
    except (ValueError, TypeError):
        return None


def _is_ours(loss: Loss, key: Ed25519PublicKey) -> bool:
    try:
        return is_signed(key, bytes.fromhex(loss.signature), loss.signed_part())
    except (ValueError, TypeError):
        return False
