"""What of a referral is finished before a case closes: until the referrer was told, whoever decided keeps sight."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.cases.closing import Unfinished
from trellis.cases.models import Case
from trellis.core.presenters import day
from trellis.referrals.models import Referral


def referrer_not_told(case: Case) -> Iterator[Unfinished]:
    for referral in Referral.objects.filter(person=case.person_id).to_be_told():
        yield Unfinished(
            f"Whoever referred on {day(referral.received_at)} is still to be told what was decided",
            reverse("referral", args=[referral.id]),
        )
