"""The agencies, teams and roles of the database by their codes: the rows the sample joins on to."""

from __future__ import annotations

from dataclasses import dataclass, field

from trellis.accounts.models import Agency, Role, Team
from trellis.assessments.models import InstrumentVersion
from trellis.core.errors import Unusable
from trellis.meetings.models import Panel
from trellis.need_to_know.models import HandlingRule
from trellis.voice.models import FeedbackQuestion

PARTNERS = "partners"


@dataclass(frozen=True)
class Directory:
    """``codings``: handling code and conditions of an agency's own items. ``hub``: the agencies that work in it.
    ``tools``: the first version of each assessment tool; ``panels``,
    ``feedback_questions``: by code.
    """

    agencies: dict[str, str]
    teams: dict[str, str]
    roles: dict[str, str]
    codings: dict[str, tuple[str, str]]
    hub: tuple[str, ...]
    tools: dict[str, str]
    panels: dict[str, str]
    feedback_questions: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, partners_id: str) -> Directory:
        """Raises Unusable when the database was not prepared. ``partners_id`` is the team remote partners get."""
        agencies, teams, roles = (
            {code: str(key) for code, key in model.objects.using("owner").values_list("code", "id")}
            for model in (Agency, Team, Role)
        )
        if not (agencies and teams and roles):
            raise Unusable("the database has no agencies yet: run ./hub manage prepare_database first")
        rules = HandlingRule.objects.using("owner").filter(is_default=True).select_related("agency")
        codings = {rule.agency.code: (rule.code_id, rule.conditions) for rule in rules}
        hub = tuple(map(str, Agency.objects.using("owner").filter(co_located=True).values_list("id", flat=True)))
        versions = InstrumentVersion.objects.using("owner").filter(number=1)
        tools = {code: str(key) for code, key in versions.values_list("instrument__code", "id")}
        panels = {code: str(key) for code, key in Panel.objects.using("owner").values_list("code", "id")}
        questions = dict(FeedbackQuestion.objects.using("owner").values_list("code", "id"))
        asked = {code: str(key) for code, key in questions.items()}
        return cls(agencies, {PARTNERS: partners_id, **teams}, roles, codings, hub, tools, panels, asked)
