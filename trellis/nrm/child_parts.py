"""What the National Referral Mechanism adds to a child's overview: what is due, and the panel's last day."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due
from trellis.core.clocks import today
from trellis.core.presenters import day
from trellis.core.protection import Part
from trellis.need_to_know.access import can_see_person
from trellis.nrm.access import referrals_visible_to
from trellis.nrm.lifecycle import CLOCKS, DUE, FROM, RECONSIDER_BY
from trellis.nrm.queries import reminder_of
from trellis.people.models import Person

STEPS = {DUE: "nrm-decision", FROM: "nrm-decision", RECONSIDER_BY: "nrm-reconsideration"}


def nrm_due(user: User, person: Person) -> Iterator[Due]:
    """The next day of each referral; a day from which or until which something may be done is told until it is past."""
    for referral in referrals_visible_to(user).filter(person=person, clock_on__isnull=False).by_clock(today()):
        if referral.clock_on and (referral.clock == DUE or referral.clock_on >= today()):
            there = reverse(STEPS[referral.clock], args=[person.id, referral.id])
            yield Due(referral.clock_on, f"NRM: {CLOCKS[referral.clock].lower()}", there)
    if can_see_person(user, person.id, Part.NRM) and (last := reminder_of(user, person)):
        words = f"NRM: the last day for the local panel is {day(last)}"
        yield Due(last, words, reverse("child-nrm", args=[person.id]))
