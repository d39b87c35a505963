"""Suppression, tried by an attacker who knows all the sums."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given

from tests.measures import attacker
from tests.measures.invented import examples, snapshots
from tests.measures.snapshots import open_snapshot
from trellis.measures import registry, tables
from trellis.measures.disclosure import DEFAULT_RULE, Rule, publish, published_figures
from trellis.measures.figures import figures_for

YEAR = "2022/23"


def a_hub(seed: int, size: int) -> dict[str, list[dict]]:
    """A hub of about `size` referrals whose categories are skewed, so that small cells stand beside large ones."""
    dice = random.Random(seed)

    def skewed(codes):
        return dice.choices(codes, weights=[dice.choice([30, 8, 1]) for _ in codes])[0]

    def day():
        return date(2022, 4, 1) + timedelta(days=int(364 * dice.random() ** dice.choice([1, 3])))

    def who():
        return {"sex": skewed(tables.SEXES), "ethnicity_group": skewed(tables.ETHNICITY_GROUPS)}

    def referral(number):
        received_on = day()
        decision = "redirected" if dice.random() < 0.95 else None
        late = dice.choice([0, 0, 0, 5])
        return {
            "child_key": f"c{number}",
            "received_on": received_on,
            "primary_type": skewed(tables.EXPLOITATION_TYPES),
            "source_agency": skewed(["police", "education", "health"]),
            "age": dice.choice([11, 13, 14, 15, 15, 16, 16, 17]),
            "decision": decision,
            "decided_on": received_on + timedelta(days=late) if decision else None,
            "decision_due_on": received_on + timedelta(days=1),
            **who(),
        }

    def case(number):
        opened_on = date(2021, 10, 1) + timedelta(days=dice.randrange(500))
        closed_on = opened_on + timedelta(days=dice.randrange(300)) if dice.random() < 0.6 else None
        reason = skewed(["goals_met", "moved_area", "turned_18"])
        return {"child_key": f"c{number}", "opened_on": opened_on, "closed_on": closed_on, "closure_reason": reason}

    def report(number):
        reported_on = day()
        return {
            "report_key": f"r{number}",
            "child_key": f"c{int(size * dice.random() ** 3)}",
            "reported_on": reported_on,
            "returned_on": reported_on,
            "age": dice.choice([13, 15, 16, None]),
            "legal_status": skewed(tables.HIGHEST_LEGAL_STATUSES),
            "reason": skewed(["friends", "family", "placement", None]),
            **who(),
        }

    def interview(report):
        due_at = datetime.combine(report["returned_on"], datetime.min.time()) + timedelta(hours=72)
        completed_at = due_at + timedelta(hours=dice.choice([-60, -40, -20, 1, 30]))
        return {
            "report_key": report["report_key"],
            "status": "completed",
            "completed_at": completed_at,
            "completed_on": completed_at.date(),
            "due_at": due_at,
            "delay_reason": skewed(["child_choice", "service", "other_authority"]),
        }

    reports = [report(number) for number in range(int(size * dice.choice([0.3, 1, 3])))]
    spell = {"starts_on": date(2022, 1, 1)}
    return {
        "referrals": [referral(number) for number in range(size)],
        "cases": [case(number) for number in range(size)],
        "legal_statuses": [
            {"child_key": f"c{number}", "kind": skewed(tables.LEGAL_STATUSES), **spell} for number in range(size)
        ],
        "education": [
            {
                "child_key": f"c{number}",
                "provision": skewed(["mainstream", "pupil_referral_unit"]),
                "send": skewed(["none", "sen_support"]),
                **spell,
            }
            for number in range(size)
        ],
        "missing_reports": reports,
        "return_interviews": [interview(report) for report in reports if dice.random() < 0.7],
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_number_can_be_worked_out(tmp_path, seed):
    size = [3, 6, 10, 25, 40, 80][seed % 6]
    figures = figures_for(open_snapshot(tmp_path, a_hub(seed, size)), YEAR)
    attack = attacker.Attack(figures, publish(figures))
    assert attack.hidden(), "nothing was hidden: the attack tries nothing"
    for name in attack.hidden():
        assert attack.could_be_otherwise(name), f"{name} must be {attack.truth[name]}"
    for name in attack.small_left_over():
        assert attack.could_be_otherwise(name), f"subtraction gives {name} = {attack.truth[name]}"
    assert list(attack.small_groups()) == []


@pytest.mark.parametrize("size", [10, 60])
def test_no_small_number_is_shown(tmp_path, size):
    figures = publish(figures_for(open_snapshot(tmp_path, a_hub(7, size)), YEAR))
    for figure in (figure for figure in figures if not figure.suppressed and figure.unit != "years"):
        numbers = [figure.numerator, figure.denominator]
        if figure.denominator is not None:
            numbers.append(figure.denominator - figure.numerator)
        assert not any(DEFAULT_RULE.small(number) for number in numbers if number is not None), figure


@examples(8)
@given(rows=snapshots(most=6))
def test_control_comes_to_an_end_whatever_the_rows(tmp_path, rows):
    """Also for a hub of a handful of rows, for two years at once, and for a measure on its own."""
    snapshot = open_snapshot(tmp_path, rows)
    figures = figures_for(snapshot, YEAR) + figures_for(snapshot, "2021/22")
    for rule in (Rule(1), DEFAULT_RULE):
        published = publish(figures, rule)
        assert not any(rule.small(figure.numerator or 0) for figure in published if figure.unit != "years")
    for code in registry.MEASURES:
        publish([figure for figure in figures if figure.measure == code])


def test_the_attacker_finds_what_plain_primary_suppression_leaves_open(tmp_path):
    """The attack has teeth: with only the small cells hidden it pins some of them."""
    figures = figures_for(open_snapshot(tmp_path, a_hub(3, 60)), YEAR)
    primary = [figure.hidden() if DEFAULT_RULE.small(figure.numerator) else figure for figure in figures]
    attack = attacker.Attack(figures, primary)
    assert not all(attack.could_be_otherwise(name) for name in attack.hidden())


def test_zero_stays_and_order_stays(tmp_path):
    figures = figures_for(open_snapshot(tmp_path, a_hub(1, 60)), YEAR)
    published = publish(figures)
    assert [(f.measure, f.breakdown) for f in published] == [(f.measure, f.breakdown) for f in figures]
    for true, public in zip(figures, published, strict=True):
        if true.numerator == 0 and true.denominator is None:
            assert public == true


def test_a_suppressed_figure_says_nothing(tmp_path):
    published = publish(figures_for(open_snapshot(tmp_path, a_hub(1, 10)), YEAR))
    suppressed = [figure.as_json() for figure in published if figure.suppressed]
    assert suppressed
    for figure in suppressed:
        assert (figure["value"], figure["numerator"], figure["denominator"]) == (None, None, None)
        assert figure["suppressed"] is True


def test_large_totals_stay(tmp_path):
    rows = a_hub(5, 300)
    published = published_figures(open_snapshot(tmp_path, rows), YEAR)
    hidden = {figure.measure for figure in published if figure.suppressed and not figure.breakdown}
    assert hidden.isdisjoint(
        {
            "referrals.received",
            "cases.open_at_year_end",
            "missing.reports",
            "missing.children",
            "missing.mean_age",
            "missing.return_interviews.completed",
            "missing.return_interviews.within_72h",
            "missing.return_interviews.within_72h_of_reports",
        }
    )


def test_choosing_some_measures_hides_the_same_numbers(tmp_path):
    snapshot = open_snapshot(tmp_path, a_hub(2, 60))
    everything = published_figures(snapshot, YEAR)
    for code in registry.MEASURES:
        assert published_figures(snapshot, YEAR, [code]) == [f for f in everything if f.measure == code]


def test_the_threshold_is_a_setting(tmp_path):
    figures = figures_for(open_snapshot(tmp_path, a_hub(4, 150)), YEAR)
    hidden = [sum(figure.suppressed for figure in publish(figures, Rule(largest))) for largest in (1, 4, 9)]
    assert hidden == sorted(hidden)
    assert hidden[0] < hidden[-1]
    with pytest.raises(ValueError, match="1 or more"):
        Rule(0)
