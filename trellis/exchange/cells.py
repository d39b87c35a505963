"""How one cell is read. Each reader takes the text of a cell that is not blank, and raises BadCell with the reason."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from trellis.core.clocks import AmbiguousTime, NonexistentTime, from_london, now, today
from trellis.exchange.faults import BadCell, listed, shown
from trellis.people.services import plain_postcode

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?")
SLASHED = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-][0-9]{2,4}(\s.*)?", re.DOTALL)
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}|GIR0AA")
SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
MONTHS = 12
# Nobody who is a child in any file was born earlier, and no file tells of an earlier time.
EARLIEST_YEAR = 1990
FORMULA_STARTS = "=+-@＝＋－＠"
JOINERS = "\u200c\u200d"  # letters of some scripts are joined and kept apart by these

Reader = Callable[[str], object]


def check_decoded(cell: str) -> None:
    """Every cell, before it is read."""
    if "\0" in cell:
        raise BadCell("holds a NUL character")
    if not cell.isascii():
        try:
            cell.encode()
        except UnicodeEncodeError as problem:
            byte = ord(cell[problem.start]) - 0xDC00
            raise BadCell(f"is not UTF-8 (byte 0x{byte:02x}): save the file as CSV UTF-8") from None


def one_line(longest: int) -> Reader:
    """Text a person or a thing is known by: trimmed, no hidden character, not like a formula."""

    def read(cell: str) -> str:
        text = SPACES.sub(" ", unicodedata.normalize("NFC", cell)).strip()
        for character in () if text.isprintable() else text:
            if not character.isprintable() and character not in JOINERS:
                raise BadCell(f"holds a hidden character (U+{ord(character):04X}): type it again without")
        if text[0] in FORMULA_STARTS:
            raise BadCell(f"begins with {shown(text[0])}, as a formula does")
        return _not_longer(text, longest)

    return read


def name(longest: int) -> Reader:
    """A person's name in any script."""
    read_line = one_line(longest)

    def read(cell: str) -> str:
        text = str(read_line(cell))
        if not any(character.isalpha() for character in text):
            raise BadCell("has no letter in it")
        return text

    return read


def free_text(longest: int) -> Reader:
    """Somebody's words: kept exactly as they are, whatever they look like."""
    return lambda cell: _not_longer(cell, longest)


def _not_longer(text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadCell(f"is {len(text)} characters long; {longest} is the most")
    return text


def one_of(*codes: str) -> Reader:
    def read(cell: str) -> str:
        if cell.strip() not in codes:
            raise BadCell(f"is {shown(cell.strip())}; it may be {listed(codes)}")
        return cell.strip()

    return read


def some_of(codes: Sequence[str]) -> Reader:
    """Codes between semicolons, in their order, none twice."""
    read_one = one_of(*codes)

    def read(cell: str) -> list[object]:
        found = [read_one(part) for part in cell.split(";")]
        for code in found:
            if found.count(code) > 1:
                raise BadCell(f"names {code} twice")
        return found

    return read


def postcode(cell: str) -> str:
    """A postcode of the United Kingdom, as it is stored."""
    plain = plain_postcode(cell) if cell.isascii() else ""
    if not POSTCODE.fullmatch(plain):
        raise BadCell(f"is {shown(cell)}, which is not the shape of a postcode")
    return plain


def day(cell: str) -> date:
    """A day written YYYY-MM-DD, not in the future."""
    text = cell.strip()
    if not DAY.fullmatch(text):
        raise BadCell(_not_iso(text, "YYYY-MM-DD"))
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadCell(f"is {text}: there is no such day") from None
    if found.year < EARLIEST_YEAR:
        raise BadCell(f"is {text}, which is before {EARLIEST_YEAR}")
    if found > today():
        raise BadCell(f"is {text}, which is in the future")
    return found


def moment(cell: str) -> datetime:
    """A time with its offset from UTC, or as London's clocks showed it; not in the future. In UTC."""
    text = cell.strip()
    shape = MOMENT.fullmatch(text)
    if not shape:
        raise BadCell(_not_iso(text, "YYYY-MM-DDTHH:MM"))
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadCell(f"is {text}: there is no such time") from None
    if found.year < EARLIEST_YEAR:
        raise BadCell(f"is {text}, which is before {EARLIEST_YEAR}")
    if found.year > today().year + 1:
        raise BadCell(f"is {text}, which is in the future")
    found = found.astimezone(UTC) if shape["offset"] else _london(found, text)
    if found > now():
        raise BadCell(f"is {text}, which is in the future")
    return found


def _london(wall: datetime, text: str) -> datetime:
    try:
        return from_london(wall)
    except AmbiguousTime:
        raise BadCell(f"is {text}, which happened twice that night: add +01:00 or +00:00") from None
    except NonexistentTime:
        raise BadCell(f"is {text}, which did not happen: the clocks went forward") from None


def _not_iso(text: str, shape: str) -> str:
    """What a day or time that is not ISO 8601 looks like instead."""
    if NUMBER.fullmatch(text):
        return f"is {shown(text)}, a number as spreadsheets keep days: write {shape}"
    found = SLASHED.fullmatch(text)
    if found and max(int(found[1]), int(found[2])) <= MONTHS:
        return f"is {shown(text)}, which may be two different days: write {shape}"
    if DAY.fullmatch(text):
        return f"is {text} without a time of day: write {shape}"
    return f"is {shown(text)}: write {shape}"
