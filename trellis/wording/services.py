"""Changing the list: each change is the next revision of an entry, with who made it and why."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.clocks import today
from trellis.wording.models import Nudge
from trellis.wording.phrases import read_phrases

FIRST = 0


class ChangedFirst(ValueError):
    """Somebody else changed this entry first. ``now``: as it stands."""

    def __init__(self, now: Nudge) -> None:
        super().__init__("Somebody else changed this advice while you were writing")
        self.now = now


@transaction.atomic
def write_nudge(
    *, code: str, after: int, by: User, key: uuid.UUID | None = None, why: str, source: str, **written: Any
) -> Nudge:
    """Write the revision that follows ``after`` (0 for a new entry) and holds from today. ``written``: words, unless,
    wrong, better, withdrawn. One ``key`` makes one revision, however often it is sent.

    Raises Refused without WORDING_EDIT; ChangedFirst when a revision follows ``after`` already, Unreadable for words
    that cannot be looked for.
    """
    check_may(by, Permission.WORDING_EDIT)
    list(read_phrases(written["words"]))
    made = Nudge(
        code=code,
        revision=after + 1,
        valid_from=today(),
        source=source,
        why=why,
        form_key=key,
        recorded_by=by,
        **written,
    )
    try:
        with attempt():
            made.save(force_insert=True)
            note(Action.WRITE, "advice on wording", object_id=made.id)
    except IntegrityError:
        already = Nudge.objects.filter(form_key=key).first() if key else None
        if already:
            return already
        raise ChangedFirst(Nudge.objects.filter(code=code).order_by("-revision")[0]) from None
    return made
