"""The words a published table is understood by, read from reference/published_vocabulary.toml."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "reference" / "published_vocabulary.toml"
LONGEST_TEXT = 500

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A way of breaking a whole into categories, and whether those exclude each other."""

    name: str
    kind: str
    by: frozenset[Words]
    separators: frozenset[str]
    whole: tuple[frozenset[str], ...]
    complete: bool
    categories: dict[Words, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    families: tuple[Family, ...]
    rest: frozenset[Words]
    whole: frozenset[str]
    generic: frozenset[Words]
    generic_counts: frozenset[Words]
    hub_sections: frozenset[Words]
    hub_populations: frozenset[Words]
    own_sections: frozenset[str]
    adults: frozenset[str]
    counted: frozenset[str]
    each_needs: dict[Words, Words]
    overlapping: re.Pattern[str]
    exclusive: re.Pattern[str]
    exclusive_in_measure: re.Pattern[str]
    elsewhere: re.Pattern[str]

    def families_of(self, category: Words) -> list[Family]:
        return [family for family in self.families if category in family.categories]


def singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def _plain(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold().replace("%", " percent ")
    return [singular(word) for word in re.findall(r"[a-z0-9]+", folded)]


@cache
def _source() -> dict:
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    same = {
        " ".join(_plain(variant)): meant for meant, variants in _source()["same_as"].items() for variant in variants
    }
    fillers = frozenset(_source()["fillers"]["words"])
    reduced = {_without(variant, fillers): meant for variant, meant in same.items()}
    ordered = sorted(reduced, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b"), reduced, fillers


def _without(text: str, fillers: frozenset[str]) -> str:
    return " ".join(word for word in text.split() if word not in fillers)


@lru_cache(maxsize=65536)
def words(text: str) -> Words:
    """The words of `text` that carry its meaning: singular, synonyms joined, fillers dropped, order kept."""
    pattern, same, fillers = _synonyms()
    plain = " ".join(word for word in _plain(text) if word not in fillers)
    joined = pattern.sub(lambda match: same[match.group()], plain)
    if joined != plain:  # "young people open to the hub" needs "child" before "child open"
        joined = pattern.sub(lambda match: same[match.group()], joined)
    return tuple(joined.split())


def _sayings(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")(?:s|ping|)\b", re.IGNORECASE)


def _family(entry: dict) -> Family:
    categories = {words(name): name for name in entry["categories"]}
    for name, variants in entry["categories"].items():
        categories |= {words(variant): name for variant in variants}
    return Family(
        name=entry["name"],
        kind=entry["kind"],
        by=frozenset(words(phrase) for phrase in entry["by"]),
        separators=frozenset(entry.get("separators", [])),
        whole=tuple(frozenset(names) for names in entry.get("whole", [])),
        complete=entry.get("complete", False),
        categories=categories,
    )


@cache
def vocabulary() -> Vocabulary:
    source = _source()
    people, sayings = source["populations"], source["sayings"]
    return Vocabulary(
        families=tuple(_family(entry) for entry in source["family"]),
        rest=frozenset(words(phrase) for phrase in source["rest"]["words"]),
        whole=frozenset(source["whole"]["words"]),
        generic=frozenset(words(phrase) for phrase in people["generic"]),
        generic_counts=frozenset(words(phrase) for phrase in people["generic_counts"]),
        hub_sections=frozenset(words(phrase) for phrase in people["hub_sections"]),
        hub_populations=frozenset(words(phrase) for phrase in people["hub_populations"]),
        own_sections=frozenset(people["own_sections"]),
        adults=frozenset(people["adults"]),
        counted=frozenset(people["counted"]),
        each_needs={words(left): words(right) for left, right in source["each_needs"].items()},
        overlapping=_sayings(sayings["overlapping"]),
        exclusive=_sayings(sayings["exclusive"]),
        exclusive_in_measure=_sayings(sayings["exclusive_in_measure"]),
        elsewhere=_sayings(sayings["elsewhere"]),
    )
