"""The reference page of measures, `docs/reference/measures.md`, written from the registry.

`python -m trellis.measures.page > docs/reference/measures.md` writes it; a test fails while it is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from trellis.measures.disclosure import DEFAULT_RULE
from trellis.measures.registry import MEASURES, SUMS, explain
from trellis.measures.shape import Measure, Overlap, Sum
from trellis.measures.tables import TABLES

HEAD = f"""# Measures

Generated from `trellis/measures/definitions/`; do not edit. Each measure is defined once: every page, report and
export asks for it by its code. Percentages are numerator / denominator, rounded half up to two decimals, and have no
value when the denominator is 0. "The year" is a report year, 1 April to 31 March, in London days; the same measure can
be asked for a month. A category without a value is shown as `not_known`, so that a breakdown always sums to its total,
unless it is marked overlapping.

All measures here count people (children, or reports, referrals, cases and interviews about a child), so figures that
leave the hub hide counts from 1 to {DEFAULT_RULE.largest_hidden} ({DEFAULT_RULE.source}),
shares with such a numerator or such a rest, and whatever else would give those away.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEAD, *_contents(), *_measures(), *_sums(), *_tables()]) + "\n"


def _contents() -> Iterator[str]:
    yield "| measure | title | unit | breakdowns |"
    yield "|---|---|---|---|"
    for one in MEASURES.values():
        yield f"| [`{one.code}`](#{_anchor(one.code)}) | {one.title} | {one.unit} | {_breakdowns(one)} |"
    yield ""


def _measures() -> Iterator[str]:
    for one in MEASURES.values():
        said = explain(one.code)
        yield f"## {one.code}\n"
        yield f"**{one.title}.** {one.why}\n"
        yield f"- numerator: {said['numerator']}"
        yield f"- denominator: {said['denominator'] or 'none, it is not a share'}"
        yield f"- unit: {one.unit}; counts {one.of.counts}; breakdowns: {_breakdowns(one)}"
        yield f"- published: {_published(one)}"
        yield f"- source: {one.source}; owner: {one.owner}; version {one.version}\n"


def _breakdowns(one: Measure) -> str:
    named = [f"`{cut.key}`" + (" (overlapping)" if isinstance(cut, Overlap) else "") for cut in one.by]
    return ", ".join(named) or "none"


def _published(one: Measure) -> str:
    """In which editions the whole and each breakdown leave the hub."""
    parts = [("in all", one.editions)] * one.has_total + [(f"by `{cut.key}`", cut.editions) for cut in one.by]
    named = {"year": "each year", "month": "each month"}
    said = (f"{words} {' and '.join(named[edition] for edition in sorted(where)) or 'never'}" for words, where in parts)
    return ", ".join(said) + ("" if one.adds_up else "; months do not add up to the year")


def _sums() -> Iterator[str]:
    yield "## Figures that add up across measures\n"
    yield "Disclosure control uses these besides the breakdowns, so that none gives away a hidden number.\n"
    yield from (f"- {declared.words}: {_sum(declared)}" for declared in SUMS)
    yield ""


def _sum(declared: Sum) -> str:
    parts = " + ".join(f"`{code}`" + (f" at {at.cut} {at.category}" if at.cut else "") for code, at in declared.parts)
    rest = " + a rest nobody publishes" * declared.rest + " + what is known from elsewhere" * declared.balance
    return f"`{declared.whole[0]}` = {parts}{rest}"


def _tables() -> Iterator[str]:
    yield "## The snapshot they are counted in\n"
    for table in TABLES.values():
        yield f"### {table.name}\n\n{table.meaning[0].upper()}{table.meaning[1:]}.\n"
        yield "| column | type | meaning |\n|---|---|---|"
        yield from (f"| `{column.name}` | {column.type} | {column.meaning} |" for column in table.columns)
        yield ""


def _anchor(code: str) -> str:
    return code.replace(".", "")


if __name__ == "__main__":
    sys.stdout.write(page())
