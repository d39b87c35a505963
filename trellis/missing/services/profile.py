"""The profile for when somebody is missing: written anew, revision after revision, and taken on paper."""

import uuid
from datetime import date

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.missing.models import MissingProfile
from trellis.people.models import Person

WHAT = "missing profile"


@transaction.atomic
def write_profile(
    *, person: Person, after: int, checked_on: date, by: User, key: uuid.UUID | None = None, **texts: str
) -> MissingProfile:
    """Write the revision of the profile that follows ``after`` (0: there is none yet); ``texts`` are those of
    ``MissingProfile.TEXTS``. What it said before is kept. One ``key`` makes one revision.

    Raises Refused without MISSING_PROFILE_WRITE, ChangedMeanwhile with the revision that stands.
    """
    check_may(by, Permission.MISSING_PROFILE_WRITE)
    row = MissingProfile(person=person, checked_on=checked_on, form_key=key, recorded_by=by, **texts)
    written = row.add_after(after)
    if written is row:
        note(Action.WRITE, WHAT, object_id=row.id, children=[person.id])
    return written
