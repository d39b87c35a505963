"""Report years as people write them: 2022/23, 2022-23, 2022/2023, a calendar year, a span such as 2019-21."""

import re
from functools import lru_cache

LONGEST_SPAN, LONGEST_YEAR = 30, 40
_PAIR = re.compile(r"([12][0-9]{3})\s*([/\-\u2010-\u2015])\s*([0-9]{4}|[0-9]{2})")
_PART = re.compile(r"\s+(?:q[1-4]|h[12]|quarter\s+[1-4])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def canonical_year(text: str) -> str | None:
    """`text` in one spelling, or None where it is no year. A report year is 1 April to 31 March: 2022/23."""
    text = text.strip()
    if len(text) > LONGEST_YEAR:
        return None
    part = _PART.search(text)
    if part and part.end() == len(text):
        year = canonical_year(text[: part.start()])
        return f"{year} {part.group().strip().upper()}" if year else None
    if re.fullmatch(r"[12][0-9]{3}", text):
        return text
    pair = _PAIR.fullmatch(text)
    return _from_pair(*pair.groups()) if pair else None


def _from_pair(first: str, mark: str, second: str) -> str | None:
    start = int(first)
    end = int(second) if len(second) == 4 else _in_century(start, int(second))
    if end == start + 1:
        return f"{start}/{end % 100:02}"
    if mark == "/":
        return None
    if end <= start and len(second) == 2 and 1 <= int(second) <= 12:
        return f"{start}-{second}"  # a month: 2023-02
    if not start < end <= start + LONGEST_SPAN:
        return None
    return f"{start}-{end % 100:02}" if start // 100 == end // 100 else f"{start}-{end}"


def _in_century(start: int, two_digits: int) -> int:
    end = start - start % 100 + two_digits
    return end + 100 if start % 100 == 99 and two_digits == 0 else end


def year_before(year: str) -> str | None:
    """The year before a canonical report or calendar year; None for a span."""
    pair = re.fullmatch(r"([12][0-9]{3})/([0-9]{2})", year)
    if pair:
        start = int(pair.group(1)) - 1
        return f"{start}/{(start + 1) % 100:02}"
    return str(int(year) - 1) if re.fullmatch(r"[12][0-9]{3}", year) else None
