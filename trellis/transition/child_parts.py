"""What the way to adulthood adds to a child's pages: what is due, a tag in the banner, what ends with childhood.

Somebody under 16 costs no query: nothing of it is theirs yet, whatever the limits say.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due, Section, Tag
from trellis.core.clocks import age_on, today
from trellis.core.protection import Part
from trellis.need_to_know.access import sight_shown
from trellis.need_to_know.adulthood import bases_of, comes_of_age_on
from trellis.people.models import Person
from trellis.transition import presenters
from trellis.transition.lifecycle import (
    AGES,
    NEVER_BEFORE,
    OF_AGE,
    last_year_of_primary,
    leaves_primary_on,
    reaches_on,
)
from trellis.transition.queries import (
    ending_at_18,
    is_listed,
    latest_outcomes,
    limits_on,
    school_moves,
    sees_basis,
    standings,
)

SOON = timedelta(days=60)


def transition_due(user: User, person: Person) -> Iterator[Due]:
    """What is not there yet, by the day it should be; the next look at their words; how things are at 18, 21 and 25."""
    if not sight_shown(user, person) & {Part.RECORD, Part.TRANSITION, Part.EMERGENCY}:
        return
    yield from _school_due(user, person)
    day = today()
    if age_on(person.date_of_birth, day) < NEVER_BEFORE or not person.cases.open().exists():
        return
    limits = limits_on(day)
    if not is_listed(person, limits, day):
        return
    [standing] = standings(user, [person], limits)
    for step in presenters.steps_of(standing, sees_basis(user, person)):
        if not step.done:
            yield Due(step.on, step.what, reverse(step.url_name, args=[person.id]))
    if standing.plan and standing.plan.review_due_on:
        there = reverse("transition-words", args=[person.id])
        yield Due(standing.plan.review_due_on, "Look again at what they want from 18", there)
    yield from _outcomes_due(user, person)


def _outcomes_due(user: User, person: Person) -> Iterator[Due]:
    for age in AGES:
        on = reaches_on(person.date_of_birth, age * 12)
        if on - SOON <= today() and not latest_outcomes(user, person, age):
            yield Due(on, f"How things are at {age}", reverse("adult-outcomes", args=[person.id, age]))


def _school_due(user: User, person: Person) -> Iterator[Due]:
    first, last = last_year_of_primary(today())
    if not first <= person.date_of_birth <= last:
        return
    move = school_moves(user, [person.id]).get(person.id)
    if presenters.school_missing(move):
        there = reverse("school-move", args=[person.id])
        yield Due(leaves_primary_on(person.date_of_birth), "The move to secondary school", there)


def transition_tags(user: User, person: Person) -> list[Tag]:
    """Whether the work can go on from 18, for who has the whole record."""
    day = today()
    if age_on(person.date_of_birth, day) < NEVER_BEFORE or not sees_basis(user, person):
        return []
    of_age = comes_of_age_on(person.date_of_birth)
    if of_age > day and not is_listed(person, limits_on(day), day):
        return []
    standing = next((basis for basis in bases_of(user, person) if basis.ended_at is None), None)
    return [presenters.basis_tag(person, of_age, standing, day)]


def from_18_section(user: User, person: Person) -> Section | None:
    """What ends, or ended, with the 18th birthday."""
    day = today()
    if age_on(person.date_of_birth, day) < NEVER_BEFORE or not sees_basis(user, person):
        return None
    standing = next((basis for basis in bases_of(user, person) if basis.ended_at is None), None)
    context = {
        "of_age": comes_of_age_on(person.date_of_birth),
        "is_of_age": age_on(person.date_of_birth, day) >= OF_AGE,
        "called": presenters.called(person),
        "basis": standing,
        "ending": presenters.grant_rows(ending_at_18(user, person)),
    }
    return Section("transition/access_section.html", context)
