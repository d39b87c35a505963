"""A manager draws up a small assessment tool by forms alone: told in words what is wrong and where, tried out,
published, drawn up again as a second version; and what was published stays as it was."""

import pytest

from tests.functional.steps import (
    MANAGER,
    WORKER,
    given_signed_in_as,
    given_the_first_of_my_young_people,
    then_the_page_fits,
    without_script_by_night,
)
from tests.functional.whole_hub import WIDE, ZOOMED

FIRST, SECOND = "Nobody knows where they are", "They are driven far from home"
BETTER = "They are driven far from home, or fetched"


@pytest.fixture
def looked_at(axe):
    def look(page):
        if page.has_script:
            axe(page)
            for size in (ZOOMED, WIDE):
                page.set_viewport_size(size)
                then_the_page_fits(page)

    return look


def go(page, name):
    """Follows what leads on, be it drawn as a link or as a button."""
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()


def when_i_save(page):
    page.get_by_role("button", name="Save in the draft").click()
    page.get_by_role("heading", level=2, name="The draft").wait_for()


def when_i_add_an_item(page, words):
    go(page, "Add an item")
    page.get_by_label("The question, or what is looked at").fill(words)
    page.get_by_label("What kind of item is it?").select_option("indicator")
    page.get_by_label("How is it answered?").select_option("yes_no")
    when_i_save(page)


def when_i_say_the_bands(page, *bands):
    go(page, "Change the bands")
    for place, (label, lowest, highest) in enumerate(bands):
        page.fill(f"[name=band{place}_label]", label)
        page.fill(f"[name=band{place}_lowest]", lowest)
        page.fill(f"[name=band{place}_highest]", highest)
    when_i_save(page)


def when_i_publish(page, what_changed):
    go(page, "Publish this draft")
    page.get_by_label("What is different from the version before?").fill(what_changed)
    page.get_by_role("button", name="Publish it").click()


def given_a_tool_with_a_domain(page, hub_address, name, looked_at):
    given_signed_in_as(page, hub_address, MANAGER)
    page.goto(f"{hub_address}/instruments/")
    go(page, "Draw up a new tool")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("Name of the tool").fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The tool has no domain").wait_for()
    looked_at(page)
    # A part without a name is asked for one, at its place.
    go(page, "Add a domain")
    page.get_by_role("button", name="Save in the draft").click()
    page.get_by_role("link", name="Enter the name of the domain").click()
    assert page.locator("[name=label]").get_attribute("aria-describedby")
    looked_at(page)
    page.get_by_label("Name of the domain").fill("Being away")
    when_i_save(page)


@without_script_by_night
def test_a_tool_is_drawn_up_tried_published_and_never_changed(live_hub, any_page, looked_at):
    page = any_page
    name = f"Being away, {'with' if page.has_script else 'without'} script"
    given_a_tool_with_a_domain(page, live_hub, name, looked_at)
    for words in (FIRST, SECOND):
        when_i_add_an_item(page, words)
    go(page, "Change how answers are counted")
    page.get_by_label("How is it counted?").select_option("sum")
    page.locator("[name=kinds][value=indicator]").check()
    when_i_save(page)
    # Bands that do not reach the highest total are said to be wrong, and where; nothing can be published.
    when_i_say_the_bands(page, ("Look again", "0", "2"))
    page.get_by_text("band 1: it ends before 4, the highest total there can be").wait_for()
    assert page.get_by_role("button", name="Try the counting").count() == 0
    looked_at(page)
    when_i_say_the_bands(page, ("Look again", "0", "2"), ("Assess", "3", "4"))
    # Tried out, it counts.
    page.locator("[name=age]").fill("14")
    page.locator("[name=answer0][value=yes]").check()
    page.locator("[name=answer1][value=yes]").check()
    page.get_by_role("button", name="Try the counting").click()
    page.get_by_text("4 of 4").first.wait_for()
    looked_at(page)
    when_i_publish(page, "")
    page.get_by_role("link", name="Say what is different from the version before").wait_for()
    looked_at(page)
    page.get_by_label("What is different from the version before?").fill("First")
    page.get_by_role("button", name="Publish it").click()
    page.get_by_role("heading", level=1, name=f"{name}, version 1").wait_for()
    page.get_by_text(SECOND).first.wait_for()
    looked_at(page)
    # What is published has nothing to change it with, and there is no draft of it left.
    assert page.locator("main input:not([type=hidden]), main textarea, main select").count() == 0
    first = page.url
    tool = first.split("versions/")[0]
    assert page.goto(f"{tool}draft/").status == 404
    then_the_second_version_leaves_the_first_alone(page, tool, first)
    then_a_worker_begins_with_the_second(page, live_hub, name)


def then_the_second_version_leaves_the_first_alone(page, tool, first):
    page.goto(tool)
    go(page, "Draw up the next version")
    go(page, SECOND)
    page.get_by_label("The question, or what is looked at").fill(BETTER)
    when_i_save(page)
    when_i_publish(page, "Being fetched is asked, too")
    page.get_by_role("heading", level=1, name="version 2").wait_for()
    page.get_by_text(BETTER).first.wait_for()
    page.goto(first)
    page.get_by_text(SECOND).first.wait_for()
    assert page.get_by_text(BETTER).count() == 0


def then_a_worker_begins_with_the_second(page, hub_address, name):
    go(page, "Sign out")
    given_signed_in_as(page, hub_address, WORKER)
    given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}assessments/begin/")
    assert page.get_by_label(f"{name}, version 2").count() == 1
    assert page.get_by_label(f"{name}, version 1").count() == 0
