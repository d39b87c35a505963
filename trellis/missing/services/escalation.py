"""A report that nobody at the desk takes is told to those who answer for the desk: once, and once more."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, recorded
from trellis.cases.notices import tell
from trellis.core import mail
from trellis.core.clocks import hours_between, london_date, now
from trellis.core.protection import Part
from trellis.core.reference_data import limit
from trellis.core.row_context import Duty
from trellis.missing.lifecycle import MISSING
from trellis.missing.models import Escalation, MissingEpisode
from trellis.need_to_know.seeing import who_see_and_may

SEND = "missing.tell_of_escalation"
NOTICE = "missing.escalated"
LEVELS = 2
WORDS = {
    1: "A missing report waits at the desk and nobody has taken it.",
    2: "A missing report still waits at the desk and nobody has taken it.",
}
SUBJECT = "A report waits at the desk"
BODY = """A report has waited {minutes} minutes at the desk and nobody has taken it.

Sign in to see it. This e-mail says no more on purpose.
Do not answer it: nobody reads it.
"""


def escalate_waiting(at: datetime | None = None) -> int:
    """Escalate every report that has waited too long, and say how many. The wait begins when a report reaches us.

    Run twice, or late, it tells each level of each report once; the second comes its own time after the first.
    """
    moment = at or now()
    with recorded(None, duty=Duty.WATCH):
        soonest = moment - timedelta(minutes=limit("missing.acknowledge", london_date(moment)))
        rows = MissingEpisode.objects.select_for_update(of=("self",)).select_related("person")
        waiting = rows.filter(status=MISSING, acknowledged_at=None, recorded_at__lte=soonest).order_by("id")
        return sum(_escalate(episode, moment) for episode in waiting)


def _escalate(episode: MissingEpisode, moment: datetime) -> bool:
    last = Escalation.objects.filter(episode=episode).order_by("-level").first()
    level = last.level + 1 if last else 1
    if level > LEVELS or (last and moment < last.escalated_at + _again(moment)):
        return False
    people = who_is_told(episode)
    escalation = Escalation.objects.create(
        episode=episode,
        level=level,
        escalated_at=moment,
        waited_minutes=int(hours_between(episode.recorded_at, moment) * 60),
        told=len(people),
    )
    tell(to=people, person=episode.person, kind=NOTICE, words=WORDS[level])
    note(Action.WRITE, "escalation", object_id=episode.id, children=[episode.person_id])
    if mail.can_leave():
        for user in people:
            jobs.configure_task(SEND).defer(escalation_id=str(escalation.id), user_id=str(user.id))
    return True


def _again(moment: datetime) -> timedelta:
    return timedelta(minutes=limit("missing.escalate_again", london_date(moment)))


def who_is_told(episode: MissingEpisode) -> list[User]:
    """Those who answer for the desk and see this young person. Asked on duty."""
    return list(who_see_and_may(episode.person_id, Permission.MISSING_ESCALATED, Part.MISSING, Part.RECORD))


def send_escalation(escalation_id: UUID, user_id: UUID) -> None:
    """One e-mail that says nothing of anybody, unless somebody took the report meanwhile. Raises NotSent."""
    with transaction.atomic(), recorded(None, duty=Duty.WATCH):
        waits = Escalation.objects.filter(id=escalation_id, episode__acknowledged_at=None).first()
        to = User.objects.filter(id=user_id, is_active=True).values_list("email", flat=True).first()
    if waits and to:
        mail.send(to=to, subject=SUBJECT, body=BODY.format(minutes=waits.waited_minutes))
