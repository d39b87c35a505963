"""The minute of one young person: what was said, what was decided, who does what by when."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from trellis.accounts.models import User
from trellis.core.forms import DayField, FormKey
from trellis.meetings.lifecycle import ACTION, TO_DO
from trellis.meetings.models import PanelAction
from trellis.meetings.services import Agreed, Answer, Minute
from trellis.supervision.forms.fields import WorkerField, long_text

AGREED_AT_ONCE = 3
STATUSES = [(TO_DO, "Carry it on"), *((code, label) for code, label in ACTION.choices if code != TO_DO)]
ASKED = {"what": "Enter what is to be done", "owner": "Choose who does it", "due": "Enter the day"}


class MinuteForm(FormKey):
    """``after``: the revision the writer saw. ``waiting``: actions from before, each answered or carried on."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    said = long_text(
        "What was said", "Two or three lines: what has changed, what worries, what goes well", rows=3,
        error_messages={"required": "Write down what was said, in a line or two"},
    )  # fmt: skip
    decision = forms.ChoiceField(
        label="Decision", widget=forms.RadioSelect, error_messages={"required": "Choose what was decided"}
    )
    decided_why = forms.CharField(label="In a line", max_length=300, required=False)
    review_on = DayField(label="Look at it again by", called="Day it is looked at again", required=False)

    def __init__(
        self,
        *args: Any,
        decisions: Mapping[str, str],
        workers: list[User],
        waiting: Sequence[PanelAction] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.waiting = waiting
        self.fields["decision"].choices = list(decisions.items())  # type: ignore[attr-defined]
        for place in range(1, AGREED_AT_ONCE + 1):
            self.fields[f"what_{place}"] = forms.CharField(label="What is to be done?", max_length=300, required=False)
            owner = WorkerField(label="Who does it?", required=False)
            owner.offer(workers)
            self.fields[f"owner_{place}"] = owner
            self.fields[f"due_{place}"] = DayField(label="By when?", called="Day it is due", required=False)
        for action in waiting:
            self.fields[f"status_{action.id.hex}"] = forms.ChoiceField(
                label=action.what, choices=STATUSES, initial=TO_DO, required=False
            )
            words = forms.CharField(label="What came of it, or why it is carried on", max_length=300, required=False)
            self.fields[f"words_{action.id.hex}"] = words

    def clean(self) -> None:
        for place in range(1, AGREED_AT_ONCE + 1):
            given = {name: self.cleaned_data.get(f"{name}_{place}") for name in ASKED}
            if any(given.values()):
                for name, words in ASKED.items():
                    if not given[name] and f"{name}_{place}" not in self.errors:
                        self.add_error(f"{name}_{place}", words)

    def minute(self) -> Minute:
        said = self.cleaned_data
        agreed = [
            Agreed(said[f"what_{place}"], said[f"owner_{place}"], said[f"due_{place}"])
            for place in range(1, AGREED_AT_ONCE + 1)
            if said[f"what_{place}"]
        ]
        plain = {name: said[name] for name in ("said", "decision", "decided_why", "review_on")}
        return Minute(**plain, agreed=agreed, answers=self.answers())

    def answers(self) -> dict[UUID, Answer]:
        said = self.cleaned_data
        return {
            action.id: Answer(said[f"status_{action.id.hex}"] or TO_DO, said[f"words_{action.id.hex}"])
            for action in self.waiting
        }

    def beside(self, revision: int) -> None:
        """Sent again it is written over this revision, which is shown beside what was typed."""
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed["after"] = str(revision)
        self.data = typed

    @property
    def decided_fields(self) -> list[BoundField]:
        return [self[name] for name in ("decision", "decided_why", "review_on")]

    @property
    def agreed_fields(self) -> Iterator[list[BoundField]]:
        for place in range(1, AGREED_AT_ONCE + 1):
            yield [self[f"{name}_{place}"] for name in ASKED]

    @property
    def waiting_fields(self) -> Iterator[tuple[PanelAction, BoundField, BoundField]]:
        for action in self.waiting:
            yield action, self[f"status_{action.id.hex}"], self[f"words_{action.id.hex}"]


class ActionForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label="How does it stand?", widget=forms.RadioSelect, error_messages={"required": "Choose how it stands"}
    )
    effect = long_text("What came of it?", required=False, rows=3)

    def __init__(self, *args: Any, action: PanelAction, **options: Any) -> None:
        super().__init__(*args, **{**options, "initial": {"after": action.revision}})
        # What is sent is measured against how the action stands by then; until then only what may follow is offered.
        offered = ACTION.statuses if self.is_bound else ACTION.moves[action.status]
        choices = [(code, ACTION.statuses[code]) for code in offered]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]
