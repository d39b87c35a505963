"""One boy's story from the first night away to a smaller plan, told by those who work with him at screens of their own,
until the figures count it. Walking it writes the training guide."""

import json
import os
import re
from pathlib import Path

from tests.functional.hub_commands import manage
from tests.functional.story.guide import Guide
from tests.functional.story.words import at, story
from trellis.cases.chronology import WRITTEN
from trellis.core.clocks import LONDON, london_date
from trellis.measures.periods import year_of

DESK, SCHOOL, MANAGER, LEAD = "Amina Yardley", "Sunita Hale", "Fiona Gledhill", "Rosalind Tarn"
# Those who write the steps that have no name of their own in the story.
TELLERS = {"missing": DESK, "referral.received": SCHOOL, "referral.decided": MANAGER}


def fill_moment(page, field, moment):
    local = moment.astimezone(LONDON)
    for part, value in (("day", local.day), ("month", local.month), ("year", local.year), ("time", f"{local:%H:%M}")):
        page.fill(f"[name={field}_{part}]", str(value))


def fill_day(page, field, day):
    for part in ("day", "month", "year"):
        page.fill(f"[name={field}_{part}]", str(getattr(day, part)))


def save(page, name="Save"):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", name="There is a problem").count() == 0, page.locator(
        ".govuk-error-summary"
    ).inner_text()


class Telling:
    """Who tells what at which screen, and what is known of him by then."""

    def __init__(self, hub_address, screen, told):
        self.hub, self.screen, self.story = hub_address, screen, told
        self.waiting = list(told.episodes)
        self.child = ""
        self.episode = ""

    def tell(self, step):
        """Do what the step tells; the screen it is seen on, and whose it is."""
        self.catch_up(at(step.day, step.hour))
        name = step.worker or TELLERS.get(step.kind) or TELLERS.get(step.kind.split(".")[0])
        if name == SCHOOL and self.child:
            name = LEAD
        page = self.screen(name)
        doing = {
            "missing": lambda: None,  # the desk's screen stands where it wrote it down
            "referral.received": lambda: self.refer(page),
            "referral.decided": lambda: self.decide(page),
            "direct_work": lambda: self.work_directly(page, step),
            "plan": lambda: self.plan(page, step),
        }
        (doing.get(step.kind) or doing.get(step.kind.split(".")[0]) or (lambda: self.write(page, step)))()
        return name, page

    # -- the desk

    def catch_up(self, moment):
        """Everything of his nights away until then, as the desk writes it down."""
        page = self.screen(DESK)
        while self.waiting:
            now = self.waiting[0]
            if not self.episode_of(now) and now.reported <= moment:
                self.report(page, now)
            elif self.episode_of(now) and not self.returned and now.returned <= moment:
                self.come_back(page, now)
            elif self.episode_of(now) and self.returned and now.settled <= moment:
                self.settle(page, now)
                self.waiting.pop(0)
            else:
                return

    def episode_of(self, one):
        return getattr(self, "reported", None) is one

    def report(self, page, one):
        page.goto(f"{self.hub}/missing/new/")
        self.describe(page)
        page.get_by_label("Missing from home").check()
        fill_moment(page, "reported_at", one.reported)
        page.fill("[name=reported_by]", "His mother")
        page.locator("select[name=risk_grade]").select_option(one.told["grade"])
        save(page, "Record the report")
        page.get_by_text("The report is recorded").first.wait_for()
        self.reported, self.returned, self.episode = one, False, page.url
        self.child_path = re.search(r"/children/[0-9a-f-]{36}/", page.content()).group(0)

    def describe(self, page):
        page.get_by_label("Given name").fill("Leo")
        page.get_by_label("Family name").fill("Marchbank")
        fill_day(page, "date_of_birth", self.story.born)
        page.fill("[name=postcode]", "M40 0ZX")  # with name and birthday it says that it is the same boy

    def come_back(self, page, one):
        page.goto(f"{self.episode}return/")
        fill_moment(page, "returned_at", one.returned)
        for field, words in (("found_where", one.told["found_where"]), ("found_with", one.told["found_with"])):
            if page.locator(f"[name={field}]").count():
                page.fill(f"[name={field}]", words)
        save(page)
        self.returned = True

    def settle(self, page, one):
        """Offered, and then held, or not wished for."""
        page.goto(self.episode)
        page.get_by_role("button", name="Record that it was offered").click()
        page.get_by_label("A visit").check()
        fill_moment(page, "offered_at", one.returned)
        save(page)
        page.goto(self.episode)
        if one.told["outcome"] == "declined":
            page.goto(f"{self.episode}answer/")
            page.get_by_label("They would rather not").check()
            page.locator("select[name=declined_by]").select_option(index=1)
            page.locator("select[name=reason]").select_option(one.told["interview"]["decline_reason"])
            save(page)
            return
        said = one.told["interview"]
        page.get_by_role("button", name="Record the interview").click()
        fill_moment(page, "completed_at", one.settled)
        page.fill("[name=place]", said["place"])
        page.locator("[name=independence]").first.check()
        page.fill("[name=account]", said["account"])
        page.locator("select[name=reason]").select_option(said["reason"])
        if said.get("delay_reason"):
            page.locator("select[name=delay_reason]").select_option(said["delay_reason"])
            page.fill("[name=delay_told]", "Somebody he trusts could hold it")
        save(page, "Save the interview")
        page.get_by_text("The return interview is recorded").first.wait_for()

    # -- the front door

    def refer(self, page):
        page.goto(f"{self.hub}/referrals/new/")
        page.get_by_label("No, not that we know of").check()
        self.describe(page)
        page.get_by_label("Child criminal exploitation").first.check()
        page.get_by_label("What you fear may happen").fill(self.story.about["concerns"])
        page.get_by_label("What goes well, and who helps").fill(self.story.about["strengths"])
        page.get_by_label("Who does it come from?").select_option("2A")
        save(page, "Send the referral")
        page.get_by_role("heading", name="Referral received").wait_for()

    def decide(self, page):
        page.goto(f"{self.hub}/referrals/")
        page.get_by_role("link", name="Leo Marchbank").click()
        path = re.search(r"/children/[0-9a-f-]{36}/", page.content()).group(0)
        assert path == self.child_path, "the referral is about the same boy"
        page.get_by_label("Accepted for assessment").check()
        page.get_by_label("Why?").fill(self.story.about["decision"])
        save(page, "Record the decision")
        self.child = self.hub + path
        page.goto(f"{self.child}allocation/")
        worker = page.locator("select[name=worker]")
        worker.select_option(worker.locator("option").filter(has_text=LEAD).get_attribute("value"))
        page.get_by_label("Lead worker").check()
        save(page, "Allocate")
        page.goto(self.child)

    # -- the record

    def write(self, page, step):
        page.goto(f"{self.child}chronology/add/")
        page.locator("select[name=kind]").select_option(step.kind)
        fill_moment(page, "happened_at", at(step.day, step.hour))
        page.fill("[name=title]", step.title)
        page.fill("[name=body]", step.text)
        page.locator(f"[name=significance][value='{step.significance}']").check()
        save(page)
        page.get_by_text(step.title).first.wait_for()

    def work_directly(self, page, step):
        self.open_plan(page)
        page.goto(f"{self.child}plan/direct-work/record/")
        page.get_by_label("Session together").check()
        page.locator("[name=new][value=held]").check()
        fill_moment(page, "happened_at", at(step.day, step.hour))
        page.locator("[name=seen_alone]").first.check()
        page.fill("[name=where]", "At boxing")
        page.fill("[name=what_happened]", step.text)
        save(page)
        page.goto(f"{self.child}plan/direct-work/")

    def open_plan(self, page):
        if getattr(self, "planned", False):
            return
        page.goto(f"{self.child}plan/open/")
        page.fill("[name=what_matters]", self.story.about["own_words"])
        save(page)
        self.planned = True

    def plan(self, page, step):
        """The first time the safety plan and a task, the second a review that makes it smaller."""
        if getattr(self, "agreed", False):
            page.goto(f"{self.child}plan/reviews/new/")
            fill_day(page, "held_on", step.day)
            page.fill("[name=who_took_part]", "Leo, his mother, his grandmother, school and Rosalind")
            page.fill("[name=what_changed]", step.text)
            save(page)
        else:
            page.goto(f"{self.child}plan/safety/")
            page.fill("[name=people_i_trust]", "My nan. Rosalind. Coach.")
            page.fill("[name=what_adults_will_do]", step.text)
            page.get_by_label("These are their own words").check()
            save(page)
            page.goto(f"{self.child}plan/goals/new/")
            page.fill("[name=words]", "I want my own school back.")
            save(page)
            self.agreed = True
        page.goto(f"{self.child}plan/")


def in_order_of_telling(steps):
    """In order of time; but what happened before anybody had opened a case is written down once there is one."""
    decided = next(place for place, step in enumerate(steps) if step.kind == "referral.decided")
    waiting = [step for step in steps[:decided] if not step.kind.startswith(("missing", "referral"))]
    return [*(step for step in steps[: decided + 1] if step not in waiting), *waiting, *steps[decided + 1 :]]


def counted(years):
    """Of each year, how many reports, interviews and referrals the figures count."""
    codes = ("missing.reports", "missing.return_interviews.completed", "referrals.received")
    found = {}
    for year in years:
        lines = manage("figures", "--year", year, *(f"--measure={code}" for code in codes), "--json").splitlines()
        figures = (json.loads(line) for line in lines)
        found |= {(year, f["measure"]): f["numerator"] for f in figures if not f["breakdown"]}
    return found


def test_one_boys_story_is_told_and_counted(live_hub, at_screens, axe, tmp_path):
    told = story()
    moments = [(one.reported, "missing.reports") for one in told.episodes]
    held = [one for one in told.episodes if one.told["outcome"] == "completed"]
    moments += [(one.settled, "missing.return_interviews.completed") for one in held]
    years = sorted({year_of(london_date(moment)) for moment, _ in moments})
    before = counted(years)
    telling = Telling(live_hub, at_screens, told)
    guide = Guide(told, Path(os.environ.get("TRELLIS_STORY_GUIDE", tmp_path)))
    for step in in_order_of_telling(told.steps):
        name, page = telling.tell(step)
        guide.tell(step, name, page, WRITTEN.get(step.kind, ""))
    # Everybody who works with him reads one story; the school, with which nothing is shared, reads none of it.
    for name in ("Gareth Olliver", "Priya Venn", "Maureen Achebe-Holt", "Stuart Penhale", LEAD):
        page = at_screens(name)
        page.goto(f"{telling.child}chronology/")
        for step in told.steps:
            if step.written_as_entry and step.kind in WRITTEN:
                page.get_by_text(step.title).first.wait_for()
    axe(page)
    assert at_screens(SCHOOL).goto(f"{telling.child}chronology/").status == 404
    # The figures count every night away and every conversation, and so does the month's own report.
    expected = dict(before)
    for moment, measure in moments:
        expected[year_of(london_date(moment)), measure] += 1
    after = counted(years)
    referred = {key: after[key] - before[key] for key in after if key[1] == "referrals.received"}
    assert {key: value for key, value in after.items() if key not in referred} == {
        key: value for key, value in expected.items() if key not in referred
    }
    month = f"{told.episodes[2].reported.astimezone(LONDON):%Y-%m}"
    manage("report", "missing", "--month", month, "--out", str(tmp_path / "month"))
    figures = json.loads((tmp_path / "month" / "figures.json").read_text())
    assert any(one["measure"] == "missing.reports" and one["numerator"] for one in figures)
