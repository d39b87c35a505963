"""The faults that ``./hub bench planted-faults`` plants still fit the code; one of them is planted here for real."""

import pytest

from tests.access import planted_faults
from tests.access.faults import FAULTS, Fault
from tests.access.planted_faults import DoesNotFit, Project, Run
from trellis.console.environment import ROOT
from trellis.core.errors import Unusable


def test_there_are_enough_of_them_each_with_its_own_name():
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 12


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_fits_the_code_once_and_its_tests_are_there(fault):
    assert compile(planted_faults.planted(fault, ROOT), fault.file, "exec") if fault.file.endswith(".py") else True
    assert planted_faults.planted(fault, ROOT) != (ROOT / fault.file).read_text()
    for test in fault.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text(), test


def test_a_planted_fault_is_caught_by_a_test_that_fails_and_is_gone_afterwards(tmp_path):
    fault = next(fault for fault in FAULTS if fault.name == "a-model-says-nothing")
    project = Project(tmp_path)
    outcome = planted_faults.outcome_of(fault, project)
    assert (outcome.caught_by, outcome.why) == (fault.tests[0], "")
    assert (project.root / fault.file).read_text() == (ROOT / fault.file).read_text()


MOVED = Fault("moved", "The code moved on.", "trellis/urls.py", "what no file says", "", ("tests/a.py",))


def test_a_fault_that_no_longer_fits_is_not_caught(tmp_path):
    with pytest.raises(DoesNotFit, match=r"stands 0 times in trellis/urls\.py"):
        planted_faults.planted(MOVED, ROOT)


@pytest.mark.parametrize(
    ("run", "caught_by", "why"),
    [
        (Run(1, [("tests/a.py::test_b", "AssertionError: assert 200 == 404")], ""), "tests/a.py::test_b", ""),
        (Run(0, [], "3 passed"), "", "survived"),
        (Run(1, [("tests/other.py::test_b", "AssertionError")], "FAILED tests/other.py"), "", "did not run"),
        (Run(1, [("tests/a.py::test_b", "ImportError: cannot import name")], "E  ImportError"), "", "did not run"),
        (Run(1, [], "ERROR at setup of test_b"), "", "did not run"),
        (Run(2, [], "ERROR tests/a.py - SyntaxError"), "", "did not run: ERROR tests/a.py"),
        (Run(143, [], "did not end within 300 s"), "", "did not end"),
    ],
)
def test_only_a_test_that_fails_has_caught_anything(run, caught_by, why):
    outcome = planted_faults.judged(MOVED, run, 1.0)
    assert outcome.caught_by == caught_by
    assert why in outcome.why
    assert ("NOT CAUGHT" in planted_faults.row(outcome)) == (not caught_by)


def test_a_name_that_is_none_is_one_line_that_says_where_the_names_are():
    with pytest.raises(Unusable, match="--list"):
        planted_faults.chosen(["no-such-fault"])
