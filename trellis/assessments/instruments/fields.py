"""Reading one value of a tool's definition, with a problem that names its place where it is not as it should be."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, TypeVar

CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
MOST_PROBLEMS = 50
Chosen = TypeVar("Chosen", bound=StrEnum)


class Unusable(ValueError):
    """A definition that cannot be used. ``problems``: each one line that names its place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class Problems:
    """What is wrong so far. A hostile definition has no more of them than a person reads."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, place: str, words: str) -> None:
        line = f"{place}: {words}" if place else words
        if len(self.found) < MOST_PROBLEMS and line not in self.found:
            self.found.append(line)


class Part:
    """One object of the definition and the place it stands at. What is wrong with it is collected, and a harmless value
    read in its stead, so that a reader learns of everything at once."""

    def __init__(self, data: Any, place: str, problems: Problems, known: tuple[str, ...] | None) -> None:
        self.place, self.problems = place, problems
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.wrong("something is missing here, or it is not written as a group of named values")
        for name in self.data:
            if known is not None and name not in known:
                self.wrong(f"{str(name)[:40]!r} is not known here")

    def wrong(self, words: str) -> None:
        self.problems.add(self.place, words)

    def text(self, name: str, called: str, most: int, needed: bool = True) -> str:
        value = self.data.get(name, "")
        if not isinstance(value, str):
            self.wrong(f"{called} is not text")
        elif UNSTORABLE.search(value):
            self.wrong(f"{called} holds a character that cannot be stored")
        elif len(value) > most:
            self.wrong(f"{called} is longer than {most} characters")
        elif needed and not value.strip():
            self.wrong(f"{called} is missing")
        else:
            return value
        return ""

    def code(self, name: str = "code", called: str = "the code", most: int = 60, needed: bool = True) -> str:
        value = self.text(name, called, most, needed)
        if value and not CODE.fullmatch(value):
            self.wrong(f"{called} has other characters than small letters, digits, - and _")
            return ""
        return value

    def number(self, name: str, called: str, least: int, most: int, default: int) -> int:
        value = self.data.get(name, default)
        found = self._whole(value, called, least, most)
        return default if found is None else found

    def number_or_none(self, name: str, called: str, least: int, most: int) -> int | None:
        value = self.data.get(name)
        return None if value is None else self._whole(value, called, least, most)

    def _whole(self, value: Any, called: str, least: int, most: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(f"{called} is not a whole number")
        elif not least <= value <= most:
            self.wrong(f"{called} is not between {least:,} and {most:,}")
        else:
            return value
        return None

    def flag(self, name: str, called: str, default: bool) -> bool:
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            self.wrong(f"{called} is neither yes nor no")
            return default
        return value

    def choice(self, name: str, called: str, among: type[Chosen], default: Chosen) -> Chosen:
        value = self.data.get(name, str(default))
        if isinstance(value, str) and value in {str(one) for one in among}:
            return among(value)
        self.wrong(f"{called} is none of {', '.join(among)}")
        return default

    def choices(self, name: str, called: str, among: tuple[str, ...]) -> tuple[str, ...]:
        values = self.data.get(name, [])
        if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
            self.wrong(f"{called} is not a list of codes")
            return ()
        for value in values:
            if value not in among:
                self.wrong(f"{called}: {value[:40]!r} is none of {', '.join(among)}")
        return tuple(dict.fromkeys(value for value in values if value in among))

    def each(self, name: str, called: str, most: int) -> Iterator[tuple[str, Any]]:
        """Each member of a list, with its place: "domain 2, item 3"."""
        values = self.data.get(name, [])
        if not isinstance(values, list | tuple):
            self.wrong(f"the {called}s are not a list")
            return
        if len(values) > most:
            self.wrong(f"there are more than {most} {called}s")
        for number, value in enumerate(values[:most], 1):
            yield ", ".join(filter(None, [self.place, f"{called} {number}"])), value


def unique(codes: list[tuple[str, str]], problems: Problems) -> None:
    """Each code once: ``codes`` are (place, code)."""
    first: dict[str, str] = {}
    for place, code in codes:
        if code and code in first:
            problems.add(place, f"the code {code!r} was used before, by {first[code]}")
        first.setdefault(code, place)
