"""Who looks after a missing young person at the desk: taken by one, handed over to another, each kept."""

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing.lifecycle import MERGED
from trellis.missing.models import DeskOwner, MissingEpisode
from trellis.missing.queries.desk import may_look_after


class TakenAlready(MoveNotAllowed):
    """Somebody else looks after them already."""

    def __init__(self, owner: User) -> None:
        super().__init__(f"{owner.name} looks after them already")


class CannotOwn(MoveNotAllowed):
    """Nobody can be given this: the message says why."""


@transaction.atomic
def take(*, episode: MissingEpisode, by: User) -> MissingEpisode:
    """Acknowledge a report and look after it; taking one's own again changes nothing.

    Raises Refused without MISSING_RECORD, TakenAlready, CannotOwn.
    """
    check_may(by, Permission.MISSING_RECORD)
    episode = _locked(episode)
    if episode.owner_id == by.id:
        return episode
    if episode.owner:
        raise TakenAlready(episode.owner)
    return _give(episode, by, by, "")


@transaction.atomic
def hand_over(*, episode: MissingEpisode, to: User, by: User, why: str = "") -> MissingEpisode:
    """Give an episode to somebody of the desk who sees the child. Raises Refused without MISSING_RECORD, CannotOwn."""
    check_may(by, Permission.MISSING_RECORD)
    episode = _locked(episode)
    if to not in may_look_after(episode):
        raise CannotOwn("they do not work at the missing desk, or may not see this young person")
    return episode if episode.owner_id == to.id else _give(episode, to, by, why)


def _give(episode: MissingEpisode, to: User, by: User, why: str) -> MissingEpisode:
    moment = now()
    DeskOwner.objects.create(episode=episode, owner=to, given_at=moment, given_by=by, why=why)
    episode.owner, episode.acknowledged_at = to, episode.acknowledged_at or moment
    episode.save(update_fields=["owner", "acknowledged_at"])
    note(Action.WRITE, "owner at the desk", object_id=episode.id, children=[episode.person_id])
    return episode


def _locked(episode: MissingEpisode) -> MissingEpisode:
    # Without its owner: what is joined to a row that had to be waited for is as it was before the wait.
    found = MissingEpisode.objects.select_for_update().get(id=episode.id)
    if found.status == MERGED:
        raise CannotOwn("this report was merged into another: look after that one")
    return found
