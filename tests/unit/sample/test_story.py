"""The story is told by rows: what the steps say is in the record, on the day they say."""

import re
import uuid

import pytest

from tests.functional.story.words import story
from tests.unit.sample.invented import age, london_day, made, moment
from trellis.cases.chronology import KINDS
from trellis.console.environment import ROOT
from trellis.sample.story import CASE_REFERENCE, story_person_id, story_steps
from trellis.sample.users import WORKERS

YEARS = ("2022/23",)


@pytest.fixture(scope="module")
def tables():
    return made(years=YEARS)


@pytest.fixture(scope="module")
def boy(tables):
    return next(row for row in tables["people.Person"] if uuid.UUID(row["id"]) == story_person_id(seed=1))


def of_him(tables, boy, model):
    return [row for row in tables[model] if row["person_id"] == boy["id"]]


def test_he_is_a_boy_of_fourteen_when_the_story_begins(boy):
    assert boy["sex"] == "M"
    assert boy["own_words"]
    assert age(boy["date_of_birth"], story_steps()[0].day) == 14


def test_steps_come_in_order_with_known_kinds_and_people():
    steps = story_steps()
    assert [(step.day, step.hour) for step in steps] == sorted((step.day, step.hour) for step in steps)
    assert {step.kind for step in steps} <= set(KINDS)
    assert {step.worker for step in steps if step.worker} <= {worker[0] for worker in WORKERS}
    assert len({step.agency for step in steps}) >= 4


def test_every_step_has_a_chronology_entry_at_its_moment(tables, boy):
    entries = {(row["kind"], row["happened_at"]) for row in of_him(tables, boy, "cases.ChronologyEntry")}
    for step in story_steps():
        told = [at for kind, at in entries if kind == step.kind and london_day(at) == step.day]
        assert told, step.title
    written = {row["title"] for row in of_him(tables, boy, "cases.ChronologyEntry")}
    assert {step.title for step in story_steps() if step.written_as_entry} <= written


def test_the_turns_of_the_story_are_there():
    told = " ".join(step.title + " " + step.text for step in story_steps()).lower()
    for turn in (
        "expensive clothes",
        "grooming",
        "exclusion",
        "joint plan",
        "warning notice",
        "arrested",
        "custody",
        "another authority",
        "licence",
        "recall",
        "own school",
    ):
        assert turn in told


def test_he_is_counted_like_any_other_child(tables, boy):
    assert len(of_him(tables, boy, "referrals.Referral")) == 1
    assert len(of_him(tables, boy, "missing.MissingEpisode")) == 4
    [case] = of_him(tables, boy, "cases.Case")
    assert case["reference"] == CASE_REFERENCE
    [lead] = [row for row in tables["cases.Allocation"] if row["case_id"] == case["id"]]
    workers = {row["id"]: row["name"] for row in tables["accounts.User"]}
    assert workers[lead["worker_id"]] == WORKERS[0][0]


def test_his_interviews_are_in_time_declined_late_and_in_time(tables, boy):
    episodes = sorted(of_him(tables, boy, "missing.MissingEpisode"), key=lambda row: row["reported_at"])
    interviews = {row["episode_id"]: row for row in tables["missing.ReturnInterview"]}
    found = [interviews[row["id"]] for row in episodes]
    assert [row["status"] for row in found] == ["completed", "declined", "completed", "completed"]
    held = [row for row in found if row["status"] == "completed"]
    assert [moment(row["completed_at"]) <= moment(row["due_at"]) for row in held] == [True, False, True]


def test_other_seeds_have_him_under_another_identifier():
    assert story_person_id(1) != story_person_id(2)
    assert [row for row in made(years=YEARS, seed=2)["people.Person"] if uuid.UUID(row["id"]) == story_person_id(2)]


def test_the_training_guide_tells_every_step_and_has_its_picture():
    guide = ROOT / "docs" / "how-to" / "the-story.md"
    text = guide.read_text(encoding="utf-8")
    for step in story().steps:
        assert f". {step.title}\n" in text
        assert step.text in text
    pictures = re.findall(r"\]\((the-story/\d\d\.png)\)", text)
    assert len(pictures) == len(story().steps)
    assert {path.name for path in guide.with_suffix("").iterdir()} == {name.split("/")[1] for name in pictures}
