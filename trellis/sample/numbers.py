"""Numbers that belong to nobody: NHS numbers of the test range, telephone numbers kept for drama."""

from trellis.sample.streams import Stream

TEST_RANGE = 999
NUMBERS = 10**6
STEP = 611_953
PER_PART = 16_000
NOT_USED = 10


def nhs_number(part: int, child: int) -> str | None:
    """A number of the range 999 with its check digit; none when the range is used up or the digit would be ten.

    Source: NHS Data Dictionary, NHS number, modulus 11 check digit.
    """
    place = part * PER_PART + child
    if child >= PER_PART or place >= NUMBERS:
        return None
    digits = f"{TEST_RANGE}{place * STEP % NUMBERS:06d}"
    check = check_digit(digits)
    return None if check == NOT_USED else f"{digits}{check}"


def check_digit(digits: str) -> int:
    """The modulus 11 check digit of nine digits; 10 means that the number is not used."""
    return (11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11) % 11


def drama_phone(by: Stream) -> str:
    """Source: Ofcom, telephone numbers for use in TV and radio drama programmes."""
    area = by.one(["07700 900", "0161 496 0"])
    return f"{area}{by.between(0, 999):03d}"
