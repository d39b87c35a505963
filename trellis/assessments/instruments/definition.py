"""What an assessment tool is: domains of items, the scales they are answered on, and how answers are counted."""

from dataclasses import dataclass, field
from enum import StrEnum


class ScaleKind(StrEnum):
    ORDINAL = "ordinal"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class ItemKind(StrEnum):
    VULNERABILITY = "vulnerability"
    INDICATOR = "indicator"
    HARM = "harm"
    STRENGTH = "strength"
    CONTEXT = "context"
    NARRATIVE = "narrative"


class RuleKind(StrEnum):
    NONE = "none"
    SUM = "sum"
    WEIGHTED = "weighted"
    COUNT = "count_at_level"
    MAX = "max"


class Per(StrEnum):
    ITEM = "item"
    DOMAIN = "domain"


# Of these a higher score says that things are worse, or better; of the other kinds it says neither.
HIGHER_IS_WORSE = frozenset({ItemKind.VULNERABILITY, ItemKind.INDICATOR, ItemKind.HARM})
HIGHER_IS_BETTER = frozenset({ItemKind.STRENGTH})
INFORMANTS = ("child", "family", "professional", "record")


@dataclass(frozen=True)
class Window:
    """A time that an answer is about, as "the last six months"."""

    code: str
    label: str


@dataclass(frozen=True)
class Level:
    """An answer to choose. ``score`` None: it says "not known", and is never counted as nought."""

    code: str
    label: str
    score: int | None


@dataclass(frozen=True)
class Scale:
    """What an item is answered with: levels (ordinal, choice), a whole number from minimum to maximum, or text.

    With ``windows``, the item is answered once for each of them.
    """

    code: str
    label: str
    kind: ScaleKind
    levels: tuple[Level, ...] = ()
    minimum: int = 0
    maximum: int = 10
    windows: tuple[Window, ...] = ()

    @property
    def window_codes(self) -> tuple[str, ...]:
        """What an answer names as its window: one empty string where the scale has none."""
        return tuple(window.code for window in self.windows) or ("",)

    @property
    def scores(self) -> tuple[int, ...]:
        """Every score an answer can have."""
        if self.kind is ScaleKind.NUMBER:
            return (self.minimum, self.maximum)
        return tuple(level.score for level in self.levels if level.score is not None)

    def level(self, code: str) -> Level | None:
        return next((level for level in self.levels if level.code == code), None)


@dataclass(frozen=True)
class Item:
    """One question. ``area``: the outcome area it tells of, by which different tools are compared; may be empty."""

    code: str
    text: str
    kind: ItemKind
    scale: Scale
    help: str = ""
    weight: int = 1
    area: str = ""
    informants: tuple[str, ...] = ()
    evidence: bool = False


@dataclass(frozen=True)
class Domain:
    code: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Rule:
    """How answers become a total. Items of ``kinds`` are counted, in ``window`` where their scale has windows.

    ``per`` item: each is counted by itself. ``per`` domain: a domain counts once, as high as its highest item.
    ``level``: the score from which COUNT counts. ``completeness_at_least``: no band below this percentage.
    """

    kind: RuleKind = RuleKind.NONE
    per: Per = Per.ITEM
    level: int = 1
    kinds: tuple[ItemKind, ...] = ()
    window: str = ""
    completeness_at_least: int = 0


@dataclass(frozen=True)
class Band:
    """Totals from ``lowest`` to ``highest``, both included."""

    code: str
    label: str
    lowest: int
    highest: int


@dataclass(frozen=True)
class Floor:
    """The band is at least this one where every condition named holds: younger than, has a learning disability, some
    item of ``kinds`` (of any that is counted, if empty) scores ``at_least`` or more. It raises and never lowers.
    """

    code: str
    why: str
    band: str
    age_under: int | None = None
    learning_disability: bool = False
    kinds: tuple[ItemKind, ...] = ()
    at_least: int | None = None


@dataclass(frozen=True)
class ReviewRule:
    """In how many days it is looked at again; None: as the plan says. A band may have its own."""

    days: int | None = None
    by_band: tuple[tuple[str, int], ...] = ()

    def days_for(self, band: str | None) -> int | None:
        return dict(self.by_band).get(band or "", self.days)


@dataclass(frozen=True)
class Questions:
    """What an assessment with this tool asks beside its items."""

    childs_view: bool = True
    carers_view: bool = True
    nrm: bool = True
    best_placed: bool = True
    outcome_areas: bool = True
    judgement: bool = True


@dataclass(frozen=True)
class Definition:
    domains: tuple[Domain, ...]
    scales: tuple[Scale, ...]
    rule: Rule = field(default_factory=Rule)
    bands: tuple[Band, ...] = ()
    floors: tuple[Floor, ...] = ()
    review: ReviewRule = field(default_factory=ReviewRule)
    questions: Questions = field(default_factory=Questions)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for domain in self.domains for item in domain.items)

    def item(self, code: str) -> Item:
        """Raises KeyError where the tool has no such item."""
        return {item.code: item for item in self.items}[code]

    @property
    def areas(self) -> tuple[str, ...]:
        """The outcome areas its items tell of, in their order."""
        return tuple(dict.fromkeys(item.area for item in self.items if item.area))

    def band(self, code: str | None) -> Band | None:
        return next((band for band in self.bands if band.code == code), None)

    @property
    def is_scored(self) -> bool:
        return self.rule.kind is not RuleKind.NONE

    def counts(self, item: Item) -> bool:
        """Whether the rule counts this item's score."""
        return self.is_scored and item.kind in self.rule.kinds and item.scale.kind is not ScaleKind.TEXT

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items completeness is reckoned of: those counted, or all of a tool that counts none."""
        return tuple(item for item in self.items if self.counts(item)) if self.is_scored else self.items

    def windows_counted(self, item: Item) -> tuple[str, ...]:
        """The windows in which this item's answer counts: the rule's, or any of a tool that counts none."""
        if not item.scale.windows or not self.is_scored:
            return item.scale.window_codes
        return (self.rule.window,)
