"""What is asked when something told of an episode changes: its risk, its facts, its return, its reports, its owner."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms

from trellis.accounts.models import User
from trellis.core.forms import MomentField
from trellis.core.presenters import moment as when
from trellis.core.reference_data import labels
from trellis.missing.forms.choices import NOT_CHOSEN
from trellis.missing.models import FoundBy, Kind, MissingEpisode
from trellis.missing.services.merging import TIMES, Times

WHY = {"required": "Enter why, in a few words"}


class GradeForm(forms.Form):
    grade = forms.ChoiceField(label="Risk", error_messages={"required": "Choose the risk"})
    information = forms.CharField(
        label="On what information?",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What is known now, who said it and when",
        error_messages={"required": "Enter on what information the risk is graded"},
    )
    graded_by = forms.CharField(
        label="Who graded it?", max_length=150, required=False, help_text="Leave it empty if you did"
    )
    graded_at = MomentField(label="When was it graded?", called="When it was graded", past=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["grade"].choices = [NOT_CHOSEN, *labels("missing_risk_grade").items()]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    why = forms.CharField(label="Why?", max_length=200, error_messages=WHY)


class UndoReturnForm(WhyForm):
    """They were not back after all."""


class HandOverForm(forms.Form):
    to = forms.TypedChoiceField(
        label="To whom?", coerce=UUID, empty_value=None, error_messages={"required": "Choose who looks after them"}
    )
    why = forms.CharField(label="What should they know?", max_length=200, required=False)

    def __init__(self, *args: Any, workers: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [NOT_CHOSEN, *((str(user.id), user.name) for user in workers)]  # type: ignore[attr-defined]


class MergeForm(WhyForm):
    """Which episode a report belongs to."""

    into = forms.TypedChoiceField(
        label="Which time missing is it a report of?",
        coerce=UUID,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the time missing it belongs to"},
    )
    field_order = ("into", "why")

    def __init__(self, *args: Any, others: Iterable[MissingEpisode], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].choices = [(str(one.id), _span(one)) for one in others]  # type: ignore[attr-defined]


def _span(episode: MissingEpisode) -> str:
    ended = f"back {when(episode.returned_at)}" if episode.returned_at else "still missing"
    return f"Reported {when(episode.reported_at)}, {ended}"


class UnmergeForm(WhyForm):
    """The times of a report that is to stand by itself, and of the episode it was part of."""

    last_seen_at = MomentField(label="When were they last seen?", called="When they were last seen", required=False)
    reported_at = MomentField(label="When was it reported?", called="When it was reported", past=True)
    returned_at = MomentField(label="When did they come back?", called="When they came back", required=False, past=True)
    other_last_seen_at = MomentField(
        label="The other time: when were they last seen?", called="When they were last seen", required=False
    )
    other_reported_at = MomentField(
        label="The other time: when was it reported?", called="When it was reported", past=True
    )
    other_returned_at = MomentField(
        label="The other time: when did they come back?", called="When they came back", required=False, past=True
    )
    field_order = (*TIMES, *(f"other_{name}" for name in TIMES), "why")

    def __init__(self, *args: Any, own: Times, others: Times, **options: Any) -> None:
        first = {**own._asdict(), **{f"other_{name}": at for name, at in others._asdict().items()}}
        super().__init__(*args, **{"initial": first, **options})

    def clean(self) -> None:
        for prefix in ("", "other_"):
            check_order(self, prefix)

    def times(self, prefix: str = "") -> Times:
        return Times(*(self.cleaned_data[prefix + name] for name in TIMES))


def check_order(form: forms.Form, prefix: str = "") -> None:
    """Last seen, reported, back: in that order, as far as they are told."""
    seen, reported, back = (form.cleaned_data.get(prefix + name) for name in TIMES)
    if seen and reported and seen > reported:
        form.add_error(f"{prefix}last_seen_at", "They were last seen before it was reported: check both times")
    began = seen or reported
    if back and began and back <= began:
        form.add_error(f"{prefix}returned_at", "When they came back must be after they went missing")


class CorrectionForm(WhyForm):
    """Everything told of an episode; what is changed here is kept beside what it said before."""

    kind = forms.ChoiceField(label="Where are they missing from?", choices=Kind.choices, widget=forms.RadioSelect)
    last_seen_at = MomentField(
        label="When were they last seen?", called="When they were last seen", required=False, past=True
    )
    last_seen_where = forms.CharField(label="Where were they last seen?", max_length=200, required=False)
    wearing = forms.CharField(label="What were they wearing?", max_length=300, required=False)
    reported_at = MomentField(label="When was it reported?", called="When it was reported", past=True)
    reported_by = forms.CharField(label="Who reported it?", max_length=150, required=False)
    returned_at = MomentField(label="When did they come back?", called="When they came back", past=True)
    found_at = MomentField(label="When were they found?", called="When they were found", required=False, past=True)
    found_where = forms.CharField(label="Where were they found?", max_length=200, required=False)
    found_by = forms.ChoiceField(label="Who found them?", required=False)
    found_with = forms.CharField(label="Who were they with?", max_length=200, required=False)
    factors = forms.MultipleChoiceField(
        label="What pushed or pulled them away?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="As far as it is known by now; their own reasons stand in the return interview",
    )
    harm = forms.MultipleChoiceField(
        label="What came to light about harm?", required=False, widget=forms.CheckboxSelectMultiple
    )
    harm_told = forms.CharField(
        label="More about it", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    offences = forms.CharField(
        label="Offences against them, or that they were drawn into",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    out_of_area = forms.BooleanField(label="They live or are placed outside our area", required=False)
    responsible_authority = forms.ChoiceField(
        label="Which authority is responsible for them?",
        required=False,
        help_text="For young people whom another authority placed here",
    )
    stood = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, episode: MissingEpisode, **options: Any) -> None:
        self.episode = episode
        now_told = {name: getattr(episode, name) for name in TOLD}
        super().__init__(*args, **{"initial": {**now_told, "stood": stands(episode)}, **options})
        self.order_fields([name for name in self.fields if name != "why"])
        if not episode.returned_at:
            del self.fields["returned_at"]
        for name, choices in lists().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        check_order(self)
        found, back = self.cleaned_data.get("found_at"), self.cleaned_data.get("returned_at")
        if found and back and found > back:
            self.add_error("found_at", "They were found before they came back, or as they did: check both times")
        if "none_known" in self.cleaned_data.get("harm", ()) and len(self.cleaned_data["harm"]) > 1:
            self.add_error("harm", "Choose what came to light, or that none is known")

    @property
    def is_stale(self) -> bool:
        """Somebody else changed the episode since this form was opened."""
        return bool(self.cleaned_data["stood"] != stands(self.episode))

    def changes(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in TOLD if name in self.fields}
        return {name: value for name, value in told.items() if not _same(value, getattr(self.episode, name))}


TOLD = [name for name in CorrectionForm.base_fields if name not in ("stood", "why")]


def stands(episode: MissingEpisode) -> str:
    """A mark of what the episode says, so that a later form knows whether it still does."""
    return sha256(repr([getattr(episode, name) for name in [*TOLD, "status"]]).encode()).hexdigest()[:16]


def _same(typed: Any, said: Any) -> bool:
    """A moment is typed to the minute: the seconds of what was said are no change."""
    if isinstance(typed, datetime) and isinstance(said, datetime):
        return typed == said.replace(second=0, microsecond=0)
    return bool(typed == said)


def lists() -> Mapping[str, list[tuple[str, str]]]:
    return {
        "found_by": [("", "Not known"), *FoundBy.choices],
        "factors": list(labels("missing_reason").items()),
        "harm": list(labels("missing_harm").items()),
        "responsible_authority": [("", "Ours"), *labels("authority").items()],
    }
