"""Sentences, numbers as they are written, and the edition's own words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.measures.figures import Figure
from trellis.reports.annual.blocks import listed, noun
from trellis.reports.annual.local import UnknownFigure, local_words
from trellis.reports.book import Book, Material, written, years_compared
from trellis.reports.document.parts import Name, Number, NumberTypedByHand, Typed, plain, say
from trellis.reports.words_file import fault_in

SHARE = Figure(
    measure="a.share",
    title="A share",
    year="2022/23",
    period=(date(2022, 4, 1), date(2023, 3, 31)),
    breakdown={},
    unit="percent",
    value=Decimal("49.50"),
    numerator=9899,
    denominator=20000,
    population="things",
    snapshot="sha256:0",
    definition="1.0.0",
)
COUNT = replace(SHARE, measure="a.count", unit="count", value=1234, numerator=1234, denominator=None)


def book(*figures):
    return Book(Material("2022/23", datetime(2023, 4, 1, tzinfo=UTC), "sha256:0", figures, {}, {}))


def test_a_sentence_with_a_digit_in_it_is_refused():
    with pytest.raises(NumberTypedByHand):
        say("There were 12 of them")
    with pytest.raises(NumberTypedByHand):
        say("There were {many}", many="12")


def test_a_sentence_keeps_its_figures_apart_from_its_words():
    number = book(COUNT).number("a.count")
    words = say("There were {many} in {year}.", many=number, year=Name("2022/23"))
    assert words == ("There were ", number, " in ", Name("2022/23"), ".")
    assert plain(words) == "There were 1,234 in 2022/23."


def test_a_share_is_rounded_once_and_not_twice():
    """49.495 is 49.50 to two places, and would be 50 if that were rounded again."""
    assert written(SHARE) == "49%"


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (COUNT, "1,234"),
        (COUNT.hidden(), "c"),
        (replace(SHARE, value=None, numerator=0, denominator=0), "–"),
        (replace(SHARE, unit="years", value=Decimal("14.85"), numerator=297, denominator=20), "14.9"),
        (replace(SHARE, numerator=1, denominator=200, value=Decimal("0.50")), "1%"),
    ],
)
def test_how_figures_are_written(figure, text):
    assert written(figure) == text


def test_a_change_says_which_way_and_nothing_when_a_figure_is_hidden():
    before = replace(COUNT, year="2021/22", value=1000, numerator=1000)
    assert plain(book(before, COUNT).change("a.count")) == "234 more than in 2021/22"
    assert plain(book(replace(before, value=1234, numerator=1234), COUNT).change("a.count")) == "the same as in 2021/22"
    assert book(before.hidden(), COUNT).change("a.count") == ()
    signed = book(replace(before, value=2000, numerator=2000), COUNT).signed_change("a.count", "2022/23")
    assert signed.text == "−766"


def test_lists_and_nouns():
    names = [Name("a"), Name("b"), Name("c")]
    assert [plain(listed(names[:size])) for size in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
    one = Number("1", 1, "a.count", (COUNT,))
    assert noun(one, "child was", "children were") == "child was"


def test_the_years_compared_cross_a_century():
    assert years_compared("2001/02") == ["1998/99", "1999/00", "2000/01", "2001/02"]


def test_references_become_figures_and_other_digits_are_marked():
    words = local_words(book(COUNT), "We saw {a.count} and 3 more, 4.5% in all.")
    assert [type(run) for run in words] == [str, Number, str, Typed, str, Typed, str]
    assert plain(words) == "We saw 1,234 and 3 more, 4.5% in all."
    with pytest.raises(UnknownFigure, match=r"\{a\.count@2019/20\}"):
        local_words(book(COUNT), "In {a.count@2019/20}")


@given(st.text())
def test_no_digit_of_the_editions_words_goes_unmarked(text):
    words = local_words(book(COUNT), text.replace("{", ""))
    assert plain(words) == text.replace("{", "")
    assert not any(letter.isdigit() for run in words if isinstance(run, str) for letter in run if letter.isdecimal())


@pytest.mark.parametrize(
    ("given_content", "said"),
    [
        ({"hub": "Northern hub", "priorities": ["Listen"], "sections": {"need": ["More"]}}, ""),
        ({"annotations": [{"year": "2021/22", "words": "A new tool"}]}, ""),
        ({"annotations": [{"year": "2021", "words": "A new tool"}]}, "not a report year"),
        ({"annotations": [{"year": "2021/22"}]}, "must be a list"),
        ({"hub": 3}, "must be a text"),
        ({"sections": []}, "must be an object"),
        ({"sections": {"weather": []}}, "no section 'weather'"),
        ({"colour": "red"}, "'colour' is not known"),
        ([], "is an object"),
    ],
)
def test_what_a_words_file_may_hold(given_content, said):
    fault = fault_in(given_content)
    assert (said in fault) if said else fault == ""
