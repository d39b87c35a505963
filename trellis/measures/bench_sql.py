"""The annual report's measures once more, as SQL written by hand for DuckDB: the other side of `bench`, a third answer.

One statement for each population, as an analyst who minds speed would write it. `{first}` and `{last}` are the days of
the year.
"""

from dataclasses import dataclass

RI = "missing.return_interviews."


@dataclass(frozen=True)
class Read:
    """Which columns of a statement make a measure: in the row of everything (`""`) and of each category of `cuts`.

    With `of_whole` the denominator is that of the row of everything; `at` names a category kept in a column of its own.
    """

    code: str
    numerator: str
    denominator: str | None = None
    cuts: tuple[str, ...] = ("",)
    of_whole: bool = False
    at: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Statement:
    """A row is GROUPING, then one column for each of `cuts`, then `columns`."""

    sql: str
    cuts: tuple[str, ...]
    columns: tuple[str, ...]
    reads: tuple[Read, ...]


REFERRALS = Statement(
    """
    SELECT GROUPING(primary_type, m, source_agency, ethnicity_group, sex, age), primary_type, m, source_agency,
      ethnicity_group, sex, age, count(*), count(decision), count(*) FILTER (WHERE age IN (15, 16)),
      count(*) FILTER (WHERE decision IS NOT NULL AND decided_on <= decision_due_on), count(*) - count(decision)
    FROM (SELECT *, month(received_on) AS m FROM referrals WHERE received_on BETWEEN {first} AND {last})
    GROUP BY GROUPING SETS ((), (primary_type), (m), (source_agency), (ethnicity_group), (sex), (age))
    """,
    cuts=("exploitation_type", "month", "source_agency", "ethnicity_group", "sex", "age"),
    columns=("received", "decided", "aged", "in_time", "waiting"),
    reads=(
        Read(
            "referrals.received",
            "received",
            cuts=("", "exploitation_type", "month", "source_agency", "ethnicity_group", "sex", "age"),
        ),
        Read("referrals.share_by_type", "received", "received", cuts=("exploitation_type",), of_whole=True),
        Read("profile.share_by_sex", "received", "received", cuts=("sex",), of_whole=True),
        Read("profile.share_by_ethnicity_group", "received", "received", cuts=("ethnicity_group",), of_whole=True),
        Read("profile.share_aged_15_16", "aged", "received"),
        Read("referrals.decided", "decided"),
        Read("referrals.waiting", "waiting"),
        Read("referrals.decided_within_limit", "in_time", "decided"),
    ),
)

CASES = Statement(
    """
    SELECT GROUPING(closure_reason), closure_reason,
      count(*) FILTER (WHERE opened_on <= {last} AND (closed_on IS NULL OR closed_on > {last})),
      count(*) FILTER (WHERE opened_on BETWEEN {first} AND {last}),
      count(*) FILTER (WHERE closed_on BETWEEN {first} AND {last})
    FROM cases WHERE opened_on <= {last} AND (closed_on IS NULL OR closed_on >= {first})
    GROUP BY GROUPING SETS ((), (closure_reason))
    """,
    cuts=("closure_reason",),
    columns=("open", "opened", "closed"),
    reads=(
        Read("cases.open_at_year_end", "open"),
        Read("cases.opened", "opened"),
        Read("cases.closed", "closed", cuts=("", "closure_reason")),
    ),
)

OPEN_CHILDREN = Statement(
    """
    WITH kids AS (
      SELECT DISTINCT child_key FROM cases WHERE opened_on <= {last} AND (closed_on IS NULL OR closed_on > {last})
    ), status AS (
      SELECT child_key, bool_or(kind = 'child_in_need') AS cin, bool_or(kind = 'child_protection_plan') AS cp,
        bool_or(kind = 'looked_after') AS la, bool_or(kind = 'care_leaver') AS cl, true AS has_status
      FROM legal_statuses SEMI JOIN kids USING (child_key)
      WHERE starts_on <= {last} AND (ends_on IS NULL OR ends_on > {last}) GROUP BY child_key
    ), school AS (
      SELECT child_key, bool_or(send IN ('sen_support', 'ehc_plan')) AS send,
        bool_or(provision IN ('alternative_provision', 'pupil_referral_unit')) AS ap
      FROM education SEMI JOIN kids USING (child_key)
      WHERE starts_on <= {last} AND (ends_on IS NULL OR ends_on > {last}) GROUP BY child_key
    )
    SELECT 0, count(*), count(*) FILTER (WHERE cin), count(*) FILTER (WHERE cp), count(*) FILTER (WHERE la),
      count(*) FILTER (WHERE cl), count(*) FILTER (WHERE has_status IS NULL), count(*) FILTER (WHERE send),
      count(*) FILTER (WHERE ap)
    FROM kids LEFT JOIN status USING (child_key) LEFT JOIN school USING (child_key)
    """,
    cuts=(),
    columns=("open", "cin", "cp", "la", "cl", "no_status", "send", "ap"),
    reads=(
        Read("profile.children_open", "open"),
        Read("profile.legal_status", "cin", "open", at=("legal_status", "child_in_need")),
        Read("profile.legal_status", "cp", "open", at=("legal_status", "child_protection_plan")),
        Read("profile.legal_status", "la", "open", at=("legal_status", "looked_after")),
        Read("profile.legal_status", "cl", "open", at=("legal_status", "care_leaver")),
        Read("profile.legal_status", "no_status", "open", at=("legal_status", "none")),
        Read("profile.share_send", "send", "open"),
        Read("profile.share_alternative_provision", "ap", "open"),
    ),
)

REPORTS = Statement(
    """
    WITH reports AS (
      SELECT report_key, month(reported_on) AS m, legal_status, ethnicity_group, reason, age
      FROM missing_reports WHERE reported_on BETWEEN {first} AND {last}
    ), held AS (
      SELECT report_key, true AS held, bool_or(coalesce(completed_at, covered_at) <= due_at) AS in_time
      FROM return_interviews SEMI JOIN reports USING (report_key)
      WHERE status IN ('completed', 'covered') GROUP BY report_key
    )
    SELECT GROUPING(m, legal_status, ethnicity_group, reason), m, legal_status, ethnicity_group, reason, count(*),
      coalesce(sum(age), 0), count(age), count(reason), count(held), count(*) FILTER (WHERE in_time)
    FROM reports LEFT JOIN held USING (report_key)
    GROUP BY GROUPING SETS ((), (m), (legal_status), (ethnicity_group), (reason))
    """,
    cuts=("month", "legal_status", "ethnicity_group", "reason"),
    columns=("reports", "ages", "aged", "reasons", "held", "in_time"),
    reads=(
        Read("missing.reports", "reports", cuts=("", "month", "legal_status", "ethnicity_group")),
        Read("missing.mean_age", "ages", "aged"),
        Read("missing.reasons", "reasons", "reasons", cuts=("reason",), of_whole=True),
        Read(RI + "completed_of_reports", "held", "reports"),
        Read(RI + "within_72h_of_reports", "in_time", "reports"),
    ),
)

MISSING_CHILDREN = Statement(
    """
    SELECT 0, count(*), count(*) FILTER (WHERE n > 1) FROM (
      SELECT count(*) AS n FROM missing_reports WHERE reported_on BETWEEN {first} AND {last} GROUP BY child_key)
    """,
    cuts=(),
    columns=("children", "repeat"),
    reads=(Read("missing.children", "children"), Read("missing.repeat_children", "repeat")),
)

INTERVIEWS = Statement(
    """
    SELECT GROUPING(m, delay_reason), m, delay_reason, count(*), count(*) FILTER (WHERE completed_at <= due_at),
      count(*) - count(*) FILTER (WHERE completed_at <= due_at)
    FROM (
      SELECT month(completed_on) AS m, delay_reason, completed_at, due_at
      FROM return_interviews WHERE status = 'completed' AND completed_on BETWEEN {first} AND {last})
    GROUP BY GROUPING SETS ((), (m), (delay_reason))
    """,
    cuts=("month", "reason"),
    columns=("completed", "in_time", "late"),
    reads=(
        Read(RI + "completed", "completed", cuts=("", "month")),
        Read(RI + "within_72h", "in_time", "completed", cuts=("", "month")),
        Read(RI + "delay_reasons", "late", cuts=("", "reason")),
    ),
)

RETURNS = Statement(
    """
    WITH returned AS (SELECT report_key FROM missing_reports WHERE returned_on BETWEEN {first} AND {last})
    SELECT 0, count(*), count(in_time.report_key) FROM returned LEFT JOIN (
      SELECT DISTINCT report_key FROM return_interviews SEMI JOIN returned USING (report_key)
      WHERE status IN ('completed', 'covered') AND coalesce(completed_at, covered_at) <= due_at
    ) AS in_time USING (report_key)
    """,
    cuts=(),
    columns=("returns", "in_time"),
    reads=(Read(RI + "within_72h_of_returns", "in_time", "returns"),),
)

ASSESSMENTS = Statement(
    """
    SELECT 0, count(*), count(*) FILTER (WHERE signed_off_on <= due_on)
    FROM assessments WHERE status = 'signed_off' AND signed_off_on BETWEEN {first} AND {last}
    """,
    cuts=(),
    columns=("completed", "in_time"),
    reads=(Read("assessments.completed", "completed"), Read("assessments.within_15_days", "in_time", "completed")),
)

STATEMENTS = (REFERRALS, CASES, OPEN_CHILDREN, REPORTS, MISSING_CHILDREN, INTERVIEWS, RETURNS, ASSESSMENTS)
