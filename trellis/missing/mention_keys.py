"""What two mentions of one thing share, however they were typed. Pure.

A key only says that two young people may have spoken of the same thing: a question for a worker, never a fact.
"""

import re
import unicodedata

COUNTRY = "44"
INTERNATIONAL = "00"
LONGEST = 200


def key_of(kind: str, words: str) -> str:
    """The key of ``words`` as a mention of ``kind``, at most 200 characters; "" when they hold nothing to compare."""
    made = {"phone": phone_key, "vehicle": plate_key, "online": online_key}.get(kind, name_key)(words)
    return made[:LONGEST]


def name_key(words: str) -> str:
    """A person or a place: accents and case folded, punctuation and needless space gone, ``St.`` and ``St`` alike."""
    return " ".join(re.findall(r"\w+", folded(words).replace("'", "").replace("’", "")))


def phone_key(words: str) -> str:
    """A number as it is dialled at home: ``+44 7700 900123``, ``0044...`` and ``07700-900123`` are one. Words without
    digits are compared as a name."""
    digits = re.sub(r"\D", "", folded(words).replace("(0)", ""))
    if not digits:
        return name_key(words)
    digits = digits.removeprefix(INTERNATIONAL) if digits.startswith(INTERNATIONAL + COUNTRY) else digits
    return f"0{digits.removeprefix(COUNTRY).removeprefix('0')}" if is_from_home(digits) else digits


def is_from_home(digits: str) -> bool:
    return digits.startswith(COUNTRY) and len(digits) in (11, 12, 13)


PLATES = (
    re.compile(r"\b[a-z]{2}[0-9]{2} ?[a-z]{3}\b"),
    re.compile(r"\b[a-z][0-9]{1,3} ?[a-z]{3}\b"),
    re.compile(r"\b[a-z]{3} ?[0-9]{1,3}[a-z]\b"),
)


def plate_key(words: str) -> str:
    """The number plate among the words, if there is one that reads whole; else all of the words, as a name."""
    plain = name_key(words)
    found = next((match for plate in PLATES if (match := plate.search(plain))), None)
    return found.group().replace(" ", "") if found else plain


def online_key(words: str) -> str:
    """An online name: case and a leading ``@`` make no difference, dots and underscores do."""
    return re.sub(r"\s+", "", folded(words)).lstrip("@")


def folded(words: str) -> str:
    """Without case, accents and marks that cannot be seen; digits of any script as ASCII digits."""
    decomposed = unicodedata.normalize("NFKD", words)
    kept = (c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in kept).casefold()
