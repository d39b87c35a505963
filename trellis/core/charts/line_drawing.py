"""Lines over ordered categories, from a zero base, with the number on each point that can be read."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

from trellis.core.charts.series import Series, greatest, written
from trellis.core.charts.svg import (
    COLOURS,
    INK,
    QUIET,
    SMALL,
    WIDTH,
    centred,
    drawing,
    joined,
    key,
    key_height,
    line,
    point,
    text,
    width_of,
)

HEIGHT, HEAD, FOOT, SIDE = 200, 30, 34, 36
BREAK_HEAD = 22
ABOVE, BELOW = -12, 25
MOST_NUMBERED_POINTS = 13

Spot = tuple[float, float, float | None]


def draw_lines(
    title: str, categories: Sequence[str], series: Sequence[Series], unit: str, breaks: Mapping[str, str]
) -> SafeString:
    top = key_height(series) + HEAD + (BREAK_HEAD if breaks else 0)
    foot = top + HEIGHT
    across = places_across(len(categories))
    parts = [key(series), line(0, foot, WIDTH, foot, INK), category_names(categories, across, foot + 22)]
    parts += [
        break_before(across, categories.index(at), top, foot, why) for at, why in breaks.items() if at in categories
    ]
    scale = HEIGHT / greatest(series)
    drawn = [spots(one, across, foot, scale) for one in series]
    parts += [path(run, order) for order, run in enumerate(drawn)]
    parts += [numbers(run, drawn[1 - order] if len(drawn) > 1 else (), order, unit) for order, run in enumerate(drawn)]
    return drawing(title, foot + FOOT, parts)


def places_across(count: int) -> list[float]:
    step = (WIDTH - 2 * SIDE) / max(1, count - 1)
    return [SIDE + place * step for place in range(count)]


def spots(one: Series, across: Sequence[float], foot: float, scale: float) -> list[Spot]:
    return [(x, foot - (value or 0) * scale, value) for x, value in zip(across, one.values, strict=True)]


def category_names(categories: Sequence[str], across: Sequence[float], y: float) -> SafeString:
    """As many names under the axis as fit; the first and the last always."""
    widest = max((width_of(name, SMALL) for name in categories), default=0) + 10
    step = across[1] - across[0] if len(across) > 1 else WIDTH
    each = max(1, -(-int(widest) // max(1, int(step))))
    last = len(categories) - 1
    shown = [place for place in range(last + 1) if place == last or (place % each == 0 and last - place >= each)]
    return joined(centred(categories[place], across[place], y, size=SMALL) for place in shown)


def path(run: Sequence[Spot], order: int) -> SafeString:
    """The line through the values that are shown, with a gap where one is not."""
    colour = COLOURS[order]
    strokes = []
    for shown, part in groupby(run, key=lambda spot: spot[2] is not None):
        if shown:
            route = " L".join(f"{point(x)} {point(y)}" for x, y, _ in part)
            strokes.append(format_html('<path d="M{}" fill="none" stroke="{}" stroke-width="3"/>', route, colour))
    dots = (
        format_html('<circle cx="{}" cy="{}" r="4" fill="{}"/>', point(x), point(y), colour)
        for x, y, value in run
        if value is not None
    )
    return joined([*strokes, *dots])


def numbers(run: Sequence[Spot], other: Sequence[Spot], order: int, unit: str) -> SafeString:
    """The number on each point; on the ends and the extremes when there are too many to read."""
    return joined(
        centred(
            written(run[place][2], unit),
            run[place][0],
            run[place][1] + (BELOW if lies_under(run[place], other[place] if other else None, order) else ABOVE),
            fill=QUIET if order else INK,
            bold=order == 0,
        )
        for place in numbered(run, crowded=len(run) * (2 if other else 1) > MOST_NUMBERED_POINTS)
    )


def numbered(run: Sequence[Spot], crowded: bool) -> list[int]:
    shown = [place for place, spot in enumerate(run) if spot[2] is not None]
    if not crowded or not shown:
        return shown
    by_value = sorted(shown, key=lambda place: run[place][2] or 0)
    return sorted({shown[0], shown[-1], by_value[0], by_value[-1]})


def lies_under(spot: Spot, other: Spot | None, order: int) -> bool:
    """Of two points above each other the lower one has its number beneath it."""
    if other is None or other[2] is None:
        return False
    return spot[1] > other[1] or (spot[1] == other[1] and order == 1)


def break_before(across: Sequence[float], place: int, top: float, foot: float, reason: str) -> SafeString:
    """The mark before the category from which on something else was measured."""
    x = (across[place] + across[place - 1]) / 2 if place else across[0] - SIDE / 2
    late = x > WIDTH / 2
    label = text(
        f"Break: {reason}",
        x + (-6 if late else 6),
        top - HEAD - 6,
        size=SMALL,
        fill=QUIET,
        anchor="end" if late else "start",
    )
    return joined([line(x, top - HEAD - BREAK_HEAD + 4, x, foot, QUIET, dashed=True), label])
