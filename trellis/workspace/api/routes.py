"""The addresses of the API. Each asks what the page of its name asks, and leaves the same mark in the log."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.models import Significance
from trellis.cases.queries import ChronologyFilter, child_header, chronology, lead_workers
from trellis.core.protection import Part
from trellis.missing.access import episodes_visible_to
from trellis.need_to_know.access import note_listed, note_search, people_visible_to, see_person
from trellis.need_to_know.codes import CodeBook
from trellis.people.search import read
from trellis.sharing.presenters import pointer_rows
from trellis.sharing.queries import pointers_for, whose_record_opens
from trellis.workspace.api import schemas, words
from trellis.workspace.api.cursors import page, rows_after
from trellis.workspace.api.problems import UnreadableBody
from trellis.workspace.queries import find_people

MOST = 100
Limit = Annotated[int, Query(50, ge=1, le=MOST, description="At most so many")]
After = Annotated[str | None, Query(None, max_length=300, description="The `next` of the page before")]
BY_ID = ("id",)
LATEST_ENTRIES = ("-happened_at", "-recorded_at", "-id")
LATEST_EPISODES = ("-reported_at", "-id")

router = Router()


def asker(request: HttpRequest) -> User:
    """Whom the sign-in middleware let through."""
    user = request.user
    assert isinstance(user, User)
    return user


@router.get("/me/", response=schemas.MeOut, summary="Who is asking, and what their roles permit", tags=["You"])
def me(request: HttpRequest) -> Any:
    return words.me(asker(request))


@router.get(
    "/children/", response=schemas.ChildPage, summary="Young people whose record opens to you", tags=["Children"]
)
def children(request: HttpRequest, limit: Limit, after: After) -> Any:
    """In the order of their ids, which says nothing about them."""
    user = asker(request)
    check_may(user, Permission.CHILD_READ)
    people, onward = page(rows_after(people_visible_to(user), after, BY_ID, (UUID,)), limit, BY_ID)
    shown = [person.id for person in people]
    note_listed(user, "api: children", shown)
    leads = lead_workers(shown)
    return {"items": [words.child_row(person, leads) for person in people], "next": onward}


@router.post("/children/search/", response=schemas.SearchOut, summary="Find a young person", tags=["Children"])
def search(request: HttpRequest, asked: schemas.SearchIn) -> Any:
    """By POST, so that nothing personal stands in an address. Needs the CSRF token."""
    user = asker(request)
    check_may(user, Permission.CHILD_SEARCH)
    wanted = read(asked.q)
    if not wanted:
        raise UnreadableBody("/q", "Enter a name, a date of birth, a reference or an NHS number.")
    found = find_people(user, wanted)
    shown = [person.id for person in found.people]
    note_search(user, shown)
    leads = lead_workers(shown)
    items = [words.child_row(person, leads) for person in found.people]
    return {"items": items, "count": found.count, "nearly": found.nearly}


@router.get(
    "/children/{uuid:person_id}/", response=schemas.ChildOut, summary="Who a young person is", tags=["Children"]
)
def child(request: HttpRequest, person_id: UUID) -> Any:
    user = asker(request)
    person = see_person(user, person_id, "api: child")
    return words.child(child_header(user, person))


@router.get(
    "/children/{uuid:person_id}/chronology/",
    response=schemas.EntryPage,
    summary="What happened, latest first, each entry with what you may do with it",
    tags=["Children"],
)
def child_chronology(
    request: HttpRequest,
    person_id: UUID,
    limit: Limit,
    after: After,
    agency: Annotated[str, Query("", max_length=50, description="Code of the agency that owns the entries")],
    kind: Annotated[str, Query("", max_length=40)],
    significance: Annotated[int, Query(1, ge=Significance.ROUTINE, le=Significance.CRITICAL, description="At least")],
    as_at: Annotated[date | None, Query(None, description="As it was known at the end of this day")],
) -> Any:
    user = asker(request)
    person = see_person(user, person_id, "api: chronology", Part.CHRONOLOGY)
    wanted = ChronologyFilter(agency=agency, kind=kind, significance=significance, as_at=as_at)
    rows = rows_after(chronology(user, person, wanted), after, LATEST_ENTRIES, (datetime, datetime, UUID))
    entries, onward = page(rows, limit, LATEST_ENTRIES)
    book = CodeBook()
    return {"items": [words.entry(entry, book) for entry in entries], "next": onward}


@router.get(
    "/children/{uuid:person_id}/missing/",
    response=schemas.EpisodePage,
    summary="When they were missing, latest first",
    tags=["Children"],
)
def child_missing(request: HttpRequest, person_id: UUID, limit: Limit, after: After) -> Any:
    user = asker(request)
    person = see_person(user, person_id, "api: missing episodes", Part.MISSING)
    seen = episodes_visible_to(user).counted().filter(person=person).select_related("interview")
    rows = rows_after(seen, after, LATEST_EPISODES, (datetime, UUID))
    episodes, onward = page(rows, limit, LATEST_EPISODES)
    return {"items": [words.episode(episode) for episode in episodes], "next": onward}


@router.get("/pointers/", response=schemas.PointerPage, summary="Whom to ask about whom", tags=["Pointers"])
def pointers(request: HttpRequest, limit: Limit, after: After) -> Any:
    user = asker(request)
    check_may(user, Permission.POINTER_ASK)
    found, onward = page(rows_after(pointers_for(user), after, BY_ID, (UUID,)), limit, BY_ID)
    people = [pointer.person_id for pointer in found]
    note_listed(user, "api: pointers", people)
    rows = pointer_rows(found, whose_record_opens(user, people), user)
    items = [
        {
            **{name: row[name] for name in ("id", "name", "agency", "own")},
            "child": row["person_id"],
            "age_band": row["band"],
            "ask": row["whom"],
            "until": row["until"] or None,
        }
        for row in rows
    ]
    return {"items": items, "next": onward}
