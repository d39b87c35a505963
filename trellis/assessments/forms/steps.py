"""What the steps of an assessment ask: its beginning, views, judgement, sign-off, an end."""

from collections.abc import Iterable
from typing import Any

from django import forms

from trellis.accounts.models import Agency, User
from trellis.assessments.instruments.definition import Definition
from trellis.assessments.models import Assessment, BestPlaced, InstrumentVersion, OutcomeView
from trellis.assessments.services import Placed
from trellis.core.forms import DayField, FormKey
from trellis.core.widgets import OwnWords

LONGEST = 20_000
YES, NO, NOT_KNOWN = "yes", "no", "not_known"
RETURN, SIGN = "return", "sign"
VIEWS = ("childs_view", "childs_view_how", "child_not_heard_why", "carers_view", "analysis")
KEPT_ON_IT = ("revision", *VIEWS, "nrm_considered", "nrm_why")


def typed_words(
    label: str, *, rows: int = 4, required: bool = False, own: bool = False, **options: Any
) -> forms.CharField:
    """``own``: of the young person, in their own words."""
    area = OwnWords(rows) if own else forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=area, **options)


class BeginForm(FormKey):
    version = forms.ModelChoiceField(
        label="Which tool?",
        queryset=InstrumentVersion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a tool"},
    )
    clock_started_on = DayField(
        label="From which day does its clock count?",
        called="Day the clock counts from",
        past=True,
        help_text="The day an assessment was agreed on",
    )
    learning_disability = forms.TypedChoiceField(
        label="Does the young person have a learning disability?",
        choices=[(YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not known")],
        coerce={YES: True, NO: False, NOT_KNOWN: None}.get,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text="The rule of some tools asks for it. What the record says of it is chosen already",
    )

    def __init__(self, *args: Any, tools: list[InstrumentVersion], **options: Any) -> None:
        recorded = options["initial"].pop("learning_disability", None)
        said = {True: YES, False: NO, None: NOT_KNOWN}[recorded]
        super().__init__(*args, **options)
        self.initial["learning_disability"] = said
        field = self.fields["version"]
        field.queryset = InstrumentVersion.objects.filter(id__in=[tool.id for tool in tools])  # type: ignore[attr-defined]
        field.choices = [(tool.id, str(tool)) for tool in tools]  # type: ignore[attr-defined]
        field.hints = {str(tool.id): hint_of(tool) for tool in tools}  # type: ignore[attr-defined]


def hint_of(tool: InstrumentVersion) -> str:
    sample = "A sample, made for this system: no real tool's questions. " if tool.instrument.is_sample else ""
    return f"{sample}{tool.instrument.about}"


class ViewsForm(forms.Form):
    """What is said beside the answers. ``revision``: the one it was typed over."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    childs_view = typed_words(
        "What does the young person say?", own=True, help_text="In their own words as far as you can"
    )
    childs_view_how = forms.CharField(
        label="How was their view heard?",
        required=False,
        max_length=200,
        help_text="For example, alone with them on a walk, or in a drawing",
    )
    child_not_heard_why = typed_words("If it could not be heard: why not?", rows=2)
    carers_view = typed_words("What do family and carers say?")
    analysis = typed_words("What do you understand of it all?", rows=6, help_text="Worries, strengths, places, people")
    nrm_considered = forms.ChoiceField(
        label="Was a referral to the National Referral Mechanism considered?",
        choices=Assessment.NrmConsidered.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the National Referral Mechanism was considered"},
    )
    nrm_why = typed_words("Why?", rows=2)
    best_who = forms.CharField(
        label="Who is best placed to work with the young person?", required=False, max_length=150
    )
    best_agency = forms.ModelChoiceField(
        label="Their agency", queryset=Agency.objects.order_by("name"), required=False, empty_label="None"
    )
    best_why = typed_words("Why they?", rows=2)

    only_if = ("child_not_heard_why", "nrm_why", "best_agency", "best_why")

    def __init__(
        self,
        data: Any = None,
        *,
        assessment: Assessment,
        definition: Definition,
        areas: dict[str, str],
        said: dict[str, OutcomeView],
        best: BestPlaced | None,
    ) -> None:
        initial = {name: getattr(assessment, name) for name in KEPT_ON_IT}
        if best:
            initial |= {"best_who": best.who, "best_agency": best.agency_id, "best_why": best.why}
        super().__init__(data, initial=initial)
        self.areas = list(areas) if definition.questions.outcome_areas else []
        for area in self.areas:
            self._ask_of(area, areas[area], said.get(area))
        self._leave_out(definition)

    def _ask_of(self, area: str, label: str, said: OutcomeView | None) -> None:
        self.fields[f"area_{area}"] = typed_words(f"{label}: how do things stand?", rows=2)
        self.fields[f"area_{area}_change"] = forms.ChoiceField(
            label=f"{label}: since the assessment before",
            choices=OutcomeView.Change.choices,
            widget=forms.RadioSelect,
            required=False,
        )
        self.initial[f"area_{area}"] = said.words if said else ""
        self.initial[f"area_{area}_change"] = said.change if said else OutcomeView.Change.NOT_KNOWN

    def _leave_out(self, definition: Definition) -> None:
        """What this tool does not ask."""
        asks = definition.questions
        for wanted, names in (
            (asks.childs_view, ("childs_view", "childs_view_how", "child_not_heard_why")),
            (asks.carers_view, ("carers_view",)),
            (asks.best_placed, ("best_who", "best_agency", "best_why")),
        ):
            for name in () if wanted else names:
                del self.fields[name]

    @property
    def area_fields(self) -> list[tuple[Any, Any]]:
        return [(self[f"area_{area}"], self[f"area_{area}_change"]) for area in self.areas]

    def clean(self) -> None:
        if self.cleaned_data.get("childs_view") and not self.cleaned_data.get("childs_view_how"):
            self.add_error("childs_view_how", "Say how their view was heard")
        if self.cleaned_data.get("best_who") and not self.cleaned_data.get("best_why"):
            self.add_error("best_why", "Say why they are best placed")

    def told(self) -> dict[str, Any]:
        """The arguments of say_views."""
        said, own = self.cleaned_data, ("best_who", "best_agency", "best_why", "revision")
        plain = {name: said[name] for name in said if name not in own and not name.startswith("area_")}
        placed = Placed(said["best_who"], said["best_agency"], said["best_why"]) if "best_who" in said else None
        outcomes = {
            area: (said[f"area_{area}"], said[f"area_{area}_change"] or OutcomeView.Change.NOT_KNOWN)
            for area in self.areas
        }
        return {"after": said["revision"], "best_placed": placed, "outcomes": outcomes, **plain}


class JudgementForm(FormKey):
    band = forms.ChoiceField(
        label="Which band do you judge it to be?", required=False, widget=forms.RadioSelect, choices=()
    )
    words = typed_words("What do you judge?", rows=4)
    why = typed_words("Why, if it is not what the tool's own rule gives?", rows=4)

    def __init__(self, *args: Any, definition: Definition, **options: Any) -> None:
        super().__init__(*args, **options)
        if definition.bands:
            choices = [(band.code, band.label) for band in definition.bands]
            self.fields["band"].choices = [*choices, ("none", "None of these")]  # type: ignore[attr-defined]
        else:
            del self.fields["band"], self.fields["why"]

    def clean(self) -> None:
        if self.cleaned_data.get("band") == "none":
            self.cleaned_data["band"] = ""
        if not self.cleaned_data.get("band") and not self.cleaned_data.get("words"):
            self.add_error("words", "Say what you judge")

    def judged(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("band", "words", "why")
        return {"key": said["form_key"], **{name: said[name] for name in names if name in said}}


class SignOffForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[(SIGN, "Sign it off"), (RETURN, "Give it back for more")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    words = typed_words("What is still needed, or what you want to say", rows=4)

    def clean(self) -> None:
        if self.cleaned_data.get("decision") == RETURN and not self.cleaned_data.get("words"):
            self.add_error("words", "Say what is still needed")


class HandOverForm(forms.Form):
    """``after``: whose assessment it was when the page was opened."""

    after = forms.ModelChoiceField(queryset=User.objects.none(), widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        label="Who goes on with it?",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose who goes on with it"},
    )
    why = typed_words(
        "Why?", rows=2, required=True, error_messages={"required": "Say why somebody else goes on with it"}
    )

    def __init__(self, *args: Any, assessors: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["after"].queryset = User.objects.all()  # type: ignore[attr-defined]
        self.fields["to"].queryset = User.objects.filter(id__in=[user.id for user in assessors])  # type: ignore[attr-defined]
        choices = [("", "Choose somebody"), *((str(user.id), f"{user.name}, {user.agency}") for user in assessors)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class StopForm(forms.Form):
    reason = typed_words("Why does it stop?", required=True, error_messages={"required": "Say why it stops"})
