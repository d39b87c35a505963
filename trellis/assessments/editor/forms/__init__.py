"""What drawing up a tool asks: a small form for each part of it, and the trial."""

from trellis.assessments.editor.forms.about import AboutForm, PublishForm
from trellis.assessments.editor.forms.parts import PARTS, PartForm, part_form
from trellis.assessments.editor.forms.trial import TrialForm

__all__ = ["PARTS", "AboutForm", "PartForm", "PublishForm", "TrialForm", "part_form"]
