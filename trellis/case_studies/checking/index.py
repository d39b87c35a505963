"""Whom and what to look for, laid out so that each word of a text is looked up and not compared with all of them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from trellis.case_studies.checking.folding import foldings
from trellis.case_studies.checking.identities import Identities
from trellis.case_studies.checking.sounds import allowed, distance, shortened, sound
from trellis.case_studies.checking.words import TABLES, WORD, is_ordinary, word_list

PARTICLES = word_list("particles")
TITLES = word_list("titles")
GENERIC = word_list("generic")


@dataclass(frozen=True)
class Target:
    """What a word gives away: ``kind`` of finding, the role or kind of place, what the story may say instead."""

    kind: str
    whom: str
    instead: str
    short: bool = False


def compact(words: str) -> str:
    """``Mary-Jane O'Neil`` is ``maryjaneoneil``."""
    return "".join(plain_words(words))


def plain_words(words: str) -> list[str]:
    return [found.group().replace("'", "") for found in WORD.finditer(foldings(words)[0].text)]


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """A name to every other form of it, from the dated table, both ways."""
    found: dict[str, set[str]] = {}
    with (TABLES / "nicknames.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            alike = {row["name"], *row["also"].split()}
            for one in alike:
                found.setdefault(one, set()).update(alike if one == row["name"] else {row["name"]})
            for one in row["also"].split():
                found[one] |= alike
    return {name: frozenset(alike - {name}) for name, alike in found.items()}


def forms(word: str) -> list[str]:
    """The word, and without the ending of a possessive or a plural."""
    if not word.endswith("s") or len(word) < 4:
        return [word]
    found = [word, word[:-1]]
    if len(word) > 4 and word.endswith("es"):
        found.append(word[:-2])
    if len(word) > 4 and word.endswith("ies"):
        found.append(word[:-3] + "y")
    return found


class Index:
    """``exact``: words that are names or places; ``whole``: several words written as one; ``initials``: letters."""

    def __init__(self, identities: Identities) -> None:
        self.identities = identities
        self.exact: dict[str, Target] = {}
        self.whole: dict[str, Target] = {}
        self.phrases: dict[str, Target] = {}
        self.initials: dict[str, Target] = {}
        self.letters: dict[str, Target] = {}
        for named in identities.people:
            for name in named.names:
                self._add_name(name, Target("name", named.role, named.role))
        for named in identities.people:
            for name in named.names:
                self._add_short_forms(name, Target("name", named.role, named.role, short=True))
        for place in identities.places:
            self._add_place(place.words, Target("place", place.kind, place.kind))
        for word in identities.mentioned:
            self.exact.setdefault(compact(word), Target("mentioned", "somebody or something the record names", ""))
        for number in identities.numbers:
            plain = compact(number.value)
            if len(plain) > 3 and plain.isalpha():
                self.whole.setdefault(plain, Target("number", number.what, "a number"))
        self._lay_out()

    def _add_name(self, name: str, target: Target) -> None:
        words = plain_words(name)
        while len(words) > 1 and words[0] in TITLES:
            words = words[1:]
        for word in words:
            self.letters.setdefault(word[0], target)
            if len(words) == 1 or (len(word) > 1 and word not in PARTICLES):
                self.exact.setdefault(word, target)
        if len(words) > 1:
            self._add_run_together(words, target)
            self._add_initials(words, target)

    def _add_run_together(self, words: list[str], target: Target) -> None:
        """``kiantarrant``, ``tarrantkian``, ``ktarrant``; of a name of several words each half, too."""
        for split in range(1, len(words)):
            head, tail = "".join(words[:split]), "".join(words[split:])
            for half in (head, tail):
                if len(half) > 3:
                    self.exact.setdefault(half, target)
            for whole in (head + tail, tail + head, words[0][0] + tail, tail + words[0][0], head + words[-1][0]):
                if len(whole) > 3:
                    self.whole.setdefault(whole, target)

    def _add_initials(self, words: list[str], target: Target) -> None:
        all_of_them = "".join(word[0] for word in words if word not in PARTICLES or len(words) == 2)
        two = words[0][0] + words[-1][0]
        for letters in (all_of_them, all_of_them[::-1], two, two[::-1]):
            if len(letters) > 1:
                self.initials.setdefault(letters, target)

    def _add_short_forms(self, name: str, target: Target) -> None:
        words = plain_words(name)
        for given in words[:2] if len(words) > 2 else words[:1]:
            for short in short_forms().get(given, ()):
                self.exact.setdefault(short, target)
                if len(words) > 1:
                    self.whole.setdefault(short + words[-1], target)
                    self.initials.setdefault(short[0] + words[-1][0], target)

    def _add_place(self, typed: str, target: Target) -> None:
        for piece in re.split(r"[,;\n]", typed):
            words = [word for word in plain_words(piece) if not word.isdigit()]
            telling = [word for word in words if word not in GENERIC and word not in TITLES and len(word) > 2]
            for word in telling:
                if not any(c.isdigit() for c in word):
                    self.exact.setdefault(word, target)
            if len(words) > 1 and any(len(word) > 2 for word in words):
                self.phrases.setdefault("".join(words), target)
            named = [word for word in words if word not in ("the", "of", "and", "a", "in", "at")]
            if len(named) > 1 and telling:
                self.initials.setdefault("".join(word[0] for word in named), target)

    def _lay_out(self) -> None:
        self.sounds: dict[str, list[str]] = {}
        self.slips: dict[str, set[str]] = {}
        for word, target in self.exact.items():
            if not word.isalpha() or len(word) < 3 or target.kind == "mentioned":
                continue
            if not target.short:
                self.sounds.setdefault(sound(word), []).append(word)
            cuts = min(allowed(len(word)), 1) if target.short else allowed(len(word))
            for left in shortened(word, cuts) if cuts else ():
                self.slips.setdefault(left, set()).add(word)
        for word in [w for w in self.phrases if len(w) > 7]:
            for left in shortened(word, 1):
                self.slips.setdefault(left, set()).add(word)
        self.known_slips = frozenset(self.slips)
        known = [*self.exact, *self.whole, *self.phrases]
        self.beginnings = frozenset(f"{word}s"[:size] for word in known for size in range(1, len(word) + 2))
        telling = {w for w, t in self.exact.items() if t.kind != "mentioned"}
        self.inside = _longest_first(
            {w for w in self.whole if len(w) > 4} | {w for w in telling if len(w) > 3 and not is_ordinary(w)}
        )
        self.in_handle = _longest_first({*self.whole, *(w for w in telling if len(w) > 2)})
        self.seen: dict[str, tuple[str, str] | None] = {}
        self.quiet: set[str] = set()

    def knows(self, word: str) -> bool:
        return word in self.exact or word in self.whole or word in self.phrases

    def target(self, word: str) -> Target:
        return next(table[word] for table in (self.exact, self.whole, self.phrases) if word in table)

    def direct(self, word: str) -> str:
        """The form in which a word is in the record: itself, or without an ending; empty when it is not."""
        return next((form for form in forms(word) if self.knows(form)), "")

    def alike(self, word: str) -> tuple[str, str] | None:
        """The name or place that a word is a misspelling of, and how: ``spelt almost`` or ``sounds``. Remembered."""
        if word not in self.seen:
            self.seen[word] = self._alike(word)
        return self.seen[word]

    def misspelt(self, word: str) -> tuple[str, str] | None:
        """As ``alike``, for the word or what it is without an ending."""
        return next((found for form in forms(word) if (found := self.alike(form))), None)

    def within(self, word: str) -> str:
        """A name that begins or ends the word, or a long one inside it; empty for none."""
        for name in self.inside:
            if name in word and (len(name) > 5 or word.startswith(name) or word.endswith(name)):
                return name
        return ""

    def _alike(self, word: str) -> tuple[str, str] | None:
        if len(word) > 2 and word.isalpha():
            for cuts in (1, 2):
                lefts = shortened(word, cuts)
                if cuts == 2 and len(word) < 5:
                    break
                if not self.known_slips.isdisjoint(lefts):
                    near = {name for left in lefts & self.known_slips for name in self.slips[left]}
                    for name in sorted(near):
                        if distance(word, name) <= (allowed(len(name)) if name in self.exact else 1):
                            return name, "is spelt almost like"
            key = sound(word)
            for name in self.sounds.get(key, ()):
                if (len(key) > 2 or (len(key) == 2 and word[0] == name[0])) and abs(len(name) - len(word)) < 4:
                    return name, "sounds like"
        return self._three_letters(word)

    def _three_letters(self, word: str) -> tuple[str, str] | None:
        """``Mai`` and ``Miaa`` for ``Mia``."""
        if len(word) in (3, 4):
            for swapped in {word[1] + word[0] + word[2:], word[0] + word[2] + word[1] + word[3:]}:
                if len(swapped) == 3 and swapped in self.exact:
                    return swapped, "is spelt almost like"
            for at in range(1, len(word)):
                if len(word) == 4 and word[at] == word[at - 1] and word[:at] + word[at + 1 :] in self.exact:
                    return word[:at] + word[at + 1 :], "is spelt almost like"
        return None


def _longest_first(words: set[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))
