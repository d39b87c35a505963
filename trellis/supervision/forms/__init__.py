"""What is asked when something is said about the work, and when a case is given to somebody."""

from trellis.supervision.forms.allocation import AllocationForm
from trellis.supervision.forms.saying import FormulationForm, OversightForm, TaskFromFormulationForm
from trellis.supervision.forms.supervising import ActionForm, SupervisionForm, TeamSupervisionForm

__all__ = [
    "ActionForm",
    "AllocationForm",
    "FormulationForm",
    "OversightForm",
    "SupervisionForm",
    "TaskFromFormulationForm",
    "TeamSupervisionForm",
]
