"""What is asked of one episode: the return."""

from datetime import datetime
from typing import Any

from django import forms

from trellis.core.forms import MomentField
from trellis.missing.models import FoundBy, MissingEpisode


class ReturnForm(forms.Form):
    returned_at = MomentField(label="When did they come back?", called="When they came back", past=True)
    found_at = MomentField(
        label="When were they found?",
        called="When they were found",
        required=False,
        past=True,
        help_text="If somebody knew where they were before they came back",
    )
    found_where = forms.CharField(label="Where were they found?", max_length=200, required=False)
    found_by = forms.ChoiceField(label="Who found them?", required=False, choices=[("", "Not known"), *FoundBy.choices])
    found_with = forms.CharField(label="Who were they with?", max_length=200, required=False)

    def __init__(self, *args: Any, episode: MissingEpisode, **options: Any) -> None:
        super().__init__(*args, **options)
        self.since = episode.last_seen_at or episode.reported_at

    def clean_returned_at(self) -> datetime:
        return self.after_leaving("returned_at", "When they came back")

    def clean_found_at(self) -> datetime | None:
        return self.after_leaving("found_at", "When they were found") if self.cleaned_data["found_at"] else None

    def after_leaving(self, name: str, called: str) -> datetime:
        moment: datetime = self.cleaned_data[name]
        if moment <= self.since:
            raise forms.ValidationError(f"{called} must be after they went missing", "day month year time")
        return moment

    def clean(self) -> None:
        found, returned = self.cleaned_data.get("found_at"), self.cleaned_data.get("returned_at")
        if found and returned and found > returned:
            self.add_error("found_at", "They were found before they came back, or as they did: check both times")
