"""Which missing episodes a user may see, and who may record them."""

import uuid

from trellis.accounts.access import Hidden
from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.missing.models import EpisodeQuerySet, MissingEpisode
from trellis.need_to_know.access import seen_by


def episodes_visible_to(user: User) -> EpisodeQuerySet:
    return MissingEpisode.objects.filter(seen_by(user, MissingEpisode))


def see_episode(user: User, episode_id: uuid.UUID) -> MissingEpisode:
    """The episode, and a mark in the log. Raises Hidden."""
    found = episodes_visible_to(user).select_related("person", "interview").filter(id=episode_id).first()
    if found is None:
        raise Hidden("missing episode", episode_id)
    note(Action.READ, "missing episode", object_id=found.id, children=[found.person_id])
    return found
