"""Every measure answered a second time: plain Python over the database's rows. No SQL aggregate, no Ibis, no snapshot.

An answer is {(measure, breakdown, category): (numerator, denominator)}; a count has no denominator. What is not there
is nought.
"""

from calendar import monthrange
from collections import Counter
from datetime import date
from functools import cache
from types import MappingProxyType

from tests.integration.reports.second_missing import missing_month
from trellis.accounts.models import Agency
from trellis.assessments.models import Assessment
from trellis.cases.models import Case
from trellis.core.clocks import age_on, london_date
from trellis.core.models import Code
from trellis.health_needs.models import HealthUpdate
from trellis.letters.models import Letter
from trellis.measures.tables import OUTCOME_AREAS
from trellis.missing.models import MissingEpisode, ReturnInterview
from trellis.nrm.models import NrmDecision, NrmReferral, NrmReferralMove
from trellis.outcomes.models import OutcomeRecord
from trellis.people.models import Education, LegalStatus, Person
from trellis.referrals.models import Referral

HIGHEST_FIRST = ("looked_after", "child_protection_plan", "child_in_need")
KINDS = (*HIGHEST_FIRST, "care_leaver")
UNKNOWN = "not_known"


@cache
def invented() -> "Area":
    """The invented area that this process has: read once, for nothing changes it."""
    return Area()


@cache
def second_answers(period):
    """Of the invented area for a year "2022/23" or a month "2023-02", worked out once."""
    return MappingProxyType(invented().answers(period))


class Area:
    """All rows, read once; questions are asked of them year by year."""

    def __init__(self):
        self.people = {row.id: row for row in Person.objects.all()}
        self.agencies = dict(Agency.objects.values_list("id", "code"))
        self.codes = list(Code.objects.all())
        self.referrals = list(Referral.objects.all())
        self.cases = list(Case.objects.all())
        self.assessments = list(Assessment.objects.all())
        corrected = set(HealthUpdate.objects.values_list("supersedes", flat=True))
        self.health_updates = [row for row in HealthUpdate.objects.all() if row.id not in corrected]
        self.letters = list(Letter.objects.all())
        self.nrm_referrals = list(NrmReferral.objects.all())
        self.nrm_decisions = by_referral(NrmDecision.objects.order_by("recorded_at"))
        self.nrm_withdrawn = by_referral(NrmReferralMove.objects.filter(new="withdrawn"))
        self.statuses = by_person(LegalStatus.objects.all())
        self.schools = by_person(Education.objects.all())
        self.episodes = {row.id: row for row in MissingEpisode.objects.all() if row.status != "merged"}
        self.interviews = [row for row in ReturnInterview.objects.all() if row.status != "awaiting_offer"]

    def answers(self, period):
        """Of a year "2022/23" or a month "2023-02"."""
        first = int(period[:4])
        span = date(first, 4, 1), date(first + 1, 3, 31)
        if "-" in period:
            span = date(first, int(period[5:]), 1), date(first, int(period[5:]), monthrange(first, int(period[5:]))[1])
        return {
            **self.front_door(span),
            **self.work(span),
            **self.children_open(span),
            **self.missing(span),
            **missing_month(self, span),
            **self.conversations(span),
            **self.understood(span),
            **self.named_as_victims(span),
            **self.health(span),
        }

    def front_door(self, span):
        rows = [row for row in self.referrals if inside(london_date(row.received_at), span)]
        cuts = {
            "exploitation_type": Counter(row.primary_type for row in rows),
            "month": Counter(f"{london_date(row.received_at):%Y-%m}" for row in rows),
            "source_agency": Counter(self.asked_by(row) for row in rows),
            "ethnicity_group": Counter(self.ethnicity(row.person_id, london_date(row.received_at)) for row in rows),
            "sex": Counter(self.people[row.person_id].sex for row in rows),
            "age": Counter(self.age(row.person_id, london_date(row.received_at)) for row in rows),
        }
        decided = [row for row in rows if row.decided_at]
        prompt = [row for row in decided if london_date(row.decided_at) <= row.decision_due_on]
        teens = cuts["age"]["15"] + cuts["age"]["16"]
        return {
            **counted("referrals.received", rows, cuts),
            **shared("referrals.share_by_type", "exploitation_type", cuts["exploitation_type"], len(rows)),
            **shared("profile.share_by_sex", "sex", cuts["sex"], len(rows)),
            **shared("profile.share_by_ethnicity_group", "ethnicity_group", cuts["ethnicity_group"], len(rows)),
            ("profile.share_aged_15_16", "", ""): (teens, len(rows)),
            ("referrals.decided", "", ""): (len(decided), None),
            ("referrals.waiting", "", ""): (len(rows) - len(decided), None),
            ("referrals.decided_within_limit", "", ""): (len(prompt), len(decided)),
        }

    def work(self, span):
        closed = [row for row in self.cases if row.closed_on and inside(row.closed_on, span)]
        opened = [row for row in self.cases if inside(row.opened_on, span)]
        return {
            **self.outcomes(closed),
            **counted("cases.closed", closed, {"closure_reason": Counter(row.closure_reason for row in closed)}),
            ("cases.opened", "", ""): (len(opened), None),
            ("cases.open_at_year_end", "", ""): (len(self.open_on(span[1])), None),
        }

    def outcomes(self, closed):
        """Each area of each case closed; an area nobody answered at closing is not known."""
        said = {}
        for row in OutcomeRecord.objects.filter(point="close").order_by("revision"):
            said[row.case_id, row.area] = row.stands
        answers = [(area, said.get((row.id, area), "not_known")) for row in closed for area in OUTCOME_AREAS]
        cuts = {"outcome": Counter(area for area, _ in answers), "status": Counter(status for _, status in answers)}
        found = counted("outcomes.at_closure", answers, cuts)
        for area in OUTCOME_AREAS:
            of_it = [status for about, status in answers if about == area]
            found |= counted(f"outcomes.at_closure.{area}", of_it, {"status": Counter(of_it)})
        return found

    def open_on(self, day):
        return [row for row in self.cases if row.opened_on <= day and (row.closed_on is None or row.closed_on > day)]

    def children_open(self, span):
        day = span[1]
        children = {row.person_id for row in self.open_on(day)}
        kinds = {child: {s.kind for s in self.statuses.get(child, ()) if holds(s, day)} for child in children}
        schools = [s for child in children for s in self.schools.get(child, ()) if holds(s, day)]
        tally = Counter(kind for held in kinds.values() for kind in held)
        tally["none"] = sum(not held for held in kinds.values())
        send = sum(s.send in ("sen_support", "ehc_plan") for s in schools)
        elsewhere = sum(s.provision in ("alternative_provision", "pupil_referral_unit") for s in schools)
        return {
            ("profile.children_open", "", ""): (len(children), None),
            **shared("profile.legal_status", "legal_status", tally, len(children)),
            ("profile.share_send", "", ""): (send, len(children)),
            ("profile.share_alternative_provision", "", ""): (elsewhere, len(children)),
        }

    def missing(self, span):
        rows = [row for row in self.episodes.values() if inside(london_date(row.reported_at), span)]
        per_child = Counter(row.person_id for row in rows)
        ages = [int(self.age(row.person_id, london_date(row.reported_at))) for row in rows]
        found = {row.episode_id: row.reason for row in ReturnInterview.objects.all() if row.reason}
        reasons = Counter(found[row.id] for row in rows if row.id in found)
        cuts = {
            "month": Counter(f"{london_date(row.reported_at):%Y-%m}" for row in rows),
            "legal_status": Counter(self.highest(row) for row in rows),
            "ethnicity_group": Counter(self.ethnicity(row.person_id, london_date(row.reported_at)) for row in rows),
        }
        return {
            **counted("missing.reports", rows, cuts),
            ("missing.children", "", ""): (len(per_child), None),
            ("missing.repeat_children", "", ""): (sum(n > 1 for n in per_child.values()), None),
            ("missing.mean_age", "", ""): (sum(ages), len(ages)),
            **shared("missing.reasons", "reason", reasons, reasons.total()),
        }

    def conversations(self, span):
        whole = "missing.return_interviews"
        held = [row for row in self.interviews if row.status == "completed"]
        ours = [row for row in held if inside(london_date(row.completed_at), span)]
        late = [row for row in ours if row.completed_at > row.due_at]
        months = Counter(f"{london_date(row.completed_at):%Y-%m}" for row in ours)
        prompt = Counter(f"{london_date(row.completed_at):%Y-%m}" for row in ours if row.completed_at <= row.due_at)
        listened = {row.id: row.completed_at for row in held}
        heard = {row.episode_id: (listened.get(row.covered_by_id or row.id), row.due_at) for row in self.interviews}
        followed = {episode for episode, (at, _) in heard.items() if at}
        followed_in_time = {episode for episode, (at, due_at) in heard.items() if at and at <= due_at}
        reports = {row.id for row in self.episodes.values() if inside(london_date(row.reported_at), span)}
        back = [row for row in self.episodes.values() if row.returned_at]
        returns = {row.id for row in back if inside(london_date(row.returned_at), span)}
        in_time = f"{whole}.within_72h"
        return {
            **counted(f"{whole}.completed", ours, {"month": months}),
            (in_time, "", ""): (prompt.total(), len(ours)),
            **{(in_time, "month", month): (prompt[month], months[month]) for month in months},
            (f"{in_time}_of_reports", "", ""): (len(reports & followed_in_time), len(reports)),
            (f"{in_time}_of_returns", "", ""): (len(returns & followed_in_time), len(returns)),
            (f"{whole}.completed_of_reports", "", ""): (len(reports & followed), len(reports)),
            **counted(f"{whole}.delay_reasons", late, {"reason": Counter(r.delay_reason or UNKNOWN for r in late)}),
        }

    def understood(self, span):
        done = [row for row in self.assessments if row.signed_off_at]
        ours = [row for row in done if inside(london_date(row.signed_off_at), span)]
        prompt = [row for row in ours if london_date(row.signed_off_at) <= row.due_on]
        return {
            ("assessments.completed", "", ""): (len(ours), None),
            ("assessments.within_15_days", "", ""): (len(prompt), len(ours)),
        }

    def health(self, span):
        """Children, once each, of whom an update stands, and whose GP was told."""
        updated = {row.person_id for row in self.health_updates if inside(row.told_on, span)}
        told = {row.person_id for row in self.letters if row.told_on and row.kind == "gp" and inside(row.told_on, span)}
        counts = {"updated": updated, "gp_notified": told}
        return {k: v for word, who in counts.items() for k, v in counted(f"health.children_{word}", who, {}).items()}

    def named_as_victims(self, span):
        """Where each referral sent in the span stood on its last day, event by event."""
        stands = []
        for row in self.nrm_referrals:
            if row.status == "notified" or not inside(london_date(row.submitted_at), span):
                continue
            events = [(london_date(row.submitted_at), 0, "referred", "waiting")]
            for decision in self.nrm_decisions.get(row.id, []):
                place = 1 if decision.stage == "reasonable" else 2
                events.append((decision.decided_on, place, decision.stage, decision.outcome))
            for move in self.nrm_withdrawn.get(row.id, []):
                events.append((london_date(move.moved_at), 3, "withdrawn", "withdrawn"))
            by_then = [event for event in events if event[0] <= span[1]]
            stands.append(sorted(by_then, key=lambda event: event[:2])[-1][2:])
        cuts = {
            "stage": Counter(stage for stage, _ in stands),
            "outcome": Counter(outcome for _, outcome in stands),
        }
        assert all(cut.total() == len(stands) for cut in cuts.values())
        return counted("nrm.referred", stands, cuts)

    def asked_by(self, referral):
        if referral.agency_id:
            return self.agencies[referral.agency_id]
        return next(
            (c.group for c in self.codes if (c.list, c.code) == ("referral_source", referral.source_code)), UNKNOWN
        )

    def ethnicity(self, person_id, day):
        code = self.people[person_id].ethnicity
        in_force = [
            row
            for row in self.codes
            if (row.list, row.code) == ("ethnicity", code)
            and row.valid_from <= day
            and (row.valid_to is None or row.valid_to > day)
        ]
        return max(in_force, key=lambda row: row.valid_from).group if in_force else UNKNOWN

    def age(self, person_id, day):
        return str(age_on(self.people[person_id].date_of_birth, day))

    def highest(self, episode):
        day = london_date(episode.reported_at)
        held = {s.kind for s in self.statuses.get(episode.person_id, ()) if holds(s, day)}
        return next((kind for kind in HIGHEST_FIRST if kind in held), "none")


def by_person(rows):
    grouped = {}
    for row in rows:
        grouped.setdefault(row.person_id, []).append(row)
    return grouped


def by_referral(rows):
    grouped = {}
    for row in rows:
        grouped.setdefault(row.referral_id, []).append(row)
    return grouped


def inside(day, span):
    return span[0] <= day <= span[1]


def holds(spell, day):
    return spell.starts_on <= day and (spell.ends_on is None or spell.ends_on > day)


def counted(measure, rows, cuts):
    answer = {(measure, "", ""): (len(rows), None)}
    for key, tally in cuts.items():
        answer |= {(measure, key, str(category)): (number, None) for category, number in tally.items()}
    return answer


def shared(measure, key, tally, base):
    return {(measure, key, str(category)): (number, base) for category, number in tally.items()}
