"""Text as it reads, whatever letters it is written with: accents, look-alikes of other scripts, what is invisible and
what runs backwards are folded away, and every folded letter remembers where it stood."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

PIECE = re.compile(
    r"(?P<entity>&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,12});)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,300}>|<!--.{0,300}?-->)"
    r"|(?P<plain>[\x09\x0a\x0d\x20-\x25\x27-\x3b\x3d-\x7e]+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
PLAIN = re.compile(r"[\x09\x0a\x0d\x20-\x25\x27-\x3b\x3d-\x7e]*\Z")
INSIDE = re.compile(r"(?<=\w)[*_~|`\\](?=\w)|(?<=\w)-[ \t]*\r?\n[ \t]*(?=\w)|\\?[*_~`|]")
MARKED = re.compile(r"<[A-Za-z/!]|\w[*_~|`\\]+\w|\w-[ \t]*\r?\n|&[#A-Za-z]")
RUNS = re.compile("[\u202e\u202d\u2066\u2067\u2068\u202a\u202b]([^\u202c\u2069\n]*)")
TURNED = re.compile("[\u202e\u2067]")
NEAR = 60

# Look-alikes that no decomposition turns into Latin: Cyrillic, Greek, Armenian, small capitals, turned letters.
ALIKE = {
    **dict(zip("авеёзкмнорстухѕіјԁԛԝһӏьгѵ", "abee3kmhopctyxsijdqwhlbrv", strict=True)),
    **dict(zip("АВЕЁЗКМНОРСТУХЅІЈԌԚԜҺӀЬ", "ABEE3KMHOPCTYXSIJGQWHIb", strict=True)),
    **dict(zip("αβγδεικνορτυχωηρς", "abydeikvoptuxwnpc", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
    **dict(zip("ɑɡıɩȷɫƙɐɘəɛɯɔʌʇʎ", "agiijlkaeeemcavy", strict=False)),
    **dict(zip("øØłŁđĐħĦðÐŧŦ", "oOlLdDhHdDtT", strict=True)),
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "Th",
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4\u0060\uff07\u02b9", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
}


@cache
def plain_of(letter: str) -> str:
    """``É`` is ``E``, Cyrillic ``К`` is ``K``, ``𝐊`` is ``K``; an invisible letter is nothing."""
    if letter in ALIKE:
        return ALIKE[letter]
    if 0x1F1E6 <= ord(letter) <= 0x1F1FF:
        return chr(ord("A") + ord(letter) - 0x1F1E6)
    if unicodedata.category(letter) in ("Cf", "Mn", "Me", "Cc") or letter in "\u115f\u1160\u3164\uffa0\u00ad":
        return ""
    if unicodedata.category(letter) == "Nd":
        return str(unicodedata.digit(letter))
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(p for p in parts if not unicodedata.combining(p))
    if kept != letter:
        return "".join(plain_of(part) for part in kept) or " "
    return " " if letter.isspace() else letter


@dataclass(frozen=True)
class Folded:
    """``cased`` keeps capitals, ``text`` is small; ``origin[i]`` is where letter ``i`` stood in ``original``."""

    original: str
    cased: str
    text: str
    origin: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        places = self.origin[start:end]
        return min(places), max(places) + 1


def _made(original: str, text: str, offset: int = 0, joined: bool = False) -> Folded:
    """``text`` stands at ``offset`` of ``original``. ``joined``: tags are taken out, not read as a space."""
    parts: list[str] = []
    origin: list[int] = []
    for piece in PIECE.finditer(text):
        at, said = offset + piece.start(), piece.group()
        if piece.lastgroup == "plain":
            parts.append(said)
            origin.extend(range(at, at + len(said)))
            continue
        if piece.lastgroup == "entity":
            said = "".join(map(plain_of, html.unescape(said)))
        elif piece.lastgroup == "tag":
            said = "" if joined else " "
        else:
            said = plain_of(said)
        parts.append(said)
        origin.extend([at] * len(said))
    return _folded(original, "".join(parts), origin)


def _folded(original: str, cased: str, origin: list[int] | range) -> Folded:
    small = cased.lower()
    if len(small) != len(cased):
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in cased)
    return Folded(original, cased, small, origin)


def _joined(folded: Folded) -> Folded:
    """The same without marks inside words and with words broken at a line's end put together."""
    cut = {at for mark in INSIDE.finditer(folded.cased) for at in range(*mark.span())}
    kept = [n for n in range(len(folded.cased)) if n not in cut]
    return _folded(folded.original, "".join(folded.cased[n] for n in kept), [folded.origin[n] for n in kept])


def foldings(text: str) -> list[Folded]:
    """The text as it stands; and, around marks inside words and what runs backwards, as it reads without them."""
    plain = PLAIN.match(text)
    made = [Folded(text, text, text.lower(), range(len(text))) if plain else _made(text, text)]
    for start, end in _around(text, MARKED):
        made.append(_joined(_made(text, text[start:end], start, joined=True)))
    if not plain:
        made.extend(_turned(text, start, end) for start, end in _around(text, TURNED))
    return made


def _around(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Stretches of text around what the pattern finds, whole words wide; those that touch are one."""
    start = end = -1
    for found in pattern.finditer(text):
        if found.start() > end:
            if end >= 0:
                yield start, end
            start = text.rfind(" ", 0, max(0, found.start() - NEAR)) + 1
        end = text.find(" ", found.end() + NEAR)
        end = len(text) if end < 0 else end
    if end >= 0:
        yield start, end


def _turned(text: str, start: int, end: int) -> Folded:
    places = list(range(start, end))
    for run in RUNS.finditer(text, start, end):
        if TURNED.match(run[0]):
            places[run.start(1) - start : run.end(1) - start] = places[run.start(1) - start : run.end(1) - start][::-1]
    shown = _made(text, "".join(text[at] for at in places))
    return _folded(text, shown.cased, [places[at] for at in shown.origin])
