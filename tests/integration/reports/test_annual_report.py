"""The annual report: no number without a figure, five files that say the same, the same bytes each time."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from trellis.core.errors import Unusable
from trellis.measures.tables import TABLES, Snapshot
from trellis.reports.book import written
from trellis.reports.document.files import FORMATS, report_files
from trellis.reports.document.html import html_file
from trellis.reports.document.parts import Number, Picture, anchor, plain
from trellis.reports.material import figure_from
from trellis.reports.services import make_report, report_of
from trellis.reports.snapshots import EXTRACTS
from trellis.reports.terminal import tell

YEAR = "2022/23"


class Page(HTMLParser):
    """Links, ids, addresses fetched, headings and the text of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.fetched, self.headings, self.text, self.language = [], set(), [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids |= {given["id"]} if "id" in given else set()
        self.links += [given["href"]] if tag == "a" else []
        self.fetched += [given[name] for name in ("src", "data") if name in given] + (
            [given["href"]] if tag == "link" else []
        )
        self.headings += [int(tag[1])] if tag in ("h1", "h2", "h3", "h4") else []
        self.language = given.get("lang", "") if tag == "html" else self.language

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def page(annual):
    return Page(annual.files["report.html"].decode())


def test_every_digit_of_the_narrative_is_a_figure_or_a_name_from_data(annual):
    loose = [
        run
        for words in annual.report.narrative()
        for run in words
        if isinstance(run, str) and any(letter.isdigit() for letter in run)
    ]
    assert loose == []


def test_text_and_tables_give_one_value_for_a_figure(annual):
    said = {}
    for words in annual.report.narrative():
        for run in words:
            if isinstance(run, Number) and len(run.figures) == 1 and run.text == written(run.figures[0]):
                figure = run.figures[0]
                said.setdefault((figure.measure, figure.year, str(figure.breakdown)), set()).add(run.text)
    assert len(said) > 100
    assert {name: texts for name, texts in said.items() if len(texts) > 1} == {}


def test_each_number_leads_to_how_it_was_made(annual, page):
    numbers = {run.measure for words in annual.report.narrative() for run in words if isinstance(run, Number)}
    assert numbers
    for measure in numbers:
        assert anchor(measure) in page.ids
        assert f"#{anchor(measure)}" in page.links
    assert {link[1:] for link in page.links} <= page.ids


def test_each_chart_says_a_finding_and_has_its_table(annual):
    charts = [part for part in annual.report.parts() if isinstance(part, Picture)]
    assert len(charts) >= 7
    for chart in charts:
        in_table = {cell.text for row in chart.table.rows for cell in row if isinstance(cell, Number)}
        assert {number.text for one in chart.series for number in one.numbers} <= in_table, plain(chart.title)
        assert [plain(row[0]) for row in chart.table.rows] == list(chart.categories)


def test_the_html_file_stands_alone(page):
    assert page.language == "en-GB"
    assert [address for address in page.fetched if not address.startswith("data:")] == []
    assert page.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))


def test_what_the_72_hours_are_out_of_stands_side_by_side(page):
    text = " ".join("".join(page.text).split())
    assert "Return interviews within 72 hours, each base side by side" in text
    for words in ("of interviews completed", "of missing reports", "of returns"):
        assert f"Return interviews within 72 hours, {words}" in text


def test_the_pdf_is_tagged_and_finds_its_way(annual):
    pdf = PdfReader(BytesIO(annual.files["report.pdf"]))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Annual report 2022/23 – Complex Safeguarding Hub"
    assert b"pdfuaid" in pdf.xmp_metadata.stream.get_data()
    assert [mark.title for mark in pdf.outline[1] if not isinstance(mark, list)][1:] == [
        section.title for section in annual.report.sections
    ]
    kinds = elements(root["/StructTreeRoot"])
    for kind in ("/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/Figure", "/Link", "/L"):
        assert kind in kinds, kind
    figures = [part for part in annual.report.parts() if isinstance(part, Picture)]
    assert len(kinds["/Figure"]) == len(figures)
    assert all("The table after it holds the same numbers." in one["/Alt"] for one in kinds["/Figure"])
    last = pdf.pages[-1].extract_text()
    assert f"Page {len(pdf.pages)} of {len(pdf.pages)}" in last
    assert annual.report.marking in last


def elements(tree):
    """The structure elements of a PDF by their kind."""
    found, waiting = {}, [tree]
    while waiting:
        one = waiting.pop().get_object()
        if not hasattr(one, "get"):
            continue
        if "/S" in one:
            found.setdefault(one["/S"], []).append(one)
        children = one.get("/K", [])
        children = children.get_object() if hasattr(children, "get_object") else children
        waiting += [
            c
            for c in (children if isinstance(children, list) else [children])
            if hasattr(c, "get_object") and not isinstance(c, int)
        ]
    return found


def test_the_slides_have_native_charts_titles_and_words_for_each_picture(annual):
    deck = Presentation(BytesIO(annual.files["report.pptx"]))
    shapes = [(slide, shape) for slide in deck.slides for shape in slide.shapes]
    charts = [shape for _, shape in shapes if shape.has_chart]
    assert len(charts) == sum(isinstance(part, Picture) for part in annual.report.parts())
    for shape in [*charts, *(shape for _, shape in shapes if shape.has_table)]:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
    assert all(slide.shapes.title.text for slide in deck.slides)
    assert "Referrals fell from 279 in 2019/20 to 242 in 2022/23" in [slide.shapes.title.text for slide in deck.slides]


def test_the_workbook_has_a_sheet_for_each_table_every_figure_and_no_formula(annual):
    book = load_workbook(BytesIO(annual.files["tables.xlsx"]))
    assert len(book.worksheets) == len(list(annual.report.tables())) + 2
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    rows = list(book["Figures"].iter_rows(values_only=True))
    assert len(rows) == len(annual.report.figures) + 1
    reports = next(row for row in rows if row[0] == "missing.reports" and row[2] == YEAR and not row[3])
    assert reports[6] == 4958


@pytest.mark.nightly
def test_the_same_snapshot_gives_the_same_bytes(annual, area_snapshot):
    again = make_report(Snapshot.open(area_snapshot), year=YEAR, local={})
    assert {name: content == annual.files[name] for name, content in again.files.items()} == dict.fromkeys(
        FORMATS, True
    )


def test_a_report_is_made_again_from_its_own_figures(annual):
    """N3: what an edition keeps is enough."""
    kept = json.loads(annual.files["figures.json"])
    assert tuple(figure_from(row) for row in kept) == tuple(annual.report.figures)
    assert report_files(report_of(annual.material), tell)["report.html"] == annual.files["report.html"]


def test_the_sense_check_finds_nothing_in_our_own_tables(annual):
    assert annual.report.findings == ()


def test_a_number_typed_by_hand_is_flagged_and_a_reference_becomes_a_figure(annual):
    local = {"sections": {"need": ["We heard 15 worries and {referrals.received@2021/22} referrals."]}}
    report = report_of(replace(annual.material, local=local))
    assert report.findings == ("“15” was typed by hand in: We heard 15 worries and 240 referrals.",)
    text = html_file(report).decode()
    assert '<mark class="trellis-typed"' in text
    assert "The check before publishing found something" in text


def test_the_command_writes_five_files(invented_area, tmp_path):
    said = StringIO()
    call_command("report", "annual", "--year", YEAR, "--out", str(tmp_path / "out"), stdout=said)
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(FORMATS)
    assert "report.pdf" in said.getvalue()


@pytest.mark.parametrize(
    ("year", "said"),
    [("2022", "not a report year"), ("2022/24", "not a report year"), ("2010/11", "no referrals of 2007/08")],
)
def test_a_year_that_cannot_be_reported_ends_in_one_line(invented_area, tmp_path, year, said):
    with pytest.raises(Unusable, match=said) as refused:
        call_command("report", "annual", "--year", year, "--out", str(tmp_path / "out"))
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content", ["", "[]", '{"colour": "red"}', '{"sections": {"poetry": []}}', '{"priorities": [3]}']
)
def test_a_bad_words_file_ends_in_one_line(tmp_path, content):
    path = tmp_path / "edition.json"
    path.write_text(content)
    with pytest.raises(Unusable) as refused:
        call_command("report", "annual", "--year", YEAR, "--out", str(tmp_path), "--edition", str(path))
    assert str(path) in str(refused.value)


def test_an_unknown_figure_in_the_edition_ends_in_one_line_before_anything_is_counted(tmp_path):
    path = tmp_path / "edition.json"
    path.write_text(json.dumps({"priorities": ["More of {police.unicorns}."]}))
    with pytest.raises(Unusable, match=r"priorities asks for \{police\.unicorns\}, and there is no such figure"):
        call_command("report", "annual", "--year", YEAR, "--out", str(tmp_path), "--edition", str(path))


def test_a_figure_of_a_year_the_report_does_not_hold_ends_in_one_line(annual):
    local = {"priorities": ["More than {referrals.received@1999/00}."]}
    with pytest.raises(Unusable, match=r"referrals\.received@1999/00"):
        report_of(replace(annual.material, local=local))


def test_no_office_file_holds_a_time_of_its_own(annual):
    for name in ("report.pptx", "tables.xlsx"):
        with ZipFile(BytesIO(annual.files[name])) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_figures_are_printed_as_json_lines_and_as_a_table(invented_area):
    said = StringIO()
    call_command("figures", "--year", YEAR, "--measure", "missing.reports", "--json", stdout=said)
    rows = [json.loads(line) for line in said.getvalue().splitlines()]
    assert (rows[0]["value"], rows[0]["breakdown"], rows[0]["suppressed"]) == (4958, {}, False)
    said = StringIO()
    call_command("figures", "--year", YEAR, "--published", stdout=said)
    assert "4,958" in said.getvalue()


@pytest.mark.parametrize("asked", [["--year", "2022"], ["--year", YEAR, "--measure", "unicorns"]])
def test_a_year_or_measure_nobody_knows_ends_in_one_line(asked):
    with pytest.raises(Unusable) as refused:
        call_command("figures", *asked)
    assert "\n" not in str(refused.value)


def test_the_extracts_are_all_there():
    assert {path.stem for path in EXTRACTS.glob("*.sql")} == {*TABLES, "known"}
