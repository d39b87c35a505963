"""Set-up: what is done again, what is not, and how a failure is said."""

import fcntl
import re
import subprocess
import sys

import pytest

from trellis.console.environment import ROOT
from trellis.console.setup import browser_assets, python_packages, steps, system_packages
from trellis.console.setup.steps import CannotSetUp, Step


@pytest.fixture
def checkout(tmp_path):
    """The parts of a checkout that the Python packages are made from."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").write_text("a==1\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return tmp_path


def installed(checkout):
    steps.write_stamp(checkout / ".venv" / ".installed-runtime", python_packages._expected(checkout, "runtime"))


def test_packages_are_installed_once(checkout):
    assert python_packages._is_stale(checkout, "runtime")
    installed(checkout)
    assert not python_packages._is_stale(checkout, "runtime")


def test_packages_are_installed_again_when_the_lock_changes(checkout):
    installed(checkout)
    (checkout / "requirements" / "runtime.txt").write_text("a==2\n")
    assert python_packages._is_stale(checkout, "runtime")


def test_an_interrupted_installation_is_begun_again(checkout):
    installed(checkout)
    (checkout / ".venv" / ".unfinished").touch()
    assert python_packages._is_stale(checkout, "runtime")


def test_an_environment_whose_python_is_gone_is_made_again(checkout):
    installed(checkout)
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert python_packages._is_stale(checkout, "runtime")


def test_a_step_another_process_did_meanwhile_is_left_out(tmp_path, capsys):
    steps.run_stale([Step("never", lambda: False, lambda: pytest.fail("ran"))], tmp_path)
    assert capsys.readouterr().err == ""


def test_too_little_space_is_said_before_beginning(tmp_path):
    step = Step("everything", lambda: True, lambda: pytest.fail("ran"), needs_bytes=10**18)
    with pytest.raises(CannotSetUp, match="not enough disk space for everything"):
        steps.run_stale([step], tmp_path)


def test_a_full_disk_is_said_plainly(tmp_path):
    def fill():
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotSetUp, match="no disk space is left for writing"):
        steps.run_stale([Step("writing", lambda: True, fill)], tmp_path)


def test_a_tool_that_fails_is_one_line(tmp_path, capfd):
    code = "import sys; print('much'); print('the reason'); sys.exit(3)"
    with pytest.raises(CannotSetUp) as failed:
        steps.run_tool([sys.executable, "-c", code], tmp_path, "the packages")
    assert str(failed.value) == "the packages: the reason"
    assert capfd.readouterr().out == ""


def test_two_set_ups_wait_for_each_other(tmp_path):
    lock = tmp_path / "lock"
    with steps.only_one_at_a_time(lock), lock.open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_what_is_missing_is_named_in_one_line(monkeypatch):
    absent = system_packages.Need("libmissing-1", "missing", lambda: False)
    monkeypatch.setattr(system_packages, "NEEDS", {"test": (absent,), "up": (absent,)})
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_packages.sys, "platform", "linux")
    with pytest.raises(CannotSetUp, match="apt-get install libmissing-1"):
        system_packages.steps("test")[0].run()


def test_pages_are_served_without_what_only_pdf_needs(monkeypatch, capsys):
    absent = system_packages.Need("libmissing-1", "missing", lambda: False)
    monkeypatch.setattr(system_packages, "NEEDS", {"up": (absent,)})
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: 1000)
    system_packages.steps("up")[0].run()
    assert capsys.readouterr().err.count("\n") == 1


def test_the_build_names_only_files_that_are_there():
    """Each typeface and image the styles name was copied beside them, and none is a crown or a crest."""
    made = browser_assets._target(ROOT)
    assert (made / "trellis.css").read_text().rstrip().endswith("/*# sourceMappingURL=trellis.css.map */")
    crests = [path.read_text() for path in (made / "images").iterdir() if re.search("crest|crown", path.name)]
    assert set(crests) <= {browser_assets.BLANK_IMAGE}
    assert {path.suffix for path in (made / "fonts").iterdir()} == {".woff2"}


def test_locks_hold_hashes_and_no_address():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_set_up_needs_nothing_installed():
    """Before anything is installed only the standard library is there."""
    code = "import trellis.console.setup.__main__"
    subprocess.run([sys.executable, "-S", "-P", "-c", code], env={"PYTHONPATH": str(ROOT)}, check=True)
