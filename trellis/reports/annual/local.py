"""The edition's own sentences: `{measure.code}` or `{measure.code@2021/22}` in them becomes a figure with its link,
any other digit is marked as typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trellis.reports.book import Book
from trellis.reports.document.parts import Paragraph, Run, Section, Typed, Words

REFERENCE = re.compile(r"\{(?P<measure>[a-z0-9_.]+)(?:@(?P<year>\d{4}/\d{2}))?\}")
DIGITS = re.compile(r"\d[\d,./%:–-]*\d%?|\d%?")


class UnknownFigure(ValueError):
    """A sentence asks for a figure the report does not hold."""


def local_words(book: Book, sentence: str) -> Words:
    """A sentence of the edition, its figures looked up. Raises UnknownFigure."""
    return tuple(_runs(book, sentence))


def _runs(book: Book, sentence: str) -> Iterator[Run]:
    place = 0
    for found in REFERENCE.finditer(sentence):
        yield from _marked(sentence[place : found.start()])
        try:
            yield book.number(found["measure"], found["year"] or "")
        except KeyError:
            raise UnknownFigure(f"{found[0]} is no figure of this report") from None
        place = found.end()
    yield from _marked(sentence[place:])


def _marked(text: str) -> Iterator[Run]:
    """Plain text, each number in it marked as typed."""
    place = 0
    for found in DIGITS.finditer(text):
        yield from filter(None, (text[place : found.start()],))
        yield Typed(found[0])
        place = found.end()
    yield from filter(None, (text[place:],))


def local_paragraphs(book: Book, section: str) -> list[Paragraph]:
    """What the edition adds to a section."""
    return [Paragraph(local_words(book, words)) for words in book.material.local.get("sections", {}).get(section, [])]


def priorities(book: Book) -> list[Section]:
    """The section on the year ahead, where the edition has priorities."""
    given = book.material.local.get("priorities", [])
    parts = [Paragraph(local_words(book, words)) for words in given]
    return [Section("priorities", "Priorities for the year ahead", parts)] if given else []
