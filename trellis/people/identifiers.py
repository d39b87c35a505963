"""Numbers that tell one person from another, and the check digits that catch a slip of the pen. Pure."""

import re

NHS = re.compile(r"[0-9]{10}", re.ASCII)
UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)
REGISTRATION = re.compile(r"[A-Z0-9]{1,8}", re.ASCII)
SOCIAL_CARE = re.compile(r"[A-Z0-9]{1,20}", re.ASCII)
PRACTICE = re.compile(r"[A-Z][0-9]{5}", re.ASCII)
# The letters a unique pupil number uses, by their values: I, O and S are left out.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
NHS_WEIGHTS = range(10, 1, -1)
UPN_WEIGHTS = range(2, 14)
NHS_NOT_USED = 10


class WrongNumber(ValueError):
    """What was typed is no such number; the message says what to look at."""


def plain_number(typed: str) -> str:
    """A number as it is stored: upper case, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", typed).upper()


def nhs_check_digit(nine: str) -> int:
    """The modulus 11 check digit of nine digits; 10 means that no NHS number begins so.

    Source: NHS Data Dictionary, NHS number.
    """
    total = sum(int(digit) * weight for digit, weight in zip(nine, NHS_WEIGHTS, strict=True))
    return (11 - total % 11) % 11


def upn_check_letter(twelve: str) -> str:
    """The check letter that stands before twelve characters, the last of them a letter in a temporary number.

    Source: Department for Education, unique pupil numbers; the rule of census error 1510.
    """
    values = (UPN_LETTERS.index(c) if c in UPN_LETTERS else int(c) for c in twelve)
    total = sum(value * weight for value, weight in zip(values, UPN_WEIGHTS, strict=True))
    return UPN_LETTERS[total % len(UPN_LETTERS)]


def read_nhs_number(typed: str) -> str:
    """The number as it is stored. Raises WrongNumber."""
    number = plain_number(typed)
    if not NHS.fullmatch(number):
        raise WrongNumber("NHS number must be 10 digits, like 999 123 4567")
    if nhs_check_digit(number[:9]) != int(number[9]):
        raise WrongNumber("NHS number does not add up: look for two digits that changed places")
    return number


def read_upn(typed: str) -> str:
    """The number as it is stored. Raises WrongNumber."""
    number = plain_number(typed)
    if not UPN.fullmatch(number):
        raise WrongNumber("Unique pupil number must be a letter and 12 digits; a temporary one ends with a letter")
    if upn_check_letter(number[1:]) != number[0]:
        raise WrongNumber("Unique pupil number does not add up: look for two characters that changed places")
    return number


def is_temporary_upn(number: str) -> bool:
    """A temporary number is replaced once the school knows the permanent one."""
    return number[-1:].isalpha()


def read_practice_code(typed: str) -> str:
    """A GP practice's code as the NHS gives it: a letter and five digits. Raises WrongNumber."""
    code = plain_number(typed)
    if not PRACTICE.fullmatch(code):
        raise WrongNumber("Practice code must be a letter and 5 digits, like P84001")
    return code


def read_registration(typed: str) -> str:
    """A provider's number as the inspectorate lists it: letters and digits, 8 at most. Raises WrongNumber."""
    number = plain_number(typed)
    if not REGISTRATION.fullmatch(number):
        raise WrongNumber("Registration number must be letters and digits, like SC123456")
    return number


def read_social_care_number(typed: str) -> str:
    """An authority's own number of a child. Raises WrongNumber. Source: the statutory returns of children in need and
    of looked-after children, which take letters and digits, 20 at most."""
    number = plain_number(typed)
    if not SOCIAL_CARE.fullmatch(number):
        raise WrongNumber("Number in social care must be letters and digits, 20 at most")
    return number


def nhs_in_groups(number: str) -> str:
    """``999 123 4567``, as people read it aloud."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""
