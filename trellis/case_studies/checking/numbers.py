"""Finds numbers, addresses and handles: those of the record however they are written, and whatever looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from trellis.case_studies.checking.dates import SMALL_NUMBERS
from trellis.case_studies.checking.findings import Finding, Severity
from trellis.case_studies.checking.folding import Folded
from trellis.case_studies.checking.identities import Identities
from trellis.case_studies.checking.words import Word, windows

AS_FIGURES = str.maketrans("oil", "011")
POSTCODE = re.compile(r"(?<![a-z0-9])[a-z]{1,2}\d[a-z\d]?[\s.-]{0,2}\d[a-z]{2}(?![a-z0-9])")
SPOKEN = ["zero", "nought", "oh", *SMALL_NUMBERS[:9], "double", "treble", "triple", "o"]
DOT = r"(?:\.|\(dot\)|\[dot\]|\sdot\s)"
Shapes = tuple[tuple[re.Pattern[str], str], ...]
WITH_SIGNS: Shapes = (
    (re.compile(rf"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?{DOT}\s?[a-z]{{2,}})+"), "an e-mail address"),
    (re.compile(r"[\w.+-]+\sat\s[\w-]+(?:\sdot\s[a-z]{2,})+"), "an e-mail address"),
    (re.compile(r"(?<![\w@.])@[\w.]{2,}"), "a handle"),
    (re.compile(r"(?<!\w)#[a-z]\w{2,}"), "a hashtag"),
    (re.compile(r"(?:https?://|www\.)\S+"), "an address on the web"),
)  # fmt: skip
WITH_FIGURES: Shapes = (
    (POSTCODE, "a postcode"),
    (re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}[\s-]?[a-z]{3}(?![a-z0-9])"), "a vehicle's registration"),
    (re.compile(r"(?<![a-z0-9])[a-z]\d{1,3}[\s-]?[a-z]{3}(?![a-z0-9])"), "a vehicle's registration"),
    (re.compile(r"\+?\(?\d(?:[\s().-]{0,3}\d){6,14}"), "a number long enough to be somebody's"),
    (re.compile(r"(?<!\w)[a-z]{1,5}[-/]?\d{2,}(?:[-/]\w+)*"), "a reference"),
    (re.compile(r"(?<!\w)\d{2,}(?:[-/]\w+){1,3}"), "a reference"),
)
SAID = "|".join(SPOKEN)
IN_WORDS: Shapes = ((re.compile(rf"(?<!\w)(?:(?:{SAID})[\s,-]+){{5,}}(?:{SAID})(?!\w)"), "a number in words"),)
SPOKEN_THRICE = re.compile(
    r" (?:two|three|four|five|six|seven|eight|nine) (?:one|two|three|four|five|six|seven|eight|nine) "
)
OUTWARD = re.compile(r"(?<![A-Z0-9a-z])[A-Z]{1,2}\d{1,2}[A-Z]?(?![A-Za-z0-9])")
FIGURES = re.compile(r"\d[\d,.]*\d|\d")


class Numbers:
    """The numbers of the record, without spaces and signs."""

    def __init__(self, identities: Identities) -> None:
        self.known: dict[str, str] = {}
        for number in identities.numbers:
            plain = "".join(c for c in number.value.lower() if c.isalnum())
            if len(plain) > 1:
                self.known.setdefault(plain.translate(AS_FIGURES), number.what)
                if plain.startswith("44") and len(plain) > 10:
                    self.known.setdefault("0" + plain[2:].translate(AS_FIGURES), number.what)
                if plain.startswith("0") and len(plain) > 9:
                    self.known.setdefault("44" + plain[1:].translate(AS_FIGURES), number.what)
                    self.known.setdefault(plain[1:].translate(AS_FIGURES), number.what)
        self.figures = [k for k in self.known if k.isdigit() and len(k) > 5]

    def part_of(self, figures: str) -> str:
        """Whose number these figures end or begin."""
        return next((self.known[k] for k in self.figures if k.endswith(figures) or k.startswith(figures)), "")


def numbers(known: Numbers, folded: Folded, words: list[Word]) -> Iterator[Finding]:
    text = folded.text
    for start, end in windows(words, _has_figure, near=8):
        yield from _known(known, folded, start, end)
        yield from _shaped(WITH_FIGURES, folded, start, end)
        yield from _figures(known, folded, start, end)
    if any(mark in text for mark in ("@", "#", "www", "http", "(at)", "[at]", " dot ")):
        yield from _shaped(WITH_SIGNS, folded, 0, len(text))
    if any(word.plain in ("zero", "oh", "nought", "double", "treble") for word in words) or SPOKEN_THRICE.search(text):
        yield from _shaped(IN_WORDS, folded, 0, len(text))


def _has_figure(word: Word) -> bool:
    return not word.plain.isalpha()


def _shaped(shapes: Shapes, folded: Folded, start: int, end: int) -> Iterator[Finding]:
    for shape, what in shapes:
        for found in shape.finditer(folded.text, start, end):
            yield _made(folded, found.span(), "number", f"It looks like {what}", Severity.LIKELY)


def _known(known: Numbers, folded: Folded, first: int, last: int) -> Iterator[Finding]:
    places = [i for i in range(first, min(last, len(folded.text))) if folded.text[i].isalnum()]
    plain = "".join([folded.text[i] for i in places]).translate(AS_FIGURES)
    for value, what in known.known.items():
        at = plain.find(value)
        while at >= 0:
            start, end = places[at], places[at + len(value) - 1] + 1
            if _stands_alone(folded.text, start, end, len(value)) and _close(places[at : at + len(value)]):
                why = f"{what[:1].upper()}{what[1:]} of the record"
                yield _made(folded, (start, end), "number", why, Severity.CERTAIN)
            at = plain.find(value, at + 1)


def _stands_alone(text: str, start: int, end: int, size: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and size < 8) and not (after.isalnum() and size < 6)


def _close(places: list[int]) -> bool:
    return all(b - a < 6 for a, b in pairwise(places))


def _figures(known: Numbers, folded: Folded, start: int, end: int) -> Iterator[Finding]:
    for found in OUTWARD.finditer(folded.cased, start, end):
        yield _made(folded, found.span(), "number", "It looks like the first half of a postcode", Severity.POSSIBLE)
    for found in FIGURES.finditer(folded.text, start, end):
        figures = "".join(c for c in found.group() if c.isdigit())
        what = known.part_of(figures) if len(figures) > 2 else ""
        if what:
            yield _made(folded, found.span(), "number", f"These figures are part of {what}", Severity.LIKELY)
        elif len(figures) > 4:
            yield _made(folded, found.span(), "number", "A number this long can be somebody's", Severity.LIKELY)
        else:
            yield _made(
                folded, found.span(), "figures", "A figure: say it in words if it tells nothing", Severity.POSSIBLE
            )


def _made(folded: Folded, span: tuple[int, int], kind: str, why: str, severity: Severity) -> Finding:
    start, end = folded.span(*span)
    return Finding(kind, start, end, folded.original[start:end], why, severity, instead="a number")
