"""``./hub bench planted-faults``: plants one fault after another in a copy of the project and runs the tests that must
notice it. First the same tests are run with nothing planted, and must pass.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.access.faults import FAULTS, Fault
from trellis.console.environment import ROOT
from trellis.core.database_server import DatabaseServer
from trellis.core.embedded_postgres.launcher import running_database
from trellis.core.errors import Unusable

MOST_SECONDS = 300
QUIETLY = ("-x", "-q", "-p", "no:cacheprovider", "-o", "junit_family=xunit1")
CAUGHT, RED, UNUSABLE, TERMINATED = 0, 1, 2, 143
# A test that ends so tells that the copy does not run, not that it noticed anything.
BROKEN = ("ImportError", "ModuleNotFoundError", "SyntaxError", "NameError", "ImproperlyConfigured")
LINKED = ("node_modules", ".venv")
BUILT = Path("trellis/core/static/core")


class DoesNotFit(Exception):
    """The text a fault replaces does not stand exactly once in its file: the code moved on without the fault."""


@dataclass(frozen=True)
class Outcome:
    """What became of one fault; ``caught_by`` is empty when it survived, and ``why`` says how."""

    fault: Fault
    caught_by: str
    seconds: float
    why: str = ""


@dataclass(frozen=True)
class Run:
    """One run of pytest: its exit code, which tests failed with what, and what it printed last."""

    code: int
    failed: list[tuple[str, str]]
    said: str


def planted(fault: Fault, root: Path) -> str:
    """The text of the fault's file with the fault in it. Raises DoesNotFit."""
    path = root / fault.file
    text = path.read_text() if path.exists() else ""
    if (times := text.count(fault.old)) != 1:
        raise DoesNotFit(f"no longer fits the code: its text stands {times} times in {fault.file}")
    return text.replace(fault.old, fault.new)


class Project:
    """A copy of what the project keeps under version control, with a data folder and a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.root, self.data, self.report = folder / "project", folder / "data", folder / "report.xml"
        self._copy()

    def _copy(self) -> None:
        for name in kept_files():
            target = self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
        for name in LINKED:
            if (ROOT / name).exists():
                (self.root / name).symlink_to(ROOT / name)
        if (ROOT / BUILT).exists():
            shutil.copytree(ROOT / BUILT, self.root / BUILT, dirs_exist_ok=True)

    @contextmanager
    def with_fault(self, fault: Fault) -> Iterator[None]:
        """The fault is in the copy inside, and gone afterwards. Raises DoesNotFit."""
        path = self.root / fault.file
        before, wrong = path.read_text() if path.exists() else "", planted(fault, self.root)
        path.write_text(wrong)
        try:
            yield
        finally:
            path.write_text(before)

    def test(self, selection: Sequence[str]) -> Run:
        """Run these tests in the copy until the first fails."""
        self.report.unlink(missing_ok=True)
        own = {"PYTHONPATH": str(self.root), "TRELLIS_TEST_DATA_DIR": str(self.data)}
        code, said = run_bounded(
            [sys.executable, "-m", "pytest", *QUIETLY, f"--junitxml={self.report}", *selection],
            self.root,
            {**os.environ, **own},
        )
        return Run(code, failures(self.report), said)


def kept_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        raise Unusable("planted-faults copies what is under version control, and git does not list it here")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def run_bounded(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Exit code and output; after MOST_SECONDS it and all it started are ended."""
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            said, _ = running.communicate(timeout=MOST_SECONDS)
        except BaseException as end:
            os.killpg(running.pid, signal.SIGKILL)
            if not isinstance(end, subprocess.TimeoutExpired):
                raise
            return TERMINATED, f"did not end within {MOST_SECONDS} s"
    return running.returncode, said


def failures(report: Path) -> list[tuple[str, str]]:
    """The tests that failed, each with what it said. An error around a test is no failure of it."""
    if not report.exists():
        return []
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return [
        (f"{case.get('file')}::{case.get('name')}", failure.get("message", ""))
        for case in cases
        for failure in case.findall("failure")
    ]


def judged(fault: Fault, run: Run, seconds: float) -> Outcome:
    """Caught is: a test of those named failed, and not because the copy does not run at all."""
    files = {test.split("::")[0] for test in fault.tests}
    for test, said in run.failed:
        if test.split("::")[0] in files and not said.startswith(BROKEN):
            return Outcome(fault, test, seconds)
    if run.code == 0:
        return Outcome(fault, "", seconds, "survived: every test passed")
    return Outcome(fault, "", seconds, f"no test failed, but the tests did not run: {last_line(run.said)}")


def last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("E  ", "FAILED", "ERROR"))]
    return " ".join((telling or lines or ["nothing was said"])[-1].split())[:200]


def outcome_of(fault: Fault, project: Project) -> Outcome:
    began = time.monotonic()
    try:
        with project.with_fault(fault):
            run = project.test(fault.tests)
    except DoesNotFit as misfit:
        return Outcome(fault, "", time.monotonic() - began, str(misfit))
    return judged(fault, run, time.monotonic() - began)


@contextmanager
def copy_of_the_project() -> Iterator[Project]:
    """A copy with its database running; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="trellis-faults-"))
    folder.chmod(0o755)  # the system user of the database enters it
    try:
        project = Project(folder)
        with running_database(project.data) as server:
            hurry(server)
            yield project
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hurry(server: DatabaseServer) -> None:
    """This database need not outlive a power cut, so it does not wait for the disk."""
    with server.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def check_green(project: Project, faults: Sequence[Fault]) -> None:
    """Raises Unusable when a test is red with nothing planted, for then it could notice nothing."""
    run = project.test(list(dict.fromkeys(test for fault in faults for test in fault.tests)))
    if run.code:
        first = ": ".join(run.failed[0]).splitlines()[0] if run.failed else last_line(run.said)
        raise Unusable(f"with nothing planted the tests are red: {first}")


def run_all(faults: Sequence[Fault], tell: Callable[[str], None], show: Callable[[str], None]) -> list[Outcome]:
    with copy_of_the_project() as project:
        tell("nothing planted: the same tests must pass")
        check_green(project, faults)
        outcomes = []
        for number, fault in enumerate(faults, 1):
            tell(f"{number} of {len(faults)}: {fault.name}")
            outcomes.append(outcome_of(fault, project))
            show(row(outcomes[-1]))
    return outcomes


def row(outcome: Outcome) -> str:
    told = outcome.caught_by or f"NOT CAUGHT, {outcome.why}"
    return f"{outcome.fault.name:<34} {outcome.seconds:6.1f} s  {told}"


def as_json(outcomes: Sequence[Outcome], seconds: float) -> str:
    faults = [
        {
            "name": o.fault.name,
            "wrong": o.fault.wrong,
            "file": o.fault.file,
            "caught_by": o.caught_by or None,
            "why": o.why or None,
            "seconds": round(o.seconds, 1),
        }
        for o in outcomes
    ]
    caught = sum(bool(o.caught_by) for o in outcomes)
    return json.dumps(
        {"bench": "planted-faults", "caught": caught, "of": len(faults), "seconds": round(seconds, 1), "faults": faults}
    )


def chosen(names: Sequence[str]) -> list[Fault]:
    unknown = set(names) - {fault.name for fault in FAULTS}
    if unknown:
        raise Unusable(f"there is no fault {', '.join(sorted(unknown))} (see: hub bench planted-faults --list)")
    return [fault for fault in FAULTS if not names or fault.name in names]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="hub bench planted-faults", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="plant this one; may be repeated")
    parser.add_argument("--list", action="store_true", help="say what each fault is, and plant none")
    parser.add_argument("--json", action="store_true", help="print only JSON")
    options = parser.parse_args(arguments)
    faults, began = chosen(options.only), time.monotonic()
    if options.list:
        say("\n".join(f"{fault.name}: {fault.wrong}" for fault in faults))
        return CAUGHT
    outcomes = run_all(faults, tell, (lambda _: None) if options.json else say)
    caught, seconds = sum(bool(outcome.caught_by) for outcome in outcomes), time.monotonic() - began
    if options.json:
        say(as_json(outcomes, seconds))
    else:
        say(f"{caught} of {len(outcomes)} planted faults were caught, in {seconds:.0f} s")
    return CAUGHT if caught == len(outcomes) else RED


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def tell(line: str) -> None:
    """What is being done, for somebody who watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")


def run() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        return main(sys.argv[1:])
    except Unusable as problem:
        sys.stderr.write(f"hub: {problem}\n")
        return UNUSABLE


if __name__ == "__main__":
    sys.exit(run())
