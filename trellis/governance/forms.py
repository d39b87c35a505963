"""What a reviewer may ask for and say. What stands in an address is a code or an opaque id."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from trellis.accounts.queries import agency_choices, worker_choices
from trellis.audit_log.models import Action
from trellis.audit_log.queries import Filter
from trellis.core.forms import DayField, FormKey
from trellis.core.reference_data import labels
from trellis.governance.models import Outcome, Rule
from trellis.governance.queries.grants import KINDS, OTHER, Asked, team_choices
from trellis.governance.queries.references import person_called
from trellis.governance.queries.unusual import DAYS

Choices = Sequence[tuple[str, str]]
ANY = ("", "All")


class GrantFilterForm(forms.Form):
    team = forms.ChoiceField(label="Given to the team", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    worker = forms.ChoiceField(label="Given to", required=False)
    reason = forms.ChoiceField(label="Reason", required=False)
    older = forms.IntegerField(
        label="Given so many days ago or more",
        required=False,
        min_value=1,
        max_value=36_500,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter the days as a whole number, like 90",
            "min_value": "Enter 1 day or more",
            "max_value": "Enter fewer days",
        },
    )
    endless = forms.BooleanField(label="Only those with no end date", required=False)

    def __init__(self, data: Any, workers: Choices) -> None:
        super().__init__(data)
        kinds = [(code, label) for code, (label, _) in KINDS.items()]
        for name, choices in (
            ("team", team_choices()),
            ("agency", agency_choices()),
            ("worker", workers),
            ("reason", [*kinds, (OTHER, "Another reason")]),
        ):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was asked for; anything that cannot be read is left out and said beside its field."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if "worker" in chosen:
            chosen["worker"] = UUID(chosen["worker"])
        return Asked(**chosen)


class EndGrantForm(forms.Form):
    """Why it ends is chosen and not written: it stands in the log, which names nobody."""

    why = forms.ChoiceField(
        label="Why does it end?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it ends"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].choices = list(labels("grant_end_reason").items())  # type: ignore[attr-defined]

    def words(self) -> str:
        """The reason chosen, as it is written in the log."""
        return dict(self.fields["why"].choices)[self.cleaned_data["why"]]  # type: ignore[attr-defined]


class LogFilterForm(forms.Form):
    """Posted, so that no reference stands in an address; the page it leads to has ids and codes in its own."""

    record = forms.CharField(
        label="Young person's case reference or record id",
        required=False,
        max_length=60,
        help_text="For example CSH-1A2B3C4D",
    )
    who = forms.ChoiceField(label="Who", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    action = forms.ChoiceField(
        label="What they did",
        required=False,
        choices=[ANY, *((code, label.capitalize()) for code, label in Action.choices)],
    )
    what = forms.ChoiceField(label="To what", required=False)
    from_day = DayField(label="From", called="First day", required=False, past=True)
    to_day = DayField(label="To", called="Last day", required=False, past=True)

    def __init__(self, *args: Any, kinds: Sequence[str], hidden: Collection[UUID], **options: Any) -> None:
        """``hidden``: whom the reader may not know of."""
        super().__init__(*args, **options)
        self.hidden = hidden
        things = [(kind, kind.capitalize()) for kind in kinds]
        for name, choices in (("who", worker_choices()), ("agency", agency_choices()), ("what", things)):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def clean_record(self) -> UUID | None:
        typed = self.cleaned_data["record"].strip()
        if not typed:
            return None
        found = person_called(typed, self.hidden)
        if found is None:
            raise forms.ValidationError("No record has this reference or id: check how it is written")
        return found

    def clean(self) -> None:
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("to_day")
        if first and last and first > last:
            self.add_error("to_day", "The last day is before the first: change one of them")

    def address(self) -> dict[str, str]:
        """What was asked for, as it stands in an address."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class LogAddress(forms.Form):
    """What was asked for, read from an address: ids, codes and days."""

    record = forms.UUIDField(required=False)
    who = forms.UUIDField(required=False)
    agency = forms.SlugField(required=False)
    action = forms.ChoiceField(required=False, choices=[ANY, *Action.choices])
    what = forms.CharField(required=False, max_length=80)
    from_day = forms.DateField(required=False)
    to_day = forms.DateField(required=False)
    before = forms.UUIDField(required=False)

    def wanted(self) -> Filter:
        """What cannot be read is left out."""
        self.is_valid()
        asked: Mapping[str, Any] = self.cleaned_data
        return Filter(
            from_day=asked.get("from_day"),
            to_day=asked.get("to_day"),
            actor=asked.get("who"),
            agency=asked.get("agency") or "",
            action=asked.get("action") or "",
            what=asked.get("what") or "",
            child=asked.get("record"),
        )

    def query(self) -> dict[str, str]:
        """What was asked for but the place in the list, to lead on from here."""
        return {name: str(v) for name, v in self.cleaned_data.items() if v and name != "before"}


class UnusualFilterForm(forms.Form):
    days = forms.TypedChoiceField(
        label="Period",
        required=False,
        coerce=int,
        choices=[(DAYS, "The last 30 days"), (7, "The last 7 days"), (90, "The last 90 days")],
    )
    rule = forms.ChoiceField(label="What was found", required=False, choices=[ANY, *Rule.choices])
    state = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Not looked at yet"), (Outcome.FOLLOW_UP, "To be followed up"), ("all", "All")],
    )

    def asked(self) -> tuple[int, str, str]:
        """Days, rule and state; what cannot be read is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return asked.get("days") or DAYS, asked.get("rule") or "", asked.get("state") or ""


class UnusualReviewForm(FormKey):
    outcome = forms.ChoiceField(
        label="What do you make of it?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you make of it"},
    )
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What they said, or what is to be asked, of whom. Do not name the young person.",
        error_messages={"required": "Enter why"},
    )
