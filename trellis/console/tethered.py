"""``python -m trellis.console.tethered web|manage ...``: a child of ``up`` that ends when ``up`` does, however it does.

A parent killed outright can stop nobody, so each child watches for that itself.
"""

import os
import runpy
import signal
import sys
import threading
import time

LOOK_EVERY_SECONDS = 0.3
GRACE_SECONDS = 8.0
PARENT = "TRELLIS_PARENT"


def watch_parent(parent: int) -> None:
    """End this process in order once its parent is gone, and roughly if that takes too long."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main(arguments: list[str]) -> None:
    """Watch the parent and become gunicorn or a Django command."""
    threading.Thread(target=watch_parent, args=[int(os.environ[PARENT])], daemon=True).start()
    kind, *rest = arguments
    if kind == "web":
        sys.argv = ["gunicorn", *rest]
        runpy.run_module("gunicorn", run_name="__main__")
        return
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["hub manage", *rest])
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main(sys.argv[1:])
