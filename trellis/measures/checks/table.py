"""The rows of a table together: which counts there are, and what each share is a share of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from trellis.measures.checks.figures import COUNT, PERCENT, Figure
from trellis.measures.checks.vocabulary import Family, Words, vocabulary, words

LONGEST_NAME = 12
HUB = "hub"

Sizes = dict[int, Figure]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a row is about. `population` is empty where a share does not say whom it is of.

    `body` is what a share is of those ("within 72 hours"); it is empty for a plain breakdown.
    """

    population: Words
    body: Words
    family: Family | None
    qualifier: Words
    category: str
    is_everyone: bool

    @property
    def family_key(self) -> tuple[str, Words]:
        return (self.family.name if self.family else ""), self.qualifier


class Table:
    """Sound numbers of one published table, indexed by the words of their names."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.figures = [figure for figure in figures if figure.number is not None and not figure.is_change]
        # Counts of everyone, one row for each size: by name, by section, and by section and name.
        self.totals: dict[tuple[str, Words], Sizes] = defaultdict(dict)
        self.in_section: dict[tuple[str, str], dict[tuple[Words, int], Figure]] = defaultdict(dict)
        self._here: dict[tuple[str, str, Words], Sizes] = defaultdict(dict)
        self._parts: dict[tuple[str, str, Words, str], Sizes] = defaultdict(dict)
        self._populations: dict[tuple[str, str], Sizes] = {}
        self._families = self._families_by_measure()
        for figure in self.figures:
            if figure.unit == COUNT and figure.meaning.is_everyone:
                self._add_total(figure)
        self.sense = {figure.line: self._sense(figure) for figure in self.figures}
        for figure in self.figures:
            if figure.unit == COUNT and not figure.meaning.is_everyone:
                category = self.sense[figure.line].category
                key = (figure.year, section_key(figure), figure.meaning.subject, category)
                self._parts[key].setdefault(figure.value.whole, figure)

    def _add_total(self, figure: Figure) -> None:
        section, subject, size = section_key(figure), figure.meaning.subject, figure.value.whole
        self.totals[figure.year, subject].setdefault(size, figure)
        self._here[figure.year, section, subject].setdefault(size, figure)
        self.in_section[figure.year, section].setdefault((subject, size), figure)

    def totals_beside(self, figure: Figure, name: Words) -> list[Figure]:
        """The counts of everyone called `name` in the section and year of `figure`."""
        found = self._here.get((figure.year, section_key(figure), name), {})
        return [total for total in found.values() if total.line != figure.line]

    def parts_beside(self, figure: Figure, name: Words, category: str) -> list[Figure]:
        """The counts of one category of `name` in the section and year of `figure`."""
        return list(self._parts.get((figure.year, section_key(figure), name, category), {}).values())

    def populations_beside(self, figure: Figure) -> Sizes:
        """Counts of the section that a share may be of: its only one, or those of children and their events."""
        key = (figure.year, section_key(figure))
        if key not in self._populations:
            totals = list(self.in_section.get(key, {}).values())
            found = totals if len(totals) == 1 else [total for total in totals if _is_population(total)]
            self._populations[key] = {total.value.whole: total for total in reversed(found)}
        return self._populations[key]

    @property
    def shares(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.unit == PERCENT]

    @property
    def counts(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.unit == COUNT]

    def _families_by_measure(self) -> dict[tuple[str, str, str], Family | None]:
        """The one family that the categories of a measure belong to, for measures that do not name theirs."""
        seen: dict[tuple[str, str, str], list[set[str]]] = defaultdict(list)
        for figure in self.figures:
            if not figure.meaning.is_everyone:
                names = {family.name for family in vocabulary().families_of(figure.meaning.category)}
                seen[measure_key(figure)].append(names)
        by_name = {family.name: family for family in vocabulary().families}
        return {key: by_name.get(_common_family(names)) for key, names in seen.items()}

    def _sense(self, figure: Figure) -> Sense:
        meaning = figure.meaning
        population, body = self._population(figure) if figure.unit == PERCENT else ((), meaning.subject)
        family, qualifier = _named_family(meaning.by)
        category = meaning.category
        if meaning.is_everyone:
            family, category, body = _body_as_category(body, figure.unit == PERCENT)
        elif family is None:
            known = vocabulary().families_of(category)
            family = known[0] if len(known) == 1 else self._families.get(measure_key(figure))
            qualifier = () if family else meaning.by
        return Sense(population, body, family, qualifier, _category_name(family, category, figure), meaning.is_everyone)

    def _population(self, figure: Figure) -> tuple[Words, Words]:
        """Whom a share is of, and what it says of them."""
        meaning = figure.meaning
        if meaning.is_share and not meaning.of:
            return (), meaning.subject
        longest = len(meaning.subject) - 1 if meaning.is_everyone else len(meaning.subject)
        for length in range(min(longest, LONGEST_NAME), 0, -1):
            name = meaning.subject[:length]
            if (figure.year, name) in self.totals or (meaning.of and name in vocabulary().hub_populations):
                return self._unless_generic(figure, name), meaning.subject[length:]
        if not meaning.of:
            return (), meaning.subject
        name = meaning.subject[: len(meaning.head)]
        return self._unless_generic(figure, name), meaning.subject[len(name) :]

    def _unless_generic(self, figure: Figure, name: Words) -> Words:
        if name not in vocabulary().generic:
            return name
        return name if self.totals_beside(figure, name) else ()


def _is_population(total: Figure) -> bool:
    subject = total.meaning.subject
    return bool(subject) and (
        subject in vocabulary().generic_counts or bool(vocabulary().counted.intersection(subject))
    )


def _common_family(names: list[set[str]]) -> str:
    known = [found for found in names if found]
    common = set.intersection(*known) if known else set()
    return common.pop() if len(common) == 1 else ""


def _named_family(by: Words) -> tuple[Family | None, Words]:
    """The family that "by ..." names, and what it says beside ("main" in "by main exploitation type")."""
    for start in range(len(by)):
        for family in vocabulary().families:
            if by[start:] in family.by:
                return family, by[:start]
    return None, by


def _body_as_category(body: Words, is_share: bool) -> tuple[Family | None, Words, Words]:
    """ "share female" is the category female of a breakdown by sex."""
    known = vocabulary().families_of(body) if is_share and body else []
    return (known[0], body, ()) if len(known) == 1 else (None, (), body)


def _category_name(family: Family | None, category: Words, figure: Figure) -> str:
    if family and family.name == "age" and figure.meaning.ages:
        return "{}-{}".format(*figure.meaning.ages)
    return family.categories.get(category, " ".join(category)) if family else " ".join(category)


@lru_cache(maxsize=4096)
def _section_words(section: str) -> str:
    return " ".join(words(section)) or section


def section_key(figure: Figure) -> str:
    return _section_words(figure.section)


def measure_key(figure: Figure) -> tuple[str, str, str]:
    return figure.year, section_key(figure), " ".join(words(figure.measure))


def section_population(figure: Figure) -> str:
    """Of whom a section speaks where a measure does not say: the hub's children, its own group, or "" (unknown)."""
    name = words(figure.section)
    if vocabulary().own_sections.intersection(name):
        return "section " + " ".join(name)
    return HUB if name in vocabulary().hub_sections else ""
