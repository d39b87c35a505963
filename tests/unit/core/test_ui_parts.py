"""Tags, buttons, lists, tables, banner, timeline: escaped, named, and kind when empty."""

from datetime import UTC, datetime

import pytest
from django.template import engines

from trellis.core.tables import Column, Table

NASTY = "<script>alert(1)</script>"


def drawn(template, **context):
    return engines["django"].from_string(template).render(context)


def test_a_status_is_words_and_red_is_asked_for_by_its_name():
    assert drawn('{% tag "Waiting" tone="now" %}') == (
        '<strong class="govuk-tag trellis-tag trellis-tag--now">Waiting</strong>'
    )
    with pytest.raises(KeyError):
        drawn('{% tag "Late" tone="red" %}')


def test_a_button_ignores_a_second_press_and_a_link_is_a_link():
    assert 'data-prevent-double-click="true"' in drawn('{% button "Send" %}')
    link = drawn('{% button "Begin" href="/x/" kind="secondary" name="go" %}')
    assert link.startswith('<a href="/x/" role="button"')
    assert "govuk-button--secondary" in link
    assert 'name="go"' in link


@pytest.mark.parametrize(
    "template",
    [
        "{% tag nasty %}",
        "{% button nasty %}",
        "{% summary_list rows %}",
        "{% table table %}",
        "{% banner nasty facts=rows words=nasty marking=nasty words_from=nasty %}",
        "{% timeline entries %}",
        "{% sub_navigation items %}",
        "{% scroll nasty %}x{% endscroll %}",
    ],
)
def test_nothing_typed_becomes_markup(template):
    entry = {"happened_at": datetime(2023, 3, 3, tzinfo=UTC), "title": NASTY, "text": NASTY, "by": NASTY, "kind": NASTY}
    table = Table(NASTY, [Column(NASTY), Column("n", numeric=True)], [[NASTY, 1]], [NASTY, 1])
    markup = drawn(
        template,
        nasty=NASTY,
        rows=[(NASTY, NASTY)],
        table=table,
        entries=[entry],
        items=[{"label": NASTY, "url": "/", "current": True}],
    )
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup


def test_what_is_not_known_is_said_and_nought_is_known():
    markup = drawn(
        "{% summary_list rows %}",
        rows=[("Home", ""), ("Episodes", 0), ("Lead", "Sam", {"url": "/x", "label": "Change"})],
    )
    assert markup.count("Not recorded yet") == 1
    assert '<dd class="govuk-summary-list__value">0</dd>' in markup
    assert 'Change<span class="govuk-visually-hidden"> lead</span>' in markup


def test_a_table_scrolls_in_a_named_region_and_sorts_by_number():
    table = Table(
        "Reports", [Column("Month"), Column("Reports", numeric=True)], [["May", 1452], ["June", None]], ["All", 1452]
    )
    markup = drawn("{% table table sortable=True %}", table=table)
    assert '<div class="trellis-scroll" role="region" aria-label="Reports" tabindex="0">' in markup
    assert '<th scope="row" class="govuk-table__header">May</th>' in markup
    assert 'data-sort-value="1452">1,452</td>' in markup
    assert ">–</td>" in markup


def test_an_empty_table_says_what_will_come():
    markup = drawn(
        '{% table table empty="No referral waits." %}', table=Table("Queue", [Column("When"), Column("Who")], [])
    )
    assert '<td class="govuk-table__cell" colspan="2">No referral waits.</td>' in markup


def test_a_chronology_is_told_by_london_month():
    entries = [
        {"happened_at": datetime(2023, 4, 2, 9, 0, tzinfo=UTC), "title": "Second"},
        {
            "happened_at": datetime(2023, 3, 31, 23, 30, tzinfo=UTC),
            "title": "After midnight in London",
            "significant": True,
        },
        {"happened_at": datetime(2023, 3, 31, 12, 0, tzinfo=UTC), "title": "First"},
    ]
    markup = drawn("{% timeline entries %}", entries=entries)
    assert markup.index("April 2023</h2>") < markup.index("After midnight") < markup.index("March 2023</h2>")
    assert markup.count("Significant") == 1
    assert "1 April 2023, 00:30" in markup


def test_an_empty_chronology_says_so():
    assert "Nothing has been written in this chronology yet." in drawn("{% timeline entries %}", entries=[])


def test_the_banner_heads_the_page_only_when_asked():
    assert "<h1" in drawn('{% banner "Lena" heading=True %}')
    assert "<h1" not in drawn('{% banner "Lena" url="/x/" %}')
