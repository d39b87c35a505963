"""What may be asked of a chronology, and a worker's own entry in it."""

from django import forms

from trellis.cases.chronology import KINDS
from trellis.cases.models import Significance
from trellis.cases.queries import ChronologyFilter
from trellis.core.forms import DayField, FormKey, MomentField

ANY = ("", "All")


class ChronologyFilterForm(forms.Form):
    """Codes and a day only: nothing personal stands in the address."""

    agency = forms.ChoiceField(label="Agency", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    significance = forms.ChoiceField(
        label="Significance",
        required=False,
        choices=[("", "All"), (Significance.NOTABLE, "Notable and critical"), (Significance.CRITICAL, "Critical")],
    )
    as_at = DayField(label="As it was known on", called="Day", required=False, past=True)

    def __init__(self, data: object, agencies: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["agency"].choices = [ANY, *agencies]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [ANY, *sorted(KINDS.items(), key=lambda kind: kind[1])]  # type: ignore[attr-defined]

    def wanted(self) -> ChronologyFilter:
        """What was asked for; anything that cannot be read is left out and said beside its field."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return ChronologyFilter(**{**asked, "significance": int(asked.get("significance", Significance.ROUTINE))})


class NoteForm(FormKey):
    happened_at = MomentField(label="When it happened", called="When it happened", past=True)
    title = forms.CharField(
        label="What happened, in one line",
        max_length=200,
        error_messages={"required": "Enter what happened, in one line"},
    )
    body = forms.CharField(
        label="More about it",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="What you saw and heard, their own words in quotation marks. They may read this one day.",
    )
    significance = forms.TypedChoiceField(
        label="How significant is it for the young person's story?",
        choices=Significance.choices,
        coerce=int,
        initial=Significance.ROUTINE,
        widget=forms.RadioSelect,
    )
