"""A file as bytes: there, not too large, and text at all."""

import hashlib
import stat
from pathlib import Path
from typing import NamedTuple

from trellis.core.errors import Unusable

MOST_BYTES = 25 * 1024 * 1024
FIRST_BYTES = 4096
SAVE_AS = 'save it as "CSV UTF-8" and import that'
# The first bytes of files that are often sent instead of CSV.
NOT_CSV = {
    b"PK\x03\x04": "an Excel workbook or a ZIP file",
    b"PK\x05\x06": "a ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x1f\x8b": "a compressed file",
    b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"\x00\x00\xfe\xff": "UTF-32 text",
}


class Source(NamedTuple):
    """A file's bytes and what they are known by."""

    name: str
    data: bytes
    sha256: str


def read_source(path: Path) -> Source:
    """The file's bytes. Raises Unusable when there is no such file, or it is too large, or no text."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unusable(f"{path} is not a file")
        if found.st_size > MOST_BYTES:
            raise Unusable(f"{path} is larger than {MOST_BYTES // 1024**2} MB: split it and import the parts")
        data = path.read_bytes()
    except (OSError, ValueError) as problem:
        raise Unusable(f"{path} cannot be read: {getattr(problem, 'strerror', None) or problem}") from None
    check_text(path.name, data)
    return Source(path.name, data, hashlib.sha256(data).hexdigest())


def check_text(name: str, data: bytes) -> None:
    """Raises Unusable, saying what the file is instead of text."""
    for start, what in NOT_CSV.items():
        if data.startswith(start):
            raise Unusable(f"{name} is {what}, not CSV: {SAVE_AS}")
    if b"\x00" in data[:FIRST_BYTES].split(b"\n", 1)[0]:
        raise Unusable(f"{name} is not text: its first line holds NUL characters; {SAVE_AS}")
    if not data or data.isspace():
        raise Unusable(f"{name} is empty")
