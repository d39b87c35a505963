"""A supervision: about one young person, or about several of one worker; what is agreed, what became of before."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField

from trellis.accounts.models import User
from trellis.core.forms import DayField, FormKey
from trellis.people.models import Person
from trellis.supervision.forms.fields import WorkerField, long_text
from trellis.supervision.lifecycle import ACTION, TO_DO
from trellis.supervision.models import Supervision, SupervisionAction
from trellis.supervision.services import Agreed, Answer, TalkedAbout

AGREED_AT_ONCE = 2
STATUSES = [(TO_DO, "Carry it on"), *((code, label) for code, label in ACTION.choices if code != TO_DO)]


class HeldForm(FormKey):
    """What a supervision is, whoever it was about."""

    kind = forms.ChoiceField(
        label="What kind of supervision?",
        choices=Supervision.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind it was"},
    )
    held_on = DayField(label="When was it held?", called="Day it was held", past=True)
    took_part = long_text("Who else took part?", "Names, one in a line", required=False, rows=2)
    agencies = forms.MultipleChoiceField(
        label="From which agencies?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agencies"].choices = agencies  # type: ignore[attr-defined]

    def held(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "held_on", "took_part", "agencies")}


class SupervisionForm(HeldForm):
    """About one young person. ``waiting``: actions from before, each of which is answered or carried on."""

    worker = WorkerField(label="Whose supervision was it?", error_messages={"required": "Choose whose it was"})
    talked_about = long_text("What was talked about?", "About this young person only", rows=6)
    childs_experience = long_text("What is it like to be this young person now?", required=False, rows=3)

    def __init__(
        self, *args: Any, workers: list[User], waiting: Sequence[SupervisionAction] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.waiting = waiting
        self.fields["worker"].offer(workers)  # type: ignore[attr-defined]
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
            given = {name: self.cleaned_data.get(f"{name}_{place}") for name in ("what", "owner", "due")}
            if any(given.values()):
                asked = {"what": "Enter what is to be done", "owner": "Choose who does it", "due": "Enter the day"}
                for name, words in asked.items():
                    if not given[name] and f"{name}_{place}" not in self.errors:
                        self.add_error(f"{name}_{place}", words)

    def about(self, person: Person) -> TalkedAbout:
        said = self.cleaned_data
        agreed = [
            Agreed(said[f"what_{place}"], said[f"owner_{place}"], said[f"due_{place}"])
            for place in range(1, AGREED_AT_ONCE + 1)
            if said[f"what_{place}"]
        ]
        return TalkedAbout(person, said["talked_about"], said["childs_experience"], agreed, self.answers())

    def answers(self) -> dict[UUID, Answer]:
        said = self.cleaned_data
        return {
            action.id: Answer(said[f"status_{action.id.hex}"] or TO_DO, said[f"words_{action.id.hex}"])
            for action in self.waiting
        }

    @property
    def held_fields(self) -> list[BoundField]:
        names = ("kind", "held_on", "worker", "took_part", "agencies", "talked_about", "childs_experience")
        return [self[name] for name in names]

    @property
    def agreed_fields(self) -> Iterator[list[BoundField]]:
        for place in range(1, AGREED_AT_ONCE + 1):
            yield [self[f"{name}_{place}"] for name in ("what", "owner", "due")]

    @property
    def waiting_fields(self) -> Iterator[tuple[SupervisionAction, BoundField, BoundField]]:
        for action in self.waiting:
            yield action, self[f"status_{action.id.hex}"], self[f"words_{action.id.hex}"]


class TeamSupervisionForm(HeldForm):
    """About several young people of one worker, in a field each; who was not talked about is left empty."""

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        for person in people:
            self.fields[f"about_{person.id.hex}"] = long_text(f"About {person.name}", required=False, rows=3)

    def clean(self) -> None:
        if not self.errors and not self.about():
            self.add_error(None, "Write about one young person at least")

    def about(self) -> list[TalkedAbout]:
        said = [(person, self.cleaned_data.get(f"about_{person.id.hex}", "")) for person in self.people]
        return [TalkedAbout(person, words) for person, words in said if words.strip()]

    @property
    def held_fields(self) -> list[BoundField]:
        return [self[name] for name in ("kind", "held_on", "took_part", "agencies")]

    @property
    def about_fields(self) -> list[BoundField]:
        return [self[f"about_{person.id.hex}"] for person in self.people]


class ActionForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label="How does it stand?", widget=forms.RadioSelect, error_messages={"required": "Choose how it stands"}
    )
    effect = long_text("What came of it?", required=False, rows=3)

    def __init__(self, *args: Any, action: SupervisionAction, **options: Any) -> None:
        super().__init__(*args, **{**options, "initial": {"after": action.revision}})
        # What is sent is measured against how the action stands by then; until then only what may follow is offered.
        offered = ACTION.statuses if self.is_bound else ACTION.moves[action.status]
        choices = [(code, ACTION.statuses[code]) for code in offered]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]
