"""The web server of a hub: its socket, its arguments, and whether it answers."""

import socket
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from trellis.console.children import Child
from trellis.core.errors import Unusable

LOOPBACK = "127.0.0.1"
READY_WITHIN_SECONDS = 60.0


def listen(port: int) -> socket.socket:
    """Take the port first of all, and keep it: a web server that is started again finds its callers waiting."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((LOOPBACK, port))
        taken.listen(512)
    except OverflowError:
        raise Unusable(f"{port} is not a port; use one from 1024 to 65535.") from None
    except OSError as problem:
        taken.close()
        raise Unusable(f"port {port} cannot be used ({problem.strerror}); choose another with --port.") from None
    taken.set_inheritable(True)
    return taken


def web_server(listener: socket.socket, folder: Path, workers: int = 2) -> Child:
    """gunicorn on a socket that is open already."""
    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()  # noqa: S108 - gunicorn's heartbeat
    arguments = [
        "web", "trellis.wsgi:application", "--bind", f"fd://{listener.fileno()}", "--preload",
        "--worker-class", "gthread", "--workers", str(workers), "--threads", "4", "--timeout", "60",
        "--graceful-timeout", "5", "--keep-alive", "5", "--worker-tmp-dir", in_memory, "--no-control-socket",
    ]  # fmt: skip
    return Child("web server", arguments, folder / "log" / "web.log", [listener.fileno()])


def address_of(listener: socket.socket) -> str:
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}"


def wait_until_ready(address: str, log: Path) -> None:
    """Wait for the health page; say where the log is when it does not come."""
    give_up_at = time.monotonic() + READY_WITHIN_SECONDS
    seen = "no answer"
    while time.monotonic() < give_up_at:
        try:
            with direct_opener().open(f"{address}/health/ready", timeout=5) as response:
                response.read()
                return
        except urllib.error.HTTPError as problem:
            seen = f"status {problem.code}"
        except OSError as problem:
            seen = str(problem)
        time.sleep(0.1)
    raise Unusable(f"the web server does not become ready: {seen} (log: {log}).")


def direct_opener(*handlers: urllib.request.BaseHandler) -> urllib.request.OpenerDirector:
    """An opener that never goes through a proxy: what it asks is on this machine."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), *handlers)
