"""A manager draws a tool up by forms alone, tries it out and publishes it; workers read it."""

import re
from html.parser import HTMLParser

import pytest

from tests.factories import accounts
from tests.support.pages import queries_of, signed_in
from trellis.assessments.editor import services
from trellis.assessments.instruments.reading import read
from trellis.assessments.models import Instrument, InstrumentDraft, InstrumentVersion
from trellis.audit_log.trail import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return accounts.manager(name="Mara Manager")


@pytest.fixture
def browser(manager):
    return signed_in(manager)


@pytest.fixture
def sample():
    return Instrument.objects.get(code="sample-scored-exploitation")


@pytest.fixture
def draft(browser, sample):
    browser.post(f"/instruments/{sample.id}/draft/begin/")
    return InstrumentDraft.objects.get()


def text(response, status=200):
    assert response.status_code == status, response.status_code
    return re.sub(r"\s+", " ", response.content.decode())


def revision(tool):
    return InstrumentDraft.objects.get(instrument=tool).revision


def save(browser, tool, part, code="", **typed):
    """Fill in one part, over what stands now."""
    address = f"/instruments/{tool.id}/draft/parts/{part}/{f'{code}/' if code else ''}"
    return browser.post(address, {"revision": revision(tool), "action": "save", **typed})


def saved(browser, tool, part, code="", **typed):
    response = save(browser, tool, part, code, **typed)
    assert response.status_code == 302, text(response)
    return InstrumentDraft.objects.get(instrument=tool).definition


ITEM = {"kind": "indicator", "scale": "yes_no", "weight": "1", "area": "missing"}


def test_a_tool_is_drawn_up_tried_out_and_published_by_forms_alone(browser):
    about = {"name": "Our screening", "purpose": "screening", "age_from": "10", "age_to": "17"}
    assert browser.post("/instruments/new/", about).status_code == 302
    tool = Instrument.objects.get(name="Our screening")
    assert "The tool has no domain" in text(browser.get(f"/instruments/{tool.id}/draft/"))
    saved(browser, tool, "domain", label="Being away")
    saved(browser, tool, "item", text="Nobody knows where they are", domain="being-away", **ITEM)
    saved(browser, tool, "item", text="They are driven far from home", domain="being-away", **ITEM)
    saved(browser, tool, "rule", kind="sum", kinds=["indicator"], per="item", completeness_at_least="50")
    saved(
        browser,
        tool,
        "bands",
        band0_label="Look again",
        band0_lowest="0",
        band0_highest="2",
        band1_label="Assess",
        band1_lowest="3",
        band1_highest="4",
        band1_days="7",
    )
    data = saved(browser, tool, "floor", why="No child under 13 waits", band="assess", age_under="13")
    assert [band.code for band in read(data).bands] == ["look-again", "assess"]
    assert read(data).review.days_for("assess") == 7
    page = text(browser.post(f"/instruments/{tool.id}/draft/", {"age": "12", "answer0": "possible", "answer1": "-"}))
    for words in ("1 of 2 (50%)", "1 of 4", "No child under 13 waits", "Assess", "Band without the floors"):
        assert words in page, words
    assert browser.post(f"/instruments/{tool.id}/publish/", {"revision": revision(tool), "what_changed": "First"})
    version = InstrumentVersion.objects.get(instrument=tool)
    page = text(browser.get(f"/instruments/{tool.id}/versions/1/"))
    for words in ("They are driven far from home", "At least Assess", "Mara Manager", version.fingerprint):
        assert words in page, words


def test_parts_are_moved_and_taken_out(browser, sample, draft):
    data = saved(browser, sample, "domain", "school", action="up")
    assert [domain["code"] for domain in data["domains"]][:2] == ["school", "missing"]
    data = saved(browser, sample, "item", "school_change", action="remove")
    assert [item["code"] for item in data["domains"][0]["items"]] == ["school_away", "school_strength"]
    moved = {"text": "Away from school", "domain": "missing", "kind": "vulnerability", "scale": "signs", "weight": "2"}
    data = saved(browser, sample, "item", "school_away", **moved)
    assert data["domains"][1]["items"][-1]["text"] == "Away from school"
    assert read(data | {"bands": [], "floors": []}).item("school_away").weight == 2
    assert "gives a band" not in text(browser.get(f"/instruments/{sample.id}/draft/"))


def test_an_answer_without_a_score_says_not_known_and_codes_stay(browser, sample, draft):
    levels = {
        "level0_label": "Never",
        "level0_score": "0",
        "level0_code": "none",
        "level1_label": "Now",
        "level1_score": "3",
    }
    levels |= {"level2_label": "Cannot say", "time0_label": "In the last six months"}
    data = saved(browser, sample, "scale", "signs", label="How much", kind="ordinal", **levels)
    scale = next(one for one in data["scales"] if one["code"] == "signs")
    assert scale["levels"] == [
        {"code": "none", "label": "Never", "score": 0},
        {"code": "now", "label": "Now", "score": 3},
        {"code": "cannot-say", "label": "Cannot say", "score": None},
    ]
    assert scale["windows"] == [{"code": "in-the-last-six-mont", "label": "In the last six months"}]


class Fields(HTMLParser):
    """What a browser would send of a form nobody touched."""

    def __init__(self):
        super().__init__()
        self.typed, self.select, self.area = {}, "", ""

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        name, kind = named.get("name", ""), named.get("type", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and "selected" in named:
            self.typed[self.select] = named["value"]
        elif tag == "textarea":
            self.area = name
            self.typed[name] = ""
        elif tag == "input" and name and (kind not in ("checkbox", "radio") or "checked" in named):
            self.typed.setdefault(name, []).append(named.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data):
        if self.area:
            self.typed[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        self.area = "" if tag == "textarea" else self.area


def test_every_part_of_the_sample_opens_and_saves_as_it_stands(browser, sample, draft):
    """What a form shows and is sent back unchanged says the same: nothing is lost by looking."""
    before = read(draft.definition)
    parts = [("rule", ""), ("bands", ""), ("review", ""), ("domain", "home"), ("floor", "harmed")]
    parts += [("scale", scale.code) for scale in before.scales] + [("item", item.code) for item in before.items[:8]]
    for part, code in parts:
        address = f"/instruments/{sample.id}/draft/parts/{part}/{f'{code}/' if code else ''}"
        fields = Fields()
        fields.feed(browser.get(address).content.decode())
        response = browser.post(address, {**fields.typed, "action": "save"})
        assert response.status_code == 302, (
            part,
            code,
            fields.typed,
            re.findall(r"error-message.*", response.content.decode()),
        )
    after = InstrumentDraft.objects.get(instrument=sample)
    assert after.revision == 1 + len(parts)
    assert read(after.definition) == before


def test_of_two_who_save_one_part_the_second_sees_both_side_by_side(browser, sample, draft):
    saved(browser, sample, "domain", "missing", label="When they are away")
    late = {"revision": "1", "action": "save", "label": "Gone"}
    address = f"/instruments/{sample.id}/draft/parts/domain/missing/"
    page = text(browser.post(address, late), 409)
    assert "When they are away" in page
    assert 'value="Gone"' in page
    assert 'name="revision" value="2"' in page
    assert browser.post(address, {**late, "revision": "2"}).status_code == 302


def test_what_was_taken_out_meanwhile_is_not_lost_to_who_was_writing(browser, sample, draft):
    saved(browser, sample, "floor", "harmed", action="remove")
    typed = {"revision": "1", "action": "save", "why": "Harm has happened", "band": "medium", "age_under": "13"}
    address = f"/instruments/{sample.id}/draft/parts/floor/harmed/"
    assert "They took this part out" in text(browser.post(address, typed), 409)
    assert browser.post(address, {**typed, "revision": "2"}).status_code == 302
    assert read(InstrumentDraft.objects.get().definition).floors[0].why == "Harm has happened"


def test_a_draft_that_does_not_read_says_where_and_is_not_published(browser, sample, draft):
    saved(browser, sample, "bands", band0_label="Low", band0_lowest="0", band0_highest="18")
    page = text(browser.get(f"/instruments/{sample.id}/draft/"))
    assert "band 1: it ends before 54, the highest total there can be" in page
    assert "Try the counting" not in page
    typed = {"revision": revision(sample), "what_changed": "Bands"}
    assert "It cannot be published yet" in text(browser.post(f"/instruments/{sample.id}/publish/", typed))
    assert sample.versions.count() == 1


@pytest.mark.parametrize("part", ["rule/x", "nothing", "item/nowhere", "domain/nowhere"])
def test_a_part_that_is_not_there_is_not_found(browser, sample, draft, part):
    assert browser.get(f"/instruments/{sample.id}/draft/parts/{part}/").status_code == 404


def test_a_form_that_says_nothing_is_asked_for_what_it_needs(browser, sample, draft):
    assert "Enter the name of the domain" in text(save(browser, sample, "domain"))
    page = text(save(browser, sample, "bands", band0_label="Low"))
    assert "Enter the total at which band 1 starts" in page
    assert "Say when it holds" in text(save(browser, sample, "floor", why="So", band="low"))


def test_a_worker_reads_tools_and_does_not_draw_them_up(sample):
    worker = signed_in(accounts.hub_worker())
    page = text(worker.get("/instruments/"))
    assert "SAMPLE, scored" in page
    assert "Draw up" not in page
    assert "This is a sample" in text(worker.get(f"/instruments/{sample.id}/versions/1/"))
    assert worker.get("/instruments/new/").status_code == 403
    assert worker.post(f"/instruments/{sample.id}/draft/begin/").status_code == 403
    assert worker.get(f"/instruments/{sample.id}/publish/").status_code == 403


def test_who_neither_assesses_nor_draws_up_tools_is_refused(sample):
    assert signed_in(accounts.analyst()).get("/instruments/").status_code == 403


def test_a_version_is_taken_out_of_use(browser, sample):
    assert "cannot be taken back" in text(browser.get(f"/instruments/{sample.id}/versions/1/retire/"))
    browser.post(f"/instruments/{sample.id}/versions/1/retire/")
    assert "Out of use" in text(browser.get(f"/instruments/{sample.id}/"))


def test_the_list_asks_the_database_as_often_for_forty_tools_as_for_ten(manager, browser):
    def more(number):
        with recorded(manager, "test"):
            for one in range(number):
                services.draw_up_instrument(by=manager, name=f"Tool {one}")

    more(10)
    few = queries_of(browser, "/instruments/")
    more(30)
    assert queries_of(browser, "/instruments/") == few
