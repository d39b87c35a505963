"""``python -S -m trellis.console.setup ROOT [command ...]``: set up what the command needs, then become the console."""

import os
import sys
from pathlib import Path

from trellis.console.setup import browser_assets, python_packages, system_packages
from trellis.console.setup.steps import CannotSetUp, Step, only_one_at_a_time, run_stale


def steps_for(root: Path, command: str) -> list[Step]:
    """The steps this command needs, in order."""
    return [
        *system_packages.steps(command),
        *python_packages.steps(root, for_tests=command == "test"),
        *browser_assets.steps(root),
    ]


def main(argv: list[str]) -> None:
    root, arguments = Path(argv[0]), argv[1:]
    steps = steps_for(root, arguments[0] if arguments else "")
    try:
        if any(step.is_stale() for step in steps):
            with only_one_at_a_time(root / ".setup.lock"):
                run_stale(steps, root)
    except CannotSetUp as problem:
        print(f"hub: {problem}", file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    python = str(root / ".venv" / "bin" / "python")
    os.execv(python, [python, "-P", "-m", "trellis", *arguments])  # noqa: S606 - the console, in our own environment


if __name__ == "__main__":
    main(sys.argv[1:])
