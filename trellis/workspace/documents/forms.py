"""Why a copy of a record is taken, and for whom."""

from django import forms


class ExportForm(forms.Form):
    """Why a record leaves the system and who gets it: both stand in the document and in the log."""

    purpose = forms.CharField(
        label="What is it for?",
        max_length=100,
        help_text="For example: strategy meeting on Thursday; family court bundle; they asked to read their record",
        error_messages={"required": "Enter what the copy is for"},
    )
    receiver = forms.CharField(
        label="Who gets it?",
        max_length=80,
        help_text="A name and where they work. Yourself, if it stays with you",
        error_messages={"required": "Enter who gets the copy"},
    )
