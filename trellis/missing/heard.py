"""What return interviews hold of the young person's own words."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.childs_words import NOT_ASKED, Words
from trellis.missing.lifecycle import COVERED, DECLINED
from trellis.missing.models import ReturnInterview
from trellis.missing.models.interviews import DeclinedBy
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person

MOST = 100


def said_on_return(user: User, person: Person) -> Iterator[Words]:
    """The account of each return interview, or why there is none. The profile for those who look for them is written
    about them and holds no words of theirs."""
    rows = visible_to(user, ReturnInterview).filter(episode__person=person).exclude(status=COVERED)
    for interview in rows.select_related("episode", "completed_by").order_by("-due_at")[:MOST]:
        yield Words(
            said=interview.completed_at or interview.declined_at or interview.due_at,
            step="return_interview",
            words=interview.account,
            what="Why they went, and what they want now",
            heard_by=interview.completed_by.name if interview.completed_by else "",
            how="Spoke with" if interview.account else "",
            url=reverse("missing-episode", args=[interview.episode_id]),
            why_not="" if interview.account else _why_not(interview),
        )


def _why_not(interview: ReturnInterview) -> str:
    if interview.status != DECLINED:
        return NOT_ASKED
    if interview.declined_by == DeclinedBy.CHILD:
        return "Asked, and did not want to talk"
    return f"Said no for them: {interview.get_declined_by_display().lower()}"
