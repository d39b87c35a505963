"""What is not known: not asked, not told and nobody knows stay apart, and the per cent never flatters."""

from hypothesis import given
from hypothesis import strategies as st

from trellis.people.completeness import BY_CODE, QUESTIONS, Answer, completeness

CODES = [question.code for question in QUESTIONS]
OUTCOMES = [None, "not_told", "not_known"]


@given(st.integers(0, 2 ** len(CODES) - 1), st.integers(0, 3 ** len(CODES) - 1))
def test_it_equals_a_plain_count(bits, thirds):
    recorded = {code for place, code in enumerate(CODES) if bits >> place & 1}
    said = {code: OUTCOMES[thirds // 3**place % 3] for place, code in enumerate(CODES)}
    asked = {code: {"outcome": outcome, "on": "2023-03-03"} for code, outcome in said.items() if outcome}
    found = completeness(recorded, asked)
    states = {gap.question.code: gap.answer for gap in found.gaps}
    assert set(states) == set(CODES) - recorded
    assert all(states[code] == asked.get(code, {}).get("outcome", "not_asked") for code in states)
    assert found.known == len(recorded)
    assert found.percent == int(len(recorded) / len(CODES) * 100 + 1e-9)
    assert (found.percent == 100) == (not found.gaps)
    assert [gap.question.code for gap in found.to_ask] == [code for code in states if states[code] == "not_asked"]


def test_each_question_says_why_it_matters_and_who_may_know():
    assert all(question.why and question.ask and question.section for question in QUESTIONS)
    assert len(BY_CODE) == len(QUESTIONS)


def test_what_was_asked_keeps_its_day():
    (gap,) = [g for g in completeness(set(), {"gp": {"outcome": "not_known", "on": "2024-02-29"}}).gaps if g.on]
    assert (gap.question.code, gap.answer, str(gap.on)) == ("gp", Answer.NOT_KNOWN, "2024-02-29")
