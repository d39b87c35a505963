"""Scanners on a socket of their own: ClamAV's daemon where it is installed, with one signature of ours, and one that
answers a line it was given."""

import shutil
import socketserver
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VIRUS = "trellis-test-virus"
SECONDS = 20


def is_installed() -> bool:
    return shutil.which("clamd") is not None


@contextmanager
def clamd_running() -> Iterator[Path]:
    """The daemon, knowing one virus."""
    with tempfile.TemporaryDirectory(prefix="clamd") as name:
        folder = Path(name)
        (folder / "own.ndb").write_text(f"Trellis.Test:0:*:{VIRUS.encode().hex()}\n")
        settings = {
            "LocalSocket": folder / "s",
            "DatabaseDirectory": folder,
            "Foreground": "yes",
            "LogFile": folder / "l",
        }
        (folder / "conf").write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
        process = subprocess.Popen(
            ["clamd", "-c", folder / "conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            until = time.monotonic() + SECONDS
            while not (folder / "s").exists() and process.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            yield folder / "s"
        finally:
            process.terminate()
            process.wait()


@contextmanager
def scanner_answering(line: bytes) -> Iterator[tuple[Path, list[bytes]]]:
    """A socket that takes a file as clamd does and answers ``line``; the list holds what it was sent."""
    taken: list[bytes] = []

    class Answer(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            taken.append(self.rfile.read(len(b"zINSTREAM\0")))
            while length := int.from_bytes(self.rfile.read(4), "big"):
                taken.append(self.rfile.read(length))
            self.wfile.write(line)

    with tempfile.TemporaryDirectory(prefix="scan") as folder:
        path = Path(folder) / "s"
        with socketserver.UnixStreamServer(str(path), Answer) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield path, taken
            server.shutdown()
