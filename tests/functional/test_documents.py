"""A worker puts a letter on file: held while no scanner answers, scanned by the real one, opened; a file that is ill,
or has a name that hides something, is refused in words. Names of every kind stand on the page as they were written."""

import pytest

from tests.factories.documents import pdf_file
from tests.functional.steps import (
    WORKER,
    given_signed_in_as,
    given_the_first_of_my_young_people,
    then_the_page_fits,
    without_script_by_night,
)
from tests.functional.whole_hub import WIDE, ZOOMED
from tests.support.clamd import VIRUS, is_installed

LETTER = pdf_file()
# As it is chosen, and as it stands on the page.
NAMES = {
    "<b onclick=alert(1)>Report & 'more'.pdf": "<b onclick=alert(1)>Report & 'more'.pdf",
    f"{'Minutes_of_the_meeting_' * 6}x.pdf": "Minutes_of_the_meeting_Minutes",
    "מכתב מבית הספר.pdf": "מכתב מבית הספר.pdf",
    # The sign that turns the rest of a name round, so that it seems to end otherwise, is not kept.
    "letter\u202ecod.pdf": "lettercod.pdf",
}
REFUSED = (
    ("letter\u202efdp.exe", b"MZ", "Files ending in .exe are not taken"),
    (f"{'n' * 160}.pdf", LETTER, "at most 150 signs"),
)


@pytest.fixture
def looked_at(axe):
    def look(page):
        if page.has_script:
            axe(page)
            for size in (ZOOMED, WIDE):
                page.set_viewport_size(size)
                then_the_page_fits(page)

    return look


def when_i_add(page, name, content, words=""):
    page.set_input_files("[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_label("What is it?").fill(words)
    page.get_by_role("button", name="Add it").click()


def row_of(page, name):
    return page.get_by_role("row").filter(has_text=name)


def test_a_letter_is_held_scanned_and_opened_and_what_is_ill_is_refused(connected, any_page, looked_at):
    page = any_page
    mine = "Letter with script.pdf" if page.has_script else "Letter without script.pdf"
    given_signed_in_as(page, connected.address, WORKER)
    given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}documents/")
    looked_at(page)
    # Nothing answers: it is held, and does not open.
    when_i_add(page, mine, LETTER, "From the school")
    page.get_by_text("It is held until it was scanned").wait_for()
    assert row_of(page, mine).get_by_role("link", name=mine, exact=True).count() == 0
    looked_at(page)
    row_of(page, mine).get_by_role("button", name="Scan now").click()
    page.get_by_text("The scanner did not answer").wait_for()
    if not is_installed():
        return
    # The scanner is there: it is scanned, and opens as the file it was.
    with connected.scanner():
        row_of(page, mine).get_by_role("button", name="Scan now").click()
        row_of(page, mine).get_by_text("Scanned").wait_for()
        with page.expect_download() as saved:
            row_of(page, mine).get_by_role("link", name=mine, exact=True).click()
        assert saved.value.suggested_filename == mine
        assert saved.value.path().read_bytes() == LETTER
        # What is ill is refused, and nothing of it kept.
        when_i_add(page, "Ill.txt", f"It says {VIRUS} here".encode(), "From an e-mail")
        page.get_by_text("A virus was found").first.wait_for()
        assert page.get_by_label("What is it?").input_value() == "From an e-mail"
        assert row_of(page, "Ill.txt").count() == 0
        looked_at(page)


@without_script_by_night
def test_names_of_every_kind_stand_as_they_were_written(connected, any_page, looked_at):
    page = any_page
    given_signed_in_as(page, connected.address, WORKER)
    given_the_first_of_my_young_people(page)
    page.goto(f"{page.url}documents/")
    for chosen, shown in NAMES.items():
        when_i_add(page, chosen, LETTER)
        row_of(page, shown).first.wait_for()
    assert page.locator("main b").count() == 0
    looked_at(page)
    for name, content, words in REFUSED:
        when_i_add(page, name, content)
        page.get_by_role("heading", name="There is a problem").wait_for()
        page.get_by_text(words).first.wait_for()
    looked_at(page)
