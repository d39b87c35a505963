"""``./hub bench wording``: how much of a labelled set the list finds, and how much of what it finds is meant."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from trellis.core.benches import Answer, Bench
from trellis.core.errors import Unusable
from trellis.wording.models import Nudge
from trellis.wording.nudges import Advice, nudges_in

PHRASES = Path(settings.ROOT) / "tests/unit/wording/phrases.csv"
LIST = Path(__file__).parent / "reference/nudges.csv"


@dataclass(frozen=True)
class Labelled:
    """A sentence, whether it blames a child, and whether it was written before the list was."""

    text: str
    blaming: bool
    held_out: bool


@dataclass(frozen=True)
class Tally:
    """Of a labelled set: found and blaming, found but harmless, blaming and not found."""

    right: list[str]
    wrong: list[str]
    missed: list[str]

    @property
    def recall(self) -> float:
        return len(self.right) / (len(self.right) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong))

    def as_json(self) -> dict[str, Any]:
        return {
            "blaming": len(self.right) + len(self.missed),
            "found": len(self.right),
            "found_though_harmless": len(self.wrong),
            "recall": round(self.recall, 4),
            "precision": round(self.precision, 4),
            "missed": self.missed,
            "harmless": self.wrong,
        }


def labelled_phrases(path: Path = PHRASES) -> list[Labelled]:
    """Raises Unusable where the set is not at hand: it travels with the tests."""
    if not path.exists():
        raise Unusable(f"{path}: the labelled phrases are not here. Run this from a checkout of the project")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(row["text"], row["blaming"] == "yes", row["held_out"] == "yes") for row in csv.DictReader(file)
        ]


def advice_of_the_file() -> list[Advice]:
    """The list as it is delivered, whatever a hub has made of it."""
    columns = {field.name for field in Nudge._meta.concrete_fields} - {"valid_from", "valid_to", "verified"}
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = [{name: text for name, text in row.items() if name in columns} for row in csv.DictReader(file)]
    return [Nudge(**row).advice for row in rows]


def tally(phrases: list[Labelled], advice: list[Advice]) -> Tally:
    found = {phrase.text: bool(nudges_in(phrase.text, advice)) for phrase in phrases}
    return Tally(
        right=[one.text for one in phrases if one.blaming and found[one.text]],
        wrong=[one.text for one in phrases if not one.blaming and found[one.text]],
        missed=[one.text for one in phrases if one.blaming and not found[one.text]],
    )


def measure(_scale: int, _snapshot: Path | None) -> Answer:
    phrases, advice = labelled_phrases(), advice_of_the_file()
    parts = {"all": phrases, "held out": [one for one in phrases if one.held_out]}
    tallies = {name: tally(part, advice) for name, part in parts.items()}
    lines = [line for name, one in tallies.items() for line in lines_of(name, len(parts[name]), one)]
    return {"entries": len(advice), **{name.replace(" ", "_"): one.as_json() for name, one in tallies.items()}}, lines


def lines_of(name: str, count: int, one: Tally) -> list[str]:
    blaming = len(one.right) + len(one.missed)
    head = [
        f"{name}: {count} phrases, {blaming} of them blaming",
        f"  recall    {one.recall:7.2%}  ({len(one.right)} of {blaming} found)",
        f"  precision {one.precision:7.2%}  ({len(one.right)} of {len(one.right) + len(one.wrong)} found are meant)",
    ]
    missed = [f"  not found: {text}" for text in one.missed]
    return head + missed + [f"  found though harmless: {text}" for text in one.wrong]


WORDING = Bench("the advice on wording against a labelled set: recall and precision", measure)
