"""Check digits: every slip of one character is caught, and the published examples come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.people.identifiers import (
    NHS_NOT_USED,
    UPN_LETTERS,
    WrongNumber,
    is_temporary_upn,
    nhs_check_digit,
    nhs_in_groups,
    read_nhs_number,
    read_practice_code,
    read_upn,
    upn_check_letter,
)

DIGITS = "0123456789"
NINE = st.text(DIGITS, min_size=9, max_size=9).filter(lambda nine: nhs_check_digit(nine) != NHS_NOT_USED)
TWELVE = st.text(DIGITS, min_size=11, max_size=11).flatmap(
    lambda eleven: st.sampled_from(DIGITS + UPN_LETTERS).map(lambda last: eleven + last)
)


def refused(read, typed):
    try:
        read(typed)
    except WrongNumber:
        return True
    return False


def test_published_examples():
    """Of the Department for Education, and of the NHS."""
    assert upn_check_letter("801200001001") == "H"
    assert upn_check_letter("801200005001") == "B"
    assert nhs_check_digit("943476591") == 9
    assert read_nhs_number("943 476 5919") == "9434765919"
    assert nhs_in_groups("9434765919") == "943 476 5919"


@given(NINE)
def test_an_nhs_number_adds_up_the_long_way(nine):
    number = nine + str(nhs_check_digit(nine))
    assert sum((10 - place) * int(digit) for place, digit in enumerate(number)) % 11 == 0
    assert read_nhs_number(f"{number[:3]} {number[3:6]}-{number[6:]}") == number


@given(NINE, st.integers(0, 9), st.sampled_from(DIGITS))
def test_one_wrong_digit_of_an_nhs_number_is_caught(nine, place, digit):
    number = nine + str(nhs_check_digit(nine))
    wrong = number[:place] + digit + number[place + 1 :]
    assert refused(read_nhs_number, wrong) == (wrong != number)


@given(TWELVE)
def test_a_upn_is_read_and_told_permanent_from_temporary(twelve):
    number = upn_check_letter(twelve) + twelve
    assert read_upn(f" {number.lower()} ") == number
    assert is_temporary_upn(number) == (twelve[-1] in UPN_LETTERS)
    total = sum(weight * (UPN_LETTERS.find(c) if c in UPN_LETTERS else int(c)) for weight, c in enumerate(twelve, 2))
    assert UPN_LETTERS.index(number[0]) == total % 23


@given(TWELVE, st.integers(0, 10), st.sampled_from(DIGITS))
def test_one_wrong_digit_of_a_upn_is_caught(twelve, place, digit):
    number = upn_check_letter(twelve) + twelve
    wrong = number[: place + 1] + digit + number[place + 2 :]
    assert refused(read_upn, wrong) == (wrong != number)


@pytest.mark.parametrize("typed", ["", "123", "94347659190", "943476591A", "٩٤٣٤٧٦٥٩١٩"])
def test_what_is_no_nhs_number_is_refused_in_words(typed):
    with pytest.raises(WrongNumber, match="NHS number must be 10 digits"):
        read_nhs_number(typed)


@pytest.mark.parametrize("typed", ["", "H80120000100", "I801200001001", "H80120000100O", "H8012000010011"])
def test_what_is_no_upn_is_refused_in_words(typed):
    with pytest.raises(WrongNumber, match="a letter and 12 digits"):
        read_upn(typed)


def test_a_practice_code_is_a_letter_and_five_digits():
    assert read_practice_code("p84 001") == "P84001"
    assert refused(read_practice_code, "84001")
