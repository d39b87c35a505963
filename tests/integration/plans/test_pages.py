"""The plan's pages: what they show, to whom, and one form each from typed to saved."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, people, plans
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.core.clocks import now, today
from trellis.plans.models import DirectWork, Goal, LinkedPlan, Plan, Review, SafetyPlan, Task, TeamMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker(name="Wanda Worker")


@pytest.fixture
def plan(worker):
    return plans.plan_with_goals(by=worker)


def address(plan, step=""):
    return f"/children/{plan.person_id}/plan/{step}"


def text(response):
    return response.content.decode()


def test_a_young_person_without_a_plan_is_given_one_from_its_page(worker):
    case = cases.allocated_case(worker)
    client, page = signed_in(worker), f"/children/{case.person_id}/plan/"
    assert "There is no plan for Robin yet" in text(client.get(page))
    response = client.post(f"{page}open/", {"what_matters": "Being left alone", "form_key": new_key()})
    assert response.status_code == 302
    shown = text(client.get(page))
    assert "Being left alone" in shown
    assert "Accepted" in shown


def test_goals_in_their_words_come_before_the_tasks(plan, worker):
    plans.safety_plan(plan)
    plans.task(plan, due_on=today() - timedelta(days=2))
    plans.held_direct_work(plan.person, worker)
    plans.member(plan.person, worker, trusted=True)
    plans.linked_plan(plan)
    shown = text(signed_in(worker).get(address(plan)))
    places = [
        shown.index(words) for words in ("sleep at my own place", "My aunt Shaz", "Ring the college", "Care plan")
    ]
    assert places == sorted(places)
    assert "2 days overdue" in shown
    assert "The adult they trust" in shown
    assert "seen alone: yes" in shown


@pytest.mark.parametrize("step", ["", "print/", "for-me/", "tasks/", "direct-work/", "team/", "goals/new/", "safety/"])
def test_allocated_same_agency_other_agency(worker, step):
    person = people.child()
    plan = plans.open_plan(person, worker)
    assert signed_in(worker).get(address(plan, step)).status_code == 200
    assert signed_in(accounts.hub_worker()).get(address(plan, step)).status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        response = signed_in(outsider).get(address(plan, step))
        assert response.status_code in (403, 404)
        assert "Ashworth" not in text(response)


def test_who_may_not_write_plans_reads_them_without_a_way_to_write(plan):
    reader = accounts.member("hub", "missing_worker", agency="missing_team")
    shown = text(signed_in(reader).get(address(plan)))
    assert "sleep at my own place" in shown
    assert "Write down a goal" not in shown
    response = signed_in(reader).post(address(plan, "goals/new/"), {"words": "x", "form_key": new_key()})
    assert response.status_code == 403
    assert "Your role does not include writing plans." in text(response)


def forms(plan, goal, task, direct_work, member):
    day, moment = day_boxes, moment_boxes("happened_at", now() - timedelta(hours=1))
    later = moment_boxes("planned_at", now() + timedelta(days=2))
    due = day("due_on", today() + timedelta(days=9))
    return {
        "change/": ({"what_matters": "My dog", "after": plan.revision}, Plan, {"what_matters": "My dog"}),
        "phase/": ({"new": "active", "after": plan.revision, **day("on", today())}, Plan, {"status": "active"}),
        "safety/": ({"triggers": "Rows", "after": 0, "form_key": new_key()}, SafetyPlan, {"triggers": "Rows"}),
        "reviews/new/": (
            {
                "held_on_day": today().day,
                **day("held_on", today()),
                "who_took_part": "Robin",
                "what_changed": "Nothing, it works",
                "form_key": new_key(),
            },
            Review,
            {"what_changed": "Nothing, it works"},
        ),
        "linked/new/": (
            {"kind": "care", "held_by": "North team", "agency": "", "form_key": new_key()},
            LinkedPlan,
            {"held_by": "North team"},
        ),
        "goals/new/": ({"words": "See my gran", "form_key": new_key()}, Goal, {"words": "See my gran"}),
        f"goals/{goal.id}/": ({"words": "My own door", "after": goal.revision}, Goal, {"words": "My own door"}),
        f"goals/{goal.id}/step/": (
            {"new": "reached", "after": goal.revision, **day("on", today())},
            Goal,
            {"status": "reached"},
        ),
        "tasks/new/": (
            {"what": "Bus pass", "owner": "", "owner_name": "Shaz", "goal": "", "form_key": new_key(), **due},
            Task,
            {"owner_name": "Shaz"},
        ),
        f"tasks/{task.id}/": (
            {"what": "Ring them", "owner": str(task.owner_id), "goal": "", "after": task.revision, **due},
            Task,
            {"what": "Ring them"},
        ),
        f"tasks/{task.id}/step/": (
            {"new": "done", "effect": "A place", "after": task.revision, **day("on", today())},
            Task,
            {"effect": "A place"},
        ),
        "direct-work/new/": (
            {
                "kind": "visit",
                "worker": str(direct_work.worker_id),
                "where": "Library",
                "form_key": new_key(),
                **moment_boxes("planned_at", now() + timedelta(days=1)),
            },
            DirectWork,
            {"where": "Library"},
        ),
        "direct-work/record/": (
            {"kind": "call", "new": "held", "seen_alone": "yes", "where": "By phone", "form_key": new_key(), **moment},
            DirectWork,
            {"where": "By phone"},
        ),
        f"direct-work/{direct_work.id}/time/": (
            {"worker": str(direct_work.worker_id), "where": "Gym", "after": direct_work.revision, **later},
            DirectWork,
            {"where": "Gym", "status": "planned"},
        ),
        f"direct-work/{direct_work.id}/": (
            {"new": "held", "seen_alone": "no", "where": "Café", "after": direct_work.revision, **moment},
            DirectWork,
            {"where": "Café", "seen_alone": False},
        ),
        "team/": (
            {"user": "", "name": "Shaz", "part": "Aunt", "agency": "", "trusted": "on", "form_key": new_key()},
            TeamMember,
            {"name": "Shaz", "is_trusted_adult": True},
        ),
        f"team/{member.id}/trusted/": ({}, TeamMember, {"name": "Mr Okoro", "is_trusted_adult": True}),
        f"team/{member.id}/leave/": ({}, TeamMember, {"name": "Mr Okoro", "ends_on": today()}),
    }


STEPS = (
    *("change/", "phase/", "safety/", "reviews/new/", "linked/new/", "goals/new/", "goals/ID/", "goals/ID/step/"),
    *("tasks/new/", "tasks/ID/", "tasks/ID/step/", "direct-work/new/", "direct-work/record/", "direct-work/ID/"),
    *("direct-work/ID/time/", "team/", "team/ID/trusted/", "team/ID/leave/"),
)


@pytest.mark.parametrize("step", STEPS)
def test_each_form_sent_again_and_again_saves_once(plan, worker, step):
    goal = plan.goals.get()
    plans.agreed_goal(plan, words="A second one")
    task, direct_work = plans.task(plan), plans.planned_direct_work(plan.person, worker)
    member = plans.member(plan.person, worker, name="Mr Okoro", part="Teacher")
    all_forms = forms(plan, goal, task, direct_work, member)
    place, (typed, model, expected) = next(
        (path, form)
        for path, form in all_forms.items()
        if "/".join("ID" if len(part) == 36 else part for part in path.split("/")) == step
    )
    client = signed_in(worker)
    if typed:
        assert client.get(address(plan, place)).status_code == 200
    responses = [client.post(address(plan, place), typed) for _ in range(5)]
    assert {response.status_code for response in responses} == {302}
    assert model.objects.filter(**expected).count() == 1


def test_fifty_identical_goals_are_one(plan, worker):
    client, typed = signed_in(worker), {"words": "See my gran", "form_key": new_key()}
    for _ in range(50):
        assert client.post(address(plan, "goals/new/"), typed).status_code == 302
    assert Goal.objects.filter(words="See my gran").count() == 1


def test_of_two_who_write_the_second_sees_both_versions(plan, worker):
    goal = plan.goals.get()
    client, other = signed_in(worker), signed_in(accounts.hub_worker())
    place = address(plan, f"goals/{goal.id}/")
    other.post(place, {"words": "Written by the first", "area": "education", "after": goal.revision})
    response = client.post(place, {"words": "Typed by the second", "after": goal.revision})
    assert response.status_code == 409
    shown = text(response)
    assert "Written by the first" in shown
    assert "Typed by the second" in shown
    goal.refresh_from_db()
    assert goal.words == "Written by the first"
    assert f'name="after" value="{goal.revision}"' in shown
    assert client.post(place, {"words": "Both", "after": goal.revision}).status_code == 302


def test_of_two_safety_plans_the_second_sees_both_and_every_revision_is_kept(plan, worker):
    client = signed_in(worker)
    place = address(plan, "safety/")
    client.post(place, {"triggers": "Rows at home", "after": 0, "form_key": new_key()})
    response = client.post(place, {"triggers": "My phone", "after": 0, "form_key": new_key()})
    assert response.status_code == 409
    assert "Rows at home" in text(response)
    assert "My phone" in text(response)
    assert client.post(place, {"triggers": "Rows, my phone", "after": 1, "form_key": new_key()}).status_code == 302
    assert list(plan.safety_plans.values_list("revision", "triggers")) == [(2, "Rows, my phone"), (1, "Rows at home")]
    assert "Rows at home" in text(client.get(place))


def test_what_the_plan_does_not_allow_is_said_with_everything_typed(worker):
    plan = plans.open_plan(by=worker)
    client = signed_in(worker)
    typed = {"new": "goals_agreed", "after": plan.revision, "why": "We talked", **day_boxes("on", today())}
    response = client.post(address(plan, "phase/"), typed)
    assert response.status_code == 409
    assert "Nothing was saved." in text(response)
    assert "We talked" in text(response)


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("goals/new/", {"words": ""}, "Enter what they want, in their words"),
        ("safety/", {"after": "0"}, "Enter at least one thing"),
        ("tasks/new/", {"what": "x", "owner": "", "owner_name": ""}, "Choose who does it, or enter a name below"),
        ("direct-work/record/", {"kind": "visit", "new": "held"}, "Choose whether you saw them alone"),
        ("team/", {"part": "Aunt", "user": "", "name": ""}, "Choose who joins, or enter a name below"),
        ("linked/new/", {"kind": "care"}, "Enter who holds the plan"),
        ("reviews/new/", {}, "Enter what changes now, or that nothing does"),
        ("phase/", {"after": "1"}, "Choose the phase that comes next"),
    ],
)
def test_a_form_says_in_one_line_what_to_do(plan, worker, step, typed, said):
    response = signed_in(worker).post(address(plan, step), {**typed, "form_key": new_key()})
    assert response.status_code == 200
    assert said in text(response)


def test_their_own_copy_names_nobody_they_did_not_name(plan, worker):
    plans.safety_plan(plan)
    plans.member(plan.person, worker, name="Mr Okoro", part="Teacher", trusted=True)
    plans.task(plan, what="Answer at night", owner_name="Shaz", on_own_copy=True)
    plans.task(plan, what="Find a course", owner_name="Hidden Person", on_own_copy=True)
    plans.task(plan, what="Speak to the police", on_own_copy=False)
    shown = text(signed_in(worker).get(address(plan, "for-me/")))
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert "My plan" in main
    assert "Shaz" in main
    assert "Mr Okoro" in main
    assert "Somebody in your team" in main
    assert "Hidden Person" not in main
    assert "Wanda Worker" not in main
    assert "Speak to the police" not in main


PAGES = ("", "print/", "for-me/", "tasks/", "direct-work/", "team/", "safety/")


@pytest.mark.parametrize("step", PAGES)
def test_a_page_takes_the_same_queries_for_10_and_for_40(plan, worker, step):
    def add(count):
        for number in range(count):
            plans.goal(plan, words=f"Goal {number}")
            plans.task(plan, what=f"Task {number}", owner=accounts.hub_worker())
            plans.planned_direct_work(plan.person, accounts.hub_worker())
            plans.held_direct_work(plan.person, accounts.hub_worker())
            plans.member(plan.person, worker, user=accounts.hub_worker())
            plans.linked_plan(plan, agency=worker.agency)

    client = signed_in(worker)
    add(10)
    queries_of(client, address(plan, step))
    few = queries_of(client, address(plan, step))
    add(30)
    assert queries_of(client, address(plan, step)) == few


def test_my_day_tells_of_my_tasks_and_of_the_direct_work_i_planned(plan, worker):
    plans.task(plan, what="Ring the sleep clinic", due_on=today() - timedelta(days=1))
    plans.task(plan, what="In a month", due_on=today() + timedelta(days=30))
    plans.task(plan, what="Of somebody else", owner=accounts.hub_worker())
    plans.planned_direct_work(plan.person, worker)
    plans.planned_direct_work(plan.person, worker, kind="call", planned_at=now() - timedelta(hours=5))
    clocks = signed_in(worker).get("/").context["clocks"]
    told = [(clock.what, clock.late) for clock in clocks]
    assert ("Ring the sleep clinic", True) in told
    assert ("Visit", False) in told
    assert ("Say how it went: call or message", True) in told
    assert len(told) == 3


def test_my_day_takes_the_same_queries_for_10_tasks_and_for_40(plan, worker):
    def add(count):
        for _ in range(count):
            plans.task(plan, due_on=today())
            plans.planned_direct_work(plan.person, worker)

    client = signed_in(worker)
    add(10)
    queries_of(client, "/")
    few = queries_of(client, "/")
    add(30)
    assert queries_of(client, "/") == few
