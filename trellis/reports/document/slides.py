"""The report as slides: native charts and tables, each title saying the finding, each with alternative text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Inches, Length, Pt

from trellis.core.presenters import moment
from trellis.reports.document.drawings import alternative
from trellis.reports.document.packing import packed
from trellis.reports.document.parts import Headlines, Number, Paragraph, Picture, Report, Run, Table, Words, plain

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP, ACROSS, DOWN = Inches(0.7), Inches(1.7), Inches(11.93), Inches(4.9)
TEAL, HONEY, INK, QUIET = (RGBColor.from_string(code) for code in ("0B4F55", "B7791F", "16211F", "475754"))
SECOND = RGBColor.from_string("6D9592")
TYPEFACE = "Source Sans 3"
PAGE_LAYOUT = 5
MOST_ROWS = 11
LINE = Inches(0.4)
KINDS = {"bars": XL_CHART_TYPE.BAR_CLUSTERED, "lines": XL_CHART_TYPE.LINE_MARKERS}


def slides_file(report: Report) -> bytes:
    """A presentation: an opening slide, the headlines, and a slide for each chart and each table without one.

    A heat map is its table: there is no native chart of it.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _properties(deck, report)
    _opening(deck, report)
    for section in report.sections:
        for part in section.parts:
            match part:
                case Headlines():
                    _headlines(deck, report, part)
                case Picture(kind="heat"):
                    _tables(deck, report, part.table)
                case Picture():
                    _chart(deck, report, part)
                case Table():
                    _tables(deck, report, part)
    _closing(deck, report)
    out = BytesIO()
    deck.save(out)
    return packed(out.getvalue(), report.as_at)


def _properties(deck: Any, report: Report) -> None:
    properties = deck.core_properties
    properties.title, properties.author = report.title, report.hub
    properties.language = "en-GB"
    properties.last_modified_by = "Trellis"
    properties.created = properties.modified = report.as_at.replace(tzinfo=None)


def _page(deck: Any, report: Report, title: str) -> Any:
    """A slide with its title, the marking above and the page's number below."""
    slide = deck.slides.add_slide(deck.slide_layouts[PAGE_LAYOUT])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = LEFT, Inches(0.55), ACROSS, Inches(1.0)
    head.text_frame.text = title
    head.text_frame.word_wrap = True
    _style(head.text_frame.paragraphs[0], 30 if len(title) < 60 else 26, TEAL, bold=True)
    _text(slide, report.marking, Inches(0.2), 12, QUIET)
    _text(slide, f"{report.hub}, {report.title}  |  {len(deck.slides)}", Inches(7.0), 12, QUIET)
    return slide


def _text(slide: Any, words: str, top: Length, size: int, colour: RGBColor, height: Length = LINE) -> Any:
    box = slide.shapes.add_textbox(LEFT, top, ACROSS, height)
    box.text_frame.word_wrap = True
    box.text_frame.text = words
    _style(box.text_frame.paragraphs[0], size, colour)
    return box


def _style(paragraph: Any, size: int, colour: RGBColor, bold: bool = False) -> None:
    paragraph.alignment = None
    for run in paragraph.runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, TYPEFACE
        run.font.color.rgb = colour


def _opening(deck: Any, report: Report) -> None:
    slide = _page(deck, report, report.title)
    _text(slide, report.hub, Inches(1.6), 24, INK)
    _text(slide, f"From the record as it stood on {moment(report.as_at)}.", Inches(2.3), 18, INK)
    lead = next(part for part in report.sections[0].parts if isinstance(part, Paragraph))
    _text(slide, plain(lead.words), Inches(3.1), 20, INK, Inches(2.5))
    for place, finding in enumerate(report.findings):
        _text(slide, f"Check: {finding}", Inches(5.4 + 0.4 * place), 14, HONEY)


def _headlines(deck: Any, report: Report, headlines: Headlines) -> None:
    slide = _page(deck, report, f"{report.period} in a few numbers")
    rows = [(label, number, plain(beside)) for label, number, beside in headlines.items]
    _grid(slide, ("", report.period, "Before that"), rows, "Main figures")
    _notes(slide, [number for _, number, _ in headlines.items])


def _chart(deck: Any, report: Report, picture: Picture) -> None:
    slide = _page(deck, report, plain(picture.title))
    frame = slide.shapes.add_chart(KINDS[picture.kind], LEFT, TOP, ACROSS, DOWN, _data(picture))
    _describe(frame, plain(picture.title), alternative(picture))
    _draw(frame.chart, picture)
    _text(slide, f"Base: {picture.base}. Source: the hub’s own record. Blank: suppressed.", Inches(6.6), 12, QUIET)
    _notes(slide, [number for one in picture.series for number in one.numbers])


def _data(picture: Picture) -> CategoryChartData:
    data = CategoryChartData(number_format='0"%"' if picture.unit == "%" else "#,##0")
    data.categories = picture.categories
    for one in picture.series:
        data.add_series(one.name, [number.value for number in one.numbers])
    return data


def _draw(chart: Any, picture: Picture) -> None:
    """One colour and a second for comparison, the number on each mark, no grid."""
    chart.font.size, chart.font.name = Pt(14), TYPEFACE
    chart.has_legend = len(picture.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.value_axis.minimum_scale, chart.value_axis.visible = 0, False
    chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.show_value, plot.data_labels.font.size = True, Pt(12)
    if picture.kind == "bars":
        chart.category_axis.reverse_order, plot.gap_width = True, 45
    for series, colour in zip(plot.series, (TEAL, SECOND), strict=False):
        if picture.kind == "bars":
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
        else:
            series.smooth, series.format.line.color.rgb = False, colour
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour


def _tables(deck: Any, report: Report, table: Table) -> None:
    headings = [plain(column.label) for column in table.columns]
    for lines in _pages(table.lines):
        slide = _page(deck, report, plain(table.caption))
        _grid(slide, headings, lines, plain(table.caption))
        if table.notes:
            _text(slide, " ".join(plain(note) for note in table.notes), Inches(6.6), 12, QUIET)
        _notes(slide, [cell for line in lines for cell in line if isinstance(cell, Number)])


def _pages(lines: Sequence[Sequence[Run]]) -> Iterator[Sequence[Sequence[Run]]]:
    for place in range(0, len(lines), MOST_ROWS):
        yield lines[place : place + MOST_ROWS]


def _grid(slide: Any, headings: Sequence[str], rows: Sequence[Sequence[Run | Words]], about: str) -> None:
    height = Inches(0.4) * (len(rows) + 1)
    frame = slide.shapes.add_table(len(rows) + 1, len(headings), LEFT, TOP, ACROSS, height)
    _describe(frame, about, f"Table: {about}. {len(rows)} rows.")
    frame.table.first_row = frame.table.first_col = True
    for across, words in enumerate(headings):
        _cell(frame.table.cell(0, across), words, RGBColor(255, 255, 255), TEAL)
    for down, row in enumerate(rows, 1):
        for across, given in enumerate(row):
            _cell(frame.table.cell(down, across), plain(given), INK, None)


def _cell(cell: Any, words: str, colour: RGBColor, fill: RGBColor | None) -> None:
    cell.text_frame.text = words
    _style(cell.text_frame.paragraphs[0], 14, colour, bold=fill is not None)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    if fill is None:
        cell.fill.background()
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = fill


def _describe(frame: Any, name: str, words: str) -> None:
    """Name and alternative text of a chart or a table."""
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", name[:80])
    properties.set("descr", words)


def _notes(slide: Any, numbers: Sequence[Number]) -> None:
    """The speaker's notes name the measures behind the slide's numbers."""
    measures = list(dict.fromkeys(number.measure for number in numbers))
    slide.notes_slide.notes_text_frame.text = f"How these figures were made: {', '.join(measures)} in the report."


def _closing(deck: Any, report: Report) -> None:
    slide = _page(deck, report, "How the figures were made")
    lead = next(part for part in report.sections[-1].parts if isinstance(part, Paragraph))
    _text(slide, plain(lead.words), TOP, 18, INK, Inches(3))
