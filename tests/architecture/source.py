"""The project's own source, parsed once for the tests of the house rules."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trellis"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Files git knows or would add; a file somebody is just deleting is passed over."""
    shown = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return tuple(path for name in shown.stdout.split("\0") if name and (path := ROOT / name).is_file())


@cache
def modules() -> tuple[Path, ...]:
    """Modules of the package, migrations left out."""
    found = [path for path in tracked_files() if path.is_relative_to(PACKAGE) and path.suffix == ".py"]
    assert found, "no module of the package was found"
    return tuple(path for path in found if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def layer(name: str) -> list[Path]:
    """Every module of one layer: ``name.py`` in an app, or the modules of a folder called ``name``."""
    return [path for path in modules() if path.stem == name or name in path.relative_to(PACKAGE).parts[1:-1]]


def app_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def imports(path: Path) -> set[str]:
    """Dotted names of what a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
