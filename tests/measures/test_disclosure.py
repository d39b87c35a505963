"""Suppression, tried by an attacker who knows all the sums."""

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given

from tests.measures import attacker, months_attacker
from tests.measures.invented import examples, outcomes_of, snapshots
from tests.measures.snapshots import open_snapshot
from trellis.measures import registry, tables
from trellis.measures.disclosure import DEFAULT_RULE, Rule, publish
from trellis.measures.editions import of_edition, published_figures, published_totals
from trellis.measures.figures import figures_for
from trellis.measures.periods import report_year

YEAR = "2022/23"
MONTHS = report_year(YEAR).months


def of_the_year(snapshot, year=YEAR):
    return of_edition(figures_for(snapshot, year), "year")


def a_hub(seed: int, size: int, even: bool = False) -> dict[str, list[dict]]:
    """A hub of about `size` referrals whose categories are skewed, so that small cells stand beside large ones; with
    `even` its days are not, and each report is of another child."""
    dice = random.Random(seed)

    def skewed(codes):
        return dice.choices(codes, weights=[dice.choice([30, 8, 1]) for _ in codes])[0]

    def day():
        return date(2022, 4, 1) + timedelta(days=int(364 * dice.random() ** (1 if even else dice.choice([1, 3]))))

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
            "child_key": f"c{number if even else int(size * dice.random() ** 3)}",
            "reported_on": reported_on,
            "returned_on": reported_on,
            "began_at": datetime.combine(reported_on, datetime.min.time()),
            "returned_at": datetime.combine(reported_on, datetime.min.time())
            + timedelta(hours=dice.choice([2, 9, 30])),
            "kind": skewed(tables.MISSING_KINDS),
            "area": skewed(tables.AREAS),
            "send": skewed([*tables.SEND, "not_known"]),
            "risk_grade": skewed(["low", "medium", "high", None]),
            "found_place": skewed(["came_home", "city_centre", None]),
            "reported_hour": dice.choice([2, 17, 20, 22, 22]),
            "reported_weekday": dice.choice([1, 5, 5, 6]),
            "recent_reports": dice.choice([1, 1, 2, 3]),
            "repeat_limit": 3,
            "age": dice.choice([13, 15, 16, None]),
            "legal_status": skewed(tables.HIGHEST_LEGAL_STATUSES),
            "reason": skewed(["friends", "family", "placement", None]),
            **who(),
        }

    def interview(report):
        due_at = datetime.combine(report["returned_on"], datetime.min.time()) + timedelta(hours=72)
        completed_at = due_at + timedelta(hours=dice.choice([-60, -40, -20, 1, 30]))
        held = {"status": "completed", "completed_at": completed_at, "completed_on": completed_at.date()}
        return {
            "report_key": report["report_key"],
            "due_at": due_at,
            "decline_reason": skewed(["did_not_want", "not_reached"]),
            **(held if dice.random() < 0.8 else {"status": dice.choice(["declined", "not_offered", "offered"])}),
            "delay_reason": skewed(["child_choice", "service", "other_authority"]),
        }

    reports = [report(number) for number in range(int(size * dice.choice([0.3, 1, 3])))]
    spell, cases = {"starts_on": date(2022, 1, 1)}, [case(number) for number in range(size)]
    return {
        "referrals": [referral(number) for number in range(size)],
        "cases": cases,
        "outcomes": outcomes_of(cases, lambda row, area: skewed(tables.OUTCOME_STATUSES)),
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
    figures = of_the_year(open_snapshot(tmp_path, a_hub(seed, size)))
    attack = attacker.Attack(figures, publish(figures))
    assert attack.hidden(), "nothing was hidden: the attack tries nothing"
    for name in attack.hidden():
        assert attack.could_be_otherwise(name), f"{name} must be {attack.truth[name]}"
    for name in attack.small_left_over():
        assert attack.could_be_otherwise(name), f"subtraction gives {name} = {attack.truth[name]}"
    assert list(attack.small_groups()) == []


@pytest.mark.parametrize("size", [10, 60])
def test_no_small_number_is_shown(tmp_path, size):
    figures = publish(of_the_year(open_snapshot(tmp_path, a_hub(7, size))))
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
    figures = of_the_year(snapshot) + of_the_year(snapshot, "2021/22")
    for rule in (Rule(1), DEFAULT_RULE):
        published = publish(figures, rule)
        assert not any(rule.small(figure.numerator or 0) for figure in published if figure.unit != "years")
    for code in registry.MEASURES:
        publish([figure for figure in figures if figure.measure == code])


def test_the_attacker_finds_what_plain_primary_suppression_leaves_open(tmp_path):
    """The attack has teeth: with only the small cells hidden it pins some of them."""
    figures = of_the_year(open_snapshot(tmp_path, a_hub(3, 60)))
    primary = [figure.hidden() if DEFAULT_RULE.small(figure.numerator) else figure for figure in figures]
    attack = attacker.Attack(figures, primary)
    assert not all(attack.could_be_otherwise(name) for name in attack.hidden())


def test_zero_stays_and_order_stays(tmp_path):
    figures = of_the_year(open_snapshot(tmp_path, a_hub(1, 60)))
    published = publish(figures)
    assert [(f.measure, f.breakdown) for f in published] == [(f.measure, f.breakdown) for f in figures]
    for true, public in zip(figures, published, strict=True):
        if true.numerator == 0 and true.denominator is None:
            assert public == true


def test_a_suppressed_figure_says_nothing(tmp_path):
    published = publish(of_the_year(open_snapshot(tmp_path, a_hub(1, 10))))
    suppressed = [figure.as_json() for figure in published if figure.suppressed]
    assert suppressed
    for figure in suppressed:
        assert (figure["value"], figure["numerator"], figure["denominator"]) == (None, None, None)
        assert figure["suppressed"] is True


def test_large_totals_stay(tmp_path):
    rows = a_hub(5, 300, even=True)
    for report in rows["missing_reports"]:
        report |= {"age": 15}  # with unknown ages the base of the mean would tell how many, month by month
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
    figures = of_the_year(open_snapshot(tmp_path, a_hub(4, 150)))
    hidden = [sum(figure.suppressed for figure in publish(figures, Rule(largest))) for largest in (1, 4, 9)]
    assert hidden == sorted(hidden)
    assert hidden[0] < hidden[-1]
    with pytest.raises(ValueError, match="1 or more"):
        Rule(0)


def shelf(snapshot):
    """The year's edition and its months': what is true and what was published of each."""
    for name in ("", *MONTHS):
        true = of_edition(figures_for(snapshot, name or YEAR), "month" if name else "year")
        public = published_figures(snapshot, name or YEAR)
        kept = [n for n, figure in enumerate(true) if name or figure.measure.startswith(("missing", "equity"))]
        yield name, [true[n] for n in kept], [public[n] for n in kept]


@pytest.mark.parametrize("seed", range(6))
def test_twelve_months_and_their_year_give_nothing_away_together(tmp_path, seed):
    size = [4, 20, 60, 150, 300, 900][seed]
    attack = months_attacker.Shelf(list(shelf(open_snapshot(tmp_path, a_hub(seed, size)))))
    secret = {*attack.hidden(), *attack.small_left_over()}
    assert secret, "nothing was hidden: the attack tries nothing"
    assert {name: attack.truth[name] for name in attack.worked_out() & secret} == {}


def test_without_the_rules_between_editions_a_year_tells_of_its_months(tmp_path):
    """The attack has teeth: each edition controlled alone, some number that a month hides can be worked out."""
    snapshot = open_snapshot(tmp_path, a_hub(1, 60))
    attack = months_attacker.Shelf([(name, true, publish(true)) for name, true, _ in shelf(snapshot)])
    assert attack.worked_out() & set(attack.hidden())


def test_no_breakdown_is_published_by_month_and_by_year():
    for measure in registry.MEASURES.values():
        for cut in measure.by:
            assert len(cut.editions) < 2, f"{measure.code} by {cut.key}: a year less eleven months tells the twelfth"


def test_a_total_of_a_month_is_shown_or_hidden_alike_wherever_it_stands(tmp_path):
    snapshot = open_snapshot(tmp_path, a_hub(1, 30))
    of_year = {
        f.breakdown["month"]: f
        for f in published_figures(snapshot, YEAR, ["missing.reports"])
        if "month" in f.breakdown
    }
    for month in MONTHS:
        alone = published_totals(snapshot, month)
        assert alone == [f for f in published_figures(snapshot, month) if not f.breakdown]
        total = next(figure for figure in alone if figure.measure == "missing.reports")
        assert (total.suppressed, total.value) == (of_year[month].suppressed, of_year[month].value)


def test_a_later_edition_hides_what_the_earlier_hid_and_what_moved_a_little(tmp_path):
    rows = a_hub(3, 400)
    before = published_figures(open_snapshot(tmp_path / "then", rows), MONTHS[3])
    one_less = next(row for row in rows["missing_reports"] if f"{row['reported_on']:%Y-%m}" == MONTHS[3])
    rows["missing_reports"].remove(one_less)
    later = open_snapshot(tmp_path / "now", rows)
    after = published_figures(later, MONTHS[3], earlier=before)
    shown = {(f.measure, str(f.breakdown)): f.value for f in before if not f.suppressed and f.denominator is None}
    for figure in (figure for figure in after if not figure.suppressed and figure.denominator is None):
        then = shown[figure.measure, str(figure.breakdown)]
        assert not 1 <= abs(figure.value - then) <= 4, figure
    assert sum(f.suppressed for f in after) > sum(f.suppressed for f in published_figures(later, MONTHS[3]))
