"""Finds names and places of the record: whole or in part, short, misspelt, run together, taken apart, as initials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trellis.case_studies.checking.findings import Finding, Severity
from trellis.case_studies.checking.folding import Folded
from trellis.case_studies.checking.index import TITLES, Index, Target, forms
from trellis.case_studies.checking.words import FREQUENT, Word, is_ordinary, word_list

CERTAIN, LIKELY, POSSIBLE = Severity.CERTAIN, Severity.LIKELY, Severity.POSSIBLE
MOST_PIECES = 14
LEET = dict(zip("034578@$!|+€£(296", "oeastbasilteeczgg", strict=True))
LEET_WORD = re.compile(r"[a-z0-9@$!|+€£(]*(?:[a-z][0-9@$!|+€£(]|[0-9@$!|+€£(][a-z])[a-z0-9@$!|+€£(]*")
HANDLE = re.compile(r"(?<![\w.@#+-])[a-z'-]*+[@#_\d.+][\w.@#+-]*[^\W_]")
DOTTED = re.compile(
    r"(?<![^\W_])[^\W\d_](?:\s?[.·]\s?[^\W\d_]){1,3}(?![^\W_])\.?|(?<![^\W_])[A-Z](?:[-/ &][A-Z]){1,2}(?![^\W_])"
)
LONE = re.compile(r"(?<![^\W_'])[A-Z](?![^\W_])(?!'[a-z])")
NOT_INITIALS = frozenset(["e.g", "i.e", "a.m", "p.m"])
ACRONYMS = word_list("acronyms")


def names(index: Index, folded: Folded, words: list[Word]) -> Iterator[Finding]:
    for word in words:
        if word.plain not in index.quiet:
            yield from _one_word(index, folded, word)
    yield from _pieces(index, folded, words)
    if not folded.text.isalpha():
        yield from _spelt_with_figures(index, folded)
        yield from _handles(index, folded)
    yield from _initials(index, folded)


def made(folded: Folded, span: tuple[int, int], target: Target, why: str, severity: Severity) -> Finding:
    start, end = folded.span(*span)
    kind, whom = target.kind, target.whom
    return Finding(kind, start, end, folded.original[start:end], why, severity, whom, target.instead)


def _one_word(index: Index, folded: Folded, word: Word) -> Iterator[Finding]:
    span, plain = (word.start, word.end), word.plain
    if len(plain) < 6:
        yield from _letters(index, folded, word)
    form = index.direct(plain)
    if form:
        if form in index.exact:
            yield _exact(index.exact[form], folded, word, form)
        else:
            yield made(folded, span, index.target(form), "Several words of the record, written as one", CERTAIN)
        return
    found = index.misspelt(plain)
    if plain in FREQUENT and found and not word.odd_capital:
        return
    ordinary = bool(found) and is_ordinary(plain)
    if found and not (found[1] == "sounds like" and ordinary and not word.odd_capital):
        severity = LIKELY if not ordinary or word.odd_capital else POSSIBLE
        target = index.target(found[0])
        yield made(folded, span, target, f"It {found[1]} a {target.kind} in the record", severity)
    elif len(plain) > 5 and not ordinary and (inner := index.within(plain)):
        target = index.target(inner)
        yield made(folded, span, target, f"A {target.kind} of the record is part of it", LIKELY)
    elif not found and not (len(plain) < 6 and any(form in index.initials for form in forms(plain))):
        index.quiet.add(plain)


def _letters(index: Index, folded: Folded, word: Word) -> Iterator[Finding]:
    """``KT``, ``KTs``, ``kt``."""
    letters = next((form for form in forms(word.plain) if form in index.initials), "")
    if len(letters) < 2:
        return
    shown = folded.cased[word.start : word.start + len(letters)]
    common = letters in ACRONYMS or is_ordinary(letters)
    if shown.isupper() or not common:
        severity = POSSIBLE if common or (not shown.isupper() and len(letters) > 2) else LIKELY
        why = "Initials of somebody or of a place in the record"
        yield made(folded, (word.start, word.end), index.initials[letters], why, severity)


def _exact(target: Target, folded: Folded, word: Word, form: str) -> Finding:
    span, common = (word.start, word.end), is_ordinary(form)
    if target.kind == "mentioned":
        severity = LIKELY if word.capital and not (common and word.opens) else POSSIBLE
        return made(folded, span, target, "The record writes this word with a capital, as a name", severity)
    if common and not word.odd_capital:
        why = "An ordinary word that is also a name or place of the record"
        return made(folded, span, target, why, POSSIBLE)
    if target.short:
        return made(folded, span, target, "A short or other form of a name in the record", LIKELY)
    return made(folded, span, target, f"A {target.kind} in the record", CERTAIN)


def _pieces(index: Index, folded: Folded, words: list[Word]) -> Iterator[Finding]:
    """Names of several words, and names whose letters stand apart: ``O Neil``, ``Ki an``, ``K i a n``."""
    for at, word in enumerate(words[:-1]):
        if word.plain not in index.beginnings:
            continue
        joined = word.plain
        for to in range(at + 1, min(at + MOST_PIECES, len(words))):
            joined += words[to].plain
            if words[to].start - words[to - 1].end > 3 or joined not in index.beginnings:
                break
            hit = index.direct(joined)
            if len(hit) > 3 or (len(hit) == 3 and to == at + 2):
                span = (word.start, words[to].end)
                yield made(folded, span, index.target(hit), "A name or place of the record, in pieces", CERTAIN)
    yield from _letters_apart(index, folded, words)


def _letters_apart(index: Index, folded: Folded, words: list[Word]) -> Iterator[Finding]:
    """A run of single letters that is almost a name: ``K i n a``."""
    run: list[Word] = []
    for word in [*words, None]:
        if word and len(word.plain) == 1 and (not run or word.start - run[-1].end < 4):
            run.append(word)
            continue
        if len(run) > 3:
            alike = index.alike("".join(one.plain for one in run))
            if alike:
                span = (run[0].start, run[-1].end)
                yield made(folded, span, index.target(alike[0]), "Put together, it is almost a name", LIKELY)
        run = [word] if word and len(word.plain) == 1 else []


def _spelt_with_figures(index: Index, folded: Folded) -> Iterator[Finding]:
    """``K1an``: figures and signs read as the letters they look like."""
    for found in LEET_WORD.finditer(folded.text):
        said = found.group().rstrip("!(|+")
        for one in ("i", "l"):
            read = "".join(one if c == "1" else LEET.get(c, c) for c in said)
            for form in forms(read):
                hit = form if form in index.exact or form in index.whole else (index.alike(form) or ("",))[0]
                if hit:
                    span = (found.start(), found.start() + len(said))
                    yield made(
                        folded, span, index.target(hit), "Read with letters for its figures, it is a name", LIKELY
                    )


def _handles(index: Index, folded: Folded) -> Iterator[Finding]:
    """``kian.tarrant@``, ``#justiceforkian``, ``kiantarrant07``."""
    for found in HANDLE.finditer(folded.text):
        plain = "".join(c for c in found.group() if c.isalnum())
        if plain.isdigit():
            continue
        read = {plain, *("".join(one if c == "1" else LEET.get(c, c) for c in plain) for one in "il")}
        hit = next((name for one in sorted(read) for name in index.in_handle if name in one), None)
        if hit and found.group() != hit:
            target = index.target(hit)
            yield made(folded, found.span(), target, f"A {target.kind} of the record is part of it", LIKELY)


def _initials(index: Index, folded: Folded) -> Iterator[Finding]:
    why = "Initials of somebody or of a place in the record"
    for found in DOTTED.finditer(folded.cased):
        said = found.group().rstrip(".")
        letters = "".join(c for c in said.lower() if c.isalpha())
        if letters in index.initials and said.replace(" ", "") not in NOT_INITIALS:
            yield made(folded, found.span(), index.initials[letters], why, LIKELY)
    for found in LONE.finditer(folded.cased):
        letter, target = found.group().lower(), index.letters.get(found.group().lower())
        if target and not _is_plain_word(folded.cased, found.start(), letter):
            severity = LIKELY if folded.cased[found.end() : found.end() + 1] == "." else POSSIBLE
            yield made(folded, found.span(), target, "One letter, as an initial is written", severity)


def _is_plain_word(cased: str, at: int, letter: str) -> bool:
    """``I``, and ``A`` at the start of a sentence, are words; ``Mr I`` and ``A.`` are not."""
    before, after = cased[:at].rstrip().split(), cased[at + 1 : at + 2]
    if after == ".":
        return letter == "i" and cased[at + 2 : at + 3] in ("", "\n", '"') and bool(before)
    titled = bool(before) and before[-1].rstrip(".").lower() in TITLES
    opens = not before or before[-1][-1] in '.!?:;"”“(' or cased[at - 1 : at] in ("\n", '"')
    return not titled and (letter == "i" or (letter == "a" and opens))
