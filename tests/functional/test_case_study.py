"""A young person's story from the chronology to a reader who does not know whose it is, and back, in Chromium."""

from tests.functional.steps import MANAGER, WORKER, then_the_page_fits
from tests.functional.whole_hub import WIDE, ZOOMED

READER = "Mei Ransome"
TITLE = "A way back to lessons"
OWN_WORDS = {
    "before": "There were nights away from home and new clothes that nobody had paid for.",
    "turning_point": "Somebody who gave presents was told to stay away.",
    "what_helped": "The same worker rang each week and did not give up.",
    "now": "There are lessons each day and a place to train for work.",
    "own_words": "",
}


def looked_at(page, axe):
    axe(page)
    for size in (ZOOMED, WIDE):
        page.set_viewport_size(size)
        then_the_page_fits(page)


def when_i_save(page, study, **texts):
    page.goto(f"{study}edit/")
    for name, words in texts.items():
        page.fill(f"[name={name}]", words)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(study)


def test_a_story_is_drafted_searched_agreed_to_read_and_taken_back(live_hub, at_screens, axe):
    worker, manager, reader = (at_screens(name) for name in (WORKER, MANAGER, READER))
    worker.goto(live_hub)
    child = live_hub + worker.locator(".trellis-people h3 a").first.get_attribute("href")
    worker.goto(child)
    name = worker.locator("h1").inner_text()
    # When a draft is made, nobody is named in it;
    worker.goto(f"{child}case-studies/")
    looked_at(worker, axe)
    worker.get_by_role("button", name="Draft a case study").click()
    for field, year in (("since", "2019"), ("until", "2025")):
        for part, value in (("day", "1"), ("month", "4"), ("year", year)):
            worker.fill(f"[name={field}_{part}]", value)
    worker.get_by_label("All", exact=True).check()
    looked_at(worker, axe)
    worker.get_by_role("button", name="Draft it").click()
    worker.get_by_role("heading", name="The story").wait_for()
    study = worker.url
    for word in name.split():
        assert word not in worker.locator("section[aria-labelledby=story]").inner_text()
    looked_at(worker, axe)
    # when their name is written into it, the checker finds it and nobody can hand it on;
    when_i_save(worker, study, title=TITLE, **{**OWN_WORDS, "now": f"{name} has lessons each day."})
    found = worker.get_by_role("table", name="What the checker finds")
    found.get_by_text("Certain").first.wait_for()
    assert not worker.get_by_role("button", name="Hand to a second person").count()
    looked_at(worker, axe)
    # when the words tell nothing, it goes to a second person, who needs both consents.
    when_i_save(worker, study, **OWN_WORDS)
    assert worker.get_by_text("Nothing is open.").count(), worker.locator("main").inner_text()
    for who in ("young_person", "parent"):
        worker.goto(f"{study}consent/")
        worker.locator(f"[name=who][value={who}]").check()
        worker.locator("[name=answer][value=yes]").check()
        worker.fill("[name=words]", "Read it, and said yes")
        worker.locator("main form button[type=submit]").last.click()
        worker.wait_for_url(study)
    worker.get_by_role("button", name="Hand to a second person").click()
    manager.goto(f"{study}decide/")
    looked_at(manager, axe)
    manager.get_by_label("Release it").check()
    manager.locator("main form button[type=submit]").last.click()
    manager.wait_for_url(study)
    # An analyst, who sees no record, reads it; taken back, it is gone at once.
    assert reader.goto(study).status == 403
    reader.goto(f"{live_hub}/case-studies/")
    looked_at(reader, axe)
    reader.get_by_role("link", name=TITLE).click()
    reader.get_by_text(OWN_WORDS["what_helped"]).wait_for()
    looked_at(reader, axe)
    story = reader.url
    worker.goto(f"{study}withdraw/")
    worker.fill("[name=why]", "They changed their mind")
    worker.locator("main form button[type=submit]").last.click()
    worker.wait_for_url(study)
    assert reader.goto(story).status == 404
    reader.goto(f"{live_hub}/case-studies/")
    assert not reader.get_by_role("link", name=TITLE).count()
