"""A file chosen, and a held one released."""

from typing import Any

from django import forms
from django.http import HttpRequest

from trellis.core.forms import FormKey
from trellis.core.uploads import TOO_MUCH, was_too_big
from trellis.documents.checking import ACCEPTED, NotAccepted
from trellis.documents.models import Document
from trellis.documents.services import Scanned

ENDINGS = ".pdf,.docx,.xlsx,.odt,.txt,.csv,.jpg,.jpeg,.png"


class ScannedFile(forms.FileField):
    """A file that was checked and scanned: cleans to ``Scanned``, or None when none was chosen."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": ENDINGS}))
        options.setdefault("help_text", f"{ACCEPTED}; 25 MB at most")
        super().__init__(**options)
        self.error_messages["empty"] = (
            "The file is empty. Open it to see whether it holds anything, then choose it again"
        )

    def clean(self, data: Any, initial: Any = None) -> Scanned | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return Scanned(file.name, file.read())
        except NotAccepted as refusal:
            raise forms.ValidationError(str(refusal)) from None


class NotTooBig(forms.Form):
    """Says of a file that was too big to be read what is wrong with it. ``asked``: the request it came with."""

    asked: HttpRequest | None = None

    def clean(self) -> None:
        super().clean()
        if was_too_big(self.asked):
            field = next(name for name, field in self.fields.items() if isinstance(field, ScannedFile))
            self.errors.pop(field, None)
            self.add_error(field, TOO_MUCH)


class DocumentForm(NotTooBig, FormKey):
    file = ScannedFile(label="File", error_messages={"required": "Choose a file"})
    kind = forms.ChoiceField(
        label="What kind of document is it?",
        choices=Document.Kind.choices,
        initial=Document.Kind.OTHER,
        error_messages={"required": "Choose what kind of document it is"},
    )
    description = forms.CharField(label="What is it?", max_length=200, required=False)


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label="Why may it be opened without a scan?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: it came from our own scanner, and I opened it on a computer kept for that",
        error_messages={"required": "Enter the reason"},
    )
