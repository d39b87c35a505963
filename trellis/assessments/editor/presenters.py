"""A tool in words: its versions, what it counts, what a trial gives. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from trellis.assessments.editor.words import KINDS, PER, QUESTIONS, RULES, SCALES
from trellis.assessments.instruments.definition import Definition, Floor, Item, RuleKind, Scale, ScaleKind
from trellis.assessments.instruments.scoring import FloorFound, Result, maximum
from trellis.assessments.models import Instrument, InstrumentVersion
from trellis.core.presenters import day, plural
from trellis.core.tables import Column, Table

KIND_WORDS = {code: label.split(":")[0] for code, label in KINDS}
Row = tuple[str, str]


@dataclass(frozen=True)
class ToolRow:
    """A tool in the list of tools."""

    instrument: Instrument
    version: InstrumentVersion | None
    drawn_up: bool

    @property
    def state(self) -> tuple[str, str]:
        if self.version is None:
            return "Not published yet", "plain"
        return ("In use", "done") if self.version.retired_at is None else ("Out of use", "plain")

    @property
    def ages(self) -> str:
        return f"{self.instrument.age_from} to {self.instrument.age_to}"


def tool_rows(instruments: Iterable[Instrument]) -> list[ToolRow]:
    return [
        ToolRow(
            one, next((v for v in versions if v.retired_at is None), versions[0] if versions else None), has_draft(one)
        )
        for one in instruments
        for versions in [list(one.versions.all())]
    ]


def has_draft(instrument: Instrument) -> bool:
    return getattr(instrument, "draft", None) is not None


def about_rows(instrument: Instrument) -> list[Row]:
    return [
        ("What it is for", instrument.get_purpose_display()),
        ("Ages", f"{instrument.age_from} to {instrument.age_to}"),
        ("About it", instrument.about),
    ]


def version_rows(version: InstrumentVersion) -> list[Row]:
    by = version.published_by.name if version.published_by else "this system, when it was set up"
    rows = [
        ("Version", str(version.number)),
        ("Published", f"{day(version.published_at)}, by {by}"),
        ("For new assessments from", day(version.valid_from)),
        ("What changed", version.what_changed),
        ("Fingerprint", version.fingerprint),
    ]
    return [*rows, ("Out of use since", day(version.retired_at))] if version.retired_at else rows


def rule_rows(tool: Definition) -> list[Row]:
    """How it counts, in words."""
    rule = tool.rule
    rows = [("How it is counted", dict(RULES)[rule.kind])]
    if tool.is_scored:
        rows += [
            ("What is counted", ", ".join(KIND_WORDS[kind] for kind in rule.kinds)),
            ("What counts once", dict(PER)[rule.per]),
            ("Highest total", str(maximum(tool) or 0)),
            ("No band below", f"{rule.completeness_at_least}% of {plural(len(tool.asked), 'answer')}"),
        ]
    if rule.kind is RuleKind.COUNT:
        rows.append(("Counted from the score", str(rule.level)))
    if rule.window:
        rows.append(("The time that counts", window_words(tool, rule.window)))
    return rows


def window_words(tool: Definition, code: str) -> str:
    return next((w.label for scale in tool.scales for w in scale.windows if w.code == code), code)


def band_table(tool: Definition) -> Table | None:
    """Bands and when each is looked at again; None of a tool without."""
    days = dict(tool.review.by_band)
    rows = [[b.label, b.lowest, b.highest, days.get(b.code, tool.review.days)] for b in tool.bands]
    columns = [Column("Band"), Column("From", True), Column("To", True), Column("Look again after days", True)]
    return Table("Bands", columns, rows) if rows else None


def review_words(tool: Definition) -> str:
    return f"after {plural(tool.review.days, 'day')}" if tool.review.days else "as the plan says"


def questions_asked(tool: Definition) -> list[str]:
    return [label for code, label in QUESTIONS if getattr(tool.questions, code)]


def floor_words(tool: Definition, floor: Floor) -> str:
    """``At least Medium: no child under 13 is Low (younger than 13)``."""
    when = []
    if floor.age_under is not None:
        when.append(f"younger than {floor.age_under}")
    if floor.learning_disability:
        when.append("has a learning disability")
    if floor.at_least is not None:
        kinds = " or ".join(KIND_WORDS[kind].lower() for kind in floor.kinds) or "counted item"
        when.append(f"some {kinds} scores {floor.at_least} or more")
    return f"At least {band_label(tool, floor.band)}: {floor.why} ({', and '.join(when) or 'always'})"


def floor_rows(tool: Definition) -> list[dict[str, str]]:
    return [{"code": floor.code, "words": floor_words(tool, floor)} for floor in tool.floors]


def scale_words(scale: Scale) -> str:
    """What may be answered, with scores: ``No 0, Yes 2, Not known (not counted)``."""
    if scale.kind is ScaleKind.NUMBER:
        said = f"{scale.minimum} to {scale.maximum}"
    elif scale.kind is ScaleKind.TEXT:
        said = "Words"
    else:
        shown = (f"{one.label} {'(not counted)' if one.score is None else one.score}" for one in scale.levels)
        said = ", ".join(shown)
    return f"{said}. Asked of: {', '.join(window.label for window in scale.windows)}" if scale.windows else said


def scale_rows(tool: Definition) -> list[dict[str, str]]:
    kinds = dict(SCALES)
    return [
        {"code": one.code, "label": one.label, "kind": kinds[one.kind], "words": scale_words(one)}
        for one in tool.scales
    ]


def domain_rows(tool: Definition, areas: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"domain": domain, "items": [item_row(tool, item, areas) for item in domain.items]} for domain in tool.domains
    ]


def item_row(tool: Definition, item: Item, areas: dict[str, str]) -> dict[str, Any]:
    weight = f"weight {item.weight}" if tool.rule.kind is RuleKind.WEIGHTED and tool.counts(item) else ""
    said = [KIND_WORDS[item.kind], item.scale.label, areas.get(item.area, item.area), weight]
    return {"item": item, "words": ", ".join(filter(None, said)), "counts": tool.counts(item)}


def result_rows(tool: Definition, result: Result) -> list[Row]:
    """What a trial gives, with the reason where there is no band."""
    rows = [("Answered", f"{result.answered} of {result.asked} ({result.completeness}%)")]
    if tool.is_scored:
        rows.append(("Total", f"{'nothing known' if result.total is None else result.total} of {result.maximum}"))
    if result.band:
        rows.append(("Band", band_label(tool, result.band)))
    else:
        rows.append(("No band", result.no_band_because))
    if result.band != result.band_before_floors:
        rows.append(("Band without the floors", band_label(tool, result.band_before_floors or "")))
    rows += [("Floor", floor_found(tool, one)) for one in result.floors]
    rows += [("Floor that hangs on what is not known", floor_found(tool, one)) for one in result.floors_open]
    if result.not_known:
        rows.append(("Not known", plural(len(result.not_known), "item")))
    return rows


def floor_found(tool: Definition, found: FloorFound) -> str:
    return f"At least {band_label(tool, found.band)}: {found.why}"


def band_label(tool: Definition, code: str) -> str:
    band = tool.band(code)
    return band.label if band else code or "none"


def subtotal_table(tool: Definition, result: Result) -> Table | None:
    labels = {domain.code: domain.label for domain in tool.domains}
    rows = [
        [
            labels[one.domain],
            "nothing known" if one.total is None else str(one.total),
            one.maximum,
            f"{one.answered} of {one.asked}",
        ]
        for one in result.subtotals
    ]
    columns = [Column("Domain"), Column("Total"), Column("Highest", True), Column("Answered")]
    return Table("By domain", columns, rows) if rows else None
