"""A referral, what was decided on it, and each step of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from trellis.core.forms import DayField, FormKey, MomentField
from trellis.core.reference_data import labels
from trellis.nrm.lifecycle import (
    BODIES,
    CONCLUSIVE,
    NRM_REFERRAL,
    REASONABLE,
    STAGES,
    SUSPENDED,
    WITHDRAWN,
)
from trellis.nrm.models import NrmReferral, YesNoNotKnown
from trellis.nrm.queries import OUTCOMES, TYPES, ListFilter
from trellis.nrm.services.moving import TAKEN_UP
from trellis.plans.forms.plan import OverForm, Told, words

Choices = Iterable[tuple[str, str]]
BOTH = "both"
ADULTS = ("consent", "consented_on")
PANELS = ("chair", "chair_name")
STEPS = {SUSPENDED: "Suspended", WITHDRAWN: "Withdrawn", TAKEN_UP: "Taken up again"}


def radios(label: str, choices: Choices, error: str, **options: Any) -> forms.ChoiceField:
    messages = {"required": error}
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages=messages, **options
    )


def yes_no(label: str, **options: Any) -> forms.ChoiceField:
    """Yes, no or not known: nothing is chosen before somebody says so."""
    return radios(label, YesNoNotKnown.choices, "Choose yes, no or not known", **options)


class ReferForm(FormKey, Told):
    """A referral. Consent is asked of adults alone. ``adult``: they are, today."""

    only_if = ("body", *ADULTS)

    agency = forms.ChoiceField(
        label="Which first responder made the referral?",
        help_text="The agency: the council, the police or another that the law names",
        error_messages={"required": "Choose the agency"},
    )
    first_responder = forms.CharField(
        label="Who of them?",
        max_length=150,
        help_text="The person whom the Home Office rings back",
        error_messages={"required": "Enter who made the referral"},
    )
    submitted_at = MomentField(label="When was it sent?", called="When it was sent", past=True)
    consent = radios(
        "Do they agree to a referral?",
        [choice for choice in NrmReferral.Consent.choices if choice[0] != NrmReferral.Consent.NOT_NEEDED],
        "Choose whether they agreed",
        required=False,
        help_text="From 18 a referral needs consent. Without it there is a duty to notify, and no decision follows",
    )
    consented_on = DayField(label="If they agreed: on which day?", called="The day", required=False, past=True)
    body = radios("Which body decides?", BODIES.items(), "Choose which body decides", required=False)
    types = forms.MultipleChoiceField(
        label="What was done to them?",
        widget=forms.CheckboxSelectMultiple,
        help_text="All that fit; not known is an answer",
        error_messages={"required": "Choose at least one; not known is an answer"},
    )
    county_lines = yes_no("Is it county lines?", help_text="Made to carry, store or sell drugs away from home")
    happened_where = radios("Where did it happen?", NrmReferral.Where.choices, "Choose where it happened")
    reference = forms.CharField(
        label="The Home Office's reference", max_length=40, required=False, help_text="Leave it empty until you have it"
    )
    account = words(
        "What was told, in brief",
        "Our own summary, not the Home Office's form. It stays your agency's own, handled by its code",
        5,
    )

    def __init__(self, *args: Any, agencies: Choices, adult: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", "Choose"), *agencies]  # type: ignore[attr-defined]
        self.fields["types"].choices = list(labels(TYPES).items())  # type: ignore[attr-defined]
        if not adult:
            for name in ADULTS:
                del self.fields[name]

    def clean(self) -> None:
        told = self.cleaned_data
        duty = told.get("consent") == NrmReferral.Consent.DUTY
        if "consent" in self.fields and not told.get("consent"):
            self.add_error("consent", "Choose whether they agreed")
        if told.get("consent") == NrmReferral.Consent.GIVEN and not told.get("consented_on"):
            self.add_error("consented_on", "Enter the day on which they agreed")
        if not duty and not told.get("body"):
            self.add_error("body", "Choose which body decides")

    def told(self) -> dict[str, Any]:
        told = super().told()
        told["told"] = told.pop("account")
        return told


class DecisionForm(FormKey, OverForm):
    """What a body decided. ``stages``: those that may be decided now; ``panel``: a local panel decides."""

    only_if = ("conclusive_outcome", *PANELS, "reasons")

    stage = radios("What was decided?", [*STAGES.items(), (BOTH, "Both on one day")], "Choose what was decided")
    outcome = radios("What is the outcome?", [], "Choose the outcome")
    conclusive_outcome = radios("If both: the outcome on conclusive grounds", [], "Choose the outcome", required=False)
    decided_on = DayField(label="On which day?", called="The day", past=True)
    chair = forms.ChoiceField(label="Who led the panel?", required=False, help_text="Never the child's lead worker")
    chair_name = forms.CharField(label="If somebody else, their name", max_length=150, required=False)
    reasons = words("Why, in brief", "It stays your agency's own, handled by its code", 4)

    def __init__(self, *args: Any, stages: Sequence[str], panel: bool, workers: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        outcomes = list(labels(OUTCOMES).items())
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]
        self.fields["conclusive_outcome"].choices = outcomes  # type: ignore[attr-defined]
        self.fields["chair"].choices = [("", "Somebody else, named below"), *workers]  # type: ignore[attr-defined]
        said = dict(self.fields["stage"].choices)  # type: ignore[attr-defined]
        self.fields["stage"].widget.choices = [(stage, said[stage]) for stage in stages]
        if not panel:
            for name in PANELS:
                del self.fields[name]
        if BOTH not in stages:
            del self.fields["conclusive_outcome"]

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("stage") == BOTH and not told.get("conclusive_outcome"):
            where = "conclusive_outcome" if "conclusive_outcome" in self.fields else "stage"
            self.add_error(where, "Choose the outcome on conclusive grounds")
        if "chair" in self.fields and not told.get("chair") and not told.get("chair_name"):
            self.add_error("chair", "Choose who led the panel, or enter a name below")

    def told(self) -> dict[str, Any]:
        told = super().told()
        both = told["stage"] == BOTH
        return {
            **told,
            "stage": REASONABLE if both else told["stage"],
            "conclusive_outcome": told.get("conclusive_outcome", "") if both else "",
        }


def stages_open(status: str, asked: str, panel: bool) -> list[str]:
    """Which stages may be decided on a referral of this status. ``asked``: the stage to be looked at again."""
    if status == NRM_REFERRAL.first:
        return [REASONABLE, BOTH] if panel else [REASONABLE]
    if asked:
        return [asked]
    return {REASONABLE: [CONCLUSIVE], SUSPENDED: [REASONABLE]}.get(status, [])


class AskAgainForm(FormKey, OverForm):
    asked_on = DayField(label="When was it asked for?", called="The day", past=True)
    asked_by = forms.CharField(
        label="Who asked?",
        max_length=150,
        help_text="For example: their solicitor, the first responder",
        error_messages={"required": "Enter who asked"},
    )
    why = words(
        "Why should it be looked at again?",
        "It stays your agency's own, handled by its code",
        required=True,
        error_messages={"required": "Enter why it should be looked at again"},
    )


class NotAgainForm(OverForm):
    answered_on = DayField(
        label="On which day did the body say that it does not look at it again?", called="The day", past=True
    )


class StepForm(OverForm):
    new = radios("What now?", STEPS.items(), "Choose one")
    why = words(
        "Why?",
        "Facts alone: everybody who sees the referral reads this",
        2,
        required=True,
        error_messages={"required": "Enter why"},
    )

    def __init__(self, *args: Any, status: str, **options: Any) -> None:
        super().__init__(*args, **options)
        following = NRM_REFERRAL.moves[status]
        offered = [TAKEN_UP] if status == SUSPENDED else [SUSPENDED]
        may = [step for step in (*offered, WITHDRAWN) if step in following or step == TAKEN_UP]
        self.fields["new"].widget.choices = [(step, STEPS[step]) for step in may]


class EvidenceForm(FormKey, Told):
    said_on = DayField(label="When was it sent?", called="The day", past=True)
    text = words(
        "What was sent, in brief",
        "It stays your agency's own, handled by its code",
        4,
        required=True,
        error_messages={"required": "Enter what was sent"},
    )


class CopyForm(forms.Form):
    """What leaves the system, why and who gets it: both stand in the document and in the log."""

    purpose = forms.CharField(
        label="What is it for?", max_length=100, error_messages={"required": "Enter what the copy is for"}
    )
    receiver = forms.CharField(
        label="Who gets it?",
        max_length=80,
        help_text="A name and where they work. Yourself, if it stays with you",
        error_messages={"required": "Enter who gets the copy"},
    )


class FilterForm(forms.Form):
    """Which part of the team's list is shown."""

    only = forms.ChoiceField(
        label="Which?", choices=[("", "All"), ("overdue", "Overdue"), ("mine", "My young people")], required=False
    )
    status = forms.ChoiceField(label="How it stands", choices=[("", "Any"), *NRM_REFERRAL.choices], required=False)
    body = forms.ChoiceField(label="Which body decides", choices=[("", "Any"), *BODIES.items()], required=False)

    def wanted(self) -> ListFilter:
        """What is asked for; what is no choice is not asked."""
        self.is_valid()
        return ListFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})
