"""Asking clamd whether bytes hold a virus, over its Unix socket (TRELLIS_CLAMD_SOCKET).

The protocol (INSTREAM): a command, then pieces each preceded by its length in four bytes, then a length of nought; the
answer is one line ended by a nought byte. Source: clamd(8).
"""

import socket
from contextlib import suppress

from django.conf import settings

PIECE = 64 * 1024
SECONDS = 30
LONGEST_ANSWER = 4096


class NotScanned(Exception):
    """No scanner answered as it should: the file waits."""


def scanner_is_set() -> bool:
    return bool(settings.CLAMD_SOCKET)


def is_infected(content: bytes) -> bool:
    """Whether clamd finds anything. Raises NotScanned when it is not set, not there, or answers with an error."""
    if not scanner_is_set():
        raise NotScanned("no scanner is set")
    try:
        answer = _asked(content)
    except OSError as fault:
        raise NotScanned(type(fault).__name__) from None
    if answer.endswith("FOUND"):
        return True
    if answer == "stream: OK":
        return False
    raise NotScanned("the scanner answered with an error")


def _asked(content: bytes) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS)
        line.connect(settings.CLAMD_SOCKET)
        # A scanner that takes no more says so and stops listening: what it said is read below.
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
        return _line(line)


def _line(line: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        more = line.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.split(b"\0")[0].decode(errors="replace").strip()
