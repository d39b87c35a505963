"""A plan is written with the keys alone and without JavaScript: what somebody wants, who does what, what keeps them
safe, a review, time together. Of two who write the same the second sees both; a changed detail keeps what it was."""

import re

import pytest
from playwright.sync_api import Locator, Page

from tests.functional.whole_hub import Windows
from trellis.core.clocks import today

MOST_STOPS = 150
WANTS, OTHER = "I want to sleep without my phone going.", "I want my nights to be quiet."
LEAD, COLLEAGUE = "lead social worker", "nurse"


@pytest.fixture
def child(windows: Windows) -> str:
    """The address of the record of somebody whom the lead worker works with."""
    arguments = windows.hub.world.objects["child"]["open"]
    return f"{windows.hub.address}/children/{arguments['person_id']}/"


@pytest.fixture
def page(windows: Windows) -> Page:
    return windows.window(LEAD, script=False)


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not come to {wanted}")


def enter(page: Page) -> int:
    """Presses Enter where the focus is and waits for what comes; gives its status."""
    with page.expect_navigation() as came:
        page.keyboard.press("Enter")
    return came.value.status if came.value else 200


def follow(page: Page, words: str) -> None:
    """To a link, and through it."""
    main = page.get_by_role("main")
    tab_to(page, main.get_by_role("link", name=words).or_(main.get_by_role("button", name=words)).first)
    enter(page)


def write(page: Page, name: str, words: str) -> None:
    tab_to(page, page.locator(f"[name={name}]"))
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def write_today(page: Page, name: str) -> None:
    for part, value in (("day", today().day), ("month", today().month), ("year", today().year)):
        write(page, f"{name}_{part}", str(value))


def choose(page: Page, name: str, value: str) -> None:
    """Tab comes to the first of a group, the arrow keys go on from there."""
    group = page.locator(f"[name={name}]")
    tab_to(page, group.first)
    page.keyboard.press("Space")
    for _ in range(group.count()):
        if page.locator(f"[name={name}][value={value}]").is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} cannot be chosen")


def save(page: Page, button: str = "Save") -> int:
    tab_to(page, page.get_by_role("main").get_by_role("button", name=button, exact=True))
    return enter(page)


def test_a_plan_is_written_with_the_keys_alone_and_no_javascript(page, child):
    page.goto(f"{child}plan/")
    follow(page, "Write down a goal")
    # With nothing written it says what is asked, and the summary's link leads to the place.
    save(page)
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    follow(page, "Enter what they want, in their words")
    page.keyboard.type(WANTS)
    save(page)
    page.get_by_role("blockquote").or_(page.locator("blockquote")).filter(has_text=WANTS).first.wait_for()
    # A task: Enter in a line sends the form.
    follow(page, "Add a task")
    write(page, "what", "Find a quiet room")
    write_today(page, "due_on")
    enter(page)
    page.get_by_role("row").filter(has_text="Find a quiet room").wait_for()
    # What keeps them safe.
    follow(page, "Write the safety plan anew")
    write(page, "people_i_trust", "My aunt, always")
    tab_to(page, page.get_by_label("These are their own words"))
    page.keyboard.press("Space")
    save(page)
    page.get_by_text("My aunt, always").first.wait_for()
    # Looked at together.
    follow(page, "Record a review")
    write_today(page, "held_on")
    write(page, "who_took_part", "She, her aunt and I")
    write(page, "what_changed", "Nothing, it works")
    save(page)
    page.get_by_text("Nothing, it works").first.wait_for()
    # Time spent together.
    page.goto(f"{child}plan/direct-work/")
    follow(page, "Record direct work")
    choose(page, "kind", "visit")
    choose(page, "new", "held")
    write_today(page, "happened_at")
    write(page, "happened_at_time", "0:01")
    choose(page, "seen_alone", "yes")
    write(page, "where", "The swings")
    write(page, "childs_words", "You came back")
    save(page)
    page.get_by_text("“You came back”").first.wait_for()


def test_of_two_who_write_a_goal_anew_the_second_sees_both(windows, page, child):
    page.goto(f"{child}plan/")
    follow(page, "Other words")
    goal = page.url
    colleague = windows.window(COLLEAGUE, script=False)
    colleague.goto(goal)
    write(colleague, "words", OTHER)
    save(colleague)
    colleague.get_by_text(OTHER).first.wait_for()
    write(page, "words", "I want it dark and quiet.")
    assert save(page) == 409
    assert OTHER in page.locator("[aria-labelledby=stands]").inner_text()
    assert page.locator("[name=words]").input_value() == "I want it dark and quiet."
    save(page, "Save mine over it")
    page.locator("blockquote").filter(has_text="I want it dark and quiet.").first.wait_for()


def test_a_detail_that_changed_keeps_what_it_was(windows, page, child):
    page.goto(f"{child}details/")
    tab_to(page, page.locator("main a[href$='details/voice/change/']"))
    enter(page)
    stale = windows.window(COLLEAGUE, script=False)
    stale.goto(page.url)
    write(page, "own_words", "Call me Sparrow")
    save(page)
    page.get_by_text("Call me Sparrow").first.wait_for()
    follow(page, "History of these details")
    changed = page.get_by_role("listitem").filter(has_text=re.compile("became.*Call me Sparrow", re.DOTALL)).first
    assert changed.locator("del").count()
    assert changed.locator("ins").inner_text() == "Call me Sparrow"
    # Who had opened the form before is shown both, with nothing lost.
    write(stale, "own_words", "Call me Wren")
    assert save(stale) == 409
    row = stale.get_by_role("row").filter(has_text="Call me Sparrow")
    assert "Call me Wren" in row.inner_text()
    assert stale.locator("[name=own_words]").input_value() == "Call me Wren"
