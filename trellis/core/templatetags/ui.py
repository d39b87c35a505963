"""The tags and filters of every template: GOV.UK and MoJ components in our words. They are builtins: no load."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BaseFormSet, BoundField
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trellis.core import markup, presenters
from trellis.core.clocks import LONDON, now

register = template.Library()
register.filter("day", presenters.day)
register.filter("moment", presenters.moment)
register.filter("clock", presenters.clock)
register.filter("plural", lambda count, word: presenters.plural(count, *str(word).split(",")))

TONES = {
    "plain": "trellis-tag--plain",
    "structure": "trellis-tag--structure",
    "now": "trellis-tag--now",
    "done": "trellis-tag--done",
    "danger": "trellis-tag--danger",
}
BUTTONS = {
    "primary": "",
    "secondary": " govuk-button--secondary",
    "warning": " govuk-button--warning",
    "quiet": " trellis-button--quiet",
}


@register.filter
def time_left(due: datetime | None, at: datetime | None = None) -> str:
    """``5 hours left``, ``2 days 3 hours overdue``; nothing when nothing is due."""
    return presenters.time_left(due, at or now()) if due else ""


@register.filter
def figure(value: float | None) -> SafeString:
    """A number with thousands separators in figures of equal width."""
    if value is None:
        return format_html('<span class="{}">not available</span>', "trellis-unknown")
    return format_html('<span class="trellis-figure">{}</span>', presenters.number(value))


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """Any form field as GOV.UK markup. Options: see markup.OPTIONS; others become attributes of the control."""
    if bound.is_hidden:
        return bound.as_hidden()
    return render_to_string(f"core/fields/{markup.kind_of(bound)}.html", markup.parts_of(bound, options))


@register.inclusion_tag("core/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet | None, title: str = "There is a problem") -> dict[str, object]:
    """What is wrong with the forms, and those of form sets, each line leading to its field."""
    every = [form for given in forms if given is not None for form in _forms_of(given)]
    problems = [problem for form in every for problem in problems_of(form)]
    return {"problems": problems, "title": title}


def _forms_of(given: BaseForm | BaseFormSet) -> Iterable[BaseForm]:
    return given.forms if isinstance(given, BaseFormSet) else [given]


def problems_of(form: BaseForm) -> list[dict[str, str]]:
    if not form.is_bound:
        return []
    general = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    return general + [
        {"text": text, "target": "" if bound.is_hidden else markup.error_target(bound)}
        for bound in form
        for text in markup.errors_of(bound)
    ]


@register.simple_tag
def button(text: str, kind: str = "primary", href: str = "", **attributes: Any) -> SafeString:
    """A button, or a link that looks like one when ``href`` is given. A second press within a second is ignored."""
    classes = f"govuk-button{BUTTONS[kind]}"
    extra = format_html_join("", ' {}="{}"', ((k.replace("_", "-"), v) for k, v in attributes.items()))
    if href:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button"{}>{}</a>',
            href,
            classes,
            extra,
            text,
        )
    return format_html(
        '<button type="submit" class="{}" data-module="govuk-button" data-prevent-double-click="true"{}>{}</button>',
        classes,
        extra,
        text,
    )


@register.simple_tag
def tag(text: str, tone: str = "plain") -> SafeString:
    """A status in words. Tones: plain, structure, now (needs you), done, danger (to a child today, nothing else)."""
    return format_html('<strong class="govuk-tag trellis-tag {}">{}</strong>', TONES[tone], text)


@register.inclusion_tag("core/summary_list.html")
def summary_list(rows: Iterable[Any], plain: bool = False) -> dict[str, object]:
    """``rows`` are (key, value) or (key, value, {"url", "label", "about"}); no value reads "Not recorded yet"."""
    return {"rows": [dict(zip(("key", "value", "action"), row, strict=False)) for row in rows], "plain": plain}


@register.inclusion_tag("core/table.html")
def table(
    table: Any,
    size: str = "m",
    sortable: bool = False,
    hide_caption: bool = False,
    empty: str = "Nothing to show yet.",
) -> dict[str, object]:
    """A core.tables.Table in a region that scrolls by itself when it is too wide."""
    return {"table": table, "size": size, "sortable": sortable, "hide_caption": hide_caption, "empty": empty}


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """Puts a wide table into a region that scrolls by itself and can be reached by keyboard."""
    return format_html(
        '<div class="trellis-scroll" role="region" aria-label="{}" tabindex="0">{}</div>', label, content
    )


@register.inclusion_tag("core/timeline.html")
def timeline(
    entries: Iterable[Any], level: int = 2, empty: str = "Nothing has been written in this chronology yet."
) -> dict[str, object]:
    """Entries (happened_at, title, text, kind, by, agency, url, significant, anchor), in order, under their months."""
    months = [
        {"key": f"{month:%Y-%m}", "name": f"{month:%B %Y}", "entries": list(group)}
        for month, group in groupby(entries, key=month_of)
    ]
    return {"months": months, "level": level, "empty": empty}


def month_of(entry: Any) -> date:
    happened_at: datetime = entry["happened_at"] if isinstance(entry, Mapping) else entry.happened_at
    return happened_at.astimezone(LONDON).date().replace(day=1)


@register.inclusion_tag("core/chart.html")
def chart(chart: Any, open: bool = False) -> dict[str, object]:
    """A core.charts.Chart with its table behind one click, or in sight when ``open``."""
    return {"chart": chart, "open": open}


@register.inclusion_tag("core/banner.html")
def banner(
    title: str,
    label: str = "Whose record this is",
    facts: Sequence[tuple[str, object]] = (),
    tags: Sequence[tuple[str, str]] = (),
    **more: Any,
) -> dict[str, object]:
    """Who or what every page of a record is about. More: heading, url, marking, words, words_from."""
    return {"title": title, "label": label, "facts": facts, "tags": tags, **more}


@register.inclusion_tag("core/sub_navigation.html")
def sub_navigation(items: Iterable[Mapping[str, object]], label: str = "Pages of this record") -> dict[str, object]:
    """``items`` are {label, url, current}."""
    return {"items": items, "label": label}


@register.simple_tag(takes_context=True)
def page_data(context: template.Context) -> SafeString:
    """What the script needs to know: who is signed in (an opaque id) and how long the session lasts."""
    frame = context.get("frame") or {}
    if not frame.get("places"):
        return SafeString("")
    data = {
        "user": getattr(context.get("user"), "pk", ""),
        "session-seconds": settings.SESSION_IDLE_SECONDS,
        "session-url": address("session"),
        "sign-in-url": address("sign-in"),
        "wording-url": address("wording-advice"),
    }
    return format_html_join(" ", 'data-{}="{}"', data.items())


def address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
