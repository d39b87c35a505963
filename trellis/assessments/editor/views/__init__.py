"""The pages of assessment tools."""

from trellis.assessments.editor.views.parts import draft_part
from trellis.assessments.editor.views.tools import (
    begin_draft,
    instrument,
    instrument_about,
    instrument_draft,
    instrument_version,
    instruments,
    new_instrument,
    publish,
    retire,
)

__all__ = [
    "begin_draft",
    "draft_part",
    "instrument",
    "instrument_about",
    "instrument_draft",
    "instrument_version",
    "instruments",
    "new_instrument",
    "publish",
    "retire",
]
