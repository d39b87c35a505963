"""My day in rows: clocks in the order they fall, and from when changes are told. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from trellis.core.clocks import london_date, start_of_day
from trellis.core.presenters import lower_first
from trellis.meetings.models import PanelAction, UpdateRequest
from trellis.missing.models import MissingEpisode, SafetyAction
from trellis.missing.presenters.interviews import interview_step
from trellis.nrm.lifecycle import CLOCKS
from trellis.nrm.models import NrmReferral
from trellis.people.models import Person
from trellis.plans.models import DirectWork, Task
from trellis.referrals.models import Referral
from trellis.workspace.presenters.overview import share_lines
from trellis.workspace.queries import SharedChild

AT_LEAST = timedelta(hours=24)
LAST_PANEL_DAY = "Last day for the local panel"


def since(looked_at: float | None, moment: datetime) -> datetime:
    """From when changes are told: the last sign-in before this one, and 24 hours at least."""
    a_day_ago = moment - AT_LEAST
    return min(datetime.fromtimestamp(looked_at, UTC), a_day_ago) if looked_at else a_day_ago


@dataclass(frozen=True)
class Clock:
    """Something a child waits for, and by when."""

    person: Person
    what: str
    url_name: str
    object_id: UUID
    due_at: datetime
    late: bool


def clocks(
    interviews: Iterable[MissingEpisode],
    referrals: Iterable[Referral],
    moment: datetime,
    tasks: Iterable[Task] = (),
    direct_work: Iterable[DirectWork] = (),
    safety: Iterable[SafetyAction] = (),
    updates: Iterable[UpdateRequest] = (),
    panel_actions: Iterable[PanelAction] = (),
    nrm: Iterable[NrmReferral] = (),
    panel_last_days: Iterable[tuple[Person, date]] = (),
) -> list[Clock]:
    """One list in the order the limits fall; what is overdue comes first by itself."""
    rows = [
        Clock(e.person, interview_step(e), "missing-episode", e.id, e.interview.due_at, e.interview.due_at < moment)
        for e in interviews
    ]
    for referral in referrals:
        due_at = start_of_day(referral.decision_due_on + timedelta(days=1))
        rows.append(Clock(referral.person, "Decide the referral", "referral", referral.id, due_at, due_at < moment))
    rows += [task_clock(task, moment) for task in tasks]
    rows += [direct_work_clock(one, moment) for one in direct_work]
    rows += [safety_clock(action, moment) for action in safety]
    rows += [update_clock(asked, moment) for asked in updates]
    rows += [panel_clock(action, moment) for action in panel_actions]
    rows += [nrm_clock(r.person, CLOCKS[r.clock], r.clock_on, moment) for r in nrm if r.clock_on]
    rows += [nrm_clock(person, LAST_PANEL_DAY, last, moment) for person, last in panel_last_days]
    return sorted(rows, key=lambda clock: clock.due_at)


def task_clock(task: Task, moment: datetime) -> Clock:
    """A task of a plan, due until its day is over."""
    due_at = start_of_day(task.due_on + timedelta(days=1))
    return Clock(task.plan.person, task.what, "child-plan", task.plan.person_id, due_at, due_at < moment)


def update_clock(asked: UpdateRequest, moment: datetime) -> Clock:
    """What a panel asks of the user's agency, due until its day is over."""
    due_at = start_of_day(asked.due_on + timedelta(days=1))
    return Clock(
        asked.person, f"Tell the panel: {asked.meeting.panel}", "panel-update", asked.id, due_at, due_at < moment
    )


def panel_clock(action: PanelAction, moment: datetime) -> Clock:
    """What a panel agreed that the user does, due until its day is over."""
    due_at = start_of_day(action.due_on + timedelta(days=1))
    return Clock(action.person, action.what, "child-panels", action.person_id, due_at, due_at < moment)


def nrm_clock(person: Person, what: str, on: date, moment: datetime) -> Clock:
    """The next day of a referral to the National Referral Mechanism, or the local panel's last, until it is over."""
    due_at = start_of_day(on + timedelta(days=1))
    return Clock(person, f"NRM: {lower_first(what)}", "child-nrm", person.id, due_at, due_at < moment)


def safety_clock(action: SafetyAction, moment: datetime) -> Clock:
    """What was agreed in a return interview, due until its day is over."""
    due_at = start_of_day((action.due_on or london_date(moment)) + timedelta(days=1))
    person = action.interview.episode.person
    return Clock(person, f"{action.what} ({action.who})", "finish-safety-action", action.id, due_at, due_at < moment)


def direct_work_clock(direct_work: DirectWork, moment: datetime) -> Clock:
    """Direct work that is planned; that whose time has passed waits for somebody to say how it went."""
    past = direct_work.planned_at < moment
    what = f"Say how it went: {direct_work.get_kind_display().lower()}" if past else direct_work.get_kind_display()
    return Clock(direct_work.person, what, "child-direct-work", direct_work.person_id, direct_work.planned_at, past)


def shared_row(row: SharedChild) -> dict[str, object]:
    """A young person shared with a partner: who they are, what of them opens until when, whom to ask for more."""
    return {
        "person": row.person,
        "lines": share_lines(row.shares),
        "lead": f"{row.lead.name} (lead worker)" if row.lead else "",
    }
