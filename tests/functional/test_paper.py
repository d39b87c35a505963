"""What is handed over on paper: a profile as full as it can be takes two sheets."""

import io

from pypdf import PdfReader

from tests.functional.steps import DESK, given_signed_in_as

SENTENCE = "Tall, walks with a slight limp on the left, wears a grey hood up, answers to a nickname. "


def test_a_full_profile_takes_two_sheets(live_hub, page, axe):
    given_signed_in_as(page, live_hub, DESK)
    page.goto(f"{live_hub}/missing/")
    page.locator("[data-live-row] a").first.click()
    child = page.locator("a[href^='/children/'][href$='/missing/']").first.get_attribute("href")
    page.goto(f"{live_hub}/children/{child.split('/')[2]}/missing/profile/write/")
    for field in page.locator("form[data-autosave] textarea, form[data-autosave] input[maxlength='300']").all():
        longest = int(field.get_attribute("maxlength"))
        field.fill((SENTENCE * 10)[:longest].strip())
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Print the profile").click()
    axe(page)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) <= 2
    assert "slight limp" in sheets[0].extract_text()
