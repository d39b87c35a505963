"""Drawing a tool up, publishing it as a version that never changes, and taking a version out of use."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.assessments.instruments.drafting import BLANK, Data, new_code
from trellis.assessments.instruments.reading import Unusable, fingerprint, read
from trellis.assessments.models import Instrument, InstrumentDraft, InstrumentVersion
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.clocks import now, today
from trellis.core.reference_data import labels
from trellis.core.revisions import ChangedMeanwhile


class NoDraft(LookupError):
    """Somebody has published the draft, or there never was one."""


class AlreadyRetired(ValueError):
    """Somebody took this version out of use before."""


@transaction.atomic
def draw_up_instrument(*, by: User, name: str, **about: Any) -> Instrument:
    """A new tool with an empty draft. ``about``: purpose, about, ages and so on. Raises Refused."""
    check_may(by, Permission.INSTRUMENT_EDIT)
    taken = set(Instrument.objects.values_list("code", flat=True))
    made = Instrument.objects.create(code=new_code(name, taken), name=name, **about)
    note(Action.WRITE, "instrument", object_id=made.id)
    draft_instrument(instrument=made, by=by)
    return made


@transaction.atomic
def describe_instrument(*, instrument: Instrument, by: User, **about: Any) -> None:
    """Change what is said about a tool; what its versions ask stays. Raises Refused."""
    check_may(by, Permission.INSTRUMENT_EDIT)
    for name, value in about.items():
        setattr(instrument, name, value)
    instrument.save(update_fields=list(about))
    note(Action.WRITE, "instrument", object_id=instrument.id)


@transaction.atomic
def draft_instrument(*, instrument: Instrument, by: User) -> InstrumentDraft:
    """The draft of the next version; begun from the latest version where there is none yet. Raises Refused."""
    check_may(by, Permission.INSTRUMENT_EDIT)
    latest = instrument.versions.order_by("-number").first()
    begun = {"definition": latest.definition if latest else BLANK, "changed_by": by}
    draft, made = InstrumentDraft.objects.get_or_create(instrument=instrument, defaults=begun)
    if made:
        note(Action.WRITE, "instrument draft", object_id=instrument.id)
    return draft


@transaction.atomic
def save_draft(*, draft: InstrumentDraft, definition: Data, after: int, by: User) -> InstrumentDraft:
    """Write the whole definition over revision ``after``; it may be unfinished.

    Raises ChangedMeanwhile when somebody saved first, NoDraft when somebody published it, Refused.
    """
    check_may(by, Permission.INSTRUMENT_EDIT)
    fingerprint(definition)
    try:
        saved = draft.save_over(after, definition=definition, changed_by=by, changed_at=now())
    except InstrumentDraft.DoesNotExist:
        raise NoDraft(f"The draft of {draft.instrument} was published or put away meanwhile") from None
    note(Action.WRITE, "instrument draft", object_id=draft.instrument_id)
    return saved


@transaction.atomic
def publish_version(
    *, instrument: Instrument, by: User, what_changed: str, after: int | None = None, valid_from: date | None = None
) -> InstrumentVersion:
    """Make the draft the next version, and the draft is gone. ``after``: the revision the publisher looked at.

    Raises NoDraft; Unusable with what does not read, names an unknown outcome area, or is the latest version once
    more; ChangedMeanwhile when the draft is another than was looked at; Refused.
    """
    check_may(by, Permission.INSTRUMENT_PUBLISH)
    draft = InstrumentDraft.objects.select_for_update().filter(instrument=instrument).first()
    if draft is None:
        raise NoDraft(f"Nobody is drawing up {instrument}")
    if after not in (None, draft.revision):
        raise ChangedMeanwhile(draft)
    check_can_be_published(instrument, draft.definition)
    last = instrument.versions.aggregate(last=Max("number"))["last"] or 0
    made = InstrumentVersion.objects.create(
        instrument=instrument,
        number=last + 1,
        definition=draft.definition,
        fingerprint=fingerprint(draft.definition),
        valid_from=valid_from or today(),
        published_at=now(),
        published_by=by,
        what_changed=what_changed,
    )
    draft.delete()
    note(Action.WRITE, "instrument version", object_id=made.id)
    return made


def check_can_be_published(instrument: Instrument, definition: Data) -> None:
    """Raises Unusable with everything that is in the way."""
    known = labels("outcome_area")
    problems = [
        f"item {item.code}: there is no outcome area {item.area!r}"
        for item in read(definition).items
        if item.area and item.area not in known
    ]
    latest = instrument.versions.order_by("-number").first()
    if latest and latest.fingerprint == fingerprint(definition):
        problems.append(f"Nothing is different from version {latest.number}")
    if problems:
        raise Unusable(problems)


@transaction.atomic
def retire_version(*, version: InstrumentVersion, by: User) -> InstrumentVersion:
    """No new assessment is begun with it; those made with it stay as they are. Raises AlreadyRetired, Refused."""
    check_may(by, Permission.INSTRUMENT_PUBLISH)
    rows = InstrumentVersion.objects.filter(id=version.id, retired_at=None)
    if not rows.update(retired_at=now(), retired_by=by):
        raise AlreadyRetired("This version was taken out of use before")
    version.refresh_from_db()
    note(Action.WRITE, "instrument version", object_id=version.id)
    return version
