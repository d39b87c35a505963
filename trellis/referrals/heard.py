"""Whether the young person knew of a referral. It holds no words of theirs."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.childs_words import NOT_ASKED, Words
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person
from trellis.referrals.models import Referral

MOST = 100
KNOWS = {True: "They knew of it. What they said is not written down", False: "They did not know of it", None: NOT_ASKED}


def known_of_referrals(user: User, person: Person) -> Iterator[Words]:
    rows = visible_to(user, Referral).filter(person=person).order_by("-received_at")
    for referral in rows[:MOST]:
        url = reverse("referral", args=[referral.id])
        yield Words(
            referral.received_at, "referral", what="Being referred", url=url, why_not=KNOWS[referral.child_knows]
        )
