"""The list against sentences of ours, some of them written before the list was and never tuned on."""

import sys

import pytest

from trellis.wording.bench import advice_of_the_file, labelled_phrases, lines_of, measure, tally


@pytest.fixture(scope="module")
def phrases():
    return labelled_phrases()


def test_the_set_is_large_enough_to_mean_something(phrases):
    held_out = [one for one in phrases if one.held_out]
    assert len(phrases) >= 300
    assert sum(one.blaming for one in phrases) >= 150
    assert sum(not one.blaming for one in phrases) >= 120
    assert len(held_out) >= 100
    assert len({one.text for one in phrases}) == len(phrases)


@pytest.mark.parametrize("part", ["all", "held out"])
def test_most_that_blames_is_found_and_little_else(phrases, part, capsys):
    wanted = [one for one in phrases if part == "all" or one.held_out]
    found = tally(wanted, advice_of_the_file())
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines_of(part, len(wanted), found)) + "\n")
    assert found.recall >= 0.95
    assert found.precision >= 0.90


def test_nothing_quoted_in_the_set_is_ever_found(phrases):
    quoting = [one for one in phrases if any(mark in one.text for mark in '"“‘') and not one.blaming]
    assert len(quoting) >= 8
    assert tally(quoting, advice_of_the_file()).wrong == []


def test_the_bench_prints_both_numbers_and_the_misses():
    answer, lines = measure(1, None)
    assert set(answer) == {"entries", "all", "held_out"}
    assert len([line for line in lines if "recall" in line]) == 2
    assert len([line for line in lines if "harmless:" in line]) == sum(
        len(answer[part]["harmless"]) for part in ("all", "held_out")
    )
