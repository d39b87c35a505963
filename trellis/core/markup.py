"""A bound form field, taken apart for the GOV.UK templates in ``core/fields``."""

from typing import Any

from django import forms
from django.forms import BoundField

from trellis.core.clocks import from_london
from trellis.core.presenters import clock, lower_first
from trellis.core.widgets import WHICH, DayWidget, MomentWidget, ambiguous_typed

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (MomentWidget, "moment"),
    (DayWidget, "day"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.widgets.Input, "input"),
)
CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
}
WRONG = {
    "input": "govuk-input--error",
    "password": "govuk-input--error",
    "textarea": "govuk-textarea--error",
    "select": "govuk-select--error",
    "file": "govuk-file-upload--error",
}
# On a field that holds what somebody else said: nobody advises on their words.
OWN_WORDS = "data-own-words"
PART_WIDTHS = {"year": 4, "time": 5}
OPTIONS = ("label", "hint", "size", "heading", "optional", "width", "inline", "small", "prefix", "suffix")


def kind_of(bound: BoundField) -> str:
    """Which template of ``core/fields`` draws the field."""
    return next(name for widget, name in KINDS if isinstance(bound.field.widget, widget))


def parts_of(bound: BoundField, given: dict[str, Any]) -> dict[str, Any]:
    """The template's context: label, hint, errors and the control. ``given`` beyond OPTIONS are attributes."""
    options = {name: given.get(name) for name in OPTIONS}
    attributes = {key.replace("_", "-"): value for key, value in given.items() if key not in OPTIONS}
    hint = options["hint"] if options["hint"] is not None else bound.help_text
    parts = {
        **options,
        "id": bound.auto_id,
        "label": label_of(bound, options),
        "hint": hint,
        "errors": errors_of(bound),
        "described_by": described_by(bound, bool(hint)),
    }
    return parts | control_of(bound, parts, attributes)


def label_of(bound: BoundField, options: dict[str, Any]) -> str:
    label = str(options["label"] or bound.label)
    optional = options["optional"] if options["optional"] is not None else not bound.field.required
    return f"{label} (optional)" if optional and kind_of(bound) != "checkbox" else label


def errors_of(bound: BoundField) -> list[str]:
    """What is wrong with the field, in words that say what to do."""
    errors = bound.form.errors.get(bound.name)
    if not errors:
        return []
    unnamed = str(forms.Field.default_error_messages["required"])
    return [text if text != unnamed else asked_for(bound) for text in map(str, errors)]


def asked_for(bound: BoundField) -> str:
    """``Enter a full name`` is left to the form; without its own words a field asks by its label."""
    label = str(bound.label)
    if label.endswith("?"):
        return f"Answer “{label}”"
    verb = "Choose" if kind_of(bound) in ("choices", "select", "file") else "Enter"
    return f"{verb} the {lower_first(label)}"


def described_by(bound: BoundField, hint: bool) -> str:
    ids = [f"{bound.auto_id}_helptext"] * hint + [f"{bound.auto_id}_error"] * bool(bound.errors)
    return " ".join(ids)


def control_of(bound: BoundField, parts: dict[str, Any], attributes: dict[str, Any]) -> dict[str, Any]:
    kind = kind_of(bound)
    if kind == "choices":
        return choices_of(bound)
    if kind in ("day", "moment"):
        return {"day_parts": day_parts(bound), "which": which_of(bound)}
    advised = kind == "textarea" and OWN_WORDS not in {**bound.field.widget.attrs, **attributes}
    control = bound.as_widget(attrs=attributes_of(bound, kind, parts) | attributes)
    return {"control": control, "advised": bound.html_name if advised else ""}


def attributes_of(bound: BoundField, kind: str, parts: dict[str, Any]) -> dict[str, Any]:
    """Nothing about a child is offered by, or kept in, a shared computer's browser unless a field says so."""
    own = bound.field.widget.attrs
    classes = [CLASSES[kind], WRONG.get(kind, "") if bound.errors else "", own.get("class", "")]
    if parts["width"]:
        classes.append(f"govuk-input--width-{parts['width']}")
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if parts["described_by"]:
        attributes["aria-describedby"] = parts["described_by"]
    if kind == "input":
        attributes |= {"autocomplete": own.get("autocomplete", "off"), "spellcheck": own.get("spellcheck", "false")}
    if kind == "textarea":
        attributes |= {"rows": own.get("rows", 5) if own.get("rows") != "10" else 5, "spellcheck": "true"}
    return attributes


def choices_of(bound: BoundField) -> dict[str, Any]:
    """A field may carry ``hints``, by value: a line under each choice."""
    several = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    hints = getattr(bound.field, "hints", {})
    items = [
        {
            "type": option.data["type"],
            "name": option.data["name"],
            "value": option.data["value"],
            "label": option.choice_label,
            "hint": hints.get(option.data["value"], ""),
            "id": option.id_for_label,
            "checked": option.data["selected"],
            "disabled": option.data["attrs"].get("disabled", False),
        }
        for option in bound.subwidgets
        if option.data["value"] != ""
    ]
    return {"items": items, "family": "checkboxes" if several else "radios"}


def wrong_parts(bound: BoundField) -> set[str]:
    """The boxes of a day or moment to look at again; all of them when the error names none."""
    errors = bound.form.errors.get(bound.name)
    if not errors:
        return set()
    named = {part for error in errors.as_data() for part in (error.code or "").split()}
    known = named & set(bound.field.widget.parts)
    return known or set(bound.field.widget.parts) - {"which"}


def typed_in(bound: BoundField) -> list[str]:
    value = bound.value()
    boxes = value if isinstance(value, list) else bound.field.widget.decompress(value)
    return ["" if box is None else str(box) for box in boxes]


def day_parts(bound: BoundField) -> list[dict[str, Any]]:
    wrong, widget = wrong_parts(bound), bound.field.widget
    boxes = [(place, part) for place, part in enumerate(widget.parts) if part != "which"]
    typed = typed_in(bound)
    return [
        {
            "label": part.capitalize(),
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{place}",
            "value": typed[place],
            "width": PART_WIDTHS.get(part, 2),
            "wrong": part in wrong,
            "numeric": part in ("day", "year"),
            "autocomplete": f"bday-{part}" if widget.birth else "off",
        }
        for place, part in boxes
    ]


def which_of(bound: BoundField) -> dict[str, Any] | None:
    """The choice between the two times of that name, once the boxes hold a time that happened twice."""
    if not isinstance(bound.field.widget, MomentWidget):
        return None
    typed = typed_in(bound)
    wall = ambiguous_typed(typed)
    if wall is None:
        return None
    items = [
        {
            "value": which,
            "label": f"{words.capitalize()}, {clock(from_london(wall, which))}",
            "id": f"{bound.auto_id}_4" + ("" if which == "earlier" else "_later"),
            "checked": typed[4] == which,
        }
        for which, words in WHICH.items()
    ]
    return {"time": f"{wall:%H:%M}", "name": f"{bound.html_name}_which", "items": items}


def error_target(bound: BoundField) -> str:
    """The id an error's link goes to: the control, or the first box that is wrong."""
    kind = kind_of(bound)
    if kind == "choices":
        return f"{bound.auto_id}_0"
    if kind in ("day", "moment"):
        wrong, parts = wrong_parts(bound), bound.field.widget.parts
        return f"{bound.auto_id}_{next(place for place, part in enumerate(parts) if part in wrong)}"
    return bound.auto_id
