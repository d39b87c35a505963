"""My day, search, one child's overview, and the story."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import LOOKED_AT, SignedInRequest
from trellis.cases.notices import notices_for
from trellis.cases.presenters import child_context, timeline_entries
from trellis.cases.queries import lead_workers
from trellis.core.clocks import now
from trellis.core.open_pages import open_to_all
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.meetings.queries.panels import actions_for, waiting_for
from trellis.missing.presenters.desk import out_there
from trellis.missing.queries.desk import missing_among
from trellis.need_to_know.access import note_listed, note_search, see_person
from trellis.nrm.queries import panel_reminders_for, referrals_waiting_for
from trellis.plans.queries import direct_work_for, tasks_for
from trellis.sharing.presenters import request_rows
from trellis.sharing.queries import pointers_for, requests_to_answer
from trellis.workspace.forms import SearchForm
from trellis.workspace.presenters import my_day as day_words
from trellis.workspace.presenters import overview as overview_words
from trellis.workspace.presenters.search import rows as search_rows
from trellis.workspace.queries import (
    find_people,
    interviews_for,
    missing_for,
    my_children,
    overview_of,
    referrals_for,
    safety_actions_for,
    shared_children,
    with_shares,
)
from trellis.workspace.queries import story as the_story

SHOWN = 50
QUESTIONS_SHOWN = 10
RISK_GRADES = "missing_risk_grade"
MISSING_SHOWN = 10


@require_GET
def my_day(request: SignedInRequest) -> HttpResponse:
    """What needs this worker before nine."""
    user, moment = request.user, now()
    since = day_words.since(request.session.get(LOOKED_AT), moment)
    interviews, referrals, missing = interviews_for(user), referrals_for(user), missing_for(user)
    tasks, direct_work, safety = tasks_for(user), direct_work_for(user), safety_actions_for(user)
    updates, agreed = waiting_for(user), actions_for(user)
    nrm, reminders = referrals_waiting_for(user), panel_reminders_for(user)
    every = (interviews, referrals, tasks, direct_work, safety, updates, agreed, nrm)
    waiting = (interviews[:SHOWN], referrals[:SHOWN], moment, tasks[:SHOWN], direct_work[:SHOWN], safety[:SHOWN])
    clocks = day_words.clocks(*waiting, updates[:SHOWN], agreed[:SHOWN], nrm[:SHOWN], reminders)[:SHOWN]
    episodes, children = list(missing[:MISSING_SHOWN]), my_children(user, since)
    people = [row.person.id for row in clocks]
    people += [row.person.id for row in children] + [episode.person_id for episode in episodes]
    told = list(notices_for(user)[:SHOWN])
    people += [notice.person_id for notice in told]
    note_listed(user, "my day", people)
    leads = lead_workers(people)
    return render(
        request,
        "workspace/my_day.html",
        {
            "moment": moment,
            "since": since,
            "missing": out_there(episodes, leads, labels(RISK_GRADES), moment),
            "missing_count": missing.count(),
            "desk": user.may(Permission.MISSING_RECORD),
            "clocks": clocks,
            "clock_count": sum(rows.count() for rows in every) + len(reminders),
            "children": children,
            "away": missing_among([row.person.id for row in children]),
            **sharing_of(user, request.GET.get("page"), moment),
            "notices": told,
            "may_break_glass": user.may(Permission.BREAK_GLASS),
            "may_refer": user.may(Permission.REFERRAL_CREATE),
            "sees_children": user.may(Permission.CHILD_READ),
        },
    )


def sharing_of(user: User, page: str | None, moment: datetime) -> dict[str, object]:
    """What is asked of the user's agency; for a partner from elsewhere, what is shared with them and how many pointers
    tell them of somebody."""
    partner, questions = not user.agency.co_located, requests_to_answer(user)
    shared, asked = page_of(shared_children(user), page), list(questions[:QUESTIONS_SHOWN])
    note_listed(user, "my day", {*(person.id for person in shared), *(question.person_id for question in asked)})
    return {
        "partner": partner,
        "shared": shared,
        "shared_rows": [day_words.shared_row(row) for row in with_shares(user, list(shared))],
        "questions": request_rows(asked, moment),
        "question_count": questions.count(),
        "pointer_count": pointers_for(user).count() if partner else 0,
    }


@require_GET
def child(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Who this child is and what must be known, on one page."""
    person = see_person(request.user, person_id, "overview")
    overview = overview_of(request.user, person)
    moment, context = now(), child_context(overview.header, current="child")
    context["child"] |= overview_words.latest_said(overview)
    return render(
        request,
        "workspace/child.html",
        {
            **context,
            "overview": overview,
            "referral": overview.referral,
            "groups": overview_words.people_groups(overview),
            "due": overview_words.what_is_due(overview, moment),
            "involved": overview_words.involved_lines(overview),
            "facts": overview_words.place_facts(overview) if overview.opens(Part.FAMILY) else [],
            "episodes": [overview_words.episode_row(episode, moment) for episode in overview.episodes],
            "entries": timeline_entries(overview.entries),
            "completeness": overview.around.completeness,
            "opens": {part.value: overview.opens(part) for part in Part},
            "shares": overview_words.share_lines(overview.shares) if overview.is_limited else [],
            "may_point": overview.is_limited and request.user.may(Permission.POINTER_ASK),
            "may_export": request.user.may(Permission.RECORD_EXPORT),
        },
    )


@require_http_methods(["GET", "POST"])
def search(request: SignedInRequest) -> HttpResponse:
    """Find a young person. What is asked comes by POST: nothing personal stands in an address."""
    user = request.user
    check_may(user, Permission.CHILD_SEARCH)
    form = SearchForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "workspace/search.html", {"form": form})
    found = find_people(user, form.cleaned_data["q"])
    shown = [person.id for person in found.people]
    note_search(user, shown)
    return render(
        request,
        "workspace/search.html",
        {
            "form": form,
            "found": found,
            "rows": search_rows(found, lead_workers(shown)),
            "may_break_glass": user.may(Permission.BREAK_GLASS),
        },
    )


@open_to_all
@require_GET
def story(request: HttpRequest) -> HttpResponse:
    """The story of one invented young person, told step by step."""
    told = the_story() if settings.DEMONSTRATION else None
    if told is None:
        raise Http404
    return render(request, "workspace/story.html", {"story": told, "entries": timeline_entries(told.entries)})
