"""How every command begins and ends: help, one plain line for a mistake, the right exit code."""

import subprocess

import pytest
from django.core.management.base import CommandError

from trellis.console import program
from trellis.console.environment import ROOT
from trellis.core.errors import Unusable


def end_of(monkeypatch, problem: BaseException) -> int:
    """The exit code of a command that ends with this."""

    def run(_arguments):
        raise problem

    monkeypatch.setattr(program, "_runner", lambda _command: run)
    return program.main(["manage"])


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        program.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in {**program.DJANGO_COMMANDS, **program.OTHER_COMMANDS})


@pytest.mark.parametrize("arguments", [["dance"], [], ["--dance"], ["up", "--port", "high"], ["up", "--port", "99999"]])
def test_a_mistake_is_one_line_and_exit_code_2(arguments, capsys):
    assert program.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("hub: ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Unusable("two\nlines"), 2),
        (CommandError("not that file"), 2),
        (CommandError("worse", returncode=3), 3),
        (KeyboardInterrupt(), 130),
    ],
)
def test_what_a_person_can_act_on_is_one_line(problem, code, monkeypatch, capsys):
    assert end_of(monkeypatch, problem) == code
    assert capsys.readouterr().err.count("\n") == (0 if code == 130 else 1)


def test_a_fault_of_ours_keeps_its_trace(monkeypatch):
    with pytest.raises(ZeroDivisionError):
        end_of(monkeypatch, ZeroDivisionError())


def test_without_python_there_is_one_line(tmp_path):
    script = (ROOT / "hub").read_text().replace("/usr/", "/nowhere/").replace("/opt/", "/nowhere/")
    (tmp_path / "hub").write_text(script)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("dirname", "readlink"):
        (tools / tool).symlink_to(f"/usr/bin/{tool}")
    done = subprocess.run(
        ["/bin/sh", tmp_path / "hub"], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "Python 3.11" in done.stderr
